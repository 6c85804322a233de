using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>A member follows a page with all that stands under it.</summary>
public sealed class TreeFollower
{
    /// <summary>The page on top.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The page on top.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }
}
