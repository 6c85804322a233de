using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Groups;

/// <summary>Whom a group gathers.</summary>
public enum GroupKind
{
    /// <summary>Both firms and public bodies.</summary>
    Mixed = 0,
    /// <summary>Local authorities and public bodies.</summary>
    LocalAuthorities = 1,
    /// <summary>Firms.</summary>
    Firms = 2,
}

/// <summary>Who can know that a group exists.</summary>
public enum GroupVisibility
{
    /// <summary>Every member of the platform sees its home page.</summary>
    AllMembers = 0,
    /// <summary>Only its members know of it.</summary>
    Hidden = 1,
}

/// <summary>How one becomes a member.</summary>
public enum GroupJoining
{
    /// <summary>Whoever wants to.</summary>
    Free = 0,
    /// <summary>On request, accepted by an animator.</summary>
    OnRequest = 1,
    /// <summary>Only when invited.</summary>
    ByInvitation = 2,
}

/// <summary>A group that runs itself. Its own row is what every member of the platform sees on its home page.</summary>
public sealed class Group
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Its part of the address, unique.</summary>
    public required string Slug { get; init; }

    /// <summary>Name, at most 100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Name folded for search and order: lower case, no accents.</summary>
    public required string FoldedName { get; set; }

    /// <summary>One sentence, at most 200 characters.</summary>
    public required string Summary { get; set; }

    /// <summary>The presentation, in Markdown.</summary>
    public required string Purpose { get; set; }

    /// <summary>Whom it gathers.</summary>
    public GroupKind Kind { get; set; }

    /// <summary>Who can know that it exists.</summary>
    public GroupVisibility Visibility { get; set; }

    /// <summary>How one becomes a member.</summary>
    public GroupJoining Joining { get; set; }

    /// <summary>The widest audience that its content may have.</summary>
    public Audience Ceiling { get; set; } = Audience.Public;

    /// <summary>The audience proposed for new content.</summary>
    public Audience DefaultAudience { get; set; } = Audience.Group;

    /// <summary>Hue of its colour, 0 to 350 by tens; its woven pattern is drawn from its key.</summary>
    public int Hue { get; set; }

    /// <summary>The group's own question to those who ask to join.</summary>
    public string? JoinQuestion { get; set; }

    /// <summary>Whether mails tell the titles of its contents alone, without their texts: for groups whose matters must not lie in mailboxes.</summary>
    public bool MailsTitlesOnly { get; set; }

    /// <summary>The charter to accept before entering, in Markdown.</summary>
    public string? Charter { get; set; }

    /// <summary>Raised each time the charter changes.</summary>
    public int CharterVersion { get; set; }

    /// <summary>What newcomers read first, in Markdown.</summary>
    public string? Welcome { get; set; }

    /// <summary>What its animators tell on top of its home page, in Markdown, at most 500 characters.</summary>
    public string? Announcement { get; set; }

    /// <summary>The last day on which the announcement stands there; until it is taken away when null.</summary>
    public DateOnly? AnnouncementUntil { get; set; }

    /// <summary>The mail level that newcomers get.</summary>
    public Notifications.MailLevel DefaultMailLevel { get; set; } = Notifications.MailLevel.WeeklyDigest;

    /// <summary>The cover picture, if any.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>The emblem of the group, if any.</summary>
    public Guid? LogoFileId { get; set; }

    /// <summary>Creation.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Keys of the steps of the launch kit that its animators ticked, separated by commas; null when none.</summary>
    public string? LaunchTicks { get; set; }

    /// <summary>When its animators had done with the launch kit.</summary>
    public DateTime? LaunchedAt { get; set; }

    /// <summary>Last time something happened in it.</summary>
    public required DateTime LastActivityAt { get; set; }

    /// <summary>Since when it is read-only.</summary>
    public DateTime? ArchivedAt { get; set; }

    /// <summary>Active members; kept in step by the commands that change a membership.</summary>
    public int MemberCount { get; set; }

    /// <summary>Raised by every change of its settings.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Its members, past and present.</summary>
    public ICollection<Membership> Memberships { get; } = [];
}
