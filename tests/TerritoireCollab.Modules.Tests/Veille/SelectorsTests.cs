using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sites without a feed: from the address that an animator types, by what the page would give, to the cards in the pool.</summary>
public sealed class SelectorsTests : IAsyncLifetime
{
    private const string News = """
        <!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Mairie d’Essai</title><meta property="og:site_name" content="Mairie d’Essai"></head><body>
        <nav><ul class="menu"><li class="entree"><a href="/accueil">Accueil de la mairie</a></li><li class="entree"><a href="/equipe">Équipe municipale</a></li><li class="entree"><a href="/contact">Nous contacter ici</a></li><li class="entree"><a href="/plan">Plan du site entier</a></li></ul></nav>
        <main><h1>Actualités</h1><div class="liste">
        <article class="actu post-12"><h2><a href="/actu/marche?utm_source=site">Le marché revient sur la place</a></h2><p class="date">23 novembre 2026</p><p class="chapo">Tous les samedis, de huit heures à midi.</p></article>
        <article class="actu post-11"><h2><a href="actu/fibre">La fibre arrive aux Granges</a></h2><p class="date">22 novembre 2026</p><p class="chapo">Les premiers foyers en janvier.</p></article>
        <article class="actu post-10"><h2><a href="/actu/ecole">L’école ouvre une classe</a></h2><p class="date">21 novembre 2026</p><p class="chapo">Une de plus.</p></article>
        </div></main><footer><p>Mentions</p></footer></body></html>
        """;

    private readonly RawServer _server;
    private Func<RawExchange, Task> _answer = e => SayAsync(e, News);
    private Instance _instance = null!;
    private Scene _scene = null!;

    public SelectorsTests() => _server = new RawServer(e => _answer(e));

