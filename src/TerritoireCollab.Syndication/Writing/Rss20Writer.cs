using System.Globalization;
using System.Xml;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>RSS 2.0, by the specification and the best practices profile of the RSS Advisory Board.</summary>
internal static class Rss20Writer
{
    public static void Write(Feed feed, Stream stream)
        => FeedXml.WriteDocument(stream, xml => WriteRss(xml, feed));

    private static void WriteRss(XmlWriter xml, Feed feed)
    {
        xml.WriteStartElement("rss");
        xml.WriteAttributeString("version", "2.0");
        xml.Declare(Vocabulary.AtomInRss, Vocabulary.Content, Vocabulary.DublinCore);
        xml.WriteStartElement("channel");
        WriteChannel(xml, feed);
        foreach (var entry in feed.Entries)
            WriteItem(xml, entry);
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void WriteChannel(XmlWriter xml, Feed feed)
    {
        xml.WritePlain(Vocabulary.None, "title", feed.Title);
        xml.WriteAddress(Vocabulary.None, "link", feed.Link);
        xml.WritePlain(Vocabulary.None, "description", feed.Description);
        xml.WritePlain(Vocabulary.None, "language", feed.Language);
        xml.WritePlain(Vocabulary.None, "copyright", feed.Rights);
        xml.WritePlain(Vocabulary.None, "lastBuildDate", FeedDate.Rfc822(feed.Updated));
        xml.WritePlain(Vocabulary.None, "generator", feed.Generator);
        xml.WritePlain(Vocabulary.None, "ttl", Minutes(feed.RefreshInterval));
        WriteImage(xml, feed);
        xml.WriteLink(Vocabulary.AtomInRss, "self", feed.Self, FeedFormat.Rss.MediaType);
        foreach (var hub in feed.Hubs)
            xml.WriteLink(Vocabulary.AtomInRss, "hub", hub);
    }

    private static void WriteImage(XmlWriter xml, Feed feed)
    {
        if (feed.Image is not { } image)
            return;

        xml.WriteStartElement("image");
        xml.WriteAddress(Vocabulary.None, "url", image);
        xml.WritePlain(Vocabulary.None, "title", feed.Title);
        xml.WriteAddress(Vocabulary.None, "link", feed.Link);
        xml.WriteEndElement();
    }

    private static void WriteItem(XmlWriter xml, FeedEntry entry)
    {
        xml.WriteStartElement("item");
        xml.WritePlain(Vocabulary.None, "title", entry.Title);
        xml.WriteAddress(Vocabulary.None, "link", entry.Link);
        WriteGuid(xml, entry);
        xml.WritePlain(Vocabulary.None, "pubDate", FeedDate.Rfc822(entry.Published));
        foreach (var author in entry.Authors)
            xml.WritePlain(Vocabulary.DublinCore, "creator", author);
        foreach (var category in entry.Categories)
            xml.WritePlain(Vocabulary.None, "category", category);
        WriteBody(xml, entry);
        WriteEnclosure(xml, entry);
        if (entry.Comments is { } comments)
            xml.WriteAddress(Vocabulary.None, "comments", comments);
        WriteSource(xml, entry);
        xml.WriteEndElement();
    }

    private static void WriteGuid(XmlWriter xml, FeedEntry entry)
    {
        var isPermaLink = entry.Id == WebAddress.Text(entry.Link);
        xml.WriteStartElement("guid");
        xml.WriteAttributeString("isPermaLink", isPermaLink ? "true" : "false");
        xml.WriteString(entry.Id);
        xml.WriteEndElement();
    }

    // description holds HTML, and must come before content:encoded.
    private static void WriteBody(XmlWriter xml, FeedEntry entry)
    {
        if (entry.Summary is null && entry.ContentHtml is null)
            return;

        xml.WriteHtml(Vocabulary.None, "description", FeedXml.PlainAsHtml(entry.SummaryOrTitle));
        xml.WriteHtml(Vocabulary.Content, "encoded", entry.ContentHtml);
    }

    private static void WriteEnclosure(XmlWriter xml, FeedEntry entry)
    {
        if (entry.Enclosures.Count == 0)
            return;

        var enclosure = entry.Enclosures[0];
        xml.WriteStartElement("enclosure");
        xml.WriteAttributeString("url", WebAddress.Text(enclosure.Url));
        xml.WriteAttributeString("length", enclosure.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("type", enclosure.Type);
        xml.WriteEndElement();
    }

    private static void WriteSource(XmlWriter xml, FeedEntry entry)
    {
        if (entry.Source is not { } source)
            return;

        xml.WriteStartElement("source");
        xml.WriteAttributeString("url", WebAddress.Text(source.Address));
        xml.WriteCharacters(source.Title);
        xml.WriteEndElement();
    }

    private static string Minutes(TimeSpan interval)
        => ((long)interval.TotalMinutes).ToString(CultureInfo.InvariantCulture);
}
