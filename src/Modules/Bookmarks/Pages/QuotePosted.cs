using TerritoireCollab.Bookmarks.Quotes;

namespace TerritoireCollab.Bookmarks.Pages;

/// <summary>A passage as its form posts it.</summary>
public sealed record QuotePosted
{
    /// <summary>Key proposed by the form.</summary>
    public Guid Id { get; init; }

    /// <summary>The passage.</summary>
    public string? Text { get; init; }

    /// <summary>What is said of it.</summary>
    public string? Note { get; init; }

    /// <summary>Whether it is for its author alone.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>The version that was read.</summary>
    public int Version { get; init; }

    internal QuoteInput Input => new(Id, Text, Note, IsPrivate);
}
