using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Kind of an outlet.</summary>
public enum OutletKind
{
    /// <summary>An account of Mastodon, or of what speaks its API.</summary>
    Mastodon = 0,
    /// <summary>An address that is sent a signed JSON document.</summary>
    Webhook = 1,
}

/// <summary>Where a group has its revue and éditos announced outside the platform, once they are published.</summary>
public sealed class Outlet : IMembersOnly
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Longest address, in characters.</summary>
    public const int AddressLength = 500;

    /// <summary>Longest message to begin with, in characters.</summary>
    public const int MessageLength = 300;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>Kind.</summary>
    public required OutletKind Kind { get; init; }

    /// <summary>What the animators call it.</summary>
    public required string Name { get; set; }

    /// <summary>The instance of Mastodon, or where the document is sent.</summary>
    public required string Address { get; set; }

    /// <summary>The access token, or what documents are signed with; protected, never shown again.</summary>
    public required string Secret { get; set; }

    /// <summary>Words put after the title in a message, such as « #veille »; null for none.</summary>
    public string? Message { get; set; }

    /// <summary>Whether nothing is sent for now.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Who added it.</summary>
    public required Guid AddedById { get; init; }

    /// <summary>When.</summary>
    public required DateTime AddedAt { get; init; }
}

/// <summary>How far an announcement is.</summary>
public enum AnnouncementState
{
    /// <summary>To be sent.</summary>
    Pending = 0,
    /// <summary>Sent.</summary>
    Sent = 1,
    /// <summary>Refused for good, or tried too often.</summary>
    Failed = 2,
}

/// <summary>That a content is announced at an outlet: once, whatever happens, since there is one row of each.</summary>
public sealed class Announcement
{
    /// <summary>Key, sent as <c>Idempotency-Key</c>.</summary>
    public Guid Id { get; set; }

    /// <summary>The outlet.</summary>
    public required Guid OutletId { get; init; }

    /// <summary>The outlet.</summary>
    public Outlet? Outlet { get; init; }

    /// <summary>What is announced.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>What is announced.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>How far it is.</summary>
    public AnnouncementState State { get; set; }

    /// <summary>When to try next (UTC).</summary>
    public required DateTime NextTryAt { get; set; }

    /// <summary>Until when a process has it in hand.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Status of the last answer, or null.</summary>
    public int? Status { get; set; }

    /// <summary>What the other side said or what went wrong, in short.</summary>
    public string? Problem { get; set; }

    /// <summary>When it was sent.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>Where it can be read, or null.</summary>
    public string? RemoteAddress { get; set; }
}
