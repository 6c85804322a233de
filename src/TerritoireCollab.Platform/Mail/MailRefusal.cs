namespace TerritoireCollab.Platform.Mail;

/// <summary>Why a mail that came in was not published. Rows hold the numbers: none is ever given another meaning.</summary>
public enum MailRefusal
{
    /// <summary>Nothing was left once quotes and signature were cut off.</summary>
    Empty = 1,
    /// <summary>The key of the address is none of ours.</summary>
    UnknownKey = 2,
    /// <summary>The mail that is answered is older than answers are taken.</summary>
    OldKey = 3,
    /// <summary>The key was given to another member than the sender.</summary>
    NotYours = 4,
    /// <summary>No member has the sender's address.</summary>
    UnknownSender = 5,
    /// <summary>No such group, or one that the sender is not in: both are told alike.</summary>
    NotAMember = 6,
    /// <summary>The thread is closed.</summary>
    Locked = 7,
    /// <summary>The group is archived.</summary>
    Archived = 8,
    /// <summary>What is answered was removed.</summary>
    Gone = 9,
    /// <summary>A summary was answered as a whole.</summary>
    Digest = 10,
    /// <summary>The mail that is answered takes no answer.</summary>
    TakesNone = 11,
    /// <summary>Longer than a text may be.</summary>
    TooLong = 12,
    /// <summary>Too many of our addresses at once.</summary>
    TooManyRecipients = 13,
    /// <summary>The text was published, but not all its files.</summary>
    FilesRefused = 14,
    /// <summary>The group has no such tool.</summary>
    NoTool = 15,
    /// <summary>In that group only some may start a thread.</summary>
    MayNotStart = 16,
    /// <summary>The sender's account is suspended.</summary>
    Suspended = 17,
    /// <summary>Nothing could be read.</summary>
    Unreadable = 18,
    /// <summary>Too many mails within an hour.</summary>
    TooMany = 19,
    /// <summary>No address of ours.</summary>
    UnknownAddress = 20,
    /// <summary>The sender may not read any more what is answered: told like <see cref="UnknownKey"/>.</summary>
    LostAccess = 21,
    /// <summary>The sender only reads in that group.</summary>
    ReaderOnly = 22,
    /// <summary>A rule of the site; the detail says which.</summary>
    Rule = 23,
    /// <summary>It could not be treated, however often it was tried.</summary>
    Failed = 24,
}

/// <summary>A mail is refused.</summary>
/// <param name="cause">Why.</param>
public sealed class MailRefusedException(MailRefusal cause) : Exception(cause.ToString())
{
    /// <summary>Why.</summary>
    public MailRefusal Cause { get; } = cause;
}
