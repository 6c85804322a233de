using System.Net;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>The home of a group as its animators arrange it: the order of its blocks, the launch kit, what other sites may show of it.</summary>
public sealed class HomeBlocksTests(Stage stage) : IClassFixture<Stage>, IAsyncLifetime
{
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;
    private Visitor _byAnne = null!;
    private Visitor _byLuc = null!;

    private string Home => $"/groupes/{_group.Slug}";

    public async ValueTask InitializeAsync()
    {
        (_anne, _luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        _group = await stage.Scene.GroupAsync("Groupe d’essai", _anne, members: _luc);
        (_byAnne, _byLuc) = (await stage.AsAsync(_anne), await stage.AsAsync(_luc));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Blocks_MovedAndHidden_AsEveryMemberSeesThem()
    {
        await stage.Scene.TopicAsync(_group, _luc, "Un fil");
        await stage.Scene.ArticleAsync(_group, _luc, "Un article", summary: "Deux phrases qui disent tout.");
        var before = await _byLuc.OpenAsync(Home);
        Assert.Equal(["Forum", "Articles"], Blocks(before));
        Assert.Contains("Deux phrases qui disent tout.", before.Text, StringComparison.Ordinal);

        var arrange = await _byAnne.OpenAsync("/" + (await _byAnne.OpenAsync(Home)).Document.QuerySelector("a[href$='/accueil']")!.GetAttribute("href"));
        var moved = await _byAnne.SendAsync(arrange, "button[value='monter:articles']");
        Assert.Equal(["Articles", "Forum"], Blocks(await _byLuc.OpenAsync(Home)));

        var hidden = await _byAnne.SendAsync(moved, "button[value='masquer:forum']");
        Assert.Equal(["Articles"], Blocks(await _byLuc.OpenAsync(Home)));
        // Left out of the home page, and nowhere else.
        Assert.Equal(HttpStatusCode.OK, (await _byLuc.OpenAsync(Home + "/forum")).Status);

        await _byAnne.SendAsync(await _byAnne.SendAsync(hidden, "button[value='montrer:forum']"), "button[value='descendre:articles']");
        Assert.Equal(["Forum", "Articles"], Blocks(await _byLuc.OpenAsync(Home)));
    }

    [Fact]
    public async Task Arrange_ByAMember_Refused()
    {
        foreach (var page in new[] { "/accueil", "/lancement" }) Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.OpenAsync(Home + page)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.PostAsync(Home + "/accueil/blocs", ("geste", "monter:articles"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await _byLuc.PostAsync(Home + "/lancement/gestes", ("geste", "terminer"))).Status);
        Assert.Null((await _byLuc.OpenAsync(Home)).Document.QuerySelector("a[href$='/lancement']"));
    }

    [Fact]
    public async Task Launch_OfAYoungGroup_StatesAreWhatIsThereAndTicksStay()
    {
        var kit = await _byAnne.OpenAsync("/" + (await _byAnne.OpenAsync(Home)).Document.QuerySelector(".encart a[href$='/lancement']")!.GetAttribute("href"));
        Assert.Contains("Étapes faites : 0 sur 8", kit.Text, StringComparison.Ordinal);
        Assert.Contains("2 membres", kit.Text, StringComparison.Ordinal);
        Assert.Contains("publication : 0 sur 4", kit.Text, StringComparison.Ordinal);

        await stage.Scene.JoinAsync(_group, _luc, GroupRole.Animator);
        await stage.Scene.TopicAsync(_group, _anne, "Premier fil");
        var ticked = await _byAnne.SendAsync(kit, "button[value='cocher:formation']");
        Assert.Contains("Étapes faites : 2 sur 8", ticked.Text, StringComparison.Ordinal);
        Assert.Contains("2 personnes animent", ticked.Text, StringComparison.Ordinal);
        Assert.Contains("publication : 1 sur 4", ticked.Text, StringComparison.Ordinal);
        Assert.Contains("Étapes faites : 1 sur 8", (await _byAnne.SendAsync(ticked, "button[value='decocher:formation']")).Text, StringComparison.Ordinal);

        Assert.Null((await _byAnne.SendAsync(ticked, "button[value='terminer']")).Document.QuerySelector(".encart a[href$='/lancement']"));
        Assert.Equal(HttpStatusCode.OK, (await _byAnne.OpenAsync(Home + "/lancement")).Status);
    }

    [Fact]
    public async Task Launch_OfAGroupOfSomeMonths_OfferedNoMore()
    {
        Assert.NotNull((await _byAnne.OpenAsync(Home)).Document.QuerySelector(".encart a[href$='/lancement']"));
        stage.Instance.Clock.Advance(TimeSpan.FromDays(61));

        Assert.Null((await (await stage.AsAsync(_anne)).OpenAsync(Home)).Document.QuerySelector(".encart a[href$='/lancement']"));
    }

    [Fact]
    public async Task Block_ForOtherSites_PublicContentsAloneWithoutScriptNorCookieInAnyFrame()
    {
        foreach (var (title, audience) in new[] { ("Pour le groupe", Audience.Group), ("Pour la plateforme", Audience.Platform), ("Pour tous", Audience.Public) }) await stage.Scene.ArticleAsync(_group, _anne, title, audience: audience);
        using var nobody = stage.Instance.Browser();
        using var animator = await stage.Instance.SignedInAsync(_anne.Id);

        using var answer = await nobody.GetAsync(Home + "/encart");
        var body = await answer.Content.ReadAsStringAsync();

        Assert.Contains("Pour tous", body, StringComparison.Ordinal);
        foreach (var kept in new[] { "Pour le groupe", "Pour la plateforme", "<script" }) Assert.DoesNotContain(kept, body, StringComparison.Ordinal);
        Assert.Equal(body, await animator.GetStringAsync(Home + "/encart"));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        Assert.Contains("frame-ancestors *", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var other = await nobody.GetAsync("/connexion");
        Assert.Contains("frame-ancestors 'none'", other.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Contains("/encart", (await _byAnne.OpenAsync(Home + "/accueil")).Document.QuerySelector("textarea")!.TextContent, StringComparison.Ordinal);
    }

    private static string[] Blocks(VisitedPage page) => [.. page.Document.QuerySelectorAll(".titree > h2").Select(h => h.TextContent)];
}
