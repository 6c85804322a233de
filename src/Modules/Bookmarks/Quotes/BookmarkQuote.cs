using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A passage that a member quotes from the page of a bookmark: for the members of the group, or for himself alone.</summary>
public sealed class BookmarkQuote : PageQuote, IPrivateRow
{
    /// <summary>Longest passage, in characters: what may be quoted of somebody else's text.</summary>
    public const int TextLength = 1000;

    /// <inheritdoc />
    public required bool IsPrivate { get; set; }

    /// <summary>When it was taken off; it can be put back until the night that erases it.</summary>
    public DateTime? RemovedAt { get; set; }

    /// <summary>Raised by every change: two who start from the same version cannot both save.</summary>
    public int Version { get; set; } = 1;
}
