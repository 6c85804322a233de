using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>What a member gets by mail from a group.</summary>
public enum MailLevel
{
    /// <summary>Nothing but what is addressed to the member in person.</summary>
    Nothing = 0,
    /// <summary>A summary once a week.</summary>
    WeeklyDigest = 1,
    /// <summary>A summary once a day.</summary>
    DailyDigest = 2,
    /// <summary>New threads and contents, and answers in those the member follows.</summary>
    NewThreads = 3,
    /// <summary>Every message.</summary>
    Everything = 4,
}

/// <summary>Why somebody is told.</summary>
public enum NotificationReason
{
    /// <summary>The level chosen for the group.</summary>
    Group = 0,
    /// <summary>Follows the content.</summary>
    Following = 1,
    /// <summary>Was mentioned.</summary>
    Mention = 2,
    /// <summary>Wrote what was answered.</summary>
    Author = 3,
    /// <summary>Animates the group.</summary>
    Animator = 4,
    /// <summary>It concerns the member in person.</summary>
    Personal = 5,
}

/// <summary>Tells one member of one activity. Holds no text: the line is written for the reader when it is shown.</summary>
public sealed class Notification
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Who is told.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Who is told.</summary>
    public Member? Member { get; init; }

    /// <summary>Of what; one notification a member and activity.</summary>
    public required Guid ActivityId { get; init; }

    /// <summary>Of what.</summary>
    public Activity? Activity { get; init; }

    /// <summary>The content it is about, so that reading it clears the notification.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The group it is about.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Why.</summary>
    public required NotificationReason Reason { get; init; }

    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>When its mail is to be written: a little later than it happened, so that what follows at once joins it. Null when none is wanted, or once it is written.</summary>
    public DateTime? MailDueAt { get; set; }

    /// <summary>When it was read, here or by seeing the content.</summary>
    public DateTime? ReadAt { get; set; }
}
