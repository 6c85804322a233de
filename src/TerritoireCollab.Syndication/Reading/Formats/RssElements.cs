using System.Globalization;
using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>Elements of RSS 0.90 to 2.0.</summary>
internal static class RssElements
{
    private static readonly XName About = XName.Get("about", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    private static readonly XName Resource = XName.Get("resource", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");

    /// <summary>Reads what an item says in its attributes: RSS 1.0 has its identifier there.</summary>
    public static void ReadAttributes(XElement element, ItemDraft item)
    {
        if (!element.HasAttributes || (element.Attribute(About) ?? element.Attribute("about"))?.Value is not { } about) return;

        item.Id(about, 3);
        item.Link(about, item.Base, 1);
    }

    /// <summary>Reads an element of an item; false when RSS has none of that name.</summary>
    public static bool Read(XElement element, string name, ItemDraft item, FeedContext context)
    {
        switch (name)
        {
            case "guid":
                Identifier(element, item);
                break;
            case "title":
                item.Title(FeedText.OfRss(element, item.Base));
                break;
            case "link":
                Link(element, item, context);
                break;
            case "description":
                item.Summary(FeedText.OfRss(element, item.Base));
                break;
            case "abstract":
                item.Summary(FeedText.OfRss(element, item.Base), 3);
                break;
            case "body" or "fullitem" or "encoded" or "content" or "content_encoded" or "fulltext":
                item.Content(FeedText.OfRss(element, item.Base), 4);
                break;
            case "pubdate":
                item.Published(context.Date(element.Value));
                break;
            case "date":
                item.Published(context.Date(element.Value), 2);
                break;
            case "lastmod":
                item.Updated(context.Date(element.Value));
                break;
            case "author":
                item.Authors.Add(People.Of(element, item.Base, context), element.HasElements ? People.Named : People.Addressed);
                break;
            case "category" or "keyword":
                item.Category(element.Value);
                break;
            case "keywords":
                foreach (var keyword in element.Value.Split(',')) item.Category(keyword);
                break;
            case "comments":
                // Some write here what they think of it.
                if (!element.Value.AsSpan().Trim().ContainsAny(" \n")) item.Comments ??= XmlBase.Resolve(element.Value, XmlBase.Of(element, item.Base));
                break;
            case "enclosure":
                Enclosure(element, item);
                break;
            case "image":
                item.Picture(Picture(element, context), XmlBase.Of(element, item.Base), 3);
                break;
            case "source":
                item.Source ??= Credit(element, item.Base);
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Reads an element of a channel; false when RSS has none of that name.</summary>
    public static bool Read(XElement element, string name, FeedDraft feed, Uri? around, FeedContext context)
    {
        switch (name)
        {
            case "title":
                feed.Title(FeedText.OfRss(element, around));
                break;
            case "link":
                if (element.Attribute("href") is not null && string.IsNullOrWhiteSpace(element.Value)) AtomElements.Read(element, name, feed, around, context);
                else feed.Link(element.Value, XmlBase.Of(element, around));
                break;
            case "description":
                feed.Description(FeedText.OfRss(element, around));
                break;
            case "abstract":
                feed.Description(FeedText.OfRss(element, around), 3);
                break;
            case "language":
                feed.Language(element.Value);
                break;
            case "copyright":
                feed.Rights(FeedText.OfRss(element, around));
                break;
            case "managingeditor":
                feed.Authors.Add(People.OfText(element.Value), People.Addressed);
                break;
            case "author":
                feed.Authors.Add(People.Of(element, around, context), People.Addressed);
                break;
            case "webmaster":
                feed.Authors.Add(People.OfText(element.Value), People.Serving);
                break;
            case "lastbuilddate":
                feed.Updated(context.Date(element.Value));
                break;
            case "pubdate":
                feed.Updated(context.Date(element.Value), 3);
                break;
            case "category":
                feed.Category(element.Value);
                break;
            case "ttl":
                feed.TimeToLive ??= Minutes(element.Value);
                break;
            case "image":
                feed.Picture(Picture(element, context), XmlBase.Of(element, around));
                break;
            case "icon":
                feed.Icon(element.Value, around);
                break;
            default:
                return false;
        }

        return true;
    }

    private static void Identifier(XElement element, ItemDraft item)
    {
        item.Id(element.Value);
        // Unless it says that it is none, it is an address (RSS 2.0).
        if (!"false".Equals(element.Attribute("isPermaLink")?.Value.Trim(), StringComparison.OrdinalIgnoreCase)) item.Link(element.Value, null, 2);
    }

    private static void Link(XElement element, ItemDraft item, FeedContext context)
    {
        if (element.Attribute("href") is not null && string.IsNullOrWhiteSpace(element.Value)) AtomElements.Read(element, "link", item, context);
        else item.Link(string.IsNullOrWhiteSpace(element.Value) ? element.Attribute(Resource)?.Value : element.Value, XmlBase.Of(element, item.Base));
    }

    private static void Enclosure(XElement element, ItemDraft item)
    {
        var address = element.Attribute("url")?.Value ?? element.Attribute(Resource)?.Value ?? element.Attribute("href")?.Value ?? (element.HasElements ? null : element.Value);
        item.File(address, XmlBase.Of(element, item.Base), element.Attribute("type")?.Value, element.Attribute("length")?.Value);
    }

    private static string? Picture(XElement element, FeedContext context)
    {
        if (element.Elements().FirstOrDefault(child => context.Names.Of(child).Local == "url") is { } url) return url.Value;

        return element.Attribute("href")?.Value ?? element.Attribute("url")?.Value ?? element.Attribute("src")?.Value ?? (element.HasElements ? null : element.Value);
    }

    private static FeedCredit? Credit(XElement element, Uri? around)
    {
        var (title, address) = (FeedContext.Line(element), XmlBase.Resolve(element.Attribute("url")?.Value, around));
        return title is null && address is null ? null : new(title, address);
    }

    private static TimeSpan? Minutes(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var minutes) && minutes > 0 ? TimeSpan.FromMinutes(minutes) : null;
}
