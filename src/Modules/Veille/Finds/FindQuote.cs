using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Veille.Finds;

/// <summary>
/// A passage that a member marked on the page of a find, and what he says of it. Read by the members of the group alone, through
/// <see cref="QuoteRights"/>; the filter of the context lets a find's readers at most.
/// </summary>
public sealed class FindQuote
{
    /// <summary>Longest passage, in characters: what may be quoted of somebody else's text.</summary>
    public const int TextLength = 600;

    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 1000;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The find's content row.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The find's content row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Who marked it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>The passage, plain text.</summary>
    public required string Text { get; init; }

    /// <summary>What the member says of it, plain text, or null.</summary>
    public string? Note { get; set; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }
}
