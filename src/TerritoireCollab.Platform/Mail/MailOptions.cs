namespace TerritoireCollab.Platform.Mail;

/// <summary>How mail leaves.</summary>
public enum MailTransportKind
{
    /// <summary>One <c>.eml</c> file a mail.</summary>
    Folder = 0,
    /// <summary>A server.</summary>
    Smtp = 1,
}

/// <summary>How the link to a server is protected.</summary>
public enum MailSecurity
{
    /// <summary>In clear: for a relay on the same machine.</summary>
    None = 0,
    /// <summary>STARTTLS, required.</summary>
    StartTls = 1,
    /// <summary>TLS from the first byte.</summary>
    Tls = 2,
}

/// <summary>Where mail comes in.</summary>
public enum MailInboxKind
{
    /// <summary>Nowhere: no address of ours takes an answer.</summary>
    None = 0,
    /// <summary>A folder that <c>.eml</c> files are put into.</summary>
    Folder = 1,
    /// <summary>A mailbox read over IMAP.</summary>
    Imap = 2,
}

/// <summary>What is done with a mail of which nobody can tell whether the server took it.</summary>
public enum UncertainMail
{
    /// <summary>It is sent once more, under the same Message-ID: a loss is worse than a second copy.</summary>
    Resend = 0,
    /// <summary>It waits for an administrator.</summary>
    Hold = 1,
}

/// <summary>Section <c>Territoire:Mail</c>.</summary>
public sealed record MailOptions
{
    /// <summary>How mail leaves.</summary>
    public MailTransportKind Transport { get; init; } = MailTransportKind.Folder;

    /// <summary>Folder of the <c>.eml</c> files.</summary>
    public required string Folder { get; init; }

    /// <summary>Address of the sender.</summary>
    public string From { get; init; } = "espace@territoire.invalid";

    /// <summary>Domain of Message-ID and List-Id, and of the addresses that take answers and bounces.</summary>
    public string ReplyDomain { get; init; } = "territoire.invalid";

    /// <summary>Where mail comes in.</summary>
    public MailInboxKind Inbox { get; init; }

    /// <summary>Folder that mails are put into, where they come in by a folder.</summary>
    public string InboxFolder { get; init; } = "mail-in";

    /// <summary>The mailbox, where mail comes in by IMAP.</summary>
    public ImapOptions Imap { get; init; } = new();

    /// <summary>
    /// Name under which our own mail server writes what it found of a sender (the authserv-id of RFC 8601, section 2.5); only its words are believed,
    /// none when empty.
    /// </summary>
    public string AuthServId { get; init; } = "";

    /// <summary>Whether mail comes in: only then does a mail of ours ask for answers and bounces at <see cref="ReplyDomain"/>.</summary>
    public bool TakesMail => Inbox != MailInboxKind.None;

    /// <summary>
    /// Minutes that the mail of a content waits: what follows in the same thread joins it, what is corrected meanwhile is corrected in it, and what is taken back
    /// is not sent. 0 sends each at once.
    /// </summary>
    public int GatherMinutes { get; init; } = 3;

    /// <summary>The server, when mail leaves by SMTP.</summary>
    public SmtpOptions Smtp { get; init; } = new();

    /// <summary>The signature of the domain; none when null.</summary>
    public DkimOptions? Dkim { get; init; }

    /// <summary>What is done with a mail of which nobody can tell whether the server took it.</summary>
    public UncertainMail Uncertain { get; init; }

    /// <summary>
    /// Mails that may go to a provider within one minute, by the host part of the address: what the administrator chose, before
    /// <see cref="MailPace.Usual"/>. Zero is no limit.
    /// </summary>
    public IReadOnlyDictionary<string, int> Rates { get; init; } = new Dictionary<string, int>();
}

/// <summary>Section <c>Territoire:Mail:Smtp</c>.</summary>
public sealed record SmtpOptions
{
    /// <summary>Name of the server.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Port.</summary>
    public int Port { get; init; } = 25;

    /// <summary>Protection of the link.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Most connections to the server at once, 1 to 4.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Longest wait for the server's answer to a command; that to a whole message is waited for as long as RFC 5321 says.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Account; none when empty.</summary>
    public string? User { get; init; }

    /// <summary>Password of the account.</summary>
    public string? Password { get; init; }
}

/// <summary>Section <c>Territoire:Mail:Imap</c>.</summary>
public sealed record ImapOptions
{
    /// <summary>Name of the server.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>Port.</summary>
    public int Port { get; init; } = 143;

    /// <summary>Protection of the link.</summary>
    public MailSecurity Security { get; init; }

    /// <summary>Account.</summary>
    public string User { get; init; } = "";

    /// <summary>Password of the account.</summary>
    public string Password { get; init; } = "";

    /// <summary>The mailbox that is read.</summary>
    public string Mailbox { get; init; } = "INBOX";
}

/// <summary>Section <c>Territoire:Mail:Dkim</c>.</summary>
/// <param name="Domain">The signing domain: that of the sender's address.</param>
/// <param name="Selector">Name under which the public key is published.</param>
/// <param name="KeyFile">File of the RSA private key, in PEM.</param>
public sealed record DkimOptions(string Domain, string Selector, string KeyFile);
