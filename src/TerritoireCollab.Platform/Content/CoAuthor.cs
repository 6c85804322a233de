using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Content;

/// <summary>Somebody who wrote a content together with its author. A row says nothing of rights in the group: whoever left it edits nothing there.</summary>
public sealed class CoAuthor
{
    /// <summary>The content; the row goes with it.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>The organisation in whose name the member wrote on that day, if any.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>The organisation in whose name the member wrote on that day, if any.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>Place among the co-authors, from 1.</summary>
    public required int Position { get; set; }
}
