using System.Text.Json;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Tests;

/// <summary>Feeds to write, and the ways to read the output again.</summary>
internal static class Sample
{
    public static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    public static readonly XNamespace Content = "http://purl.org/rss/1.0/modules/content/";
    public static readonly XNamespace DublinCore = "http://purl.org/dc/elements/1.1/";
    public static readonly XNamespace Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    public static readonly XNamespace Rss10 = "http://purl.org/rss/1.0/";

    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(1));

    public static readonly Feed Empty = new()
    {
        Id = "urn:uuid:0198c1f0-0000-7000-8000-000000000001",
        Title = "Veille numérique",
        Link = new Uri("https://demo.example/veille"),
        Self = new Uri("https://demo.example/veille/flux.rss"),
        Description = "La sélection de la semaine",
        Language = "fr",
        Updated = Noon,
    };

    public static readonly FeedEntry Entry = new()
    {
        Id = "urn:uuid:0198c1f0-0000-7000-8000-0000000000aa",
        Title = "Un accueil <b>neuf</b> & ouvert",
        Link = new Uri("https://demo.example/veille/articles/12"),
        Published = Noon,
        Updated = Noon.AddDays(1),
        Authors = ["Camille Fictive", "Alix Inventé"],
        Categories = ["Inclusion", "Médiation"],
        Summary = "Moins de 5 < 10 & « plus »",
        ContentHtml = "<p>Bonjour&nbsp;!</p>",
        Enclosures =
        [
            new FeedEnclosure { Url = new Uri("https://demo.example/f/1.pdf"), Type = "application/pdf", Length = 1234 },
            new FeedEnclosure { Url = new Uri("https://demo.example/f/2.mp3"), Type = "audio/mpeg", Length = 0 },
        ],
        Comments = new Uri("https://demo.example/veille/articles/12#commentaires"),
        Source = new FeedSource { Title = "La Gazette fictive", Address = new Uri("https://gazette.example/feed.xml") },
    };

    public static readonly Feed Full = Empty with
    {
        Author = "Groupe veille",
        Rights = "CC BY 4.0",
        Image = new Uri("https://demo.example/logo.png"),
        Icon = new Uri("https://demo.example/icone.png"),
        Hubs = [new Uri("https://hub.example/")],
        RefreshInterval = TimeSpan.FromMinutes(90),
        Entries = [Entry],
    };

    public static FeedEntry Numbered(int number) => new()
    {
        Id = $"urn:uuid:0198c1f0-0000-7000-8000-{number:x12}",
        Title = $"Article {number}",
        Link = new Uri($"https://demo.example/veille/articles/{number}"),
        Published = Noon.AddMinutes(-number),
    };

    public static XElement ReadXml(Feed feed, FeedFormat format)
        => XDocument.Load(new MemoryStream(FeedWriter.WriteUtf8(feed, format))).Root!;

    public static XElement Channel(Feed feed) => ReadXml(feed, FeedFormat.Rss).Element("channel")!;

    public static XElement Item(FeedEntry entry) => Channel(Empty with { Entries = [entry] }).Element("item")!;

    public static XElement RdfItem(FeedEntry entry)
        => ReadXml(Empty with { Entries = [entry] }, FeedFormat.Rdf).Element(Rss10 + "item")!;

    public static XElement AtomEntry(FeedEntry entry)
        => ReadXml(Empty with { Entries = [entry] }, FeedFormat.Atom).Element(Atom + "entry")!;

    public static JsonElement ReadJson(Feed feed)
    {
        using var document = JsonDocument.Parse(FeedWriter.WriteUtf8(feed, FeedFormat.Json));
        return document.RootElement.Clone();
    }

    public static JsonElement JsonItem(FeedEntry entry) => ReadJson(Empty with { Entries = [entry] }).GetProperty("items")[0];

    public static string Raw(Feed feed, FeedFormat format)
        => new System.Text.UTF8Encoding(false, throwOnInvalidBytes: true).GetString(FeedWriter.WriteUtf8(feed, format));

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static string[] Names(this XElement element) => [.. element.Elements().Select(child => child.Name.LocalName)];

    public static string[] Values(this XElement element, XName name) => [.. element.Elements(name).Select(child => child.Value)];

    public static string[] Properties(this JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];
}
