using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>A member follows all pages of a group, those to come with them.</summary>
public sealed class WikiFollower : IOwnRow
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <inheritdoc />
    public required Guid MemberId { get; init; }
}
