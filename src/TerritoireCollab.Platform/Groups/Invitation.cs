using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Groups;

/// <summary>An invitation into a group: to one address, or a link that several people can use. Only a hash of its token is kept.</summary>
public sealed class Invitation
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group.</summary>
    public Group? Group { get; init; }

    /// <summary>The address invited; null for a link.</summary>
    public string? Email { get; init; }

    /// <summary>SHA-256 of the token, in hexadecimal.</summary>
    public required string TokenHash { get; set; }

    /// <summary>The role given on acceptance.</summary>
    public GroupRole Role { get; init; } = GroupRole.Member;

    /// <summary>Who invited.</summary>
    public required Guid InvitedById { get; init; }

    /// <summary>Who invited.</summary>
    public Member? InvitedBy { get; init; }

    /// <summary>A word to the invited person.</summary>
    public string? Message { get; init; }

    /// <summary>When it was made, or sent again.</summary>
    public required DateTime SentAt { get; set; }

    /// <summary>After that it is refused.</summary>
    public required DateTime ExpiresAt { get; set; }

    /// <summary>When the person was reminded of it, which happens once.</summary>
    public DateTime? RemindedAt { get; set; }

    /// <summary>When it was accepted; a link stays usable.</summary>
    public DateTime? AcceptedAt { get; set; }

    /// <summary>When it was withdrawn.</summary>
    public DateTime? WithdrawnAt { get; set; }

    /// <summary>When the person refused it; it is withdrawn then too.</summary>
    public DateTime? RefusedAt { get; set; }

    /// <summary>How many people came by it.</summary>
    public int UseCount { get; set; }
}
