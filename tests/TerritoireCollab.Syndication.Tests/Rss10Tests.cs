using System.Xml.Linq;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class Rss10Tests
{
    [Fact]
    public void Root_AnyFeed_IsRdfWithBothNamespaces()
    {
        var root = ReadXml(Full, FeedFormat.Rdf);

        Assert.Equal(Rdf + "RDF", root.Name);
        Assert.Equal(Rss10, root.GetDefaultNamespace());
        Assert.Equal([Rss10 + "channel", Rss10 + "image", Rss10 + "item"], root.Elements().Select(element => element.Name));
        Assert.DoesNotContain(root.Descendants().Attributes(), attribute => attribute.IsNamespaceDeclaration);
    }

    [Fact]
    public void Channel_Full_HasExactValues()
    {
        var channel = ReadXml(Full, FeedFormat.Rdf).Element(Rss10 + "channel")!;

        Assert.Equal("https://demo.example/veille/flux.rss", channel.Attribute(Rdf + "about")!.Value);
        Assert.Equal(["title", "link", "description", "image", "items", "language", "date", "rights"], channel.Names());
        Assert.Equal("Veille numérique", channel.Element(Rss10 + "title")!.Value);
        Assert.Equal("https://demo.example/veille", channel.Element(Rss10 + "link")!.Value);
        Assert.Equal("La sélection de la semaine", channel.Element(Rss10 + "description")!.Value);
        Assert.Equal("fr", channel.Element(DublinCore + "language")!.Value);
        Assert.Equal("2026-11-22T11:00:00Z", channel.Element(DublinCore + "date")!.Value);
        Assert.Equal("CC BY 4.0", channel.Element(DublinCore + "rights")!.Value);
    }

    [Fact]
    public void Image_ResourceAndAbout_AreTheSame()
    {
        var root = ReadXml(Full, FeedFormat.Rdf);
        var image = root.Element(Rss10 + "image")!;

        Assert.Equal("https://demo.example/logo.png", root.Element(Rss10 + "channel")!.Element(Rss10 + "image")!.Attribute(Rdf + "resource")!.Value);
        Assert.Equal("https://demo.example/logo.png", image.Attribute(Rdf + "about")!.Value);
        Assert.Equal(["Veille numérique", "https://demo.example/logo.png", "https://demo.example/veille"], image.Elements().Select(child => child.Value));
    }

    [Fact]
    public void Sequence_SeveralItems_ListedInOrder()
    {
        var root = ReadXml(Empty with { Entries = [Numbered(1), Numbered(2), Numbered(3)] }, FeedFormat.Rdf);

        var listed = root.Descendants(Rdf + "li").Select(li => li.Attribute(Rdf + "resource")!.Value).ToList();
        Assert.Equal(root.Elements(Rss10 + "item").Select(item => item.Attribute(Rdf + "about")!.Value), listed);
        Assert.Equal(root.Elements(Rss10 + "item").Select(item => item.Element(Rss10 + "link")!.Value), listed);
        Assert.Equal("https://demo.example/veille/articles/1", listed[0]);
        Assert.Equal(Rdf + "Seq", root.Descendants(Rdf + "li").First().Parent!.Name);
    }

    [Fact]
    public void About_TwoEntriesOnOnePage_AreUnique()
    {
        var first = Numbered(1);
        var feed = Full with
        {
            Entries =
            [
                first,
                Numbered(2) with { Link = first.Link },
                Numbered(3) with { Link = Full.Self },
                Numbered(4) with { Link = Full.Image! },
                Numbered(5) with { Id = "https://demo.example/cinq", Link = new Uri("https://demo.example/six") },
                Numbered(6) with { Id = "https://demo.example/six", Link = new Uri("https://demo.example/six") },
            ],
        };

        var abouts = ReadXml(feed, FeedFormat.Rdf).Descendants().Select(element => element.Attribute(Rdf + "about")?.Value).OfType<string>().ToList();
        Assert.Equal(abouts.Count, abouts.Distinct().Count());
        Assert.Equal(first.Link.AbsoluteUri, abouts[2]);
        Assert.Equal(Numbered(2).Id, abouts[3]);
        Assert.Equal("https://demo.example/six#2", abouts[7]);
    }

    [Fact]
    public void Item_Full_HasExactValues()
    {
        var item = RdfItem(Entry);

        Assert.Equal(["title", "link", "description", "creator", "creator", "subject", "subject", "date", "source", "encoded"], item.Names());
        Assert.Equal("Un accueil <b>neuf</b> & ouvert", item.Element(Rss10 + "title")!.Value);
        Assert.Equal("https://demo.example/veille/articles/12", item.Element(Rss10 + "link")!.Value);
        Assert.Equal("Moins de 5 &lt; 10 &amp; « plus »", item.Element(Rss10 + "description")!.Value);
        Assert.Equal(["Camille Fictive", "Alix Inventé"], item.Values(DublinCore + "creator"));
        Assert.Equal(["Inclusion", "Médiation"], item.Values(DublinCore + "subject"));
        Assert.Equal("2026-11-22T11:00:00Z", item.Element(DublinCore + "date")!.Value);
        Assert.Equal("https://gazette.example/feed.xml", item.Element(DublinCore + "source")!.Value);
        Assert.Equal("<p>Bonjour&nbsp;!</p>", item.Element(Content + "encoded")!.Value);
    }

    [Fact]
    public void Channel_NoEntry_HasAnEmptySequence()
    {
        var root = ReadXml(Empty, FeedFormat.Rdf);

        Assert.Empty(Assert.Single(root.Descendants(Rdf + "Seq")).Elements());
        Assert.Equal(["channel"], root.Names());
    }
}
