using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>CDF, of 1997: its addresses and dates are attributes, in capitals as a rule.</summary>
internal static class CdfElements
{
    /// <summary>Whether a root named <c>channel</c> is one of CDF.</summary>
    public static bool IsChannel(XElement root) => Value(root, "HREF") is not null || Value(root, "LASTMOD") is not null || root.Name.LocalName == "CHANNEL";

    /// <summary>Reads what an item says in its attributes.</summary>
    public static void ReadAttributes(XElement element, ItemDraft item, FeedContext context)
    {
        if (!element.HasAttributes) return;

        item.Link(Value(element, "HREF"), item.Base, 2);
        item.Updated(context.Date(Value(element, "LASTMOD")), 3);
    }

    /// <summary>Reads what the channel says in its attributes.</summary>
    public static void ReadAttributes(XElement element, FeedDraft feed, Uri? around, FeedContext context)
    {
        if (!element.HasAttributes) return;

        feed.Link(Value(element, "HREF"), around, 2);
        feed.Updated(context.Date(Value(element, "LASTMOD")), 3);
    }

    private static string? Value(XElement element, string name) => (element.Attribute(name) ?? element.Attribute(name.ToLowerInvariant()))?.Value;
}
