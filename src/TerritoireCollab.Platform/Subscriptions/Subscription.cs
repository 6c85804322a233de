using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Subscriptions;

/// <summary>What a member chose for one content, over the level of the group.</summary>
public enum Following
{
    /// <summary>Every answer.</summary>
    Followed = 0,
    /// <summary>Nothing, not even when it is mentioned in a digest.</summary>
    Muted = 1,
}

/// <summary>A member follows or mutes a content.</summary>
public sealed class Subscription
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Followed or muted.</summary>
    public required Following Following { get; set; }
}

/// <summary>How far the viewer has read a content: the marks of nobody else.</summary>
public sealed class OwnReadMark
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The viewer.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Number of the last comment seen; 0 when only the content was.</summary>
    public required int Number { get; init; }
}

/// <summary>How far a member has read a content.</summary>
public sealed class ReadMark
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Number of the last comment seen; 0 when only the content was.</summary>
    public required int Number { get; set; }

    /// <summary>When.</summary>
    public required DateTime At { get; set; }
}
