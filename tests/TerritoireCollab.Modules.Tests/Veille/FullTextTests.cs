using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The whole text of a piece of news: asked by a member, given by the site, read by members alone; refused in words where the site does not give it.</summary>
public sealed class FullTextTests : IAsyncLifetime
{
    private const string Sentence = "Le conseil a voté hier soir, après deux heures de débat, la remise en eau du canal des Granges, attendue depuis quatre ans par les riverains.";

    private readonly RawServer _server;
    private readonly Dictionary<string, string> _heads = [];
    private readonly Dictionary<string, string> _bodies = [];
    private Instance _instance = null!;
    private Scene _scene = null!;

    public FullTextTests() => _server = new RawServer(e => e.WriteAsync(_heads.GetValueOrDefault(e.Path, _bodies.ContainsKey(e.Path) ? "200 OK\nContent-Type: text/html; charset=utf-8" : "404 Not Found"), Encoding.UTF8.GetBytes(_bodies.GetValueOrDefault(e.Path, ""))));

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
    public async Task Text_AskedFromThePool_ReadOnceCleanAndCredited()
    {
        _bodies["/article"] = Article();
        var (group, animator, member, card) = await SetAsync("/article");

        var read = await member.SendAsync(await member.OpenAsync($"/groupes/{group.Slug}/veille"), $"button[formaction$='{card:N}/texte/lire']");
        var again = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/veille"), $"button[formaction$='{card:N}/texte/lire']");

        var text = read.Document.QuerySelector("article.prose")!;
        Assert.Equal(3, text.Children.Count(p => p.LocalName == "p" && p.TextContent.Contains("canal des Granges", StringComparison.Ordinal)));
        Assert.Equal(text.InnerHtml, again.Document.QuerySelector("article.prose")!.InnerHtml);
        Assert.Equal(["/robots.txt", "/article"], _server.Paths);
        Assert.Contains("TerritoireCollab/", _server.Exchanges.Last().Header("User-Agent"), StringComparison.Ordinal);
        Assert.Equal("http://127.0.0.1/a-lire", text.QuerySelector("a")!.GetAttribute("href")!.Replace($":{_server.Port}", "", StringComparison.Ordinal));
        Assert.Empty(text.QuerySelectorAll("img, script, style, form, iframe, picture, svg, [style], [onclick], [class]"));
        Assert.DoesNotContain("Menu du site", text.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("photo.jpg", read.Body, StringComparison.Ordinal);
        Assert.Contains("Un texte de La Gazette", read.Text, StringComparison.Ordinal);
        Assert.Contains("pour les seuls membres de la veille", read.Text, StringComparison.Ordinal);
        Assert.All(read.Document.QuerySelectorAll($"main a[href='{Root}/article']"), a => Assert.Contains("noopener", a.GetAttribute("rel"), StringComparison.Ordinal));
        Assert.Equal(2, read.Document.QuerySelectorAll($"main a[href='{Root}/article']").Length);
    }

    [Fact]
    public async Task Text_ReadByAnotherGroup_NotAskedAgainAndNotTold()
    {
        _bodies["/article"] = Article();
        var (first, animator, _, card) = await SetAsync("/article");
        var (second, other, _, theirs) = await SetAsync("/article");
        await AskAsync(animator, first, card);

        var elsewhere = await other.OpenAsync(Text(second, theirs));
        var refused = await other.OpenAsync(Text(first, card));

        Assert.Contains("canal des Granges", elsewhere.Document.QuerySelector("article.prose")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.Equal(["/robots.txt", "/article"], _server.Paths);
    }

    [Fact]
    public async Task Text_ByOthers_SeenByMembersAloneAndAskedByNobodyElse()
    {
        _bodies["/article"] = Article();
        var (group, animator, _, card) = await SetAsync("/article");
        await AskAsync(animator, group, card);
        var (reader, outsider) = (await _scene.MemberAsync("Rémi Essai"), await _instance.VisitorAsync(await _scene.MemberAsync("Zoé Essai")));
        await _scene.JoinAsync(group, reader, GroupRole.Reader);
        var reading = await _instance.VisitorAsync(reader);
        var (_, _, _, untold) = await SetAsync("/autre", group);

        Assert.NotNull((await reading.OpenAsync(Text(group, card))).Document.QuerySelector("article.prose"));
        var unread = await reading.OpenAsync(Text(group, untold));
        Assert.Contains("Aucun membre n’a encore demandé le texte", unread.Text, StringComparison.Ordinal);
        Assert.Null(unread.Document.QuerySelector("main form[action$='/texte/lire']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await reading.PostAsync(Text(group, untold) + "/lire")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await outsider.PostAsync(Text(group, untold) + "/lire")).Status);
        var (there, absent) = (await outsider.OpenAsync(Text(group, card)), await outsider.OpenAsync(Text(group, Guid.NewGuid())));
        Assert.Equal((HttpStatusCode.NotFound, there.Text), (absent.Status, absent.Text));
        Assert.Equal(HttpStatusCode.NotFound, there.Status);
        Assert.Equal(2, _server.Paths.Count);
    }

    [Fact]
    public async Task Text_OfAPublicRevue_ExcerptAloneInEveryOutput()
    {
        _bodies["/article"] = Article();
        var owner = await _scene.MemberAsync("Anne Essai");
        var group = await _scene.VeilleAsync(owner);
        await _scene.ServeTerritoryAsync(group);
        var card = await _scene.PlaceAsync(group, owner, new PlacedCard("La remise en eau du canal") { Address = Root + "/article", Excerpt = "Le canal revient.", Line = "À suivre." });
        var animator = await _instance.VisitorAsync(owner);
        var stranger = new Visitor(_instance.Browser());
        await stranger.SendAsync(await stranger.OpenAsync("/veille/abonnement"), "form:has([name='Email'])", ("Email", "lectrice@exemple.invalid"));
        await _instance.SettleAsync();
        var read = await AskAsync(animator, group, card);
        await _scene.PublishAsync(group, owner, "Le canal", "Bonjour.", Audience.Public);
        await _instance.SettleAsync();

        Assert.Contains("deux heures de débat", read.Text, StringComparison.Ordinal);
        string[] outputs = ["/veille", "/veille/revues", "/veille/selection.opml", .. new[] { "rss", "rdf", "atom", "json" }.SelectMany(e => new[] { $"/veille/flux.{e}", $"/veille/revues.{e}", $"/groupes/{group.Slug}/veille/flux.{e}" }), $"/groupes/{group.Slug}/veille/revues/1", "/recherche?q=canal"];
        var found = 0;
        foreach (var output in outputs)
        {
            var page = await stranger.OpenAsync(output);
            Assert.Equal((output, HttpStatusCode.OK), (output, page.Status));
            Assert.DoesNotContain("deux heures de débat", page.Body, StringComparison.Ordinal);
            if (page.Body.Contains("remise en eau du canal", StringComparison.Ordinal)) found++;
        }

        Assert.True(found >= 6, $"{found} outputs carry the article.");
        Assert.All(_instance.Mails(), mail => Assert.DoesNotContain("deux heures de", mail, StringComparison.Ordinal));
    }

    public static TheoryData<string, string, string> Refusals => new()
    {
        { "robots.txt", "User-agent: *\nDisallow: /article", "Ce site ne souhaite pas être copié" },
        { "robots.txt", "User-agent: *\nAllow: /\n\nUser-agent: TerritoireCollab\nDisallow: /", "Ce site ne souhaite pas être copié" },
        { "head", "X-Robots-Tag: noarchive", "Ce site ne souhaite pas être copié" },
        { "head", "X-Robots-Tag: noindex, NoArchive", "Ce site ne souhaite pas être copié" },
        { "head", "X-Robots-Tag: territoirecollab: nosnippet", "Ce site ne souhaite pas être copié" },
        { "head", "TDM-Reservation: 1", "Ce site ne souhaite pas être copié" },
        { "meta", "<meta name=\"robots\" content=\"index, noarchive\">", "Ce site ne souhaite pas être copié" },
        { "meta", "<meta name=\"tdm-reservation\" content=\"1\">", "Ce site ne souhaite pas être copié" },
        { "meta", "<script type=\"application/ld+json\">{\"@graph\":[{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":\"False\"}]}</script>", "Article réservé aux abonnés du site" },
        { "meta", "<meta property=\"article:content_tier\" content=\"locked\">", "Article réservé aux abonnés du site" },
        { "status", "402 Payment Required", "Article réservé aux abonnés du site" },
        { "status", "404 Not Found", "La page n’a pas pu être lue" },
        { "status", "200 OK\nContent-Type: application/pdf", "Aucun texte ne se détache sur cette page" },
        { "status", "302 Found\nLocation: http://169.254.169.254/", "La page n’a pas pu être lue" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Page_ThatIsNotToBeCopied_RefusedInWordsAndNothingKept(string where, string what, string sentence)
    {
        _bodies["/article"] = Article(where == "meta" ? what : "");
        if (where == "robots.txt") _bodies["/robots.txt"] = what;
        if (where == "head") _heads["/article"] = $"200 OK\nContent-Type: text/html; charset=utf-8\n{what}";
        if (where == "status") _heads["/article"] = what;
        var (group, animator, _, card) = await SetAsync("/article");

        var refused = await AskAsync(animator, group, card);

        Assert.Contains(sentence, refused.Text, StringComparison.Ordinal);
        Assert.NotNull(refused.Document.QuerySelector($"main a[href='{Root}/article']"));
        Assert.Null(refused.Document.QuerySelector("article.prose"));
        Assert.Equal(where != "robots.txt", _server.Paths.Contains("/article"));
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal("", await db.Set<FullText>().Select(t => t.Html).SingleAsync());
    }

    [Theory]
    [InlineData("robots.txt", "User-agent: *\nDisallow: /\nAllow: /art")]
    [InlineData("robots.txt", "User-agent: Autre\nDisallow: /\n")]
    [InlineData("head", "X-Robots-Tag: googlebot: noarchive")]
    [InlineData("head", "X-Robots-Tag: noindex, max-snippet: 200, unavailable_after: 25 Jun 2030 15:00:00 GMT")]
    [InlineData("head", "TDM-Reservation: 0")]
    [InlineData("meta", "<meta name=\"googlebot\" content=\"noarchive\">")]
    [InlineData("meta", "<script type=\"application/ld+json\">{\"isAccessibleForFree\": true}</script>")]
    public async Task Page_WhoseRulesAreForOthersOrAllow_Read(string where, string what)
    {
        _bodies["/article"] = Article(where == "meta" ? what : "");
        if (where == "robots.txt") _bodies["/robots.txt"] = what;
        if (where == "head") _heads["/article"] = $"200 OK\nContent-Type: text/html; charset=utf-8\n{what}";
        var (group, animator, _, card) = await SetAsync("/article");

        var read = await AskAsync(animator, group, card);

        Assert.Contains("canal des Granges", read.Document.QuerySelector("article.prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfASiteWhoseRulesCannotBeRead_NotAskedAndAskedLater()
    {
        (_bodies["/article"], _heads["/robots.txt"]) = (Article(), "503 Service Unavailable");
        var (group, animator, _, card) = await SetAsync("/article");

        var refused = await AskAsync(animator, group, card);
        var atOnce = await animator.PostAsync(Text(group, card) + "/lire");
        var asked = _server.Paths.Count;
        _heads.Clear();
        _instance.Clock.Advance(TimeSpan.FromMinutes(11));
        var page = await animator.OpenAsync(Text(group, card));
        var read = await animator.SendAsync(page, "form[action$='/texte/lire']");

        Assert.Contains("La page n’a pas pu être lue", refused.Text, StringComparison.Ordinal);
        Assert.Null(atOnce.Document.QuerySelector("form[action$='/texte/lire']"));
        Assert.Equal(1, asked);
        Assert.Contains("Réessayer", page.Text, StringComparison.Ordinal);
        Assert.NotNull(read.Document.QuerySelector("article.prose"));
    }

    [Fact]
    public async Task Redirect_ToAPageUnderOtherRules_ObeysThose()
    {
        (_bodies["/prive/vrai"], _heads["/article"], _bodies["/robots.txt"]) = (Article(), $"302 Found\nLocation: {Root}/prive/vrai", "User-agent: *\nDisallow: /prive/");
        var (group, animator, _, card) = await SetAsync("/article");

        var refused = await AskAsync(animator, group, card);

        Assert.Contains("Ce site ne souhaite pas être copié", refused.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_AfterThirtyDays_KeptNoMore()
    {
        (_bodies["/article"], _bodies["/autre"]) = (Article(), Article());
        var (group, animator, _, card) = await SetAsync("/article");
        var (_, _, _, other) = await SetAsync("/autre", group);
        await AskAsync(animator, group, card);

        _instance.Clock.Advance(TimeSpan.FromDays(30.5));
        animator = await _instance.VisitorAsync(await OwnerAsync(group));
        var over = await animator.OpenAsync(Text(group, card));
        await AskAsync(animator, group, other);

        Assert.Null(over.Document.QuerySelector("article.prose"));
        Assert.NotNull(over.Document.QuerySelector("form[action$='/texte/lire']"));
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(Root + "/autre", await db.Set<FullText>().Join(db.Set<News>(), t => t.NewsId, n => n.Id, (t, n) => n.Address).SingleAsync());
    }

    [Fact]
    public async Task Find_OfAMember_LeadsMembersToItsTextAndNobodyElse()
    {
        _bodies["/article"] = Article();
        var (group, animator, _, _) = await SetAsync("/ailleurs");
        var find = await _scene.FindAsync(group, await OwnerAsync(group), "Le canal", address: Root + "/article", audience: Audience.Platform);
        var outsider = await _instance.VisitorAsync(await _scene.MemberAsync("Zoé Essai"));

        var page = await animator.OpenAsync("/c/" + find);
        var link = page.Document.QuerySelector("main a[href$='/texte']")!.GetAttribute("href")!;
        var text = await animator.SendAsync(await animator.OpenAsync("/" + link), "form[action$='/texte/lire']");
        var seen = await outsider.OpenAsync("/c/" + find);

        Assert.Contains("canal des Granges", text.Document.QuerySelector("article.prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Voir la trouvaille et sa discussion", text.Text, StringComparison.Ordinal);
        Assert.Contains("Le canal", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector("main a[href$='/texte']"));
    }

    private static string Article(string head = "") => $"""
        <!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Le canal remis en eau - La Gazette</title>{head}</head><body>
        <nav><ul><li><a href="/">Menu du site</a></li><li><a href="/une">À la une</a></li></ul></nav>
        <main><article><h1>Le canal remis en eau</h1>
        <figure><img src="/photo.jpg" alt="Le canal"><figcaption>Le canal en été</figcaption></figure>
        <p style="color:red" onclick="alert(1)">{Sentence}</p><p>{Sentence} <a href="/a-lire">À lire aussi</a>.</p>
        <script>document.write("piège")</script><p class="fin">{Sentence}</p></article></main>
        <footer>Mentions</footer></body></html>
        """;

    private static string Text(Group group, Guid card) => $"/groupes/{group.Slug}/veille/cartes/{card:N}/texte";

    private static async Task<VisitedPage> AskAsync(Visitor visitor, Group group, Guid card) => await visitor.SendAsync(await visitor.OpenAsync(Text(group, card)), "form[action$='/texte/lire']");

    private async Task<Member> OwnerAsync(Group group)
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Memberships.Where(m => m.GroupId == group.Id && m.Role == GroupRole.Owner).Select(m => m.Member!).SingleAsync();
    }

    // The news is known once: of a second group only the card is new.
    private async Task<(Group Group, Visitor Animator, Visitor Member, Guid Card)> SetAsync(string path, Group? into = null)
    {
        Member owner = into is null ? await _scene.MemberAsync("Anne Essai") : await OwnerAsync(into), member = await _scene.MemberAsync("Luc Essai");
        var group = into ?? await _scene.VeilleAsync(owner, members: member);
        var source = await _scene.SourceAsync(group, owner, "La Gazette");
        return (group, await _instance.VisitorAsync(owner), await _instance.VisitorAsync(member), await CardAsync(group, source, path));
    }

    private async Task<Guid> CardAsync(Group group, Guid source, string path)
    {
        await using var db = _instance.Open(Viewer.System);
        if (await db.Set<News>().FirstOrDefaultAsync(n => n.Address == Root + path) is not { } news) return (await _scene.NewsAsync(group, source, ["Le canal remis en eau"], excerpt: "Le canal revient.", address: Root + path))[0];

        var card = new PoolEntry { GroupId = group.Id, NewsId = news.Id, ArrivedAt = _scene.Now, SourceId = source, SourceCount = 1 };
        db.Add(card);
        await db.SaveChangesAsync();
        return card.Id;
    }
}
