using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Reactions;

/// <summary>The two reactions, in words.</summary>
public enum ReactionKind
{
    /// <summary>« Merci ».</summary>
    Thanks = 0,
    /// <summary>« Utile », which also counts in the veille.</summary>
    Useful = 1,
}

/// <summary>A reaction to a content or to one of its comments. One of a kind a member and target, by its key.</summary>
public sealed class Reaction
{
    /// <summary>The content, or the comment, that it is given to.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>Which one.</summary>
    public required ReactionKind Kind { get; init; }

    /// <summary>The content, whose rights hold.</summary>
    public required Guid ItemId { get; set; }

    /// <summary>The content, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>When it was given.</summary>
    public required DateTime At { get; init; }
}
