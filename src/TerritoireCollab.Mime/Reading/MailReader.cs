using System.Text;
using MimeKit;

namespace TerritoireCollab.Mime.Reading;

/// <summary>Reads received mails. Whatever the bytes are, a mail comes out: never an exception, in time linear to the size.</summary>
public static class MailReader
{
    private static readonly string[] DeliveryFields = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To"];

    private static readonly HashSet<string> Signatures = new(StringComparer.Ordinal)
    {
        "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature", "application/pgp-encrypted",
    };

    /// <summary>Reads a mail.</summary>
    /// <param name="raw">The bytes as received, with any line ends.</param>
    /// <param name="limits">How much is read; null for <see cref="MailReadLimits.Default"/>.</param>
    public static IncomingMail Read(ReadOnlyMemory<byte> raw, MailReadLimits? limits = null)
    {
        limits ??= MailReadLimits.Default;
        var repairs = new List<string>();
        var bytes = RawMail.Prepare(raw, limits, repairs);
        var options = new ParserOptions
        {
            AddressParserComplianceMode = RfcComplianceMode.Loose,
            ParameterComplianceMode = RfcComplianceMode.Loose,
            Rfc2047ComplianceMode = RfcComplianceMode.Loose,
            MaxMimeDepth = limits.Depth + 5,
        };
        try
        {
            // With the content left in place: no copy of each part.
            var message = new MimeParser(options, new MemoryStream(bytes), MimeFormat.Entity, persistent: true).ParseMessage();
            return Assemble(message, new PartReader(limits, options, repairs), limits, repairs);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Strangers write these bytes: whatever the parser makes of them, a text comes out and the next mail is read.
            repairs.Add($"the mail could not be parsed ({fault.GetType().Name}) and was read as a text");
            return AsText(bytes, limits, repairs);
        }
    }

    /// <summary>Decodes a body that was kept without its mail: UTF-8, else windows-1252. Line ends become LF, characters stay as they are composed.</summary>
    /// <param name="body">The octets.</param>
    public static string DecodeText(ReadOnlySpan<byte> body) => TextDecoder.Decode(body, null, out _).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static IncomingMail Assemble(MimeMessage message, PartReader reader, MailReadLimits limits, List<string> repairs)
    {
        var parts = reader.Read(message.Body);
        // The parser gives the fields of the content to the body: here they are one header again.
        var headers = message.Headers.Concat(message.Body?.Headers ?? []).OrderBy(header => header.Offset).Take(limits.Fields).Select(header => (header.Field, header.RawValue));
        return Compose([.. headers], parts, limits, repairs);
    }

    private static IncomingMail AsText(byte[] bytes, MailReadLimits limits, List<string> repairs)
    {
        var end = RawMail.HeaderEnd(bytes);
        var headers = Fields(bytes.AsSpan(0, end));
        // Without a single field there is no header: all is text.
        var body = headers.Count == 0 ? bytes : bytes[end..];
        var text = TextDecoder.Tidy(TextDecoder.Decode(body.AsSpan(0, Math.Min(body.Length, limits.TextLength)), null, out _)).Trim('\n');
        return Compose(headers, [new() { Type = "text/plain", Content = body, Text = text }], limits, repairs);
    }

    private static List<(string, byte[])> Fields(ReadOnlySpan<byte> header)
    {
        var fields = new List<(string, byte[])>();
        for (var start = 0; start < header.Length;)
        {
            var next = RawMail.NextLine(header, start);
            while (next < header.Length && header[next] is (byte)' ' or (byte)'\t') next = RawMail.NextLine(header, next);
            var field = header[start..next];
            var colon = field.IndexOf((byte)':');
            if (colon is > 0 and < 80 && field[..colon].IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0)
            {
                fields.Add((Encoding.ASCII.GetString(field[..colon]), field[(colon + 1)..].ToArray()));
            }

            start = next;
        }

        return fields;
    }

    private static IncomingMail Compose(IReadOnlyList<(string Name, byte[] Value)> headers, IReadOnlyList<MailPart> parts, MailReadLimits limits, List<string> repairs)
    {
        var charset = parts.Select(part => part.Parameters.GetValueOrDefault("charset")).FirstOrDefault(name => name is not null);
        var reader = new HeaderReader(limits, charset);
        byte[]? Raw(string name) => headers.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
        IReadOnlyList<MailAddress> Addresses(params string[] names) =>
            [.. headers.Where(header => names.Contains(header.Name, StringComparer.OrdinalIgnoreCase)).Take(20).SelectMany(header => reader.Addresses(header.Value)).Take(limits.Addresses)];
        IReadOnlyList<string> Identifiers(string name) => Raw(name) is { } raw ? HeaderReader.Identifiers(reader.Text(raw)) : [];

        var from = Addresses("From");
        var bodies = new BodyChoice(parts);
        var text = bodies.Text;
        var attachments = Attachments(parts, bodies);
        if (text is not null)
        {
            text = UuencodedFiles.Extract(text, out var files);
            attachments.AddRange(files.Select(file => new IncomingAttachment(file.Name, "application/octet-stream", file.Content.Length, file.Content, false, null)));
        }

        return new()
        {
            From = from is [var first, ..] ? first : null,
            FromAddresses = from,
            Sender = Addresses("Sender") is [var sender, ..] ? sender : null,
            ReturnPath = Raw("Return-Path") is { } path ? reader.ReturnPath(path) : null,
            To = Addresses("To"),
            Cc = Addresses("Cc"),
            ReplyTo = Addresses("Reply-To"),
            DeliveredTo = Addresses(DeliveryFields),
            Subject = Raw("Subject") is { } subject ? reader.Text(subject) : "",
            MessageId = Identifiers("Message-ID") is [var id, ..] ? id : null,
            InReplyTo = Identifiers("In-Reply-To") is [var parent, ..] ? parent : null,
            References = Identifiers("References"),
            Date = Raw("Date") is { } date ? HeaderReader.Date(date) : null,
            Fields = [.. headers.Select(header => new MailField(TextDecoder.OneLine(header.Name), reader.Text(header.Value)))],
            Text = text,
            Html = bodies.Html,
            Attachments = attachments,
            Parts = parts,
            Repairs = repairs,
        };
    }

    private static List<IncomingAttachment> Attachments(IReadOnlyList<MailPart> parts, BodyChoice bodies)
    {
        var attachments = new List<IncomingAttachment>();
        foreach (var part in parts)
        {
            if (bodies.Contains(part) || Signatures.Contains(part.Type) || IsUnnamedReport(part)) continue;

            var name = part.FileName ?? MadeUpName(part.Type, attachments.Count + 1);
            attachments.Add(new(name, part.Type, part.Content.Length, part.Content, IsInline(part, bodies.Html), part.ContentId));
        }

        return attachments;
    }

    private static bool IsUnnamedReport(MailPart part) => part.Within == "multipart/report" && part.FileName is null
        && (part.Type.StartsWith("message/", StringComparison.Ordinal) || part.Type == "text/rfc822-headers");

    private static bool IsInline(MailPart part, string? html) =>
        part.ContentId is { } id && html?.Contains($"cid:{id}", StringComparison.OrdinalIgnoreCase) == true || part.Disposition == "inline" && part.Type.StartsWith("image/", StringComparison.Ordinal);

    private static string MadeUpName(string type, int number)
    {
        var extension = type == "message/rfc822" ? ".eml" : type.StartsWith("text/calendar", StringComparison.Ordinal) ? ".ics" : MimeTypes.TryGetExtension(type, out var known) ? known : ".bin";
        return $"piece-jointe-{number}{extension}";
    }
}
