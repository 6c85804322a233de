using System.Xml.Linq;
using TerritoireCollab.Syndication.Reading;
using TerritoireCollab.Syndication.Reading.Formats;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication;

/// <summary>
/// Reads feeds as they are: RSS 0.90 to 2.0, Atom 0.3 and 1.0, JSON Feed, CDF, sound or broken. The bytes tell what they are, never the
/// content type. Nothing is fetched, no entity is expanded, nothing is thrown whatever the bytes, and the work is bounded by their number.
/// </summary>
public static class FeedReader
{
    /// <summary>Longest document, in bytes.</summary>
    public const int MaximumBytes = 10 * 1024 * 1024;

    /// <summary>Most items that are kept of a document: the newest.</summary>
    public const int MostItems = 1_000;

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document, decompressed.</param>
    /// <param name="origin">What HTTP said of it.</param>
    /// <returns>What it says, or null when it is no feed.</returns>
    public static FeedReading? Read(ReadOnlySpan<byte> bytes, FeedOrigin? origin = null) => Read(bytes, origin, out _);

    /// <summary>Reads a document.</summary>
    /// <param name="bytes">The document, decompressed.</param>
    /// <param name="origin">What HTTP said of it.</param>
    /// <param name="refusal">Why it is no feed; null when it is one.</param>
    /// <returns>What it says, or null when it is no feed.</returns>
    public static FeedReading? Read(ReadOnlySpan<byte> bytes, FeedOrigin? origin, out FeedRefusal? refusal)
    {
        origin ??= FeedOrigin.Unknown;
        refusal = null;
        if (bytes.Length > MaximumBytes)
        {
            refusal = FeedRefusal.TooLong;
            return null;
        }

        var document = DocumentText.Decode(bytes, origin.ContentType);
        var context = new FeedContext(XmlBase.Of(origin));
        if (document.Repair is { } charset) context.Repairs.Add(new(FeedRepairKind.Charset, charset));
        var text = document.Text;
        if (Letters.DecodedOnceMore(text) is { } once)
        {
            text = once;
            context.Repairs.Add(new(FeedRepairKind.DoubleEncoding));
        }

        var reading = Read(text, context, out var reason);
        if (reading is null) refusal = reason;
        return reading;
    }

    private static FeedReading? Read(string text, FeedContext context, out FeedRefusal refusal)
    {
        var start = FeedStart.Find(text);
        refusal = start.Refusal ?? FeedRefusal.Unreadable;
        switch (start.Kind)
        {
            case StartKind.Json:
                return JsonFeedDocument.Read(text[start.At..], context, out refusal);
            case StartKind.Xml:
                return ReadXml(text, start, context, out refusal);
            default:
                return null;
        }
    }

    private static FeedReading? ReadXml(string text, FeedStart start, FeedContext context, out FeedRefusal refusal)
    {
        refusal = FeedRefusal.Unreadable;
        if (Tree(text, start, context) is not { } root)
        {
            refusal = FeedRefusal.TooDeep;
            return null;
        }

        if (FindRoot(root, context) is not var (feed, dialect))
        {
            refusal = FeedRefusal.OtherDocument;
            return null;
        }

        if (feed != root || (context.Names.Of(feed) is (_, "rss") && (feed.Attribute("version") is null || !feed.Elements().Any(e => context.Names.Of(e).Local == "channel")))) context.Repairs.Add(new(FeedRepairKind.Structure));
        return XmlFeed.Read(feed, dialect, context);
    }

    private static XElement? Tree(string text, FeedStart start, FeedContext context)
    {
        if (start.At > 0) context.Repairs.Add(new(FeedRepairKind.Surroundings));
        var faults = new List<string>();
        var root = XmlTree.Parse(start.At > 0 ? text[start.At..] : text, faults);
        context.Repairs.AddRange(faults.Select(fault => new FeedRepair(FeedRepairKind.Markup, fault)));
        return root;
    }

    // Some wrap the feed in an element of their own.
    private static (XElement Root, FeedDialect Dialect)? FindRoot(XElement root, FeedContext context)
    {
        foreach (var candidate in root.DescendantsAndSelf().Take(20))
            if (XmlFeed.DialectOf(candidate, context) is { } dialect && (candidate == root || IsWhole(candidate, context))) return (candidate, dialect);
        return null;
    }

    private static bool IsWhole(XElement element, FeedContext context) => context.Names.Of(element).Local switch
    {
        "item" or "entry" => false,
        "channel" => element.Elements().Any(e => context.Names.Of(e).Local is "link" or "item"),
        _ => true,
    };
}
