using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>Elements of Atom 0.3 and 1.0, in Atom or inside RSS.</summary>
internal static class AtomElements
{
    private const string Registered = "http://www.iana.org/assignments/relation/";

    /// <summary>Reads an element of an entry; false when Atom has none of that name.</summary>
    public static bool Read(XElement element, string name, ItemDraft item, FeedContext context)
    {
        switch (name)
        {
            case "id":
                item.Id(element.Value);
                break;
            case "title":
                item.Title(FeedText.OfAtom(element, item.Base));
                break;
            case "link":
                Link(element, item);
                break;
            case "published" or "issued":
                item.Published(context.Date(element.Value));
                break;
            case "created":
                item.Published(context.Date(element.Value), 1);
                break;
            case "updated" or "modified":
                item.Updated(context.Date(element.Value));
                break;
            case "author":
                item.Authors.Add(People.Of(element, XmlBase.Of(element, item.Base), context), People.Named);
                break;
            case "category":
                item.Category(element.Attribute("label")?.Value is { Length: > 0 } label ? label : element.Attribute("term")?.Value ?? element.Value);
                break;
            case "summary":
                item.Summary(FeedText.OfAtom(element, item.Base));
                break;
            case "content":
                Content(element, item);
                break;
            case "source":
                item.Source = Credit(element, item.Base, context);
                break;
            case "rights" or "copyright" or "contributor":
                break;
            default:
                return false;
        }

        return true;
    }

    /// <summary>Reads an element of a feed; false when Atom has none of that name.</summary>
    public static bool Read(XElement element, string name, FeedDraft feed, Uri? around, FeedContext context)
    {
        switch (name)
        {
            case "id":
                feed.Id ??= FeedContext.Line(element);
                break;
            case "title":
                feed.Title(FeedText.OfAtom(element, around));
                break;
            case "subtitle" or "tagline":
                feed.Description(FeedText.OfAtom(element, around));
                break;
            case "info":
                feed.Description(FeedText.OfAtom(element, around), 1);
                break;
            case "link":
                Link(element, feed, around);
                break;
            case "updated" or "modified":
                feed.Updated(context.Date(element.Value));
                break;
            case "author":
                feed.Authors.Add(People.Of(element, XmlBase.Of(element, around), context), People.Named);
                break;
            case "category":
                feed.Category(element.Attribute("label")?.Value is { Length: > 0 } label ? label : element.Attribute("term")?.Value ?? element.Value);
                break;
            case "rights" or "copyright":
                feed.Rights(FeedText.OfAtom(element, around));
                break;
            case "logo":
                feed.Picture(element.Value, XmlBase.Of(element, around));
                break;
            case "icon":
                feed.Icon(element.Value, XmlBase.Of(element, around));
                break;
            default:
                return false;
        }

        return true;
    }

    private static void Link(XElement element, ItemDraft item)
    {
        var (around, address, type) = (XmlBase.Of(element, item.Base), element.Attribute("href")?.Value ?? element.Value, element.Attribute("type")?.Value);
        switch (Relation(element))
        {
            case "alternate":
                // The page before its translations into other formats.
                item.Link(address, around, IsPage(type) ? ItemDraft.Own : 3);
                break;
            case "enclosure":
                item.File(address, around, type, element.Attribute("length")?.Value);
                break;
            case "replies" when IsPage(type):
                item.Comments ??= XmlBase.Resolve(address, around);
                break;
            case "self":
                item.Link(address, around, 1);
                break;
        }
    }

    private static void Link(XElement element, FeedDraft feed, Uri? around)
    {
        var (inside, address) = (XmlBase.Of(element, around), element.Attribute("href")?.Value ?? element.Value);
        switch (Relation(element))
        {
            case "alternate":
                feed.Link(address, inside, IsPage(element.Attribute("type")?.Value) ? ItemDraft.Own : 3);
                break;
            case "self":
                feed.Self ??= XmlBase.Resolve(address, inside);
                break;
            case "hub":
                feed.Hub(address, inside);
                break;
        }
    }

    private static void Content(XElement element, ItemDraft item)
    {
        // Content that is elsewhere is the page, or a file.
        if (element.Attribute("src")?.Value is { Length: > 0 } source)
        {
            if (IsPage(element.Attribute("type")?.Value)) item.Link(source, XmlBase.Of(element, item.Base), 2);
            else item.File(source, XmlBase.Of(element, item.Base), element.Attribute("type")?.Value, null);
            return;
        }

        item.Content(FeedText.OfAtom(element, item.Base));
    }

    private static FeedCredit? Credit(XElement element, Uri? around, FeedContext context)
    {
        string? title = null;
        Uri? address = null;
        foreach (var child in element.Elements())
            switch (context.Names.Of(child).Local)
            {
                case "title":
                    title ??= FeedContext.Line(FeedText.OfAtom(child, around));
                    break;
                case "link" when Relation(child) is "alternate" or "self":
                    address ??= XmlBase.Resolve(child.Attribute("href")?.Value, XmlBase.Of(child, around));
                    break;
            }

        return title is null && address is null ? null : new(title, address);
    }

    private static string Relation(XElement element)
    {
        var relation = (element.Attribute("rel")?.Value ?? "alternate").Trim().ToLowerInvariant();
        return relation.StartsWith(Registered, StringComparison.Ordinal) ? relation[Registered.Length..] : relation.Length == 0 ? "alternate" : relation;
    }

    private static bool IsPage(string? type) =>
        string.IsNullOrWhiteSpace(type) || type.Contains("html", StringComparison.OrdinalIgnoreCase) || type.Trim().Equals("text/plain", StringComparison.OrdinalIgnoreCase);
}
