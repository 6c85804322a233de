using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Activities;

/// <summary>
/// Something that happened, written in the transaction that made it happen: the row is the outbox.
/// Consumers (notifications, search index, live signals) run after the commit, at least once each.
/// </summary>
public sealed class Activity
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>What happened, such as <c>forum.topic.created</c>: see <see cref="ActivityKinds"/> and the modules' own.</summary>
    public required string Kind { get; init; }

    /// <summary>The content it is about, if any. Kept without a foreign key: an activity outlives its content.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The comment it is about, if any.</summary>
    public Guid? CommentId { get; init; }

    /// <summary>The group it happened in, if any.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>The group it happened in, if any.</summary>
    public Group? Group { get; init; }

    /// <summary>Who did it.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>Who did it.</summary>
    public Member? Actor { get; init; }

    /// <summary>Another member it concerns, such as the one who was accepted.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>What the consumers need besides, as JSON.</summary>
    public string? Particulars { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>Indexes and shows live, but is neither streamed nor notified.</summary>
    public bool Quiet { get; init; }

    /// <summary>When every consumer had run.</summary>
    public DateTime? DispatchedAt { get; set; }

    /// <summary>Until when a dispatcher holds it.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>How many times the consumers were tried.</summary>
    public int Attempts { get; set; }
}

/// <summary>Kinds of activity that the platform itself records.</summary>
public static class ActivityKinds
{
    /// <summary>A comment was written.</summary>
    public const string CommentCreated = "comment.created";
    /// <summary>A comment was edited.</summary>
    public const string CommentEdited = "comment.edited";
    /// <summary>A comment went to the trash, or came back.</summary>
    public const string CommentRemoved = "comment.removed";
    /// <summary>A content was published.</summary>
    public const string ItemCreated = "item.created";
    /// <summary>A content was edited, pinned, locked, retagged or had its audience changed.</summary>
    public const string ItemEdited = "item.edited";
    /// <summary>Members were called by name by an edit of a content: they are told, and nobody else.</summary>
    public const string Mentioned = "item.mentioned";
    /// <summary>The text of a content that several write was rewritten: its followers are told, once for each time somebody sits down to it.</summary>
    public const string ItemRewritten = "item.rewritten";
    /// <summary>A content got a new version, which is news like a new content: those who want to hear of these are told, and its followers at once.</summary>
    public const string ItemVersioned = "item.versioned";
    /// <summary>A content went to the trash, or came back.</summary>
    public const string ItemRemoved = "item.removed";
    /// <summary>A content went to another group.</summary>
    public const string ItemMoved = "item.moved";
    /// <summary>Somebody added something to a content that is no comment: a passage marked, a note.</summary>
    public const string Annotated = "item.annotated";
    /// <summary>A member was invited by name to take part in a content.</summary>
    public const string Invited = "item.invited";
    /// <summary>Somebody reacted.</summary>
    public const string Reacted = "item.reacted";
    /// <summary>A member's profile changed.</summary>
    public const string MemberEdited = "member.edited";
    /// <summary>A group was made or its presentation changed.</summary>
    public const string GroupEdited = "group.edited";
    /// <summary>Somebody asked to join.</summary>
    public const string JoinRequested = "group.join-requested";
    /// <summary>A request was accepted.</summary>
    public const string JoinAccepted = "group.join-accepted";
    /// <summary>A request was refused.</summary>
    public const string JoinRefused = "group.join-refused";
    /// <summary>Somebody became a member.</summary>
    public const string MemberJoined = "group.member-joined";
    /// <summary>An animator added somebody.</summary>
    public const string MemberAdded = "group.member-added";
    /// <summary>Somebody left or was removed.</summary>
    public const string MemberLeft = "group.member-left";
    /// <summary>A group went to another owner.</summary>
    public const string OwnerChanged = "group.owner-changed";
}
