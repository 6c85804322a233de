namespace TerritoireCollab.Mime.Smtp;

/// <summary>The step of a conversation with a mail server at which something happened.</summary>
public enum SmtpPhase
{
    /// <summary>Name resolution and TCP connection.</summary>
    Connect,

    /// <summary>The server's first line.</summary>
    Greeting,

    /// <summary>EHLO or HELO.</summary>
    Hello,

    /// <summary>STARTTLS, the TLS handshake, the check of the certificate.</summary>
    Tls,

    /// <summary>AUTH.</summary>
    Authentication,

    /// <summary>RSET after a refusal.</summary>
    Reset,

    /// <summary>MAIL FROM.</summary>
    Sender,

    /// <summary>RCPT TO.</summary>
    Recipient,

    /// <summary>DATA and the message but its last block.</summary>
    Data,

    /// <summary>From the last block of the message, which holds the final dot, to the answer.</summary>
    MessageEnd,

    /// <summary>QUIT.</summary>
    Quit,
}

/// <summary>A reply of a mail server (RFC 5321 section 4.2).</summary>
/// <param name="Code">Three digits, 200 to 599.</param>
/// <param name="Text">The text without the code, lines separated by LF, without control characters.</param>
public sealed record SmtpReply(int Code, string Text)
{
    /// <summary>True for 2xx.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>True for 4xx: later may be better.</summary>
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>True for 5xx: the same again will be refused again.</summary>
    public bool IsPermanent => Code >= 500;

    /// <summary>The enhanced status code (RFC 3463), such as <c>5.1.1</c>, or null when the server gives none.</summary>
    public string? EnhancedStatus
    {
        get
        {
            var end = Text.AsSpan().IndexOfAny(' ', '\n');
            var word = end < 0 ? Text : Text[..end];
            var parts = word.Split('.');
            var isStatus = parts.Length == 3 && parts[0] is "2" or "4" or "5"
                && parts[1..].All(part => part.Length is >= 1 and <= 3 && part.All(char.IsAsciiDigit));
            return isStatus ? word : null;
        }
    }

    /// <summary>Code and text on one line.</summary>
    /// <returns>The line.</returns>
    public override string ToString() => $"{Code} {Text.Replace('\n', ' ')}";
}

/// <summary>What became of one message. No text in it ever holds a password.</summary>
public abstract record SmtpOutcome
{
    private SmtpOutcome()
    {
    }

    /// <summary>The server has taken the message over.</summary>
    /// <param name="Reply">The reply after the final dot, often with the server's queue number.</param>
    public sealed record Accepted(SmtpReply Reply) : SmtpOutcome;

    /// <summary>The message was certainly not taken: trying again cannot make a second copy.</summary>
    /// <param name="IsPermanent">
    /// True when the same message would be refused again (5xx, or a limit the server announced); false for 4xx and for
    /// every failure of the connection.
    /// </param>
    /// <param name="Phase">The step of the refusal.</param>
    /// <param name="Reply">The server's reply; null when there was none (connection lost, time-out, announced limit).</param>
    /// <param name="Text">One sentence for logs and administrators.</param>
    public sealed record Refused(bool IsPermanent, SmtpPhase Phase, SmtpReply? Reply, string Text) : SmtpOutcome
    {
        /// <summary>
        /// True when the refusal speaks of this very recipient (RCPT), so that it may count against the address; a refused
        /// sender, content or login says nothing about the member.
        /// </summary>
        public bool ConcernsRecipient => Phase == SmtpPhase.Recipient && Reply is { Code: not 421 };
    }

    /// <summary>The caller kept the message back at the last moment: not one byte of it was sent.</summary>
    public sealed record Withdrawn : SmtpOutcome;

    /// <summary>
    /// The connection failed after the final dot was on its way and before an answer: the server may or may not have the
    /// message (RFC 1047). Trying again may make a second copy, which must bear the same Message-ID.
    /// </summary>
    /// <param name="Text">One sentence for logs and administrators.</param>
    public sealed record Uncertain(string Text) : SmtpOutcome;
}

/// <summary>
/// A session could not be opened. It says nothing about any message: whatever waits keeps waiting. No text in it ever
/// holds a password.
/// </summary>
public sealed class SmtpSessionException : Exception
{
    internal SmtpSessionException(SmtpPhase phase, bool isPermanent, SmtpReply? reply, string message, Exception? inner = null)
        : base(message, inner)
    {
        Phase = phase;
        IsPermanent = isPermanent;
        Reply = reply;
    }

    /// <summary>The step at which it failed.</summary>
    public SmtpPhase Phase { get; }

    /// <summary>
    /// True when a person must change something (5xx, certificate not trusted, STARTTLS or AUTH not offered); false when
    /// waiting may help.
    /// </summary>
    public bool IsPermanent { get; }

    /// <summary>The server's reply, or null when there was none.</summary>
    public SmtpReply? Reply { get; }
}
