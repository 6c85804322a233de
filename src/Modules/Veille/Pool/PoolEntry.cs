using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Pool;

/// <summary>Where a piece of news stands in the work of a group. Always by state, never by a window of dates: nothing is lost between two weeks.</summary>
public enum PoolState
{
    /// <summary>To read (« proposé »; « discuté » once somebody commented it).</summary>
    Proposed = 0,
    /// <summary>Kept (« retenu »).</summary>
    Kept = 1,
    /// <summary>Placed in the issue being prepared.</summary>
    Placed = 2,
    /// <summary>Published in an issue (« publié »).</summary>
    Published = 3,
    /// <summary>Set aside (« écarté »).</summary>
    SetAside = 4,
    /// <summary>Came when it was old already, with a source just added or one that repeats itself: found, but not to read.</summary>
    Old = 5,
}

/// <summary>A piece of news in the pool of a group: the card that the animators move.</summary>
public sealed class PoolEntry : IMembersOnly
{
    /// <summary>Longest line of the animator, in characters.</summary>
    public const int LineLength = 600;

    /// <summary>Longest rubric, in characters.</summary>
    public const int RubricLength = 60;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>The news.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>The news.</summary>
    public News? News { get; init; }

    /// <summary>When it came into the pool.</summary>
    public required DateTime ArrivedAt { get; init; }

    /// <summary>The first source that brought it to this group; null for a find of a member alone.</summary>
    public Guid? SourceId { get; set; }

    /// <summary>Sources of the group that carry it.</summary>
    public int SourceCount { get; set; }

    /// <summary>The find of a member that is about it: its discussion, votes and tags hang there. Null while nobody spoke of it.</summary>
    public Guid? FindId { get; set; }

    /// <summary>Where it stands.</summary>
    public PoolState State { get; set; }

    /// <summary>Whether a rule or an animator marked it: it counts more.</summary>
    public bool IsStarred { get; set; }

    /// <summary>Its place among those of the same state and rubric: the smallest first.</summary>
    public long Position { get; set; }

    /// <summary>The rubric it was placed in, or null.</summary>
    public string? Rubric { get; set; }

    /// <summary>What the animator says of it, plain text.</summary>
    public string? Line { get; set; }

    /// <summary>The excerpt that the animator chose instead of the source's beginning; empty for none.</summary>
    public string? ChosenExcerpt { get; set; }

    /// <summary>The issue it is placed or published in.</summary>
    public Guid? IssueId { get; set; }

    /// <summary>Who moved it last.</summary>
    public Guid? MovedById { get; set; }

    /// <summary>When.</summary>
    public DateTime? MovedAt { get; set; }

    /// <summary>Raised by every change.</summary>
    public int Version { get; set; } = 1;
}
