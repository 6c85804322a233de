using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>
/// A passage that a member quotes from the page of a bookmark, with what he says of it: for the members of the group, through
/// <see cref="QuoteRights"/>, or for himself alone.
/// </summary>
public sealed class BookmarkQuote : IPrivateRow
{
    /// <summary>Longest passage, in characters: what may be quoted of somebody else's text.</summary>
    public const int TextLength = 1000;

    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 1000;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The bookmark's content row.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The bookmark's content row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <inheritdoc />
    public required Guid AuthorId { get; init; }

    /// <summary>The passage, plain text.</summary>
    public required string Text { get; set; }

    /// <summary>What the member says of it, plain text, or null.</summary>
    public string? Note { get; set; }

    /// <inheritdoc />
    public required bool IsPrivate { get; set; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>When it was taken off; it can be put back until the night that erases it.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <summary>Raised by every change: two who start from the same version cannot both save.</summary>
    public int Version { get; set; } = 1;
}
