using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Testing;
using Others = CodeHollow.FeedReader;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>
/// Programs that are not ours read the feeds of the revue. The W3C's validator (github.com/w3c/feedvalidator, with html5lib, rdflib and lxml)
/// judges where <c>TERRITOIRE_FEEDVALIDATOR</c> names its <c>src</c> folder or Python finds it; feedparser reads where Python has it.
/// </summary>
public sealed class FeedsReadByOthersTests(FeedsReadByOthersTests.Revue revue) : IClassFixture<FeedsReadByOthersTests.Revue>
{
    private static readonly string[] Feeds = ["/veille/flux.rss", "/veille/flux.rdf", "/veille/flux.atom", "/veille/flux.json", "/veille/revues.rss", "/veille/revues.rdf", "/veille/revues.atom", "/veille/revues.json", "/veille/editos.rss", "/veille/editos.rdf", "/veille/editos.atom", "/veille/editos.json"];
    private static readonly string[] Lists = ["/veille/selection.opml", "/veille/sources.opml"];

    [Theory]
    [InlineData("rss", "flux"), InlineData("rdf", "flux"), InlineData("atom", "flux"), InlineData("json", "flux")]
    [InlineData("rss", "revues"), InlineData("rdf", "revues"), InlineData("atom", "revues"), InlineData("json", "revues")]
    [InlineData("rss", "editos"), InlineData("rdf", "editos"), InlineData("atom", "editos"), InlineData("json", "editos")]
    public async Task Feed_ReadByCodeHollow_SaysWhatTheJsonFeedSays(string extension, string feed)
    {
        var expected = await JsonAsync(feed);

        var read = Others.FeedReader.ReadFromString(await TextAsync($"/veille/{feed}.{extension}"));

        Assert.Equal(expected.Select(e => (e.Title, e.Link)), read.Items.Select(i => (i.Title, i.Link)));
        Assert.All(read.Items, i => Assert.False(string.IsNullOrWhiteSpace(i.Description ?? i.Content)));
        // It takes the moment of Dublin Core and of JSON into other zones: the moment itself is compared.
        if (extension is "rss" or "atom") Assert.Equal(expected.Select(e => e.At.UtcDateTime), read.Items.Select(i => i.PublishingDate!.Value.ToUniversalTime()));
        if (extension is "rss" or "atom") Assert.Equal(expected.Select(e => e.Id), read.Items.Select(i => i.Id));
    }

    [Theory]
    [InlineData("rss", "flux"), InlineData("atom", "flux"), InlineData("rss", "revues"), InlineData("atom", "revues"), InlineData("rss", "editos"), InlineData("atom", "editos")]
    public async Task Feed_ReadByDotNet_SaysWhatTheJsonFeedSays(string extension, string feed)
    {
        var expected = await JsonAsync(feed);

        using var reader = XmlReader.Create(new StringReader(await TextAsync($"/veille/{feed}.{extension}")));
        var read = SyndicationFeed.Load(reader).Items.ToList();

        Assert.Equal(expected.Select(e => (e.Id, e.Title, e.Link, e.At.UtcDateTime)), read.Select(i => (i.Id, i.Title.Text, i.Links.First(l => l.RelationshipType is null or "alternate").Uri.AbsoluteUri, i.PublishDate.UtcDateTime)));
    }

    [Fact]
    public async Task Feeds_ReadByFeedparser_SayWhatTheJsonFeedsSay()
    {
        const string script = """
            import calendar, datetime, feedparser, json, sys
            for line in sys.stdin:
                feed = feedparser.parse(json.loads(line).encode())
                print(json.dumps({"wellFormed": not feed.bozo, "version": feed.version, "entries": [[e.title, e.link, calendar.timegm(e.get("published_parsed") or e.updated_parsed)] for e in feed.entries]}))
            """;
        var addresses = Feeds.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).ToList();
        var lines = new List<string>();
        foreach (var address in addresses) lines.Add(JsonSerializer.Serialize(await TextAsync(address)));

        var output = await Python.RunAsync(script, lines, "feedparser");
        Assert.SkipWhen(output is null, "skipped: not here (python3 with feedparser)");

