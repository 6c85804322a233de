namespace TerritoireCollab.Mime.Classifying;

/// <summary>What a received mail is.</summary>
public enum MailKind
{
    /// <summary>A person answers one of our mails, or any mail.</summary>
    Reply,

    /// <summary>A person writes anew.</summary>
    New,

    /// <summary>A mail server tells that a mail was not delivered, or not yet.</summary>
    Bounce,

    /// <summary>A machine answers: absence, acknowledgement, read receipt, newsletter, list.</summary>
    AutoReply,

    /// <summary>A provider tells that a member called our mail spam (RFC 5965).</summary>
    Complaint,

    /// <summary>A member asks to get no more mail, by a bare word or in a sentence.</summary>
    Unsubscribe,

    /// <summary>Nothing of the above: no sender, nothing to read, a report of something else.</summary>
    Other,
}

/// <summary>How somebody asked to get no more mail.</summary>
public enum UnsubscribeWording
{
    /// <summary>The subject or the whole text is the word: a mail to confirm goes back.</summary>
    BareWord,

    /// <summary>A person asks in a sentence: a person must read it.</summary>
    Sentence,
}

/// <summary>Why a mail was not delivered, in the few words that a person acts on.</summary>
public enum BounceReason
{
    /// <summary>The server gave no reason that is known.</summary>
    Unknown,

    /// <summary>The address does not exist, or no more.</summary>
    UnknownAddress,

    /// <summary>The domain does not exist or takes no mail.</summary>
    UnknownDomain,

    /// <summary>The address is closed, suspended, or moved.</summary>
    Disabled,

    /// <summary>The mailbox is full.</summary>
    MailboxFull,

    /// <summary>The mail is too big.</summary>
    TooBig,

    /// <summary>The provider holds our mail for unwanted: content, reputation, authentication, rate, virus.</summary>
    Rejected,

    /// <summary>The server could not be reached or asks to come back later.</summary>
    Unreachable,

    /// <summary>Something is wrong in the systems on the way: loop, configuration, protocol.</summary>
    System,

    /// <summary>It did reach the recipient or the next system: a report of success.</summary>
    Delivered,
}

/// <summary>One recipient of whom a server tells that the mail did not reach him.</summary>
/// <param name="Recipient">The address, or null when the report does not name it.</param>
/// <param name="Status">The status of RFC 3463 as <c>5.1.1</c>, as given or derived from the SMTP reply and the text; null when unknown.</param>
/// <param name="SmtpReply">The three digits of the SMTP reply, or null.</param>
/// <param name="Diagnostic">What the server said, on one line, at most 1000 characters; null when nothing.</param>
/// <param name="IsHard">Whether mail to this address must stop for good.</param>
/// <param name="Reason">Why.</param>
public sealed record BouncedRecipient(string? Recipient, string? Status, int? SmtpReply, string? Diagnostic, bool IsHard, BounceReason Reason);

/// <summary>What a received mail is, and what follows of it.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Cause">What told, in a few English words, for the administrator.</param>
public sealed record MailVerdict(MailKind Kind, string Cause)
{
    /// <summary>Of a bounce: the recipients, at least one.</summary>
    public IReadOnlyList<BouncedRecipient> Bounces { get; init; } = [];

    /// <summary>Of a bounce: whether the server only tells that it is still trying.</summary>
    public bool IsDelayOnly { get; init; }

    /// <summary>Of a bounce or a complaint: the identifier of our mail without brackets, or null.</summary>
    public string? OriginalMessageId { get; init; }

    /// <summary>
    /// Of a complaint: its Feedback-Type in lower case (RFC 5965 section 7.3): <c>abuse</c>, <c>fraud</c>, <c>opt-out</c> end the
    /// mails to the member, <c>auth-failure</c> (RFC 6591) and <c>not-spam</c> do not.
    /// </summary>
    public string? FeedbackType { get; init; }

    /// <summary>Of a complaint: the recipient of our mail, or null when the report hides it.</summary>
    public string? OriginalRecipient { get; init; }

    /// <summary>Of a request to get no more mail: how it was put.</summary>
    public UnsubscribeWording? Unsubscribe { get; init; }
}
