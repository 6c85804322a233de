using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>The territory's revue: its public pages, its feeds and lists, its part of the API.</summary>
public sealed class TerritoryRevueTests : IAsyncLifetime
{
    private static readonly string[] Extensions = ["rss", "rdf", "atom", "json"];
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Rss1 = "http://purl.org/rss/1.0/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";

    private readonly CountedStage _stage = new();
    private Member _anne = null!;
    private Member _luc = null!;
    private Group _group = null!;

    private Instance Instance => _stage.Instance;

    private Scene Scene => _stage.Scene;

    public async ValueTask InitializeAsync()
    {
        await _stage.InitializeAsync();
        (_anne, _luc) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Luc Essai"));
        _group = await Scene.VeilleAsync(_anne, members: _luc);
    }

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Fact]
    public async Task Veille_NoGroupServes_TeachesMembersAndAsksOthersToSignIn()
    {
        var byMember = await (await _stage.AsAsync(_luc)).OpenAsync("/veille");
        using var browser = Instance.Browser();
        using var byVisitor = await browser.GetAsync("/veille");

        Assert.Contains("Aucun groupe ne publie encore la revue du territoire", byMember.Text, StringComparison.Ordinal);
        Assert.Null(byMember.Document.QuerySelector(".nav-principale a[href='veille']"));
        Assert.Contains("/connexion?retour=%2Fveille", byVisitor.Headers.Location?.ToString(), StringComparison.Ordinal);
        foreach (var address in (string[])["/veille/revues", "/veille/revues/1", "/veille/flux.rss", "/veille/revues.atom", "/veille/selection.opml", "/veille/sources.opml"]) Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(address)).StatusCode);
    }

    [Fact]
    public async Task Veille_PublicRevue_ReadWithoutSigningIn()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau", Finder = _luc, Line = "Enfin" });
        await Scene.PublishAsync(_group, _anne, "Eaux vives", "Une semaine **chargée**.");
        await Scene.PublishAsync(_group, _anne, null, "La suite.");
        var visitor = Instance.Stranger();

        var front = await visitor.OpenAsync("/veille");
        var issue = await visitor.OpenAsync("/veille/revues/1");
        var archives = await visitor.OpenAsync("/veille/revues");

        Assert.Contains("Revue n°\u00a02", front.Document.QuerySelector(".revue-une")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("page", front.Document.QuerySelector(".nav-principale a[href='veille']")!.GetAttribute("aria-current"));
        foreach (var words in (string[])["Revue n° 1", "Eaux vives", "Semaine 48", "Une semaine chargée.", "La rivière remonte", "Enfin", "Trouvé par Luc Essai", "Connectez-vous pour commenter."]) Assert.Contains(words, issue.Text, StringComparison.Ordinal);
        // In public only the name: a profile is for members.
        Assert.Empty(issue.Document.QuerySelectorAll("main a[href^='annuaire']"));
        Assert.NotNull(issue.Document.QuerySelector("a[rel='next'][href='veille/revues/2']"));
        Assert.EndsWith("/veille/revues/1", issue.Document.QuerySelector("head link[rel='canonical']")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(["Novembre 2026"], archives.Document.QuerySelectorAll(".principal h2").Select(h => h.TextContent));
        Assert.Contains("Eaux vives", archives.Text, StringComparison.Ordinal);
        foreach (var type in (string[])["application/rss+xml", "application/rdf+xml", "application/atom+xml", "application/feed+json"])
            Assert.Equal(3, issue.Document.QuerySelectorAll($"head link[rel='alternate'][type='{type}']").Length);
        var member = await (await _stage.AsAsync(_luc)).OpenAsync("/veille/revues/1");
        Assert.NotNull(member.Document.QuerySelector($".revue-suite a[href='annuaire/{_luc.Handle}']"));
    }

    [Theory]
    [InlineData(Audience.Platform, HttpStatusCode.OK, HttpStatusCode.NotFound)]
    [InlineData(Audience.Group, HttpStatusCode.NotFound, HttpStatusCode.NotFound)]
    public async Task Issue_ByItsAudience_NotFoundToOthersOnEveryChannel(Audience audience, HttpStatusCode outsider, HttpStatusCode visitor)
    {
        await ServeAsync(audience);
        await Scene.PlaceAsync(_group, _anne, new("Un article zqréservé"));
        var id = await Scene.PublishAsync(_group, _anne, "Titre zqréservé", "Mot zqréservé");
        var zoe = await Scene.MemberAsync("Zoé Essai");
        using var byVisitor = Instance.Browser();
        using var byOutsider = await Instance.SignedInAsync(zoe.Id);
        using var byMember = await Instance.SignedInAsync(_luc.Id);

        foreach (var address in (string[])["/veille/revues/1", $"/groupes/{_group.Slug}/veille/revues/1", $"/groupes/{_group.Slug}/veille/revues/{id}"])
        {
            Assert.Equal((visitor, outsider, HttpStatusCode.OK), ((await byVisitor.GetAsync(address)).StatusCode, (await byOutsider.GetAsync(address)).StatusCode, (await byMember.GetAsync(address)).StatusCode));
        }

        List<string> channels = ["/veille", "/veille/revues", $"/groupes/{_group.Slug}/veille/revues", "/veille/selection.opml", .. Extensions.Select(e => $"/veille/flux.{e}"), .. Extensions.Select(e => $"/veille/revues.{e}")];
        foreach (var address in channels)
        {
            Assert.DoesNotContain("zqréservé", await TextAsync(byVisitor, address), StringComparison.Ordinal);
            Assert.Equal(outsider == HttpStatusCode.OK, (await TextAsync(byOutsider, address)).Contains("zqréservé", StringComparison.Ordinal));
            Assert.Contains("zqréservé", await TextAsync(byMember, address), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Feeds_InEveryFormat_TheSameArticlesWithTheirCredit()
    {
        await ServeAsync(Audience.Public);
        for (var i = 1; i <= 3; i++) await Scene.PlaceAsync(_group, _anne, new($"Article {i}") { Address = $"https://gazette.exemple.invalid/{i}", Rubric = "Eau", Line = "Ma <ligne>", Source = "La Gazette", Author = i == 1 ? "Zoé Plume" : null });
        await Scene.PublishAsync(_group, _anne, "Eaux vives", "Un **mot**.");
        using var reader = Instance.Browser();

        var rss = XDocument.Parse(await reader.GetStringAsync("/veille/flux.rss")).Root!.Element("channel")!.Elements("item").ToList();
        var rdf = XDocument.Parse(await reader.GetStringAsync("/veille/flux.rdf")).Root!.Elements(Rss1 + "item").ToList();
        var atom = XDocument.Parse(await reader.GetStringAsync("/veille/flux.atom")).Root!.Elements(Atom + "entry").ToList();
        var json = JsonDocument.Parse(await reader.GetStringAsync("/veille/flux.json")).RootElement.GetProperty("items").EnumerateArray().ToList();

        string[] titles = ["Article 1", "Article 2", "Article 3"];
        Assert.Equal(titles, rss.Select(i => i.Element("title")!.Value));
        Assert.Equal(titles, rdf.Select(i => i.Element(Rss1 + "title")!.Value));
        Assert.Equal(titles, atom.Select(i => i.Element(Atom + "title")!.Value));
        Assert.Equal(titles, json.Select(i => i.GetProperty("title").GetString()));
        Assert.Equal("https://gazette.exemple.invalid/1", rss[0].Element("link")!.Value);
        Assert.StartsWith("urn:territoire:article:", rss[0].Element("guid")!.Value, StringComparison.Ordinal);
        Assert.Equal(rss.Select(i => i.Element("guid")!.Value), atom.Select(e => e.Element(Atom + "id")!.Value));
        Assert.Equal(("La Gazette", "https://gazette.exemple.invalid/"), (rss[0].Element("source")!.Value, rss[0].Element("source")!.Attribute("url")!.Value));
        Assert.Equal("La Gazette", atom[0].Element(Atom + "source")!.Element(Atom + "title")!.Value);
        Assert.Equal("Zoé Plume", rdf[0].Element(Dc + "creator")!.Value);
        Assert.Contains("Ma &lt;ligne&gt;", json[0].GetProperty("content_html").GetString(), StringComparison.Ordinal);
        Assert.Contains("/veille/revues/1", json[0].GetProperty("content_html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IssueFeeds_InEveryFormat_HoldTheWholeIssue()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau", Line = "Enfin" });
        var id = await Scene.PublishAsync(_group, _anne, "Eaux vives", "Un **mot**.");
        using var reader = Instance.Browser();

        foreach (var address in Extensions.SelectMany(e => new[] { $"/veille/revues.{e}", $"/groupes/{_group.Slug}/veille/flux.{e}", $"/groupes/{_group.Slug}/flux.{e}" }))
        {
            using var answer = await reader.GetAsync(address);
            var text = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Unescape((await answer.Content.ReadAsStringAsync()).Replace("\\/", "/", StringComparison.Ordinal)));
            Assert.True(answer.IsSuccessStatusCode, address);
            foreach (var words in (string[])["Eaux vives", "<strong>mot</strong>", "La rivière remonte", "Enfin", id]) Assert.True(text.Contains(words, StringComparison.Ordinal) || (words == id && address.EndsWith(".rdf", StringComparison.Ordinal)), $"{address} {words}");
        }
    }

    [Fact]
    public async Task Feed_AskedAgain_304UntilTheIssueIsCorrected()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("La riviere remonte"));
        var id = await Scene.PublishAsync(_group, _anne);
        using var reader = Instance.Browser();
        string[] addresses = [.. Extensions.Select(e => $"/veille/flux.{e}"), .. Extensions.Select(e => $"/veille/revues.{e}"), "/veille/selection.opml"];
        var seen = new Dictionary<string, (System.Net.Http.Headers.EntityTagHeaderValue Tag, DateTimeOffset? Date)>();
        foreach (var address in addresses)
        {
            using var first = await reader.GetAsync(address);
            seen[address] = (first.Headers.ETag!, first.Content.Headers.LastModified);
            Assert.Equal("utf-8", first.Content.Headers.ContentType!.CharSet);
            Assert.True(first.Headers.CacheControl!.Public, address);
        }

        Assert.All(await AskAsync(reader, seen), s => Assert.Equal(HttpStatusCode.NotModified, s));
        _stage.Later();
        var anne = await _stage.AsAsync(_anne);
        await anne.SendAsync(await anne.OpenAsync($"/groupes/{_group.Slug}/veille/revues/{id}/corriger"), "form.formulaire", ("Input.Articles[0].Title", "La rivière remonte"));

        Assert.All(await AskAsync(reader, seen), s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Contains("La rivière remonte", await reader.GetStringAsync("/veille/flux.rss"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feeds_OfHostileArticles_WellFormedInEveryFormat()
    {
        await ServeAsync(Audience.Public);
        string[] pieces = ["a\u0001b\u000B", "]]>", "</title><script>alert(1)</script>", "&#0;&amp;&lt;", "\uFFFE", "\u202E", "😀"];
        foreach (var piece in pieces) await Scene.PlaceAsync(_group, _anne, new($"Titre {piece} fin") { Line = piece, Excerpt = piece, Rubric = "r" + piece, Source = "S " + piece, Author = piece });
        await Scene.PublishAsync(_group, _anne, "T <b>", "Mot <i>");
        using var reader = Instance.Browser();

        foreach (var name in (string[])["flux", "revues"])
        {
            foreach (var extension in (string[])["rss", "rdf", "atom"]) Strict(await reader.GetStringAsync($"/veille/{name}.{extension}"));
            using var _ = JsonDocument.Parse(await reader.GetStringAsync($"/veille/{name}.json"));
        }

        Strict(await reader.GetStringAsync("/veille/selection.opml"));
        Assert.Equal(pieces.Length, XDocument.Parse(await reader.GetStringAsync("/veille/flux.rss")).Descendants("item").Count());
    }

    [Fact]
    public async Task Selection_AsOpml_LinksIssueByIssue()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Address = "https://gazette.exemple.invalid/1", Rubric = "Eau, air" });
        await Scene.PublishAsync(_group, _anne, "Eaux vives");
        using var reader = Instance.Browser();

        var answer = await reader.GetAsync("/veille/selection.opml");
        var list = XDocument.Parse(await answer.Content.ReadAsStringAsync());

        Assert.Equal("text/x-opml", answer.Content.Headers.ContentType!.MediaType);
        var folder = Assert.Single(list.Root!.Element("body")!.Elements("outline"));
        Assert.Equal("Revue n°\u00a01 – Eaux vives", folder.Attribute("text")!.Value);
        var link = Assert.Single(folder.Elements("outline"));
        Assert.Equal(("link", "https://gazette.exemple.invalid/1", "Eau air"), (link.Attribute("type")!.Value, link.Attribute("url")!.Value, link.Attribute("category")!.Value.Replace("  ", " ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Sources_AsOpml_WithoutSecretsAndOnlyIfTheGroupSaysSo()
    {
        await ServeAsync(Audience.Public);
        await using (var db = Instance.Open(Viewer.System))
        {
            foreach (var (address, muted) in new[] { ("https://ouvert.exemple.invalid/rss", false), ("https://prive.exemple.invalid/rss?jeton=zqsecret", false), ("https://zqnom:zqmotdepasse@prive2.exemple.invalid/rss", false), ("https://coupe.exemple.invalid/rss", true) })
            {
                var source = new Source { Address = address, Title = new Uri(address).Host, NextFetchAt = DateTime.UnixEpoch };
                db.AddRange(source, new GroupSource { GroupId = _group.Id, SourceId = source.Id, Source = source, AddedById = _anne.Id, AddedAt = DateTime.UnixEpoch, IsMuted = muted, Folder = "Presse" });
            }

            await db.SaveChangesAsync();
        }

        using var reader = Instance.Browser();
        using var closed = await reader.GetAsync("/veille/sources.opml");
        await Scene.SetVeilleAsync(_group, p => p.ListsSources = true);
        var open = await reader.GetStringAsync("/veille/sources.opml");
        var key = await Instance.Services.GetRequiredService<AccessKeys>().CreateAsync(_luc.Id, AccessKeyScope.Feeds, "lecteur", default);
        var own = await reader.GetStringAsync($"/veille/sources.opml?cle={key}");

        Assert.Equal(HttpStatusCode.NotFound, closed.StatusCode);
        Assert.Equal(["https://ouvert.exemple.invalid/rss"], XDocument.Parse(open).Descendants("outline").Attributes("xmlUrl").Select(a => a.Value));
        Assert.DoesNotContain("zq", open, StringComparison.Ordinal);
        Assert.Equal(4, XDocument.Parse(own).Descendants("outline").Attributes("xmlUrl").Count());
        Assert.DoesNotContain("zqmotdepasse", own, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_WithAKey_ReadAsItsMemberAndCachedByItAlone()
    {
        await ServeAsync(Audience.Group);
        await Scene.PlaceAsync(_group, _anne, new("Entre nous"));
        await Scene.PublishAsync(_group, _anne);
        var keys = Instance.Services.GetRequiredService<AccessKeys>();
        var (own, other) = (await keys.CreateAsync(_luc.Id, AccessKeyScope.Feeds, "lecteur", default), await keys.CreateAsync((await Scene.MemberAsync("Zoé Essai")).Id, AccessKeyScope.Feeds, "lecteur", default));
        using var reader = Instance.Browser();

        using var byOwn = await reader.GetAsync($"/veille/flux.atom?cle={own}");
        using var byWrong = await reader.GetAsync("/veille/flux.atom?cle=00000000000000000000000000000000");

        Assert.Contains("Entre nous", await byOwn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(own, await byOwn.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(byOwn.Headers.CacheControl!.Private);
        Assert.Equal(HttpStatusCode.NotFound, byWrong.StatusCode);
        Assert.DoesNotContain("Entre nous", await reader.GetStringAsync($"/veille/flux.atom?cle={other}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_DraftThenPublish_ByTheTerritorysAddress()
    {
        await ServeAsync(Audience.Platform);
        await Scene.PlaceAsync(_group, _anne, new("La rivière remonte") { Rubric = "Eau" });
        using var anne = await Instance.ProgramAsync(_anne.Id);
        using var luc = await Instance.ProgramAsync(_luc.Id);

        using var early = await anne.PostAsJsonAsync("veille/issues", new { title = "Eaux vives", audience = "public" });
        var draft = await (await anne.PostAsJsonAsync("veille/issues", new { title = "Eaux vives", body = "Un **mot**." })).Content.ReadFromJsonAsync<JsonElement>();
        using var forbidden = await luc.PostAsJsonAsync("veille/issues/1/publish", new { });
        var listed = await luc.GetFromJsonAsync<JsonElement>("veille/issues");
        var published = await (await anne.PostAsJsonAsync("veille/issues/1/publish", new { audience = "public" })).Content.ReadFromJsonAsync<JsonElement>();
        var again = await (await anne.PostAsJsonAsync("veille/issues/1/publish", new { })).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, early.StatusCode);
        Assert.Equal(("draft", 1, "2026-W48"), (draft.GetProperty("state").GetString(), draft.GetProperty("number").GetInt32(), draft.GetProperty("week").GetString()));
        Assert.Equal(HttpStatusCode.NotFound, forbidden.StatusCode);
        Assert.Equal(0, listed.GetProperty("items").GetArrayLength());
        Assert.Equal(("published", "public", "Eaux vives"), (published.GetProperty("state").GetString(), published.GetProperty("audience").GetString(), published.GetProperty("title").GetString()));
        Assert.Equal("La rivière remonte", published.GetProperty("articles")[0].GetProperty("title").GetString());
        Assert.Equal(published.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(1, (await luc.GetFromJsonAsync<JsonElement>("veille/issues")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Pages_LittleThenMuchToShow_AskTheDatabaseAsOften()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("Un article") { Finder = _luc });
        var id = await Scene.PublishAsync(_group, _anne, "Première", "Un mot.");
        await Scene.AnswerAsync(id, _luc, "Merci.");
        (string Page, int Most)[] pages = [("/veille", 9), ("/veille/revues", 6), ("/veille/revues/1", 8), ("/veille/flux.rss", 5), ("/veille/revues.atom", 7), ("/veille/selection.opml", 5), ("/groupes", 5)];
        using var browser = await Instance.SignedInAsync(_luc.Id);
        var few = await CountAsync(browser, pages);

        for (var i = 0; i < 8; i++)
        {
            for (var n = 0; n < 12; n++) await Scene.PlaceAsync(_group, _anne, new($"Article {i} {n}") { Finder = n % 2 == 0 ? _luc : null, Rubric = $"Rubrique {n % 3}" });
            await Scene.PublishAsync(_group, _anne, $"Numéro {i}", "Un mot.");
        }

        for (var n = 0; n < 15; n++) await Scene.AnswerAsync(id, n % 2 == 0 ? _anne : _luc, "Encore.");
        var many = await CountAsync(browser, pages);

        Assert.All(few.Zip(many, pages), c => Assert.True(c.Second <= c.First + 1 && c.Second <= c.Third.Most, $"{c.Third.Page} asks {c.First} then {c.Second} times"));
    }

    [Fact]
    public async Task Issue_FoundByItsArticles_InTheSearch()
    {
        await ServeAsync(Audience.Public);
        await Scene.PlaceAsync(_group, _anne, new("La passerelle himalayenne") { Line = "Un vertige" });
        var id = await Scene.PublishAsync(_group, _anne, "Eaux vives", "Un mot.");
        await Instance.SettleAsync();
        using var browser = await Instance.SignedInAsync(_luc.Id);

        Assert.Contains(id, await browser.GetStringAsync("/recherche?q=himalayennes"), StringComparison.Ordinal);
        Assert.Contains(id, await browser.GetStringAsync("/recherche?q=vertige"), StringComparison.Ordinal);
    }

    // Asked twice: the first visit leaves marks, and reads what is kept in memory.
    private async Task<List<int>> CountAsync(HttpClient browser, (string Page, int Most)[] pages)
    {
        var counts = new List<int>();
        foreach (var (page, _) in pages)
        {
            for (var visit = 0; visit < 2; visit++)
            {
                _stage.Commands.Clear();
                using var answer = await browser.GetAsync(page);
                Assert.Equal((page, HttpStatusCode.OK), (page, answer.StatusCode));
            }

            counts.Add(_stage.Commands.Commands.Count);
        }

        return counts;
    }

    private Task ServeAsync(Audience audience) => Scene.ServeTerritoryAsync(_group, audience);

    private static async Task<string> TextAsync(HttpClient browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.Content.Headers.ContentType?.MediaType == "application/feed+json" ? System.Text.RegularExpressions.Regex.Unescape(text.Replace("\\/", "/", StringComparison.Ordinal)) : text;
    }

    private static async Task<List<HttpStatusCode>> AskAsync(HttpClient reader, Dictionary<string, (System.Net.Http.Headers.EntityTagHeaderValue Tag, DateTimeOffset? Date)> seen)
    {
        var statuses = new List<HttpStatusCode>();
        foreach (var (address, validators) in seen)
        {
            using var byTag = new HttpRequestMessage(HttpMethod.Get, address);
            byTag.Headers.IfNoneMatch.Add(validators.Tag);
            using var byDate = new HttpRequestMessage(HttpMethod.Get, address);
            byDate.Headers.IfModifiedSince = validators.Date;
            foreach (var request in (HttpRequestMessage[])[byTag, byDate])
            {
                using var answer = await reader.SendAsync(request);
                statuses.Add(answer.StatusCode);
            }
        }

        return statuses;
    }

    private static void Strict(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        XDocument.Load(reader);
    }

    // A stage that counts what it asks its database.
    private sealed class CountedStage : IAsyncLifetime
    {
        public CommandCounter Commands { get; } = new();

        public Instance Instance { get; private set; } = null!;

        public Scene Scene { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Instance = await Instance.StartAsync(manualClock: true, adjust: Commands.Watch);
            Scene = new Scene(Instance);
        }

        public async Task<Visitor> AsAsync(Member member) => new(await Instance.SignedInAsync(member.Id));

        public void Later() => Instance.Clock.Advance(TimeSpan.FromMinutes(1.1));

        public ValueTask DisposeAsync() => Instance.DisposeAsync();
    }
}
