using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Mime.Writing;

namespace TerritoireCollab.Mime;

/// <summary>
/// Writes a mail as MIME (RFC 5322, 2045 to 2047, 2231): CRLF, lines of at most 78 octets except where one word is longer
/// (never above 998), text and HTML in UTF-8 and quoted-printable. Pure: the same mail gives the same bytes.
/// </summary>
/// <remarks>
/// The whole is 7-bit, unless an address has a local part outside ASCII, which is then written in UTF-8 (RFC 6532).
/// </remarks>
public static class MimeWriter
{
    private const int Base64BytesPerLine = 57;

    /// <summary>Writes a mail to a stream, in one write; the stream stays open.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="output">Where to write.</param>
    /// <exception cref="ArgumentException">The mail has neither text nor HTML, or a header holds a word above 997 characters.</exception>
    public static void Write(OutgoingMail mail, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(ToBuffer(mail).WrittenSpan);
    }

    /// <summary>Writes a mail to an array. It ends with a line end.</summary>
    /// <param name="mail">The mail.</param>
    /// <returns>The bytes, without SMTP dot-stuffing.</returns>
    /// <exception cref="ArgumentException">The mail has neither text nor HTML, or a header holds a word above 997 characters.</exception>
    public static byte[] ToBytes(OutgoingMail mail) => ToBuffer(mail).WrittenSpan.ToArray();

    private static ArrayBufferWriter<byte> ToBuffer(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.TextBody is null && mail.HtmlBody is null)
        {
            throw new ArgumentException("The mail has neither a text nor an HTML body.", nameof(mail));
        }

        var output = new ArrayBufferWriter<byte>(8192);
        var header = new HeaderBlock();
        Header(header, mail);
        if (mail.Attachments.Count == 0 && mail.Calendar is null)
        {
            Body(output, header, mail);
            Ascii(output, "\r\n");
            return output;
        }

        var boundary = Boundary('m', mail.MessageId);
        StartMultipart(output, header, "multipart/mixed", boundary);
        Delimiter(output, boundary);
        Body(output, new HeaderBlock(), mail);
        foreach (var attachment in mail.Calendar is { } calendar ? [.. mail.Attachments, FileOf(calendar)] : mail.Attachments)
        {
            Ascii(output, "\r\n");
            Delimiter(output, boundary);
            Attachment(output, attachment);
        }

