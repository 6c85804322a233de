namespace TerritoireCollab.Veille.Pool;

/// <summary>One piece of news of the web, however many sources carry it. Known once on the whole platform, never removed.</summary>
public sealed class News
{
    /// <summary>Longest title, in characters.</summary>
    public const int TitleLength = 300;

    /// <summary>Longest excerpt, in characters: what may be quoted of somebody else's text.</summary>
    public const int ExcerptLength = 600;

    /// <summary>Longest address, in characters.</summary>
    public const int AddressLength = 2000;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Its address, as it is opened.</summary>
    public required string Address { get; init; }

    /// <summary>Fingerprint of the canonical address: the same for all who carry it. Unique.</summary>
    public required string AddressKey { get; init; }

    /// <summary>Fingerprint of the title without accents, case and signs.</summary>
    public required string TitleKey { get; set; }

    /// <summary>Title, plain text.</summary>
    public required string Title { get; set; }

    /// <summary>Author, plain text, or null.</summary>
    public string? Author { get; set; }

    /// <summary>Its beginning, plain text.</summary>
    public required string Excerpt { get; set; }

    /// <summary>Language tag, or null.</summary>
    public string? Language { get; set; }

    /// <summary>Its date; the day it was first seen where it has none, never in the future.</summary>
    public required DateTime PublishedAt { get; set; }

    /// <summary>When the platform first saw it.</summary>
    public required DateTime FirstSeenAt { get; init; }

    /// <summary>
    /// The same news at another address, seen before this one: groups have one card for both, unless an animator said that they are two. Null
    /// for what stands for itself; never one that has such a key itself.
    /// </summary>
    public Guid? SameAsId { get; init; }
}

/// <summary>A mark of the text of a piece of news, by which one that says the same in other words is found. Kept for as long as it is looked for.</summary>
public sealed class NewsMark
{
    /// <summary>The mark.</summary>
    public required long Mark { get; init; }

    /// <summary>The news.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>When it was first seen.</summary>
    public required DateTime SeenAt { get; init; }
}

/// <summary>That a source carried a piece of news.</summary>
public sealed class Sighting
{
    /// <summary>The source.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>Fingerprint of the identifier of its entry, unique in the source.</summary>
    public required string EntryKey { get; init; }

    /// <summary>The news.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>When.</summary>
    public required DateTime SeenAt { get; init; }
}
