using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Guests;

/// <summary>Why somebody is written to about taking part.</summary>
public enum GuestLetterCause
{
    /// <summary>Somebody who prepares the content invites an address without an account.</summary>
    Invited = 0,
    /// <summary>The same, of a member's address: it leads to the content.</summary>
    MemberInvited = 1,
    /// <summary>Somebody asked for this address: the link counts, not the asking.</summary>
    Asked = 2,
    /// <summary>The same, of a member's address: it leads to the content.</summary>
    MemberAsked = 3,
}

/// <summary>What such a mail is about.</summary>
public sealed record GuestLetter
{
    /// <summary>Why.</summary>
    public required GuestLetterCause Cause { get; init; }
    /// <summary>What makes a second copy impossible.</summary>
    public required string UniqueKey { get; init; }
    /// <summary>The content, with its group.</summary>
    public required ContentItem Item { get; init; }
    /// <summary>What one takes part in.</summary>
    public required GuestOffer Offer { get; init; }
    /// <summary>Key of the guest, or of the member.</summary>
    public required GuestAddress To { get; init; }
    /// <summary>How the group is named to that person.</summary>
    public required GroupLabel Label { get; init; }
    /// <summary>Name of who invites; empty when nobody does.</summary>
    public string Inviter { get; init; } = "";
    /// <summary>A word of who invites, or null.</summary>
    public string? Message { get; init; }
    /// <summary>An iCalendar document that goes with it, or null.</summary>
    public string? Calendar { get; init; }
}

/// <summary>Writes the mails to people who are asked, or who asked, to take part. What draws mails implements it.</summary>
public interface IGuestLetters
{
    /// <summary>The mail, ready for the outbox.</summary>
    Task<MailRow> WriteAsync(GuestLetter letter);
}
