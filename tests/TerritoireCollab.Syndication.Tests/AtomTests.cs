using System.Xml.Linq;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class AtomTests
{
    [Fact]
    public void Feed_Full_HasExactValues()
    {
        var feed = ReadXml(Full, FeedFormat.Atom);

        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Equal("fr", feed.Attribute(XNamespace.Xml + "lang")!.Value);
        Assert.Equal(["id", "title", "subtitle", "updated", "author", "link", "link", "link", "rights", "generator", "icon", "logo", "entry"], feed.Names());
        Assert.Equal("urn:uuid:0198c1f0-0000-7000-8000-000000000001", feed.Element(Atom + "id")!.Value);
        Assert.Equal("Veille numérique", feed.Element(Atom + "title")!.Value);
        Assert.Equal("La sélection de la semaine", feed.Element(Atom + "subtitle")!.Value);
        Assert.Equal("2026-11-22T11:00:00Z", feed.Element(Atom + "updated")!.Value);
        Assert.Equal("Groupe veille", feed.Element(Atom + "author")!.Element(Atom + "name")!.Value);
        Assert.Equal("CC BY 4.0", feed.Element(Atom + "rights")!.Value);
        Assert.Equal("TerritoireCollab", feed.Element(Atom + "generator")!.Value);
        Assert.Equal("https://demo.example/icone.png", feed.Element(Atom + "icon")!.Value);
        Assert.Equal("https://demo.example/logo.png", feed.Element(Atom + "logo")!.Value);
    }

    [Fact]
    public void Feed_Links_AreSelfAlternateAndHub()
    {
        var links = ReadXml(Full, FeedFormat.Atom).Elements(Atom + "link").Select(Describe);

        Assert.Equal(
            [
                "self application/atom+xml https://demo.example/veille/flux.rss",
                "alternate text/html https://demo.example/veille",
                "hub  https://hub.example/",
            ],
            links);
    }

    [Fact]
    public void Feed_NoEntry_HasEveryRequiredElement()
        => Assert.Equal(["id", "title", "subtitle", "updated", "author", "link", "link", "generator"], ReadXml(Empty, FeedFormat.Atom).Names());

    [Fact]
    public void Feed_NoAuthor_IsSignedByItsTitle()
        => Assert.Equal("Veille numérique", ReadXml(Empty, FeedFormat.Atom).Element(Atom + "author")!.Value);

    [Fact]
    public void Entry_Full_HasExactValues()
    {
        var entry = AtomEntry(Entry);

        Assert.Equal(
            ["id", "title", "published", "updated", "author", "author", "link", "link", "link", "link", "category", "category", "summary", "content", "source"],
            entry.Names());
        Assert.Equal("urn:uuid:0198c1f0-0000-7000-8000-0000000000aa", entry.Element(Atom + "id")!.Value);
        Assert.Equal("Un accueil <b>neuf</b> & ouvert", entry.Element(Atom + "title")!.Value);
        Assert.Null(entry.Element(Atom + "title")!.Attribute("type"));
        Assert.Equal("2026-11-22T11:00:00Z", entry.Element(Atom + "published")!.Value);
        Assert.Equal("2026-11-23T11:00:00Z", entry.Element(Atom + "updated")!.Value);
        Assert.Equal(["Camille Fictive", "Alix Inventé"], entry.Elements(Atom + "author").Select(author => author.Element(Atom + "name")!.Value));
        Assert.Equal(["Inclusion", "Médiation"], entry.Elements(Atom + "category").Select(category => category.Attribute("term")!.Value));
        Assert.Equal("Moins de 5 < 10 & « plus »", entry.Element(Atom + "summary")!.Value);
        Assert.Equal("html", entry.Element(Atom + "content")!.Attribute("type")!.Value);
        Assert.Equal("<p>Bonjour&nbsp;!</p>", entry.Element(Atom + "content")!.Value);
    }

    [Fact]
    public void Entry_Links_AreOneAlternateRepliesAndEnclosures()
    {
        var links = AtomEntry(Entry).Elements(Atom + "link").ToList();

        Assert.Equal(
            [
                "alternate  https://demo.example/veille/articles/12",
                "replies text/html https://demo.example/veille/articles/12#commentaires",
                "enclosure application/pdf https://demo.example/f/1.pdf",
                "enclosure audio/mpeg https://demo.example/f/2.mp3",
            ],
            links.Select(Describe));
        Assert.Equal("1234", links[2].Attribute("length")!.Value);
        Assert.Null(links[3].Attribute("length"));
    }

    [Fact]
    public void Entry_Source_CreditsTheOrigin()
    {
        var source = AtomEntry(Entry).Element(Atom + "source")!;

        Assert.Equal(["id", "title", "updated", "link"], source.Names());
        Assert.Equal("https://gazette.example/feed.xml", source.Element(Atom + "id")!.Value);
        Assert.Equal("La Gazette fictive", source.Element(Atom + "title")!.Value);
        Assert.Equal("2026-11-23T11:00:00Z", source.Element(Atom + "updated")!.Value);
        Assert.Equal("self  https://gazette.example/feed.xml", Describe(source.Element(Atom + "link")!));
    }

    [Fact]
    public void Entry_Minimal_HasUpdatedAndText()
    {
        var entry = AtomEntry(Numbered(1));

        Assert.Equal(["id", "title", "published", "updated", "link", "summary"], entry.Names());
        Assert.Equal(entry.Element(Atom + "published")!.Value, entry.Element(Atom + "updated")!.Value);
        Assert.Equal("Article 1", entry.Element(Atom + "summary")!.Value);
    }

    [Fact]
    public void Updated_SameSecond_DiffersAndStays()
    {
        var entries = Enumerable.Range(1, 300).Select(number => Numbered(number) with { Published = Noon }).ToList();

        var all = Updates(entries);
        Assert.Equal(300, all.Values.Distinct().Count());
        Assert.All(all.Values, text => Assert.Matches(@"^2026-11-22T11:00:00\.\d{6}Z$", text));
        var some = Updates([.. entries.Skip(150).Reverse()]);
        Assert.All(some, pair => Assert.Equal(all[pair.Key], pair.Value));
    }

    private static Dictionary<string, string> Updates(IReadOnlyList<FeedEntry> entries)
        => ReadXml(Empty with { Entries = entries }, FeedFormat.Atom).Elements(Atom + "entry")
            .ToDictionary(entry => entry.Element(Atom + "id")!.Value, entry => entry.Element(Atom + "updated")!.Value);

    private static string Describe(XElement link)
        => $"{link.Attribute("rel")?.Value} {link.Attribute("type")?.Value} {link.Attribute("href")?.Value}";
}
