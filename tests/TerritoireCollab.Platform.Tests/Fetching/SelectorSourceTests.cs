using System.Text;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>A site without a feed, read by selectors.</summary>
public sealed class SelectorSourceTests
{
    private const string Page = """
        <html><body><nav><a href="/plan">Plan</a></nav><main>
        <article class="actu"><h2><a href="/actu/1">Marché de <em>Noël</em></a></h2><time datetime="2026-11-20">20 novembre</time><p class="chapo">Place   haute.</p></article>
        <article class="actu"><h2><a href="actu/2">Travaux</a></h2><span class="date">19/11/2026</span></article>
        <article class="actu"><h2>Sans lien</h2></article>
        <article class="actu"><h2><a href="javascript:alert(1)">Piège</a></h2></article>
        <article class="actu"><h2><a href="/actu/1">La même</a></h2></article>
        <a class="bloc" href="https://ailleurs.test/x" title="Bloc"><img src="x.png"></a>
        </main></body></html>
        """;

    [Fact]
    public void Page_OfNews_ReadInItsOrder()
    {
        var reading = Read(Page, new("article.actu") { Title = "h2", Link = "h2 a", Date = "time, .date", Summary = ".chapo" });

        Assert.Equal(SelectorProblem.None, reading.Problem);
        Assert.Equal(
        [
            new("Marché de Noël", new("https://site.test/actu/1"), "2026-11-20", "Place haute."),
            new("Travaux", new("https://site.test/actus/actu/2"), "19/11/2026", null),
        ], reading.Entries);
    }

    [Fact]
    public void Selectors_ThatFindNothingInAnyNews_Named()
    {
        var reading = Read(Page, new("article.actu") { Title = "h2", Link = ".lien", Date = "time", Summary = ".resume" });

        Assert.Equal(["Link", "Summary"], reading.Silent);
        Assert.Equal(2, reading.Entries.Count);
    }

    [Theory]
    [InlineData(".actu", null, null)]
    [InlineData(".actu", "", " ")]
    [InlineData(".actu h2", null, null)]
    [InlineData(".actu h2 a", null, null)]
    [InlineData(".actu", null, "h2")]
    [InlineData(".actu", "em, h2 a", "em")]
    public void Link_NotNamedOrNamedRoundAbout_Found(string item, string? title, string? link) =>
        Assert.Contains(Read(Page, new(item) { Title = title, Link = link }).Entries, e => e.Link.AbsolutePath == "/actu/1");

    [Fact]
    public void Item_ThatIsALinkWithAPicture_NamedByItsTitle() => Assert.Equal("Bloc", Assert.Single(Read(Page, new("a.bloc")).Entries).Title);

    [Fact]
    public void Base_OfThePage_Heeded() => Assert.Equal(new Uri("https://autre.test/d/n"), Assert.Single(Read("<base href='https://autre.test/d/'><p><a href=n>N</a></p>", new("p")).Entries).Link);

    [Theory]
    [InlineData("", "Item")]
    [InlineData("article[", "Item")]
    [InlineData("12", "Item")]
    [InlineData("div:has(a)", "Item")]
    [InlineData("a ~ b", "Item")]
    [InlineData("a b c d e f", "Item")]
    public void Selector_OfNoUse_Named(string selector, string field)
    {
        Assert.Equal(new PageReading([], SelectorProblem.BadSelector, field) { Entries = [] }.Problem, Read(Page, new(selector)).Problem);
        Assert.Equal(field, SelectorSource.BadField(new(selector)));
    }

    [Theory]
    [InlineData("Title")]
    [InlineData("Link")]
    [InlineData("Date")]
    [InlineData("Summary")]
    public void Selector_InsideANews_NamedToo(string field)
    {
        string? Of(string name) => name == field ? "p[" : null;
        Assert.Equal(field, SelectorSource.BadField(new("article") { Title = Of("Title"), Link = Of("Link"), Date = Of("Date"), Summary = Of("Summary") }));
    }

    [Theory]
    [InlineData("[class~=\"actu\"]")]
    [InlineData("main > article.actu:first-child, article:not(.x)")]
    [InlineData("article:nth-child(2n+1)")]
    public void Selector_OfOrdinaryCss_Usable(string selector) => Assert.Null(SelectorSource.BadField(new(selector)));

    [Theory]
    [InlineData(".absent", SelectorProblem.NoItem, "Item")]
    [InlineData("nav", SelectorProblem.None, null)]
    [InlineData("time", SelectorProblem.NoLink, "Link")]
    public void Page_WithoutWhatIsLookedFor_Said(string item, SelectorProblem problem, string? field)
    {
        var reading = Read(Page, new(item));

        Assert.Equal((problem, field), (reading.Problem, reading.Field));
    }

    [Fact]
    public void News_WithoutEnd_AHundred() =>
        Assert.Equal(100, Read(string.Concat(Enumerable.Range(0, 5000).Select(i => $"<p><a href='/{i}'>N{i}</a></p>")), new("p")).Entries.Count);

    [Theory]
    [InlineData("<div>")]
    [InlineData("<div/>")]
    [InlineData("<div></span>")]
    [InlineData("<b><p>")]
    [InlineData("<font size=1><p>")]
    [InlineData("<svg><g>")]
    [InlineData("<ul><li>")]
    [InlineData("<p><button>")]
    [InlineData("<table><td>")]
    [InlineData("<i></i>")]
    public void Page_OfNoOrdinaryShape_RefusedBeforeItCosts(string piece)
    {
        var html = new StringBuilder().Insert(0, piece, 100_000).ToString();

        var time = ThreadTime.Of(() => Assert.Equal(SelectorProblem.PageTooLarge, Read(html, new("x")).Problem));

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Selector_ThatTriesEveryAncestor_GivenUp()
    {
        var html = string.Concat(Enumerable.Repeat("<div>", 90)) + string.Concat(Enumerable.Repeat("<a href=x>x</a>", 20_000));

        Assert.Equal(SelectorProblem.TooSlow, Read(html, new("z div div div a")).Problem);
    }

    private static PageReading Read(string html, PageSelectors selectors) => SelectorSource.Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", new Uri("https://site.test/actus/"), selectors);
}