    private string Root => $"http://127.0.0.1:{_server.Port}";

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true, settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);
        _scene = new Scene(_instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task SiteWithoutAFeed_Looked_ReadByItselfThenFollowedAndItsNewsInThePool()
    {
        var (group, animator) = await SetAsync();

        var found = await LookAsync(group, animator);
        var followed = await animator.SendAsync(found, "button[value='suivre']", ("Page.Folder", "Communes"));
        await FetchAsync();

        Assert.Contains("3 articles trouvés", found.Text, StringComparison.Ordinal);
        Assert.Equal(["Le marché revient sur la place", "La fibre arrive aux Granges", "L’école ouvre une classe"], Titles(found));
        Assert.Equal($"{Root}/actu/fibre", found.Document.QuerySelectorAll("#apercu h3 a")[1].GetAttribute("href"));
        Assert.Contains("Tous les samedis", found.Text, StringComparison.Ordinal);
        Assert.Equal(("article.actu", "h2", "[class*=date]", "[class*=chapo]"), (found.ValueOf("Page.Item"), found.ValueOf("Page.Title"), found.ValueOf("Page.Date"), found.ValueOf("Page.Summary")));
        Assert.Contains("La source est suivie", followed.Text, StringComparison.Ordinal);
        var pool = await animator.OpenAsync($"/groupes/{group.Slug}/veille");
        Assert.Contains("La fibre arrive aux Granges", pool.Text, StringComparison.Ordinal);
        Assert.Contains("Les premiers foyers en janvier.", pool.Text, StringComparison.Ordinal);
        Assert.Contains("Mairie d’Essai", pool.Text, StringComparison.Ordinal);
        var sources = await animator.OpenAsync(Sources(group));
        Assert.Contains("Page sans flux", sources.Text, StringComparison.Ordinal);
        Assert.Contains("À jour ; dernier article le 23 novembre", sources.Text, StringComparison.Ordinal);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(new DateTime(2026, 11, 22, 0, 0, 0, DateTimeKind.Utc), await db.Set<News>().Where(n => n.Address == Root + "/actu/fibre").Select(n => n.PublishedAt).SingleAsync());
    }

    [Fact]
    public async Task Page_WhereNothingRepeatsItself_ReadBySelectorsThatTheAnimatorTypes()
    {
        var (group, animator) = await SetAsync();
        _answer = e => SayAsync(e, "<main><div><b><a href='/un'>Un</a></b> <i>12/11/2026</i></div><div><b><a href='/deux'>Deux</a></b> <i>11/11/2026</i></div></main>");

        var looked = await LookAsync(group, animator);
        var seen = await animator.SendAsync(looked, "button[value='voir']", ("Page.Item", "main div"), ("Page.Date", "i"));
        var followed = await animator.SendAsync(seen, "button[value='suivre']");

        Assert.True(looked.Refuses("Address"));
        Assert.Contains("Aucun flux n’a été trouvé", looked.Text, StringComparison.Ordinal);
        Assert.Null(looked.Document.QuerySelector("button[value='suivre']"));
        Assert.Equal(["Un", "Deux"], Titles(seen));
        Assert.Contains("12\u00a0novembre", seen.Document.QuerySelector("#apercu")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("La source est suivie", followed.Text, StringComparison.Ordinal);
        Assert.Equal("{\"item\":\"main div\",\"date\":\"i\"}", (await SourceAsync(group)).Selectors);
    }

    [Theory]
    [InlineData("Page.Item", "", "Indiquez le sélecteur du bloc d’un article")]
    [InlineData("Page.Item", ".rien", "Ce sélecteur ne trouve rien dans la page.")]
    [InlineData("Page.Item", "article[", "Ce sélecteur ne peut pas être lu.")]
    [InlineData("Page.Item", "footer p", "Ces blocs n’ont ni titre ni lien")]
    [InlineData("Page.Title", "h9", "Ce sélecteur ne trouve rien dans les articles de la page.")]
    [InlineData("Page.Link", "a:has(b)", "Ce sélecteur ne peut pas être lu.")]
    [InlineData("Page.Date", ".jour", "Ce sélecteur ne trouve rien dans les articles de la page.")]
    [InlineData("Page.Date", "h2", "« Le marché revient sur la place » n’est pas lu comme une date.")]
    [InlineData("Page.Summary", "12", "Ce sélecteur ne peut pas être lu.")]
    [InlineData("Page.Address", "javascript:alert(1)", "Cette adresse ne peut pas être suivie")]
    public async Task Field_OfNoUse_SentenceAtItAndNothingTypedLost(string field, string typed, string sentence)
    {
        var (group, animator) = await SetAsync();
        var found = await LookAsync(group, animator);

        var refused = await animator.SendAsync(found, "button[value='suivre']", ("Page.Name", "Ma mairie"), (field, typed));

        Assert.True(refused.Refuses(field));
        Assert.Equal(typed, refused.ValueOf(field) ?? "");
        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.Equal("Ma mairie", refused.ValueOf("Page.Name"));
        string[] others = [.. new[] { "Page.Address", "Page.Item", "Page.Title", "Page.Date", "Page.Summary" }.Where(f => f != field)];
        Assert.Equal(others.Select(found.ValueOf), others.Select(refused.ValueOf));
        Assert.Equal(0, await CountAsync(group));
    }

    [Fact]
    public async Task Follow_SelectorsChangedSinceThePreview_ShownFirst()
    {
        var (group, animator) = await SetAsync();
        var found = await LookAsync(group, animator);

        var shown = await animator.SendAsync(found, "button[value='suivre']", ("Page.Item", "main h2"), ("Page.Title", ""), ("Page.Date", ""), ("Page.Summary", ""), ("Page.Name", "Ma mairie"));
        var before = await CountAsync(group);
        var followed = await animator.SendAsync(shown, "button[value='suivre']");

        Assert.Contains("Les réglages ont changé : voici ce qui serait lu.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("3 articles trouvés", shown.Text, StringComparison.Ordinal);
        Assert.Equal(("Ma mairie", 0, 1), (shown.ValueOf("Page.Name"), before, await CountAsync(group)));
        Assert.Contains("La source est suivie", followed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTwoGroups_AskedOnceForTheSameSelectorsAndAgainForOthers()
    {
        var ((first, one), (second, other), (third, last)) = (await SetAsync(), await SetAsync(), await SetAsync());
        await FollowAsync(first, one);
        await FollowAsync(second, other);
        await FollowAsync(third, last, ("Page.Item", "article h2"), ("Page.Title", ""), ("Page.Date", ""), ("Page.Summary", ""));
        var before = _server.Paths.Count;

        await FetchAsync();

        Assert.Equal(2, _server.Paths.Count - before);
        Assert.Equal((await SourceAsync(first)).Id, (await SourceAsync(second)).Id);
        Assert.NotEqual((await SourceAsync(first)).Id, (await SourceAsync(third)).Id);
        foreach (var (group, animator) in new[] { (first, one), (second, other), (third, last) })
            Assert.Contains("La fibre arrive aux Granges", (await animator.OpenAsync($"/groupes/{group.Slug}/veille")).Text, StringComparison.Ordinal);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(3, await db.Set<News>().CountAsync());
    }

    [Fact]
    public async Task Page_FollowedTwice_SentenceAtTheAddress()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);

        var again = await animator.SendAsync(await LookAsync(group, animator), "button[value='suivre']");

        Assert.True(again.Refuses("Page.Address"));
        Assert.Contains("déjà", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync(group));
    }

    [Fact]
    public async Task FeedAtTheAddressOfAPage_OfTwoGroups_TwoSources()
    {
        var ((first, one), (second, other)) = (await SetAsync(), await SetAsync());
        await FollowAsync(first, one);

        var list = $"<opml version=\"2.0\"><head/><body><outline text=\"Ville\" xmlUrl=\"{Root}/\"/></body></opml>";
        await other.SendAsync(await other.OpenAsync(Sources(second)), "#importer form", [("List", "flux.opml", Encoding.UTF8.GetBytes(list))]);

        Assert.Null((await SourceAsync(second)).Selectors);
        Assert.NotNull((await SourceAsync(first)).Selectors);
    }

    [Fact]
    public async Task Page_Unchanged_AskedByItsValidatorAndNothingTwice()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        _answer = e => e.WriteAsync(e.Header("If-None-Match") == "\"page\"" ? "304 Not Modified" : "500 Internal Server Error", []);

        _instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();

        var source = await SourceAsync(group);
        Assert.Equal((SourceFault.None, 0), (source.Fault, source.Failures));
        Assert.Equal(_instance.Clock.GetUtcNow().UtcDateTime, source.LastFetchAt);
    }

    [Fact]
    public async Task Page_WithOneMoreArticle_ThatOneAlone()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        _answer = e => SayAsync(e, News.Replace("<div class=\"liste\">", "<div class=\"liste\"><article class=\"actu post-13\"><h2><a href=\"/actu/piscine\">La piscine rouvre</a></h2></article>", StringComparison.Ordinal)
            .Replace("Le marché revient sur la place", "Le marché revient enfin", StringComparison.Ordinal).Replace("utm_source=site", "utm_source=une", StringComparison.Ordinal), etag: "\"deux\"");

        _instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();

        Assert.Contains("La piscine rouvre", (await animator.OpenAsync($"/groupes/{group.Slug}/veille")).Text, StringComparison.Ordinal);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal((4, 4), (await db.Set<News>().CountAsync(), await db.Set<Sighting>().CountAsync()));
    }

    [Fact]
    public async Task Page_ThatChanges_SaidInWordsAndItsNewsKept()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        await FetchAsync();
        _answer = e => SayAsync(e, "<main><p>Nouveau site en travaux</p></main>", etag: "\"deux\"");

        _instance.Clock.Advance(TimeSpan.FromDays(1.2));
        await FetchAsync();

        var page = await animator.OpenAsync(Sources(group) + "?filtre=panne");
        Assert.Contains("La page a changé : plus rien n’y est trouvé depuis", page.Text, StringComparison.Ordinal);
        Assert.Contains("Le marché revient sur la place", (await animator.OpenAsync($"/groupes/{group.Slug}/veille")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_OfSelectors_PreviewedThenSavedAndTheOtherGroupKeepsItsOwn()
    {
        var ((first, one), (second, other)) = (await SetAsync(), await SetAsync());
        await FollowAsync(first, one);
        await FollowAsync(second, other);
        var page = await one.OpenAsync($"{Sources(first)}/{await IdAsync(first):N}");

        var seen = await one.SendAsync(page, "button[value='voir']", ("Input.Name", "Ma mairie"), ("Page.Item", "article.actu h2"), ("Page.Title", ""), ("Page.Date", ""), ("Page.Summary", ""));
        var refused = await one.SendAsync(seen, "form:has([name='Page.Item'])", ("Page.Item", ".rien"), ("Page.Gesture", null));
        var saved = await one.SendAsync(seen, "form:has([name='Page.Item'])", ("Page.Gesture", null));

        Assert.Equal("article.actu", page.ValueOf("Page.Item"));
        Assert.Equal(3, Titles(seen).Count);
        Assert.Equal("Ma mairie", seen.ValueOf("Input.Name"));
        Assert.True(refused.Refuses("Page.Item"));
        Assert.Contains("Ce sélecteur ne trouve rien dans la page.", refused.Text, StringComparison.Ordinal);
        Assert.Contains("La source est modifiée", saved.Text, StringComparison.Ordinal);
        Assert.Equal("{\"item\":\"article.actu h2\"}", (await SourceAsync(first)).Selectors);
        Assert.Contains("chapo", (await SourceAsync(second)).Selectors!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_OfTheNameWhileTheSiteIsDown_Saved()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);
        _answer = e => e.WriteAsync("503 Service Unavailable", []);

        var saved = await animator.SendAsync(await animator.OpenAsync($"{Sources(group)}/{await IdAsync(group):N}"), "form:has([name='Page.Item'])", ("Input.Name", "Ma mairie"), ("Page.Gesture", null));

        Assert.Contains("La source est modifiée", saved.Text, StringComparison.Ordinal);
        Assert.Contains("Ma mairie", saved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OfAPage_ALinkAndNoFeed()
    {
        var (group, animator) = await SetAsync();
        await FollowAsync(group, animator);

        var list = await animator.OpenAsync(Sources(group) + ".opml");

        Assert.Contains("type=\"link\"", list.Body, StringComparison.Ordinal);
        Assert.Contains($"url=\"{Root}/\"", list.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("xmlUrl", list.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_AddedByAProgram_ReadAndRefusedAsOnTheScreen()
    {
        var owner = await _scene.MemberAsync("Anne Essai");
        var group = await _scene.VeilleAsync(owner);
        using var program = await _instance.ProgramAsync(owner.Id);
        async Task<(HttpStatusCode Status, string Body)> AddAsync(string item)
        {
            using var answer = await program.PostAsJsonAsync($"groups/{group.Slug}/sources", new { url = Root + "/", name = "Ma mairie", selectors = new { item, title = "h2" } });
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }

        var refused = await AddAsync(".rien");
        var added = await AddAsync(" article.actu ");
        var listed = await program.GetStringAsync($"groups/{group.Slug}/sources");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains("Ce sélecteur ne trouve rien dans la page.", refused.Body, StringComparison.Ordinal);
        Assert.Contains("electors.", refused.Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Created, added.Status);
        Assert.Contains("\"item\":\"article.actu\"", listed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAMemberWhoIsNoAnimator_RefusedAndNothingAsked()
    {
        var (group, animator) = await SetAsync();
        var luc = await _scene.MemberAsync("Luc Essai");
        await _scene.JoinAsync(group, luc);
        var member = await _instance.VisitorAsync(luc);
        await LookAsync(group, animator);
        var before = _server.Paths.Count;

        var refused = await member.PostAsync(Sources(group) + "/ajouter", ("_handler", "lire"), ("Page.Address", Root + "/"), ("Page.Item", "article"), ("Page.Gesture", "voir"));

        Assert.Equal((HttpStatusCode.Forbidden, before), (refused.Status, _server.Paths.Count));
    }

    private static Task SayAsync(RawExchange exchange, string html, string etag = "\"page\"") =>
        exchange.Path.StartsWith("/actu/", StringComparison.Ordinal) || exchange.Path == "/"
            ? exchange.WriteAsync($"200 OK\nETag: {etag}\nContent-Type: text/html; charset=utf-8", Encoding.UTF8.GetBytes(html))
            : exchange.WriteAsync("404 Not Found", []);

    private static string Sources(Group group) => $"/groupes/{group.Slug}/veille/sources";

    private static List<string> Titles(VisitedPage page) => [.. page.Document.QuerySelectorAll("#apercu h3 a").Select(a => a.TextContent.Trim())];

    private Task<int> FetchAsync() => _instance.Services.GetRequiredService<FetchSources>().RunOnceAsync(TestContext.Current.CancellationToken);

    private async Task<(Group Group, Visitor Animator)> SetAsync()
    {
        var owner = await _scene.MemberAsync("Anne Essai");
        return (await _scene.VeilleAsync(owner), await _instance.VisitorAsync(owner));
    }

    private async Task<VisitedPage> LookAsync(Group group, Visitor animator) =>
        await animator.SendAsync(await animator.OpenAsync(Sources(group) + "/ajouter"), "form:has([name='Address'])", ("Address", Root + "/"));

    private async Task FollowAsync(Group group, Visitor animator, params (string, string?)[] fields)
    {
        var found = await LookAsync(group, animator);
        if (fields.Length > 0) found = await animator.SendAsync(found, "button[value='voir']", fields);
        Assert.Contains("La source est suivie", (await animator.SendAsync(found, "button[value='suivre']")).Text, StringComparison.Ordinal);
    }

    private async Task<int> CountAsync(Group group)
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Set<GroupSource>().CountAsync(s => s.GroupId == group.Id);
    }

    private async Task<Source> SourceAsync(Group group)
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).Select(s => s.Source!).SingleAsync();
    }

    private async Task<Guid> IdAsync(Group group)
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Set<GroupSource>().Where(s => s.GroupId == group.Id).Select(s => s.Id).SingleAsync();
    }
}
