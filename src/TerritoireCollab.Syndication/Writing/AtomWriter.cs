using System.Globalization;
using System.Xml;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>Atom 1.0, RFC 4287.</summary>
internal static class AtomWriter
{
    public static void Write(Feed feed, Stream stream)
        => FeedXml.WriteDocument(stream, xml => WriteFeed(xml, feed));

    private static void WriteFeed(XmlWriter xml, Feed feed)
    {
        var updates = DistinctUpdates.Of(feed.Entries);
        xml.WriteStart(Vocabulary.Atom, "feed");
        xml.WriteAttributeString("xml", "lang", null, feed.Language);
        WriteMetadata(xml, feed);
        foreach (var entry in feed.Entries)
            WriteEntry(xml, entry, updates[entry.Id]);
        xml.WriteEndElement();
    }

    private static void WriteMetadata(XmlWriter xml, Feed feed)
    {
        xml.WritePlain(Vocabulary.Atom, "id", feed.Id);
        xml.WritePlain(Vocabulary.Atom, "title", feed.Title);
        xml.WritePlain(Vocabulary.Atom, "subtitle", feed.Description);
        xml.WritePlain(Vocabulary.Atom, "updated", FeedDate.Rfc3339(feed.Updated));
        WriteAuthor(xml, feed.Author);
        xml.WriteLink(Vocabulary.Atom, "self", feed.Self, FeedFormat.Atom.MediaType);
        xml.WriteLink(Vocabulary.Atom, "alternate", feed.Link, "text/html");
        foreach (var hub in feed.Hubs)
            xml.WriteLink(Vocabulary.Atom, "hub", hub);
        xml.WritePlain(Vocabulary.Atom, "rights", feed.Rights);
        xml.WritePlain(Vocabulary.Atom, "generator", feed.Generator);
        if (feed.Icon is { } icon)
            xml.WriteAddress(Vocabulary.Atom, "icon", icon);
        if (feed.Image is { } logo)
            xml.WriteAddress(Vocabulary.Atom, "logo", logo);
    }

    private static void WriteEntry(XmlWriter xml, FeedEntry entry, string updated)
    {
        xml.WriteStart(Vocabulary.Atom, "entry");
        xml.WritePlain(Vocabulary.Atom, "id", entry.Id);
        xml.WritePlain(Vocabulary.Atom, "title", entry.Title);
        xml.WritePlain(Vocabulary.Atom, "published", FeedDate.Rfc3339(entry.Published));
        xml.WritePlain(Vocabulary.Atom, "updated", updated);
        foreach (var author in entry.Authors)
            WriteAuthor(xml, author);
        WriteLinks(xml, entry);
        foreach (var category in entry.Categories)
            WriteCategory(xml, category);
        WriteBody(xml, entry);
        WriteSource(xml, entry);
        xml.WriteEndElement();
    }

    private static void WriteAuthor(XmlWriter xml, string name)
    {
        xml.WriteStart(Vocabulary.Atom, "author");
        xml.WritePlain(Vocabulary.Atom, "name", name);
        xml.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter xml, FeedEntry entry)
    {
        // No type: the page behind may be anything.
        xml.WriteLink(Vocabulary.Atom, "alternate", entry.Link);
        if (entry.Comments is { } comments)
            xml.WriteLink(Vocabulary.Atom, "replies", comments, "text/html");
        foreach (var enclosure in entry.Enclosures)
            WriteEnclosure(xml, enclosure);
    }

    private static void WriteEnclosure(XmlWriter xml, FeedEnclosure enclosure)
    {
        xml.WriteStart(Vocabulary.Atom, "link");
        xml.WriteAttributeString("rel", "enclosure");
        xml.WriteAttributeString("type", enclosure.Type);
        if (enclosure.Length > 0)
            xml.WriteAttributeString("length", enclosure.Length.ToString(CultureInfo.InvariantCulture));
        xml.WriteAttributeString("href", WebAddress.Text(enclosure.Url));
        xml.WriteEndElement();
    }

    private static void WriteCategory(XmlWriter xml, string category)
    {
        xml.WriteStart(Vocabulary.Atom, "category");
        xml.WriteAttributeString("term", category);
        xml.WriteEndElement();
    }

    // An entry with neither summary nor content would leave screen readers and aggregators without text.
    private static void WriteBody(XmlWriter xml, FeedEntry entry)
    {
        if (entry.Summary is not null || entry.ContentHtml is null)
            xml.WritePlain(Vocabulary.Atom, "summary", entry.SummaryOrTitle);
        if (entry.ContentHtml is null)
            return;

        xml.WriteStart(Vocabulary.Atom, "content");
        xml.WriteAttributeString("type", "html");
        xml.WriteString(entry.ContentHtml);
        xml.WriteEndElement();
    }

    private static void WriteSource(XmlWriter xml, FeedEntry entry)
    {
        if (entry.Source is not { } source)
            return;

        xml.WriteStart(Vocabulary.Atom, "source");
        xml.WriteAddress(Vocabulary.Atom, "id", source.Address);
        xml.WritePlain(Vocabulary.Atom, "title", source.Title);
        xml.WritePlain(Vocabulary.Atom, "updated", FeedDate.Rfc3339(source.Updated ?? entry.LastChange));
        xml.WriteLink(Vocabulary.Atom, "self", source.Address);
        xml.WriteEndElement();
    }
}
