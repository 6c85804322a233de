using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

/// <summary>
/// Somebody without an account who takes part in one content by a personal link that was mailed. Nothing of the link is kept: it is the key of the row,
/// sealed (<see cref="GuestLinks"/>). The address is seen by those who may edit the content, and by nobody else.
/// </summary>
public sealed class Guest
{
    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Longest address, in characters (RFC 5321, section 4.5.3.1).</summary>
    public const int EmailLength = 254;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Address, as typed.</summary>
    public required string Email { get; init; }

    /// <summary>Address in capitals, by which it is known again; each once a content.</summary>
    public required string NormalizedEmail { get; init; }

    /// <summary>Name; empty until the person gives it.</summary>
    public required string Name { get; set; }

    /// <summary>The member whose address it is, who was told as a member and got no link; null of a guest.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>Who invited; null when the person asked.</summary>
    public Guid? InvitedById { get; init; }

    /// <summary>Who invited.</summary>
    public Member? InvitedBy { get; init; }

    /// <summary>When the person was invited, or asked.</summary>
    public required DateTime At { get; init; }

    /// <summary>When the link was first used: before, the person counts nowhere.</summary>
    public DateTime? ConfirmedAt { get; set; }

    /// <summary>Since when the person wants no more of this content.</summary>
    public DateTime? RefusedAt { get; set; }

    /// <summary>How the person is called: the address, for want of a name.</summary>
    public string Called => Name.Length > 0 ? Name : Email;
}