        var read = output.Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(addresses.Count, read.Count);
        foreach (var (address, feed) in addresses.Zip(read))
        {
            var expected = await JsonAsync(address.Split('/', '.')[2]);
            Assert.True(feed.GetProperty("wellFormed").GetBoolean(), address);
            Assert.Equal(address.Split('.')[1] switch { "rss" => "rss20", "rdf" => "rss10", _ => "atom10" }, feed.GetProperty("version").GetString());
            Assert.Equal(
                expected.Select(e => (e.Title, e.Link, e.At.ToUnixTimeSeconds())),
                feed.GetProperty("entries").EnumerateArray().Select(e => (System.Net.WebUtility.HtmlDecode(e[0].GetString()!), e[1].GetString()!, e[2].GetInt64())));
        }
    }

    [Fact]
    public async Task Feeds_JudgedByTheW3CValidator_NoMessageAtAll()
    {
        const string script = """
            import json, sys, feedvalidator
            from feedvalidator import compatibility
            from feedvalidator.formatter.text_plain import Formatter
            for line in sys.stdin:
                address, text = json.loads(line)
                events = feedvalidator.validateString(text.encode(), firstOccurrenceOnly=1, base=address)["loggedEvents"]
                print(json.dumps([address, [m for m in Formatter(compatibility.AA(events))]]))
            """;
        var lines = new List<string>();
        var site = revue.Stage.Instance.Services.GetRequiredService<PlatformOptions>();
        foreach (var address in Feeds.Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Concat(Lists)) lines.Add(JsonSerializer.Serialize(new[] { site.Absolute(address).AbsoluteUri, await TextAsync(address) }));

        var output = await Python.RunAsync(script, lines, "feedvalidator", Environment.GetEnvironmentVariable("TERRITOIRE_FEEDVALIDATOR"));
        Assert.SkipWhen(output is null, "skipped: not here (the W3C's feedvalidator: TERRITOIRE_FEEDVALIDATOR)");

        var judged = output.Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(lines.Count, judged.Count);
        Assert.All(judged, j => Assert.Equal((j[0].GetString(), "[]"), (j[0].GetString(), j[1].GetRawText())));
    }

    private async Task<List<(string Id, string Title, string Link, DateTimeOffset At)>> JsonAsync(string feed)
    {
        var items = JsonDocument.Parse(await TextAsync($"/veille/{feed}.json")).RootElement.GetProperty("items").EnumerateArray().ToList();
        Assert.NotEmpty(items);
        return [.. items.Select(i => (i.GetProperty("id").GetString()!, i.GetProperty("title").GetString()!, (i.TryGetProperty("external_url", out var outside) ? outside : i.GetProperty("url")).GetString()!, i.GetProperty("date_published").GetDateTimeOffset()))];
    }

    private async Task<string> TextAsync(string address)
    {
        using var reader = revue.Stage.Instance.Browser();
        return await reader.GetStringAsync(address);
    }

    /// <summary>A territory's revue of two issues and two éditos, with signs that feeds must escape.</summary>
    public sealed class Revue : IAsyncLifetime
    {
        internal Stage Stage { get; } = new();

        public async ValueTask InitializeAsync()
        {
            await Stage.InitializeAsync();
            var scene = Stage.Scene;
            var anne = await scene.MemberAsync("Anne Essai");
            var group = await scene.VeilleAsync(anne);
            await scene.ServeTerritoryAsync(group, Audience.Public);
            await scene.SetVeilleAsync(group, p => p.ListsSources = true);
            await scene.SourceAsync(group, anne, "La Gazette du <Diois> & d’ailleurs");
            string[] titles = ["L’eau & la forêt", "« Été » <b>chaud</b>", "Budget : 100 % voté", "Œuvre d’art à Lus-la-Croix-Haute"];
            for (var i = 0; i < titles.Length; i++)
                await scene.PlaceAsync(group, anne, new(titles[i]) { Address = $"https://gazette.exemple.invalid/{i}?a=1&b=é", Rubric = i < 2 ? "Eau & forêt" : null, Line = "Ma <ligne> & moi", Source = "La Gazette du <Diois>", Author = i == 1 ? "Zoé Plume" : null });
            await scene.PublishAsync(group, anne, "Eaux vives & autres", "Un **mot** & un [lien](/forum) relatif.");
            await scene.PlaceAsync(group, anne, new("La suite") { Address = "https://gazette.exemple.invalid/suite" });
            await scene.PublishAsync(group, anne, null, "Encore.");
            await scene.EditorialAsync(group, anne, "L’eau & la <forêt>", "Un **mot** & un [lien](/forum) relatif.\n\n## Et encore\n\n- [La suite](https://gazette.exemple.invalid/suite?a=1&b=2)", tags: "Eau & forêt");
            Stage.Later();
            await scene.EditorialAsync(group, anne, "« Été » 100 % œuvre", "Texte.", month: 202610);
        }

        public ValueTask DisposeAsync() => Stage.DisposeAsync();
    }
}
