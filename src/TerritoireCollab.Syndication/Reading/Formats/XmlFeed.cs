using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>Feeds in XML: finds the elements that stand for the feed and for its items, and lets each vocabulary read its own.</summary>
internal sealed class XmlFeed
{
    // Between the root and an item: rdf, channel, items, Seq.
    private const int MostLevels = 6;

    private readonly FeedContext _context;
    private readonly FeedDialect _dialect;
    private readonly FeedDraft _feed = new();
    private readonly List<(XElement Element, Uri? Base)> _items = [];

    private XmlFeed(FeedContext context, FeedDialect dialect)
    {
        _context = context;
        _dialect = dialect;
    }

    /// <summary>The family of a root element; null when it is the root of no feed.</summary>
    public static FeedDialect? DialectOf(XElement root, FeedContext context) => context.Names.Of(root) switch
    {
        (_, "rss") => Version(root),
        (_, "rdf") => IsRss090(root, context) ? FeedDialect.Rss09 : FeedDialect.Rss1,
        (_, "feed") => FeedDialect.Atom,
        (Space.Atom, "entry") => FeedDialect.Atom,
        (_, "channel") => root.Name.LocalName == "Channel" ? FeedDialect.Rss1 : CdfElements.IsChannel(root) ? FeedDialect.Rss09 : FeedDialect.Rss2,
        (_, "item") when root.Elements().Any(e => context.Names.Of(e).Local is "title" or "link" or "description") => FeedDialect.Rss2,
        _ => null,
    };

    /// <summary>Reads a feed.</summary>
    public static FeedReading Read(XElement root, FeedDialect dialect, FeedContext context)
    {
        var reader = new XmlFeed(context, dialect);
        context.Names.Adopt(root, dialect == FeedDialect.Atom ? Space.Atom : Space.Rss);
        if (root.Elements().FirstOrDefault(e => e.Name.LocalName.Equals("channel", StringComparison.OrdinalIgnoreCase)) is { } channel) context.Names.Adopt(channel, Space.Rss);
        var around = XmlBase.Of(root, context.Base);
        if (context.Names.Of(root).Local is "entry" or "item") reader._items.Add((root, around));
        else reader.Walk(root, around, 0);
        return reader.Build();
    }

    private static FeedDialect Version(XElement root) =>
        root.Attribute("version")?.Value.Trim() is { } version && version.StartsWith("0.9", StringComparison.Ordinal) ? FeedDialect.Rss09 : FeedDialect.Rss2;

    private static bool IsRss090(XElement root, FeedContext context) =>
        root.Elements().Take(3).Any(e => context.Names.Of(e).Space == Space.Rss && e.Name.NamespaceName.Contains("netscape", StringComparison.OrdinalIgnoreCase));

    private void Walk(XElement element, Uri? around, int level)
    {
        if (element.Attribute(XNamespace.Xml + "lang") is { Value.Length: > 0 } language) _feed.Language(language.Value, 1);
        CdfElements.ReadAttributes(element, _feed, around, _context);
        foreach (var child in element.Elements())
        {
            var (space, name) = _context.Names.Of(child);
            if (name is "item" or "entry" && space is Space.Rss or Space.Atom) _items.Add((child, XmlBase.Of(child, around)));
            else if (name is "channel" or "rss" or "feed" or "items" or "seq" && space is Space.Rss or Space.Atom or Space.Rdf && level < MostLevels) Walk(child, XmlBase.Of(child, around), level + 1);
            else ReadFeed(child, space, name, around);
        }
    }

    private void ReadFeed(XElement element, Space space, string name, Uri? around)
    {
        switch (space)
        {
            case Space.Atom:
                AtomElements.Read(element, name, _feed, around, _context);
                break;
            case Space.Rss when _dialect == FeedDialect.Atom:
                if (!AtomElements.Read(element, name, _feed, around, _context)) RssElements.Read(element, name, _feed, around, _context);
                break;
            case Space.Rss:
                if (!RssElements.Read(element, name, _feed, around, _context)) AtomElements.Read(element, name, _feed, around, _context);
                break;
            default:
                ModuleElements.Read(element, space, name, _feed, around, _context);
                break;
        }
    }

    private FeedReading Build()
    {
        var feed = _feed.Build(_dialect, _context);
        var kept = Newest();
        // Where nobody told where the document is, what is relative is relative to where it says that it is, or to the site.
        var fallback = _context.Base is null ? feed.Self ?? feed.Link : null;
        var (items, repeated) = EntryIdentity.Assign(kept.ConvertAll(item => ReadItem(item.Element, item.Base ?? fallback)));
        if (repeated > 0) _context.Repairs.Add(new(FeedRepairKind.RepeatedIds, repeated.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        if (_feed.Authors.AreAuthors) items = WithAuthorOf(feed, items);
        var omitted = _items.Count - kept.Count;
        _context.Conclude(omitted);
        return feed with { Items = items, OmittedItems = omitted, Repairs = _context.Repairs };
    }

    // RFC 4287 section 4.2.1, and the same for the other formats: who signs the feed signs its items.
    private static IReadOnlyList<FeedItem> WithAuthorOf(FeedReading feed, IReadOnlyList<FeedItem> items) =>
        feed.Author is { } author ? [.. items.Select(item => item.Authors.Count > 0 ? item : item with { Authors = [author] })] : items;

    private List<(XElement Element, Uri? Base)> Newest()
    {
        if (_items.Count <= FeedReader.MostItems) return _items;

        var newest = _items.Select((item, place) => (Item: item, Place: place, Date: DateOf(item.Element)))
            .OrderByDescending(item => item.Date).ThenBy(item => item.Place).Take(FeedReader.MostItems);
        return [.. newest.OrderBy(item => item.Place).Select(item => item.Item)];
    }

    private DateTimeOffset? DateOf(XElement item) =>
        item.Elements().Where(e => _context.Names.Of(e).Local is "pubdate" or "published" or "issued" or "date" or "updated" or "modified").Select(e => FeedDates.Parse(e.Value)).FirstOrDefault(date => date is not null);

    private FeedItem ReadItem(XElement element, Uri? around)
    {
        var item = new ItemDraft(around);
        RssElements.ReadAttributes(element, item);
        CdfElements.ReadAttributes(element, item, _context);
        foreach (var child in element.Elements())
        {
            var (space, name) = _context.Names.Of(child);
            switch (space)
            {
                case Space.Atom:
                    AtomElements.Read(child, name, item, _context);
                    break;
                case Space.Rss when _dialect == FeedDialect.Atom:
                    if (!AtomElements.Read(child, name, item, _context)) RssElements.Read(child, name, item, _context);
                    break;
                case Space.Rss:
                    if (!RssElements.Read(child, name, item, _context)) AtomElements.Read(child, name, item, _context);
                    break;
                default:
                    ModuleElements.Read(child, space, name, item, _context);
                    break;
            }
        }

        return item.Build(_context);
    }
}
