namespace TerritoireCollab.Mime;

/// <summary>
/// A mail to one member, ready to be written. Every value is checked when it is set, so that a mail that exists can be
/// written; the same mail always gives the same bytes (see <see cref="MimeWriter"/>).
/// </summary>
public sealed record OutgoingMail
{
    /// <summary>The most identifiers written in References: the root of the thread and the last nineteen.</summary>
    public const int MaximumReferences = 20;

    private static readonly string[] OwnHeaders =
    [
        "From", "To", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version",
        "Sender", "Bcc", "Return-Path",
    ];

    /// <summary>The From header. No Sender is ever written: the envelope sender is given to the transport.</summary>
    public required Mailbox From { get; init; }

    /// <summary>The To header, which need not be the envelope recipient.</summary>
    public required Mailbox To { get; init; }

    /// <summary>Where answers go, or null for <see cref="From"/>.</summary>
    public Mailbox? ReplyTo { get; init; }

    /// <summary>The subject in any language, trimmed when written.</summary>
    /// <exception cref="ArgumentException">It contains CR, LF or NUL.</exception>
    public required string Subject
    {
        get;
        init => field = HeaderText.Checked(value, "subject");
    }

    /// <summary>The date, written in its own offset to the second.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The identifier, with angle brackets (given without, they are added). Boundaries derive from it.</summary>
    /// <exception cref="ArgumentException">See <see cref="MessageIds.IsUsable"/>.</exception>
    public required string MessageId
    {
        get;
        init => field = MessageIds.Bracketed(value);
    }

    /// <summary>The identifier of the mail answered, or null.</summary>
    /// <exception cref="ArgumentException">See <see cref="MessageIds.IsUsable"/>.</exception>
    public string? InReplyTo
    {
        get;
        init => field = value is null ? null : MessageIds.Bracketed(value);
    }

    /// <summary>
    /// The identifiers of the thread, root first (RFC 5322 section 3.6.4). Beyond <see cref="MaximumReferences"/> the root
    /// and the last ones are written.
    /// </summary>
    /// <exception cref="ArgumentException">See <see cref="MessageIds.IsUsable"/>.</exception>
    public IReadOnlyList<string> References
    {
        get;
        init => field = [.. value.Select(MessageIds.Bracketed)];
    } = [];

    /// <summary>Further header fields, written in this order.</summary>
    /// <exception cref="ArgumentException">
    /// A name comes twice, or is one that the writer sets itself (From, Subject, Content-*, …) or that must not be in a
    /// mail that leaves (Sender, Bcc, Return-Path).
    /// </exception>
    public IReadOnlyList<MailHeader> Headers
    {
        get;
        init => field = CheckedHeaders(value);
    } = [];

    /// <summary>The text part, or null. Line ends of any kind become CRLF.</summary>
    public string? TextBody { get; init; }

    /// <summary>The HTML part, or null. Line ends of any kind become CRLF.</summary>
    public string? HtmlBody { get; init; }

    /// <summary>An event that the reader's program offers to answer and to keep, or null.</summary>
    public MailCalendar? Calendar { get; init; }

    /// <summary>Files that go with the mail.</summary>
    public IReadOnlyList<MailAttachment> Attachments
    {
        get;
        init => field = [.. value];
    } = [];

    private static MailHeader[] CheckedHeaders(IReadOnlyList<MailHeader> headers)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers)
        {
            if (OwnHeaders.Contains(header.Name, StringComparer.OrdinalIgnoreCase)
                || header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
            {
                throw new ArgumentException($"The header {header.Name} cannot be given as an extra header.", nameof(headers));
            }

            if (!seen.Add(header.Name))
            {
                throw new ArgumentException($"The header {header.Name} is given twice.", nameof(headers));
            }
        }

        return [.. headers];
    }
}
