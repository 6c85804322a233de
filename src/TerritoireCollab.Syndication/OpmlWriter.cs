using System.Xml;
using TerritoireCollab.Syndication.Text;
using TerritoireCollab.Syndication.Writing;

namespace TerritoireCollab.Syndication;

/// <summary>Writes OPML 2.0, with the same guarantees as <see cref="FeedWriter"/>.</summary>
public static class OpmlWriter
{
    /// <summary>Writes to a stream, synchronously, and leaves it open.</summary>
    public static void Write(OpmlDocument document, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(stream);
        FeedXml.WriteDocument(stream, xml => WriteOpml(xml, document));
    }

    /// <summary>Writes to memory.</summary>
    public static byte[] WriteUtf8(OpmlDocument document)
    {
        using var memory = new MemoryStream();
        Write(document, memory);
        return memory.ToArray();
    }

    private static void WriteOpml(XmlWriter xml, OpmlDocument document)
    {
        xml.WriteStartElement("opml");
        xml.WriteAttributeString("version", "2.0");
        WriteHead(xml, document);
        WriteBody(xml, document);
        xml.WriteEndElement();
    }

    private static void WriteHead(XmlWriter xml, OpmlDocument document)
    {
        xml.WriteStartElement("head");
        xml.WritePlain(Vocabulary.None, "title", document.Title);
        xml.WritePlain(Vocabulary.None, "dateCreated", FeedDate.Rfc822(document.DateCreated));
        if (document.DateModified is { } modified)
            xml.WritePlain(Vocabulary.None, "dateModified", FeedDate.Rfc822(modified));
        xml.WritePlain(Vocabulary.None, "ownerName", document.OwnerName);
        xml.WriteEndElement();
    }

    private static void WriteBody(XmlWriter xml, OpmlDocument document)
    {
        // The body needs at least one outline: an empty list says its own title.
        var outlines = document.Outlines.Count > 0 ? document.Outlines : [new OpmlFolder { Text = document.Title }];
        xml.WriteStartElement("body");
        foreach (var outline in outlines)
            WriteOutline(xml, outline);
        xml.WriteEndElement();
    }

    private static void WriteOutline(XmlWriter xml, OpmlOutline outline)
    {
        xml.WriteStartElement("outline");
        xml.WriteAttributeString("text", outline.Text);
        if (outline is OpmlSubscription subscription)
            WriteSubscription(xml, subscription);
        if (outline is OpmlLink link)
            WriteLink(xml, link);
        if (outline is OpmlFolder folder)
            foreach (var child in folder.Children)
                WriteOutline(xml, child);
        xml.WriteEndElement();
    }

    private static void WriteSubscription(XmlWriter xml, OpmlSubscription subscription)
    {
        xml.WriteAttributeString("title", subscription.Text);
        xml.WriteAttributeString("type", "rss");
        xml.WriteAttributeString("xmlUrl", WebAddress.Text(subscription.FeedAddress));
        if (subscription.SiteAddress is { } site)
            xml.WriteAttributeString("htmlUrl", WebAddress.Text(site));
        if (subscription.Description is { } description)
            xml.WriteAttributeString("description", description);
        WriteCategories(xml, subscription.Categories);
    }

    private static void WriteLink(XmlWriter xml, OpmlLink link)
    {
        xml.WriteAttributeString("type", "link");
        xml.WriteAttributeString("url", WebAddress.Text(link.Address));
        WriteCategories(xml, link.Categories);
    }

    private static void WriteCategories(XmlWriter xml, IReadOnlyList<string> categories)
    {
        if (categories.Count > 0) xml.WriteAttributeString("category", string.Join(',', categories));
    }
}
