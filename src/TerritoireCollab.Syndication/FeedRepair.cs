namespace TerritoireCollab.Syndication;

/// <summary>Kinds of faults that were mended in a document.</summary>
public enum FeedRepairKind
{
    /// <summary>The charset said is not that of the bytes; the detail says both.</summary>
    Charset,

    /// <summary>UTF-8 that was taken for windows-1252 and encoded again was decoded twice.</summary>
    DoubleEncoding,

    /// <summary>Something stood before or after the document: a warning of PHP, blank lines.</summary>
    Surroundings,

    /// <summary>The document is not well-formed; the detail is the place of the first fault, « line:column ».</summary>
    Markup,

    /// <summary>The version or the element that holds the whole is missing.</summary>
    Structure,

    /// <summary>Items have the same identifier; the detail is how many.</summary>
    RepeatedIds,

    /// <summary>Dates could not be read; the detail is the first.</summary>
    Dates,

    /// <summary>More than can be kept: the oldest items, or texts beyond a limit, were left out; the detail is how many.</summary>
    Size,
}

/// <summary>Something that was mended, or left out, so that the rest could be read.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">More about it, in no language.</param>
public sealed record FeedRepair(FeedRepairKind Kind, string? Detail = null);

/// <summary>Why a document is no feed.</summary>
public enum FeedRefusal
{
    /// <summary>There is nothing in it.</summary>
    Empty,

    /// <summary>A page of the web: it may name feeds, see <see cref="FeedDiscovery"/>.</summary>
    Page,

    /// <summary>A document that could be read and is of another kind: OPML, a sitemap, JSON that is no feed.</summary>
    OtherDocument,

    /// <summary>Nothing could be made of it: binary, plain text.</summary>
    Unreadable,

    /// <summary>Longer than <see cref="FeedReader.MaximumBytes"/>.</summary>
    TooLong,

    /// <summary>Elements nested deeper than 256.</summary>
    TooDeep,
}
