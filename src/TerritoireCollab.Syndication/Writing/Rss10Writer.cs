using System.Xml;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>RSS 1.0, in RDF/XML, with the Dublin Core and Content modules.</summary>
internal static class Rss10Writer
{
    public static void Write(Feed feed, Stream stream)
        => FeedXml.WriteDocument(stream, xml => WriteRdf(xml, feed));

    private static void WriteRdf(XmlWriter xml, Feed feed)
    {
        var abouts = RdfAddresses.Of(feed);
        xml.WriteStart(Vocabulary.Rdf, "RDF");
        xml.Declare(Vocabulary.Rdf, Vocabulary.DublinCore, Vocabulary.Content);
        xml.WriteAttributeString("xmlns", Vocabulary.Rss10.Namespace);
        WriteChannel(xml, feed, abouts);
        WriteImage(xml, feed);
        foreach (var (entry, about) in feed.Entries.Zip(abouts))
            WriteItem(xml, entry, about);
        xml.WriteEndElement();
    }

    private static void WriteChannel(XmlWriter xml, Feed feed, IReadOnlyList<string> abouts)
    {
        xml.WriteStart(Vocabulary.Rss10, "channel");
        WriteRdfAttribute(xml, "about", WebAddress.Text(feed.Self));
        xml.WritePlain(Vocabulary.Rss10, "title", feed.Title);
        xml.WriteAddress(Vocabulary.Rss10, "link", feed.Link);
        xml.WritePlain(Vocabulary.Rss10, "description", feed.Description);
        if (feed.Image is { } image)
            WriteResource(xml, Vocabulary.Rss10, "image", WebAddress.Text(image));
        WriteSequence(xml, abouts);
        xml.WritePlain(Vocabulary.DublinCore, "language", feed.Language);
        xml.WritePlain(Vocabulary.DublinCore, "date", FeedDate.Rfc3339(feed.Updated));
        xml.WritePlain(Vocabulary.DublinCore, "rights", feed.Rights);
        xml.WriteEndElement();
    }

    private static void WriteSequence(XmlWriter xml, IReadOnlyList<string> abouts)
    {
        xml.WriteStart(Vocabulary.Rss10, "items");
        xml.WriteStart(Vocabulary.Rdf, "Seq");
        foreach (var about in abouts)
            WriteResource(xml, Vocabulary.Rdf, "li", about);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteImage(XmlWriter xml, Feed feed)
    {
        if (feed.Image is not { } image)
            return;

        xml.WriteStart(Vocabulary.Rss10, "image");
        WriteRdfAttribute(xml, "about", WebAddress.Text(image));
        xml.WritePlain(Vocabulary.Rss10, "title", feed.Title);
        xml.WriteAddress(Vocabulary.Rss10, "url", image);
        xml.WriteAddress(Vocabulary.Rss10, "link", feed.Link);
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, FeedEntry entry, string about)
    {
        xml.WriteStart(Vocabulary.Rss10, "item");
        WriteRdfAttribute(xml, "about", about);
        xml.WritePlain(Vocabulary.Rss10, "title", entry.Title);
        xml.WriteAddress(Vocabulary.Rss10, "link", entry.Link);
        // Readers take this description for HTML, as in RSS 2.0.
        if (entry.Summary is { } summary)
            xml.WriteHtml(Vocabulary.Rss10, "description", FeedXml.PlainAsHtml(summary));
        foreach (var author in entry.Authors)
            xml.WritePlain(Vocabulary.DublinCore, "creator", author);
        foreach (var category in entry.Categories)
            xml.WritePlain(Vocabulary.DublinCore, "subject", category);
        xml.WritePlain(Vocabulary.DublinCore, "date", FeedDate.Rfc3339(entry.Published));
        if (entry.Source is { } source)
            xml.WriteAddress(Vocabulary.DublinCore, "source", source.Address);
        xml.WriteHtml(Vocabulary.Content, "encoded", entry.ContentHtml);
        xml.WriteEndElement();
    }

    private static void WriteResource(XmlWriter xml, Vocabulary vocabulary, string name, string address)
    {
        xml.WriteStart(vocabulary, name);
        WriteRdfAttribute(xml, "resource", address);
        xml.WriteEndElement();
    }

    private static void WriteRdfAttribute(XmlWriter xml, string name, string value)
        => xml.WriteAttributeString(Vocabulary.Rdf.Prefix, name, Vocabulary.Rdf.Namespace, value);
}
