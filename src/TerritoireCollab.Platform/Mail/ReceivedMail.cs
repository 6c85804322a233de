namespace TerritoireCollab.Platform.Mail;

/// <summary>What became of a mail that came in.</summary>
public enum ReceivedOutcome
{
    /// <summary>Taken in, not treated yet.</summary>
    Waiting = 0,
    /// <summary>Published: an answer, a thread, finds.</summary>
    Published = 1,
    /// <summary>Refused, for a cause that its sender was told.</summary>
    Refused = 2,
    /// <summary>Counted and left: a machine wrote it.</summary>
    Counted = 3,
    /// <summary>Waits until its sender confirms that it is from him.</summary>
    ToConfirm = 4,
    /// <summary>Waits for a person: somebody asks in words to get no more mail.</summary>
    ForPerson = 5,
    /// <summary>Done: an unsubscription, a confirmation, a task that a person settled.</summary>
    Done = 6,
}

/// <summary>A mail that came in. Its <see cref="UniqueKey"/> makes sure that it is treated once, however often a server hands it over.</summary>
public sealed class ReceivedMail
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>SHA-256 in hexadecimal of its Message-ID with its sender and recipient, or of the whole mail when it has none.</summary>
    public required string UniqueKey { get; init; }

    /// <summary>Its Message-ID, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>When it came in.</summary>
    public required DateTime ReceivedAt { get; init; }

    /// <summary>Address of the sender, in capitals.</summary>
    public required string FromAddress { get; init; }

    /// <summary>Name of the sender.</summary>
    public string? FromName { get; init; }

    /// <summary>Our address that it was sent to.</summary>
    public required string Recipient { get; init; }

    /// <summary>Subject.</summary>
    public required string Subject { get; init; }

    /// <summary>What it is, by the classification of mails.</summary>
    public int Kind { get; set; }

    /// <summary>What became of it.</summary>
    public ReceivedOutcome Outcome { get; set; }

    /// <summary>Why it was refused; a number of the gateway's own.</summary>
    public int? Cause { get; set; }

    /// <summary>What a person should know besides.</summary>
    public string? Detail { get; set; }

    /// <summary>The member who sent it, when known.</summary>
    public Guid? MemberId { get; set; }

    /// <summary>The group it is about.</summary>
    public Guid? GroupId { get; set; }

    /// <summary>The content made of it, or answered.</summary>
    public Guid? ItemId { get; set; }

    /// <summary>The comment made of it.</summary>
    public Guid? CommentId { get; set; }

    /// <summary>When its sender was answered, so that nobody gets more than one answer an hour.</summary>
    public DateTime? AnsweredAt { get; set; }

    /// <summary>The mail itself, byte for byte; null once it is past its time.</summary>
    public Guid? RawFileId { get; set; }

    /// <summary>How many times it was tried.</summary>
    public int Attempts { get; set; }

    /// <summary>Until when a worker holds it, or when it is tried again.</summary>
    public DateTime? LeaseUntil { get; set; }
}

/// <summary>
/// A content or a comment that was written by mail: keeps the Message-ID under which mail programs know it, so that threads hold together
/// there too, and what was cut off, so that nothing is lost.
/// </summary>
public sealed class PostedByMail
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The comment; null for the content itself.</summary>
    public Guid? CommentId { get; init; }

    /// <summary>Message-ID of its author's mail, without angle brackets; null when it could not be written in a header of ours.</summary>
    public string? MessageId { get; init; }

    /// <summary>Quotes and signature that were cut off, plain text.</summary>
    public string? Elided { get; init; }
}

/// <summary>A link of a mail that serves once, and has served.</summary>
public sealed class SpentLink
{
    /// <summary>SHA-256 of its token, in hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }
}
