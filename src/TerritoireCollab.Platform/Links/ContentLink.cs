using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Links;

/// <summary>That a content was made from another one: the article of a thread, the event of a date poll. Both show the other to whoever may read it.</summary>
public sealed class ContentLink
{
    /// <summary>The content that was made; the link goes with it.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content that was made.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>What it was made from. No foreign key: a content has one way only by which it takes along what hangs on it, and what is gone joins nothing.</summary>
    public required Guid SourceId { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTime At { get; init; }
}