        Ascii(output, $"\r\n--{boundary}--\r\n");
        return output;
    }

    private static void Header(HeaderBlock header, OutgoingMail mail)
    {
        header.Mailbox("From", mail.From);
        header.Mailbox("To", mail.To);
        if (mail.ReplyTo is not null)
        {
            header.Mailbox("Reply-To", mail.ReplyTo);
        }

        header.FreeText("Subject", mail.Subject.Trim());
        header.Field("Date", DateText(mail.Date));
        header.Field("Message-ID", mail.MessageId);
        if (mail.InReplyTo is not null)
        {
            header.Field("In-Reply-To", mail.InReplyTo);
        }

        if (mail.References.Count > 0)
        {
            header.Field("References", KeptReferences(mail.References));
        }

        foreach (var extra in mail.Headers)
        {
            header.Extra(extra);
        }

        header.Field("MIME-Version", "1.0");
    }

    private static string DateText(DateTimeOffset date)
    {
        var offset = date.Offset;
        var sign = offset < TimeSpan.Zero ? '-' : '+';
        return string.Create(CultureInfo.InvariantCulture, $"{date:ddd, d MMM yyyy HH:mm:ss} {sign}{offset:hhmm}");
    }

    private static IEnumerable<string> KeptReferences(IReadOnlyList<string> references) =>
        references.Count <= OutgoingMail.MaximumReferences
            ? references
            : references.Skip(references.Count - OutgoingMail.MaximumReferences + 1).Prepend(references[0]);

    private static void Body(ArrayBufferWriter<byte> output, HeaderBlock header, OutgoingMail mail)
    {
        if (mail.TextBody is null || mail.HtmlBody is null)
        {
            TextPart(output, header, mail.TextBody is null ? "html" : "plain", mail.TextBody ?? mail.HtmlBody!);
            return;
        }

        var boundary = Boundary('a', mail.MessageId);
        StartMultipart(output, header, "multipart/alternative", boundary);
        Delimiter(output, boundary);
        TextPart(output, new HeaderBlock(), "plain", mail.TextBody);
        Ascii(output, "\r\n");
        Delimiter(output, boundary);
        TextPart(output, new HeaderBlock(), "html", mail.HtmlBody);
        if (mail.Calendar is { } calendar)
        {
            Ascii(output, "\r\n");
            Delimiter(output, boundary);
            CalendarPart(output, calendar);
        }

        Ascii(output, $"\r\n--{boundary}--");
    }

    private static void TextPart(ArrayBufferWriter<byte> output, HeaderBlock header, string subtype, string text)
    {
        header.Field("Content-Type", $"text/{subtype}; charset=utf-8");
        header.Field("Content-Transfer-Encoding", "quoted-printable");
        EndHeader(output, header);
        QuotedPrintable.Encode(text, output);
    }

    // In base64, so that not a line end of it changes.
    private static void CalendarPart(ArrayBufferWriter<byte> output, MailCalendar calendar)
    {
        var header = new HeaderBlock();
        header.Field("Content-Type", "text/calendar;", "charset=utf-8;", $"method={calendar.Method}");
        header.Field("Content-Transfer-Encoding", "base64");
        EndHeader(output, header);
        Base64Lines(output, Encoding.UTF8.GetBytes(calendar.Text));
    }

    // As Google writes it: under text/calendar some programs would show the event twice.
    private static MailAttachment FileOf(MailCalendar calendar) => new(MailCalendar.FileName, "application/ics", Encoding.UTF8.GetBytes(calendar.Text));

    private static void Attachment(ArrayBufferWriter<byte> output, MailAttachment attachment)
    {
        var header = new HeaderBlock();
        header.Field("Content-Type", TypeTokens(attachment.Type));
        header.Field("Content-Transfer-Encoding", "base64");
        header.Begin("Content-Disposition");
        header.Token("attachment;");
        header.FileName(attachment.FileName);
        header.End();
        EndHeader(output, header);
        Base64Lines(output, attachment.Content.Span);
    }

    private static IEnumerable<string> TypeTokens(MediaTypeHeaderValue type)
    {
        var tokens = type.Parameters.Select(parameter => parameter.ToString()).Prepend(type.MediaType!).ToArray();
        return tokens.Select((token, i) => i < tokens.Length - 1 ? $"{token};" : token);
    }

    private static void Base64Lines(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> content)
    {
        while (!content.IsEmpty)
        {
            var take = Math.Min(Base64BytesPerLine, content.Length);
            Base64.EncodeToUtf8(content[..take], output.GetSpan(80), out _, out var written);
            output.Advance(written);
            content = content[take..];
            if (!content.IsEmpty)
            {
                Ascii(output, "\r\n");
            }
        }
    }

    private static void StartMultipart(ArrayBufferWriter<byte> output, HeaderBlock header, string type, string boundary)
    {
        header.Field("Content-Type", $"{type};", $"boundary=\"{boundary}\"");
        EndHeader(output, header);
    }

    private static void EndHeader(ArrayBufferWriter<byte> output, HeaderBlock header) =>
        // UTF-8 and not ASCII for the local parts of RFC 6532; everything else is ASCII by now.
        Encoding.UTF8.GetBytes($"{header}\r\n", output);

    private static void Delimiter(ArrayBufferWriter<byte> output, string boundary) => Ascii(output, $"--{boundary}\r\n");

    private static void Ascii(ArrayBufferWriter<byte> output, string text) => Encoding.ASCII.GetBytes(text, output);

    // "=_" occurs neither in quoted-printable nor in base64, so that no content can hold the boundary.
    private static string Boundary(char level, string messageId) =>
        $"=_{level}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 16))}";
}
