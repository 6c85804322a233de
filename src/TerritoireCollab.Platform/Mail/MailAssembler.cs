using TerritoireCollab.Mime;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Makes the message of a frozen row: same row, same bytes.</summary>
public sealed class MailAssembler(MailOptions options, TimeZoneInfo zone)
{
    /// <summary>The message of <paramref name="mail"/>.</summary>
    /// <exception cref="ArgumentException">An address or a header cannot be written.</exception>
    public OutgoingMail Assemble(MailRow mail) => new()
    {
        From = new Mailbox(options.From, mail.FromName),
        To = new Mailbox(mail.ToAddress, mail.ToName),
        Subject = mail.Subject,
        Date = TimeZoneInfo.ConvertTime(new DateTimeOffset(mail.CreatedAt, TimeSpan.Zero), zone),
        MessageId = mail.MessageId,
        InReplyTo = mail.InReplyTo,
        References = mail.References?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
        Headers = [.. mail.Headers.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Header)],
        TextBody = mail.TextBody,
        HtmlBody = mail.HtmlBody,
    };

    // List-Id keeps its phrase and its identifier apart, since only the phrase may hold accents: « phrase|identifier ».
    private static MailHeader Header(string line)
    {
        var (name, value) = (line[..line.IndexOf(':', StringComparison.Ordinal)], line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        return name == "List-Id" && value.Split('|') is [var phrase, var id] ? MailHeader.ListId(phrase, id) : new MailHeader(name, value);
    }
}
