namespace TerritoireCollab.Platform.Mail;

/// <summary>Where a mail stands.</summary>
public enum MailState
{
    /// <summary>To be sent when its hour has come.</summary>
    Pending = 0,
    /// <summary>Claimed by a worker.</summary>
    Sending = 1,
    /// <summary>Accepted by the transport.</summary>
    Sent = 2,
    /// <summary>The link was lost after the whole message had gone out: nobody can tell whether it was accepted.</summary>
    Uncertain = 3,
    /// <summary>Refused for good.</summary>
    Failed = 4,
    /// <summary>Waits for a person.</summary>
    Held = 5,
    /// <summary>Not sent: the right or the wish to get it was gone.</summary>
    Dropped = 6,
}

/// <summary>A mail to one person, frozen when it was decided. The table is the only truth; the scheduler merely wakes the worker.</summary>
public sealed class MailRow
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>Event, recipient and kind in one text: what makes a second copy impossible. At most 150 characters.</summary>
    public required string UniqueKey { get; init; }

    /// <summary>Kind of mail, such as <c>forum.topic</c> or <c>compte.connexion</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The recipient, when a member.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The content it tells of: the right to read it is checked again when the mail leaves.</summary>
    public Guid? ItemId { get; init; }

    /// <summary>The group it comes from.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Whether the member's level and mutes are checked again when the mail leaves; security mails are not.</summary>
    public bool Optional { get; init; }

    /// <summary>Smaller leaves first: 0 security, 1 personal, 2 the rest.</summary>
    public int Priority { get; init; }

    /// <summary>Name shown as sender.</summary>
    public required string FromName { get; init; }

    /// <summary>Address of the recipient; of a member, the one of the moment when it leaves.</summary>
    public required string ToAddress { get; set; }

    /// <summary>Name of the recipient.</summary>
    public required string ToName { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The text part.</summary>
    public required string TextBody { get; init; }

    /// <summary>The HTML part.</summary>
    public required string HtmlBody { get; init; }

    /// <summary>Computed from what it tells of, never random; without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Message it answers, without angle brackets.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Ancestors separated by spaces, root first, without angle brackets.</summary>
    public string? References { get; init; }

    /// <summary>
    /// 128 random bits in base 32, lower case, unique: the part after the plus of <c>reponse+KEY@</c> and <c>retours+KEY@</c>, which says of an answer or a
    /// bounce which mail it is about. Null in rows older than such addresses.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>Whether an answer to it lands on the platform, under <see cref="ItemId"/> and <see cref="AnswersNumber"/>.</summary>
    public bool IsAnswerable { get; init; }

    /// <summary>Number of the comment that an answer by mail answers; null for the content itself.</summary>
    public int? AnswersNumber { get; init; }

    /// <summary>Keys of the stored files that go with it, separated by spaces.</summary>
    public string? Files { get; init; }

    /// <summary>An iCalendar document that goes with it, as an alternative of the text and as a file (RFC 6047); null for none.</summary>
    public string? Calendar { get; init; }

    /// <summary>Host part of the recipient's address in lower case: what the pace of sending is measured by.</summary>
    public string? Domain { get; set; }

    /// <summary>Further header fields, one <c>Name: value</c> a line.</summary>
    public string Headers { get; init; } = "";

    /// <summary>When it was decided; the Date of the message.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Where it stands.</summary>
    public MailState State { get; set; }

    /// <summary>Not before.</summary>
    public required DateTime NextAttemptAt { get; set; }

    /// <summary>Tries so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Worker that claimed it.</summary>
    public string? Owner { get; set; }

    /// <summary>Until when the claim holds.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>Whether it was sent once without our learning of the answer: it is sent again once, under the same Message-ID.</summary>
    public bool WasUncertain { get; set; }

    /// <summary>When the transport accepted it.</summary>
    public DateTime? SentAt { get; set; }

    /// <summary>What the server said last.</summary>
    public string? LastError { get; set; }

    /// <summary>Host part of an address, as <see cref="Domain"/> takes it.</summary>
    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].ToLowerInvariant();
}
