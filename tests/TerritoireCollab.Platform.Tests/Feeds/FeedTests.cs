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

namespace TerritoireCollab.Platform.Tests.Feeds;

/// <summary>One instance for the tests of feeds, with links that start at the address of a real installation.</summary>
public sealed class FeedStage : IAsyncLifetime
{
    /// <summary>The address of the installation.</summary>
    public const string Site = "http://espace.essai.invalid/";

    /// <summary>The instance.</summary>
    public Instance Instance { get; private set; } = null!;

    /// <summary>Its people and groups.</summary>
    public Scene Scene { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Instance = await Instance.StartAsync(manualClock: true, settings: ("Territoire:BaseUrl", Site));
        Scene = new Scene(Instance);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Instance.DisposeAsync();
}

/// <summary>Feeds of groups and tools through the front door: valid in four formats, to those alone who may read, cached by nobody else.</summary>
public sealed class FeedTests(FeedStage stage) : IClassFixture<FeedStage>
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static readonly XNamespace Rss1 = "http://purl.org/rss/1.0/";
    private static readonly XNamespace Dc = "http://purl.org/dc/elements/1.1/";
    private static readonly string[] Extensions = ["rss", "rdf", "atom", "json"];

    public static TheoryData<string, string> Formats
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var extension in Extensions)
                foreach (var place in (string[])["", "/forum"]) data.Add(place, extension);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Feed_OfGroupOrTool_HasWhatItsNormAsks(string place, string extension)
    {
        var (member, group) = await GroupAsync();
        var file = await stage.Scene.FileAsync("Plan & budget.txt", "Trois lignes.");
        await stage.Scene.TopicAsync(group, member, "Premier fil", "Texte **fort** et [un lien](/groupes).", tags: "énergie, climat", files: file);
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Scene.TopicAsync(group, member, "Second fil", "Autre texte.");
        var address = $"groupes/{group.Slug}{place}/flux.{extension}";
        using var reader = stage.Instance.Browser();

        using var answer = await reader.GetAsync($"/{address}?cle={await KeyAsync(member)}");
        var text = await answer.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("utf-8", answer.Content.Headers.ContentType?.CharSet);
        Assert.Equal((2, "Second fil", "Premier fil"), extension switch
        {
            "rss" => Rss(XDocument.Parse(text), address),
            "rdf" => RssOne(XDocument.Parse(text), address),
            "atom" => AtomFeed(XDocument.Parse(text), address),
            _ => Json(JsonDocument.Parse(text).RootElement, address),
        });
        Assert.Contains("énergie", text, StringComparison.Ordinal);
        // RSS 1.0 has no place for files.
        if (extension != "rdf") Assert.Contains($"{FeedStage.Site}pieces/", text, StringComparison.Ordinal);
        Assert.DoesNotMatch("(href|src)=(\"|&quot;|&#34;|\\\\\")/", text);
        Assert.DoesNotContain("cle=", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_EachKindOfKey_ShowsWhatItsMemberMayReadNow()
    {
        var (owner, group) = await GroupAsync();
        var (member, outsider) = (await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        await stage.Scene.JoinAsync(group, member);
        foreach (var (audience, title) in new[] { (Audience.Group, "Réservé"), (Audience.Platform, "Plateforme"), (Audience.Public, "Ouvert") }) await stage.Scene.TopicAsync(group, owner, title, audience: audience);
        var (mine, foreign) = (await KeyAsync(member), await KeyAsync(outsider));

        Assert.Equal("Ouvert, Plateforme, Réservé", await TitlesAsync(group, mine));
        Assert.Equal("Ouvert, Plateforme", await TitlesAsync(group, foreign));
        Assert.Equal("Ouvert", await TitlesAsync(group, null));
        foreach (var scope in (AccessKeyScope[])[AccessKeyScope.ApiRead, AccessKeyScope.ApiWrite]) Assert.Equal("404", await TitlesAsync(group, await KeyAsync(member, scope)));
        foreach (var unknown in (string[])["x", SecretTokens.New(), mine.ToUpperInvariant(), mine + "0", "'; --"]) Assert.Equal("404", await TitlesAsync(group, Uri.EscapeDataString(unknown)));

        await stage.Scene.JoinAsync(group, member, state: MembershipState.Left);
        Assert.Equal("Ouvert, Plateforme", await TitlesAsync(group, mine));
        await RevokeAsync(member, mine);
        Assert.Equal("404", await TitlesAsync(group, mine));
        await ChangeAsync(outsider, MemberState.Suspended);
        Assert.Equal("404", await TitlesAsync(group, foreign));
    }

    [Fact]
    public async Task Feed_OfAHiddenGroup_OnlyForItsMembers()
    {
        var owner = await stage.Scene.MemberAsync("Anne Essai");
        var (member, outsider) = (await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Zoé Essai"));
        var group = await stage.Scene.GroupAsync("Groupe caché", owner, GroupVisibility.Hidden, members: member);
        await stage.Scene.TopicAsync(group, owner, "Réservé");
        var key = await KeyAsync(member);

        Assert.Equal("Réservé", await TitlesAsync(group, key));
        Assert.Equal("404", await TitlesAsync(group, await KeyAsync(outsider)));
        Assert.Equal("404", await TitlesAsync(group, null));
        await stage.Scene.JoinAsync(group, member, state: MembershipState.Removed);
        Assert.Equal("404", await TitlesAsync(group, key));
    }

    [Theory]
    [InlineData("rss")]
    [InlineData("json")]
    public async Task Feed_AskedAgain_NotModifiedUntilSomethingIs(string extension)
    {
        var (member, group) = await GroupAsync();
        var topic = await stage.Scene.TopicAsync(group, member, "Un fil");
        var address = $"/groupes/{group.Slug}/flux.{extension}?cle={await KeyAsync(member)}";
        using var reader = stage.Instance.Browser();
        using var first = await reader.GetAsync(address);
        var (tag, date) = (first.Headers.ETag!, first.Content.Headers.LastModified);

        using var byTag = await AskAsync(reader, address, r => r.Headers.IfNoneMatch.Add(tag));
        using var byDate = await AskAsync(reader, address, r => r.Headers.IfModifiedSince = date);
        using var both = await AskAsync(reader, address, r => (r.Headers.IfModifiedSince, _) = (date, r.Headers.IfNoneMatch.TryParseAdd("\"autre\"")));
        using var head = await AskAsync(reader, address, r => r.Method = HttpMethod.Head);
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(1));
        using var program = await stage.Instance.ProgramAsync(member.Id);
        await program.PatchAsJsonAsync($"discussions/{topic}", new { title = "Un fil retouché" });
        using var afterwards = await AskAsync(reader, address, r => r.Headers.IfNoneMatch.Add(tag));

        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotModified), (byTag.StatusCode, byDate.StatusCode));
        Assert.Equal(tag, byTag.Headers.ETag);
        Assert.Empty(await byTag.Content.ReadAsByteArrayAsync());
        // A tag that differs counts, whatever the date says (RFC 9110, 13.1.3).
        Assert.Equal(HttpStatusCode.OK, both.StatusCode);
        Assert.Equal((HttpStatusCode.OK, tag, date), (head.StatusCode, head.Headers.ETag, head.Content.Headers.LastModified));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Equal(HttpStatusCode.OK, afterwards.StatusCode);
        Assert.Contains("Un fil retouché", await afterwards.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Feed_WithAKeyOrASession_CachedByItsReaderAlone()
    {
        var (member, group) = await GroupAsync();
        await stage.Scene.TopicAsync(group, member, "Un fil public", audience: Audience.Public);
        using var reader = stage.Instance.Browser();
        using var browser = await stage.Instance.SignedInAsync(member.Id);
        var address = $"/groupes/{group.Slug}/flux.rss";

        using var byKey = await reader.GetAsync($"{address}?cle={await KeyAsync(member)}");
        using var bySession = await browser.GetAsync(address);
        using var byNobody = await reader.GetAsync(address);
        using var wrongKey = await reader.GetAsync($"{address}?cle={SecretTokens.New()}");

        foreach (var answer in (HttpResponseMessage[])[byKey, bySession]) Assert.Equal((true, false), (answer.Headers.CacheControl!.Private, answer.Headers.CacheControl.Public));
        Assert.True(byNobody.Headers.CacheControl!.Public);
        Assert.Equal("noindex, noarchive", Assert.Single(byKey.Headers.GetValues("X-Robots-Tag")));
        Assert.False(byNobody.Headers.Contains("X-Robots-Tag"));
        Assert.All([byKey, bySession, byNobody], a => Assert.Contains("Cookie", a.Headers.Vary));
        Assert.NotEqual(true, wrongKey.Headers.CacheControl?.Public);
    }

    [Fact]
    public async Task Feed_OfHostileTexts_WellFormedInEveryFormat()
    {
        var (member, group) = await GroupAsync();
        string[] pieces = ["a\u0001bc\u000Bd\u001Be\u007F", "]]>", "<![CDATA[", "</title><script>alert(1)</script>", "&#0;&amp;&lt;", "\uFFFE\uFFFF", "\u202E‮", "😀👩‍👩‍👧", "<!--", "\"'"];
        using var program = await stage.Instance.ProgramAsync(member.Id);
        foreach (var piece in pieces)
            (await program.PostAsJsonAsync($"groups/{group.Slug}/discussions", new { title = $"Titre {piece} fin", body = $"Texte {piece} fin\n\n    {piece}\n", tags = new[] { "clé" } })).EnsureSuccessStatusCode();
        var key = await KeyAsync(member);
        using var reader = stage.Instance.Browser();
        var feeds = new Dictionary<string, string>();
        foreach (var extension in Extensions) feeds[extension] = await reader.GetStringAsync($"/groupes/{group.Slug}/flux.{extension}?cle={key}");

        var titles = new Dictionary<string, List<string>>
        {
            ["rss"] = [.. Strict(feeds["rss"]).Descendants("item").Select(i => i.Element("title")!.Value)],
            ["rdf"] = [.. Strict(feeds["rdf"]).Descendants(Rss1 + "item").Select(i => i.Element(Rss1 + "title")!.Value)],
            ["atom"] = [.. Strict(feeds["atom"]).Descendants(Atom + "entry").Select(i => i.Element(Atom + "title")!.Value)],
            ["json"] = [.. JsonDocument.Parse(feeds["json"]).RootElement.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("title").GetString()!)],
        };

        Assert.All(titles, t => Assert.Equal(pieces.Length, t.Value.Count));
        Assert.All(titles, t => Assert.Equal(titles["json"], t.Value));
        Assert.All(titles["rss"], t => Assert.DoesNotMatch("[\\p{Cc}\uFFFE\uFFFF]", t));
        Assert.Contains("Titre </title><script>alert(1)</script> fin", titles["rss"]);
        Assert.All(feeds.Values, f => Assert.DoesNotContain("<script", f, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Feed_InEveryFormat_ReadByPython()
    {
        const string script = """
            import json, sys, xml.dom.minidom
            for line in sys.stdin:
                kind, text = json.loads(line)
                print(len(json.loads(text)["items"]) if kind == "json" else len(xml.dom.minidom.parseString(text.encode()).getElementsByTagName("entry" if kind == "atom" else "item")))
            """;
        var (member, group) = await GroupAsync();
        for (var i = 0; i < 3; i++) await stage.Scene.TopicAsync(group, member, $"Fil {i} : « été » \u0001 & co", "Texte <b>]]></b>");
        var key = await KeyAsync(member);
        using var reader = stage.Instance.Browser();
        var lines = new List<string>();
        foreach (var extension in Extensions) lines.Add(JsonSerializer.Serialize(new[] { extension, await reader.GetStringAsync($"/groupes/{group.Slug}/flux.{extension}?cle={key}") }));

        var counts = await Python.RunAsync(script, lines);
        Assert.SkipWhen(counts is null, "skipped: not here");
        Assert.Equal("3\n3\n3\n3", counts);
    }

    private static (int, string, string) Rss(XDocument feed, string address)
    {
        var channel = feed.Root!.Element("channel")!;
        var items = channel.Elements("item").ToList();
        Assert.Equal(("rss", "2.0"), (feed.Root.Name.LocalName, feed.Root.Attribute("version")!.Value));
        foreach (var name in (string[])["title", "link", "description", "language", "lastBuildDate"]) Assert.False(string.IsNullOrWhiteSpace(Assert.Single(channel.Elements(name)).Value), name);
        Assert.Equal(FeedStage.Site + address, channel.Elements(Atom + "link").Single(l => l.Attribute("rel")!.Value == "self").Attribute("href")!.Value);
        Assert.Equal(items.Count, items.Select(i => Assert.Single(i.Elements("guid")).Value).Distinct().Count());
        Assert.All(items, i => Assert.Equal("false", i.Element("guid")!.Attribute("isPermaLink")!.Value));
        Assert.All(items, i => Assert.Matches("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d? [A-Z][a-z]{2} \\d{4} \\d\\d:\\d\\d:\\d\\d (GMT|[+-]\\d{4})$", i.Element("pubDate")!.Value));
        Assert.All(items, i => Assert.Equal("Anne Essai", i.Element(Dc + "creator")!.Value));
        Assert.All(items.SelectMany(i => i.Elements("enclosure")), e => Assert.True(e.Attribute("url")!.Value.Length > 0 && long.Parse(e.Attribute("length")!.Value, System.Globalization.CultureInfo.InvariantCulture) > 0 && e.Attribute("type")!.Value.Length > 0));
        return (items.Count, items[0].Element("title")!.Value, items[1].Element("title")!.Value);
    }

    private static (int, string, string) RssOne(XDocument feed, string address)
    {
        var channel = feed.Root!.Element(Rss1 + "channel")!;
        var items = feed.Root.Elements(Rss1 + "item").ToList();
        Assert.Equal(Rdf + "RDF", feed.Root.Name);
        Assert.Equal(FeedStage.Site + address, channel.Attribute(Rdf + "about")!.Value);
        foreach (var name in (string[])["title", "link", "description"]) Assert.False(string.IsNullOrWhiteSpace(Assert.Single(channel.Elements(Rss1 + name)).Value), name);
        Assert.Equal(items.Select(i => i.Attribute(Rdf + "about")!.Value), channel.Descendants(Rdf + "li").Select(l => l.Attribute(Rdf + "resource")!.Value));
        Assert.All(items, i => Assert.StartsWith(FeedStage.Site, i.Element(Rss1 + "link")!.Value, StringComparison.Ordinal));
        Assert.All(items, i => XmlConvert.ToDateTimeOffset(i.Element(Dc + "date")!.Value));
        return (items.Count, items[0].Element(Rss1 + "title")!.Value, items[1].Element(Rss1 + "title")!.Value);
    }

    private static (int, string, string) AtomFeed(XDocument feed, string address)
    {
        var entries = feed.Root!.Elements(Atom + "entry").ToList();
        Assert.Equal(Atom + "feed", feed.Root.Name);
        Assert.Equal("fr", feed.Root.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal(FeedStage.Site + address, feed.Root.Elements(Atom + "link").Single(l => l.Attribute("rel")?.Value == "self").Attribute("href")!.Value);
        foreach (var one in entries.Prepend(feed.Root))
        {
            foreach (var name in (string[])["id", "title", "updated"]) Assert.False(string.IsNullOrWhiteSpace(Assert.Single(one.Elements(Atom + name)).Value), name);
            XmlConvert.ToDateTimeOffset(one.Element(Atom + "updated")!.Value);
        }

        Assert.All(entries, e => Assert.Equal("Anne Essai", e.Element(Atom + "author")!.Element(Atom + "name")!.Value));
        Assert.Equal(entries.Count, entries.Select(e => e.Element(Atom + "id")!.Value).Distinct().Count());
        return (entries.Count, entries[0].Element(Atom + "title")!.Value, entries[1].Element(Atom + "title")!.Value);
    }

    private static (int, string, string) Json(JsonElement feed, string address)
    {
        var items = feed.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.Equal(FeedStage.Site + address, feed.GetProperty("feed_url").GetString());
        Assert.False(string.IsNullOrWhiteSpace(feed.GetProperty("title").GetString()));
        Assert.Equal(items.Count, items.Select(i => i.GetProperty("id").GetString()).Distinct().Count());
        Assert.All(items, i => Assert.Equal("Anne Essai", i.GetProperty("authors")[0].GetProperty("name").GetString()));
        Assert.All(items, i => Assert.StartsWith(FeedStage.Site, i.GetProperty("url").GetString(), StringComparison.Ordinal));
        Assert.All(items, i => Assert.NotEqual("", i.GetProperty("content_html").GetString()));
        Assert.All(items, i => i.GetProperty("date_published").GetDateTimeOffset());
        return (items.Count, items[0].GetProperty("title").GetString()!, items[1].GetProperty("title").GetString()!);
    }

    // XML 1.0 without any mercy.
    private static XDocument Strict(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { CheckCharacters = true, DtdProcessing = DtdProcessing.Prohibit });
        return XDocument.Load(reader);
    }

    private static async Task<HttpResponseMessage> AskAsync(HttpClient reader, string address, Action<HttpRequestMessage> with)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        with(request);
        return await reader.SendAsync(request);
    }

    private async Task<(Member Member, Group Group)> GroupAsync()
    {
        var member = await stage.Scene.MemberAsync("Anne Essai");
        return (member, await stage.Scene.GroupAsync("Groupe d’été", member));
    }

    private Task<string> KeyAsync(Member member, AccessKeyScope scope = AccessKeyScope.Feeds) => stage.Instance.Services.GetRequiredService<AccessKeys>().CreateAsync(member.Id, scope, "lecteur", default);

    // As the page of the account does.
    private async Task RevokeAsync(Member member, string key)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var hash = SecretTokens.Hash(key);
        var id = await db.AccessKeys.Where(k => k.TokenHash == hash).Select(k => k.Id).SingleAsync();
        using var browser = await stage.Instance.SignedInAsync(member.Id);
        await browser.GestureAsync("/moi/compte", $"/moi/compte/cles/{id}/revoquer");
    }

    private async Task ChangeAsync(Member member, MemberState state)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state));
    }

    private async Task<string> TitlesAsync(Group group, string? key)
    {
        using var reader = stage.Instance.Browser();
        using var answer = await reader.GetAsync($"/groupes/{group.Slug}/forum/flux.rss{(key is null ? "" : $"?cle={key}")}");
        if (answer.StatusCode != HttpStatusCode.OK) return $"{(int)answer.StatusCode}";
        return string.Join(", ", XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants("item").Select(i => i.Element("title")!.Value).Order(StringComparer.Ordinal));
    }
}
