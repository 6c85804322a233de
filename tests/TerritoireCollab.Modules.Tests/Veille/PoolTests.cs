using System.Net;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The pool of a group through its page: filters, search, order, pages, and who sees what of it.</summary>
public sealed class PoolTests(Stage stage) : IClassFixture<Stage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Filters_OfEveryState_EachItsOwn()
    {
        var (group, owner, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        foreach (var (state, title) in new[] { (PoolState.Proposed, "À lire"), (PoolState.Kept, "Gardée"), (PoolState.Placed, "Placée"), (PoolState.Published, "Parue"), (PoolState.SetAside, "Mise de côté"), (PoolState.Old, "Ancienne") })
            await Scene.NewsAsync(group, source, [$"Nouvelle : {title}"], state);
        await Scene.FindAsync(group, owner, "Nouvelle : Trouvée");

        Assert.Equal(["À lire", "Trouvée"], await TitlesAsync(visitor, group, ""));
        Assert.Equal(["Trouvée"], await TitlesAsync(visitor, group, "?filtre=trouvailles"));
        Assert.Equal(["Gardée", "Placée"], await TitlesAsync(visitor, group, "?filtre=retenus"));
        Assert.Equal(["Parue"], await TitlesAsync(visitor, group, "?filtre=publies"));
        Assert.Equal(["Mise de côté"], await TitlesAsync(visitor, group, "?filtre=ecartes"));
        Assert.Equal(["Ancienne"], await TitlesAsync(visitor, group, "?filtre=anciennes"));
    }

    [Fact]
    public async Task Source_Chosen_ItsNewsOnly()
    {
        var (group, owner, visitor) = await SetAsync();
        var (one, two) = (await Scene.SourceAsync(group, owner, "Gazette"), await Scene.SourceAsync(group, owner, "Bulletin"));
        await Scene.NewsAsync(group, one, ["Nouvelle : de la gazette"]);
        await Scene.NewsAsync(group, two, ["Nouvelle : du bulletin"], sources: 3);
        var page = await visitor.OpenAsync(Address(group));

        var chosen = await visitor.SendAsync(page, "select[name='source']", ("source", two.ToString("N")));

        Assert.Equal(["du bulletin"], Titles(chosen));
        Assert.Contains("Bulletin · vu dans 3 sources", chosen.Text, StringComparison.Ordinal);
        Assert.Contains("Score 2 : 2 autres sources", chosen.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ecole", "École ouverte")]
    [InlineData("ECOLE", "École ouverte")]
    [InlineData("œuvre", "L’oeuvre du port")]
    [InlineData("oeuvre", "L’oeuvre du port")]
    [InlineData("subventions", "Marché du bourg")]
    [InlineData("subv -marché", "")]
    [InlineData("-école -marché", "L’oeuvre du port")]
    [InlineData("source:bulletin", "L’oeuvre du port")]
    [InlineData("source:gazette -marché", "École ouverte")]
    [InlineData("titre:marché", "Marché du bourg")]
    [InlineData("texte:subventions", "Marché du bourg")]
    [InlineData("port OU bourg", "L’oeuvre du port|Marché du bourg")]
    [InlineData("\"du port\"", "L’oeuvre du port")]
    [InlineData("introuvable", "")]
    [InlineData("%", "École ouverte|L’oeuvre du port|Marché du bourg")]
    [InlineData("marché_", "Marché du bourg")]
    public async Task Search_InTheSmallGrammar_WhatMatches(string query, string expected)
    {
        var (group, owner, visitor) = await SetAsync();
        var (one, two) = (await Scene.SourceAsync(group, owner, "Gazette"), await Scene.SourceAsync(group, owner, "Bulletin"));
        await Scene.NewsAsync(group, one, ["Nouvelle : École ouverte"]);
        await Scene.NewsAsync(group, one, ["Nouvelle : Marché du bourg"], excerpt: "Les subventions sont prêtes.");
        await Scene.NewsAsync(group, two, ["Nouvelle : L’oeuvre du port"]);

        var page = await visitor.OpenAsync($"{Address(group)}?q={Uri.EscapeDataString(query)}");

        Assert.Equal(expected.Split('|', StringSplitOptions.RemoveEmptyEntries), Titles(page));
        if (expected.Length == 0) Assert.Contains("Aucune actualité ne correspond", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_WordsOfAFind_Found()
    {
        var (group, owner, visitor) = await SetAsync();
        await Scene.FindAsync(group, owner, "Nouvelle : Un parapheur", "Il évite le **papier**.");
        await Scene.FindAsync(group, owner, "Nouvelle : Autre chose");

        Assert.Equal(["Un parapheur"], await TitlesAsync(visitor, group, "?q=parapheurs".TrimEnd('s')));
        Assert.Equal(["Un parapheur"], await TitlesAsync(visitor, group, "?q=papier"));
    }

    [Fact]
    public async Task Search_ManyPages_EachOnce()
    {
        var (group, owner, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        await Scene.NewsAsync(group, source, [.. Enumerable.Range(0, 60).Select(n => n % 2 == 0 ? $"Nouvelle : fibre {n:00}" : $"Nouvelle : eau {n:00}")]);

        var all = await WalkAsync(visitor, $"{Address(group)}?q=fibre");

        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"fibre {n * 2:00}"), all);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?tri=score")]
    public async Task Pages_OfALongPool_EachOnceTheNewestFirst(string order)
    {
        var (group, owner, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        await Scene.NewsAsync(group, source, [.. Enumerable.Range(0, 60).Select(n => $"Nouvelle : {n:00}")]);

        var all = await WalkAsync(visitor, Address(group) + order);

        Assert.Equal(Enumerable.Range(0, 60).Select(n => $"{n:00}"), all);
    }

    [Fact]
    public async Task Pages_NewsOfOneInstant_NoneLost()
    {
        var (group, owner, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        for (var n = 0; n < 30; n++) await Scene.NewsAsync(group, source, [$"Nouvelle : {n:00}"]);

        var all = await WalkAsync(visitor, Address(group));

        Assert.Equal(Enumerable.Range(0, 30).Select(n => $"{n:00}"), all.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Score_VotesCommentsAndSources_InOrderWithTheWhy()
    {
        var (group, owner, visitor) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        await Scene.NewsAsync(group, source, ["Nouvelle : seule"]);
        await Scene.NewsAsync(group, source, ["Nouvelle : partout"], sources: 5);
        var find = await Scene.FindAsync(group, owner, "Nouvelle : discutée");
        await Scene.AnswerAsync(find, owner, "Un.");
        await Scene.AnswerAsync(find, owner, "Deux.");
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{find}"), "button[value='utile:0']");

        var page = await visitor.OpenAsync(Address(group) + "?tri=score");

        Assert.Equal(["discutée", "partout", "seule"], page.Document.QuerySelectorAll("main .liste h2 a").Select(Title));
        Assert.Contains("Score 7 : 1 utile, 2 commentaires", page.Text, StringComparison.Ordinal);
        Assert.Contains("Score 4 : 4 autres sources", page.Text, StringComparison.Ordinal);
        Assert.Contains("3 points par « utile »", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cursor_NeverGiven_RefusedAndNotAFault()
    {
        var (group, _, visitor) = await SetAsync();

        Assert.InRange((int)(await visitor.OpenAsync(Address(group) + "?apres=nimporte-quoi")).Status, 400, 499);
    }

    [Fact]
    public async Task Buttons_ByRole_WhoAnimatesKeepsAndSetsAside()
    {
        var (group, owner, member) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette");
        var card = Assert.Single(await Scene.NewsAsync(group, source, ["Nouvelle : à trier"]));
        var reader = await Scene.MemberAsync("Rémi Essai");
        await Scene.JoinAsync(group, reader, GroupRole.Reader);

        var animating = await (await stage.AsAsync(owner)).OpenAsync(Address(group));
        var writing = await member.OpenAsync(Address(group));
        var reading = await (await stage.AsAsync(reader)).OpenAsync(Address(group));

        Assert.Equal(new[] { $"retenir:{card:N}", $"ecarter:{card:N}" }, animating.Document.QuerySelectorAll("button[formaction$='/tableau/gestes']").Select(b => b.GetAttribute("value")));
        Assert.Empty(writing.Document.QuerySelectorAll("button[formaction$='/tableau/gestes']"));
        Assert.NotNull(writing.Document.QuerySelector("a[href$='/commenter']"));
        Assert.NotNull(writing.Document.QuerySelector("a[href$='/veille/proposer']"));
        Assert.Contains("à trier", reading.Text, StringComparison.Ordinal);
        Assert.Null(reading.Document.QuerySelector("a[href$='/commenter'], a[href$='/veille/proposer']"));
    }

    [Fact]
    public async Task Outsider_OfAVisibleGroup_FindsForHimAndNothingOfThePool()
    {
        var (group, owner, _) = await SetAsync();
        var source = await Scene.SourceAsync(group, owner, "Gazette secrète");
        await Scene.NewsAsync(group, source, ["Nouvelle : interne"]);
        await Scene.FindAsync(group, owner, "Nouvelle : partagée", audience: Audience.Platform);
        await Scene.FindAsync(group, owner, "Nouvelle : gardée", audience: Audience.Group);
        var outsider = await stage.AsAsync(await Scene.MemberAsync("Zoé Essai"));

        var page = await outsider.OpenAsync(Address(group));

        Assert.Equal(["partagée"], Titles(page));
        Assert.DoesNotContain("Gazette secrète", page.Text, StringComparison.Ordinal);
        Assert.Empty(Titles(await outsider.OpenAsync(Address(group) + "?q=interne")).Except(["partagée"]));
        Assert.Equal(HttpStatusCode.NotFound, (await stage.Instance.Stranger().OpenAsync("/groupes/aucun-groupe-ici/veille")).Status);
        Assert.Empty(Titles(await stage.Instance.Stranger().OpenAsync(Address(group))));
    }

    [Fact]
    public async Task Tool_SwitchedOff_NotFound()
    {
        var owner = await Scene.MemberAsync("Anne Essai");
        var group = await Scene.GroupAsync("Sans veille", owner);
        var visitor = await stage.AsAsync(owner);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(Address(group))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(Address(group) + "/proposer")).Status);
    }

    [Fact]
    public async Task Empty_ByRole_SaysWhatToDo()
    {
        var (group, owner, member) = await SetAsync();

        var animating = await (await stage.AsAsync(owner)).OpenAsync(Address(group));
        var writing = await member.OpenAsync(Address(group));

        Assert.Contains("La veille est encore vide", writing.Text, StringComparison.Ordinal);
        Assert.NotNull(writing.Document.QuerySelector(".etat-vide a[href$='/proposer']"));
        Assert.Null(writing.Document.QuerySelector(".etat-vide a[href$='/sources']"));
        Assert.NotNull(animating.Document.QuerySelector(".etat-vide a[href$='/sources']"));
    }

    private static string Address(Group group) => $"/groupes/{group.Slug}/veille";

    private static string Title(AngleSharp.Dom.IElement link) => link.TextContent.Replace("Nouvelle : ", "", StringComparison.Ordinal);

    private static IEnumerable<string> Titles(VisitedPage page) => page.Document.QuerySelectorAll("main .liste h2 a").Select(Title).Order(StringComparer.CurrentCulture);

    private static async Task<IEnumerable<string>> TitlesAsync(Visitor visitor, Group group, string query) => Titles(await visitor.OpenAsync(Address(group) + query));

    private static async Task<List<string>> WalkAsync(Visitor visitor, string address)
    {
        var all = new List<string>();
        for (var next = (string?)address; next is not null;)
        {
            var page = await visitor.OpenAsync(next);
            Assert.InRange(page.Document.QuerySelectorAll("main .liste > li").Length, 1, 25);
            all.AddRange(page.Document.QuerySelectorAll("main .liste h2 a").Select(Title));
            next = page.Document.QuerySelector(".pagination a[rel='next']")?.GetAttribute("href") is { } href ? "/" + href : null;
        }

        return all;
    }

    private async Task<(Group Group, Member Owner, Visitor Member)> SetAsync()
    {
        var (owner, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.VeilleAsync(owner, members: member);
        return (group, owner, await stage.AsAsync(member));
    }
}
