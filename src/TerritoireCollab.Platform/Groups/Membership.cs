using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Groups;

/// <summary>What a member may do in a group. Ordered: a larger value may all that a smaller one may.</summary>
public enum GroupRole
{
    /// <summary>Reads.</summary>
    Reader = 0,
    /// <summary>Reads and writes.</summary>
    Member = 1,
    /// <summary>Keeps the group alive: members, requests, moderation, settings.</summary>
    Animator = 2,
    /// <summary>An animator who can also hand the group over, archive or delete it. There is always one.</summary>
    Owner = 3,
}

/// <summary>Where a membership stands.</summary>
public enum MembershipState
{
    /// <summary>Asked to join, not answered yet.</summary>
    Requested = 0,
    /// <summary>A member.</summary>
    Active = 1,
    /// <summary>Left.</summary>
    Left = 2,
    /// <summary>
    /// Removed by an animator. Nobody comes back from there alone, however the group is joined: only by an invitation made out to the
    /// person since then, by being added, or by a request that an animator accepts.
    /// </summary>
    Removed = 3,
    /// <summary>The request was refused.</summary>
    Refused = 4,
    /// <summary>Removed, and asks to come back. Refused or taken back, it is <see cref="Removed"/> again.</summary>
    RequestedAgain = 5,
}

/// <summary>How somebody became a member.</summary>
public enum MembershipOrigin
{
    /// <summary>Created the group.</summary>
    Founder = 0,
    /// <summary>Joined an open group.</summary>
    Joined = 1,
    /// <summary>Asked and was accepted.</summary>
    Accepted = 2,
    /// <summary>Was invited.</summary>
    Invited = 3,
    /// <summary>Was added by an animator.</summary>
    Added = 4,
}

/// <summary>A member's place in a group. One row a member and group; it survives leaving, so that history can be told.</summary>
public sealed class Membership
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group.</summary>
    public Group? Group { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>What the member may do.</summary>
    public GroupRole Role { get; set; } = GroupRole.Member;

    /// <summary>Where the membership stands.</summary>
    public MembershipState State { get; set; }

    /// <summary>How it came about.</summary>
    public MembershipOrigin Origin { get; set; }

    /// <summary>When the request was made, or the membership began.</summary>
    public required DateTime Since { get; set; }

    /// <summary>The answer to the group's question.</summary>
    public string? RequestText { get; set; }

    /// <summary>When the animators were reminded of the request, which happens once.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>The version of the charter that was accepted, 0 for none.</summary>
    public int CharterAccepted { get; set; }

    /// <summary>What is mailed from this group.</summary>
    public MailLevel MailLevel { get; set; }

    /// <summary>Last visit of the group, for « depuis votre dernière visite ».</summary>
    public DateTime? LastVisitAt { get; set; }
}
