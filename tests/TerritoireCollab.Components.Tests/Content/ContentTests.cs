using Bunit;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Components.Tests.Content;

public sealed class ContentTests : UiTest
{
    private static readonly PersonFace Camille = new("Camille Brunet", "camille");
    private static readonly DateTimeOffset Moment = new(2026, 11, 28, 14, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Card_WithAddress_TitleIsTheLink()
    {
        var drawn = Render<Card>(p => p.Add(x => x.Title, "La forêt").Add(x => x.Href, "groupes/foret").Add(x => x.HeadingLevel, 3).AddChildContent("<p>Un texte</p>"));

        Assert.Equal("groupes/foret", drawn.Find("article.carte > h3 > a").GetAttribute("href"));
        Assert.Single(drawn.FindAll("a"));
        Assert.Empty(drawn.FindAll("svg"));
    }

    [Fact]
    public void Card_WithSeedOrDegrees_HueOfTheOneOrTheOther()
    {
        Assert.Equal("carte teinte-140", Render<Card>(p => p.Add(x => x.Title, "A").Add(x => x.Seed, "veille")).Find("article").ClassName);
        Assert.Equal("carte teinte-20", Render<Card>(p => p.Add(x => x.Title, "A").Add(x => x.Seed, "veille").Add(x => x.Degrees, 25)).Find("article").ClassName);
    }

    [Fact]
    public void Card_WithoutAddress_NoLink() => Assert.Equal("La forêt", Render<Card>(p => p.Add(x => x.Title, "La forêt")).Find("h2").InnerHtml);

    [Fact]
    public void PersonCard_Drawn_NameIsTheLinkAndTheAvatarSilent()
    {
        var drawn = Render<PersonCard>(p => p.Add(x => x.Person, Camille).Add(x => x.Href, "annuaire/camille").Add(x => x.Lines, ["Agente", "Mairie de Die"]));

        Assert.Equal("Camille Brunet", drawn.Find("h2 a[href='annuaire/camille']").TextContent);
        Assert.Equal(["Agente", "Mairie de Die"], drawn.FindAll("p.meta").Select(p => p.TextContent));
        Assert.Equal("true", drawn.Find(".avatar").GetAttribute("aria-hidden"));
        Assert.Equal("CB", drawn.Find(".avatar").Words());
    }

    [Fact]
    public void Avatar_WithPhoto_EmptyAlternative()
    {
        var drawn = Render<Avatar>(p => p.Add(x => x.Person, Camille with { PhotoUrl = "fichiers/1" }));

        Assert.Equal("", drawn.Find("img[src='fichiers/1']").GetAttribute("alt"));
        Assert.Equal("", drawn.Find(".avatar").Words());
    }

    [Fact]
    public void EmptyState_HeadingLevel_IsTheOneAsked()
    {
        Assert.Equal("Aucun fil", Render<EmptyState>(p => p.Add(x => x.Title, "Aucun fil").Add(x => x.Text, "Ouvrez le premier.")).Find("h2").TextContent);
        var third = Render<EmptyState>(p => p.Add(x => x.Title, "Aucun fil").Add(x => x.Text, "Ouvrez le premier.").Add(x => x.HeadingLevel, 3));
        Assert.Equal("Aucun fil", third.Find("h3").TextContent);
        Assert.Empty(third.FindAll("h2"));
    }

    [Theory]
    [InlineData(false, false, "message")]
    [InlineData(false, true, "message message--premier")]
    [InlineData(true, false, "message message--retenue")]
    [InlineData(true, true, "message message--retenue")]
    public void Post_AcceptedOrFirst_ItsClasses(bool accepted, bool first, string classes)
    {
        var drawn = Post(accepted, first);

        Assert.Equal(classes, drawn.Find("article").ClassName);
        Assert.Equal(accepted ? ["Réponse retenue"] : [], drawn.FindAll(".etiquette--succes").Select(t => t.Words()));
    }

    [Fact]
    public void Post_OnAPage_DateLinksToItself()
    {
        var link = Post(false, false).Find("header a:has(time)");

        Assert.Equal("c/k7f3qm2p?reponse=14#r14", link.GetAttribute("href"));
        Assert.Equal("2026-11-28T13:30:00Z", link.QuerySelector("time")!.GetAttribute("datetime"));
    }

    [Fact]
    public void Pager_MiddleOfMany_NeighboursAndGaps()
    {
        var drawn = Pager(5, 12);

        Assert.Equal(["1", "…", "4", "5", "6", "…", "12"], drawn.FindAll(".numero").Select(n => n.TextContent));
        Assert.Equal("Page 5", drawn.Find("a[aria-current='page']").GetAttribute("aria-label"));
        Assert.Equal(["?page=4", "?page=6"], drawn.FindAll("a[rel]").Select(a => a.GetAttribute("href")));
        Assert.Equal("Pages", drawn.Find("nav").GetAttribute("aria-label"));
        Assert.All(drawn.FindAll("span.numero"), gap => Assert.Equal("true", gap.GetAttribute("aria-hidden")));
    }

    [Theory]
    [InlineData(1, 3, "1 2 3", "next")]
    [InlineData(3, 3, "1 2 3", "prev")]
    [InlineData(2, 3, "1 2 3", "prev next")]
    [InlineData(1, 9, "1 2 … 9", "next")]
    [InlineData(9, 9, "1 … 8 9", "prev")]
    public void Pager_FirstAndLast_OneDirectionOnly(int page, int count, string numbers, string directions)
    {
        var drawn = Pager(page, count);

        Assert.Equal(numbers, string.Join(' ', drawn.FindAll(".numero").Select(n => n.TextContent)));
        Assert.Equal(directions, string.Join(' ', drawn.FindAll("a[rel]").Select(a => a.GetAttribute("rel"))));
    }

    [Fact]
    public void Pager_OnePage_NothingDrawn() => Assert.Equal("", Pager(1, 1).Markup.Trim());

    [Fact]
    public void Pager_Cursors_LinksWithoutNumbers()
    {
        var drawn = Render<Pager>(p => p.Add(x => x.NextHref, "?apres=abc"));

        Assert.Equal("?apres=abc", drawn.Find("a[rel='next']").GetAttribute("href"));
        Assert.Empty(drawn.FindAll(".numero, a[rel='prev']"));
    }

    [Theory]
    [InlineData(0.255, "25.5%")]
    [InlineData(1.7, "100%")]
    [InlineData(-1, "0%")]
    public void ResultBar_Share_WidthWithADot(double share, string width) => Assert.Equal(width, Render<ResultBar>(p => p.Add(x => x.Share, share)).Find("rect").GetAttribute("width"));

    [Fact]
    public void DataTable_Caption_NamesTheRegion()
    {
        var drawn = Render<DataTable>(p => p.Add(x => x.Caption, "Membres du groupe").Add(x => x.CaptionHidden, true).AddChildContent("<tbody><tr><td>1</td></tr></tbody>"));

        Assert.Equal("Membres du groupe", drawn.Find("[role='region'][tabindex='0']").GetAttribute("aria-label"));
        Assert.Equal("Membres du groupe", drawn.Find("caption.masque").TextContent);
    }

    private IRenderedComponent<Pager> Pager(int page, int count) => Render<Pager>(p => p.Add(x => x.Page, page).Add(x => x.PageCount, count).Add(x => x.Href, n => $"?page={n}"));

    private IRenderedComponent<Post> Post(bool accepted, bool first) => Render<Post>(p => p.Add(x => x.Face, new PostFace
    {
        Id = "r14",
        Author = Camille,
        AuthorHref = "annuaire/camille",
        Date = Moment,
        DateText = "il y a 2 h",
        Accepted = accepted,
        First = first,
        Permalink = "c/k7f3qm2p?reponse=14#r14",
        Text = Prose.Of("<p>Bonjour</p>"),
    }));
}
