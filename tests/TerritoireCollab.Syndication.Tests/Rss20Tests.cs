using System.Xml.Linq;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class Rss20Tests
{
    [Fact]
    public void Channel_Full_HasEachElementOnceInOrder()
    {
        Assert.Equal(
            ["title", "link", "description", "language", "copyright", "lastBuildDate", "generator", "ttl", "image", "link", "link", "item"],
            Channel(Full).Names());
        Assert.Equal("2.0", Channel(Full).Parent!.Attribute("version")!.Value);
    }

    [Fact]
    public void Channel_Full_HasExactValues()
    {
        var channel = Channel(Full);

        Assert.Equal("Veille numérique", channel.Element("title")!.Value);
        Assert.Equal("https://demo.example/veille", channel.Element("link")!.Value);
        Assert.Equal("La sélection de la semaine", channel.Element("description")!.Value);
        Assert.Equal("fr", channel.Element("language")!.Value);
        Assert.Equal("CC BY 4.0", channel.Element("copyright")!.Value);
        Assert.Equal("Sun, 22 Nov 2026 11:00:00 GMT", channel.Element("lastBuildDate")!.Value);
        Assert.Equal("TerritoireCollab", channel.Element("generator")!.Value);
        Assert.Equal("90", channel.Element("ttl")!.Value);
    }

    [Fact]
    public void Channel_NoDescription_RepeatsTitle()
        => Assert.Equal("Veille numérique", Channel(Empty with { Description = " \n" }).Element("description")!.Value);

    [Fact]
    public void Image_TitleAndLink_EqualTheChannels()
    {
        var image = Channel(Full).Element("image")!;

        Assert.Equal("https://demo.example/logo.png", image.Element("url")!.Value);
        Assert.Equal("Veille numérique", image.Element("title")!.Value);
        Assert.Equal("https://demo.example/veille", image.Element("link")!.Value);
    }

    [Fact]
    public void Links_SelfAndHub_AreAtomLinks()
    {
        var links = Channel(Full).Elements(Atom + "link").ToList();

        Assert.Equal(["self", "hub"], links.Select(link => link.Attribute("rel")!.Value));
        Assert.Equal("https://demo.example/veille/flux.rss", links[0].Attribute("href")!.Value);
        Assert.Equal("application/rss+xml", links[0].Attribute("type")!.Value);
        Assert.Equal("https://hub.example/", links[1].Attribute("href")!.Value);
    }

    [Fact]
    public void Item_Full_HasEachElementInOrder()
        => Assert.Equal(
            ["title", "link", "guid", "pubDate", "creator", "creator", "category", "category", "description", "encoded", "enclosure", "comments", "source"],
            Item(Entry).Names());

    [Fact]
    public void Item_Full_HasExactValues()
    {
        var item = Item(Entry);

        Assert.Equal("Un accueil <b>neuf</b> & ouvert", item.Element("title")!.Value);
        Assert.Equal("https://demo.example/veille/articles/12", item.Element("link")!.Value);
        Assert.Equal("Sun, 22 Nov 2026 11:00:00 GMT", item.Element("pubDate")!.Value);
        Assert.Equal(["Inclusion", "Médiation"], item.Values("category"));
        Assert.Equal("<p>Bonjour&nbsp;!</p>", item.Element(Content + "encoded")!.Value);
        Assert.Equal("https://demo.example/veille/articles/12#commentaires", item.Element("comments")!.Value);
        Assert.Equal("La Gazette fictive", item.Element("source")!.Value);
        Assert.Equal("https://gazette.example/feed.xml", item.Element("source")!.Attribute("url")!.Value);
    }

    [Fact]
    public void Item_TwoEnclosures_CarriesTheFirst()
    {
        var enclosure = Assert.Single(Item(Entry).Elements("enclosure"));

        Assert.Equal("https://demo.example/f/1.pdf", enclosure.Attribute("url")!.Value);
        Assert.Equal("1234", enclosure.Attribute("length")!.Value);
        Assert.Equal("application/pdf", enclosure.Attribute("type")!.Value);
    }

    [Fact]
    public void Item_Authors_AreCreatorsAndNeverAuthor()
    {
        var item = Item(Entry with { Authors = ["Camille Fictive <camille@demo.example>", "alix@demo.example (Alix Inventé)", "seul@demo.example"] });

        Assert.Equal(["Camille Fictive", "Alix Inventé"], item.Values(DublinCore + "creator"));
        Assert.Empty(item.Elements("author"));
        Assert.DoesNotContain('@', item.ToString());
    }

    [Fact]
    public void Item_PublicHandle_Stays()
        => Assert.Equal(["Veille @veille@social.example"], Item(Entry with { Authors = ["Veille @veille@social.example"] }).Values(DublinCore + "creator"));

    [Theory]
    [InlineData("urn:uuid:0198c1f0-0000-7000-8000-0000000000aa", "false")]
    [InlineData("tag:demo.example,2026:12", "false")]
    [InlineData("https://demo.example/id/12", "false")]
    [InlineData("https://demo.example/veille/articles/12", "true")]
    public void Guid_OnlyTheLink_IsPermaLink(string id, string expected)
    {
        var guid = Item(Entry with { Id = id }).Element("guid")!;

        Assert.Equal(id, guid.Value);
        Assert.Equal(expected, guid.Attribute("isPermaLink")!.Value);
    }

    [Fact]
    public void Title_AmpersandAndLessThan_AreHexadecimalReferences()
    {
        var raw = Raw(Empty with { Title = "R&D <i>", Description = "a & b", Entries = [Entry] }, FeedFormat.Rss);

        Assert.Contains("<title>R&#x26;D &#x3C;i&gt;</title>", raw, StringComparison.Ordinal);
        Assert.Contains("<description>a &#x26; b</description>", raw, StringComparison.Ordinal);
        Assert.Contains("<title>Un accueil &#x3C;b&gt;neuf&#x3C;/b&gt; &#x26; ouvert</title>", raw, StringComparison.Ordinal);
    }

    [Fact]
    public void Description_PlainSummary_IsEscapedAsHtml()
        => Assert.Equal("Moins de 5 &lt; 10 &amp; « plus »", Item(Entry).Element("description")!.Value);

    [Fact]
    public void Description_NoSummary_ComesBeforeContentAllTheSame()
    {
        var names = Item(Entry with { Title = "Titre", Summary = null }).Names();

        Assert.True(Array.IndexOf(names, "description") < Array.IndexOf(names, "encoded"));
        Assert.Equal("Titre", Item(Entry with { Title = "Titre", Summary = null }).Element("description")!.Value);
    }

    [Fact]
    public void Description_NeitherSummaryNorContent_IsAbsent()
        => Assert.DoesNotContain("description", Item(Entry with { Summary = null, ContentHtml = null }).Names());

    [Fact]
    public void Item_Minimal_HasNothingEmpty()
    {
        var item = Item(Numbered(1));

        Assert.Equal(["title", "link", "guid", "pubDate"], item.Names());
        Assert.DoesNotContain(item.Elements(), element => element.Value.Length == 0);
    }

    [Fact]
    public void Channel_NoEntry_IsStillValid()
        => Assert.Equal(
            ["title", "link", "description", "language", "lastBuildDate", "generator", "ttl", "link"],
            Channel(Empty).Names());

    [Fact]
    public void Namespaces_AnyFeed_OnRootOnly()
    {
        var root = ReadXml(Full, FeedFormat.Rss);

        Assert.Equal(["atom", "content", "dc"], root.Attributes().Where(attribute => attribute.IsNamespaceDeclaration).Select(attribute => attribute.Name.LocalName));
        Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.IsNamespaceDeclaration);
    }
}
