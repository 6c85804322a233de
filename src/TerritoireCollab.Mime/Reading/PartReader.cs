using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using MimeKit;

namespace TerritoireCollab.Mime.Reading;

/// <summary>Walks the tree of parts and gives its leaves, decoded.</summary>
internal sealed class PartReader(MailReadLimits limits, ParserOptions options, List<string> repairs)
{
    private readonly List<MailPart> leaves = [];
    private int textLeft = limits.TextLength;
    private int reparses = 3;
    private int visited;

    /// <summary>Gives the leaves in their order.</summary>
    public IReadOnlyList<MailPart> Read(MimeEntity? body)
    {
        if (body is not null) Walk(body, 0, null);
        return leaves;
    }

    private void Walk(MimeEntity entity, int depth, string? within)
    {
        // Every part counts, those that hold others too: ten thousand empty multiparts are as long to walk as ten thousand files.
        if (leaves.Count >= limits.Parts || ++visited > 4 * limits.Parts)
        {
            Once($"more than {limits.Parts} parts; the rest is left out");
            return;
        }

        switch (entity)
        {
            case Multipart { Count: > 0 } multipart when depth < limits.Depth:
                foreach (var child in multipart) Walk(child, depth + 1, TypeOf(multipart));
                break;
            case Multipart multipart:
                Childless(multipart, depth, within);
                break;
            case MessagePart message:
                Add(message, Octets(message), depth, within);
                break;
            case MimePart part:
                Single(part, depth, within);
                break;
        }
    }

    private void Single(MimePart part, int depth, string? within)
    {
        var content = Decoded(part);
        if (TypeOf(part) is "application/pkcs7-mime" or "application/x-pkcs7-mime" && Signed(content) is { } inner && reparses-- > 0 && Parse(inner) is { } entity)
        {
            Walk(entity, depth + 1, within);
            return;
        }

        Add(part, content, depth, within);
    }

    // A multipart whose boundary never comes: the boundary is guessed from the text, else the text is the text.
    private void Childless(Multipart multipart, int depth, string? within)
    {
        // The parser holds a multipart without parts in its preamble, one too deep in none.
        var text = Encoding.Latin1.GetBytes(multipart.Preamble ?? "");
        if (text.Length == 0)
        {
            if (multipart.Count > 0) Once($"parts deeper than {limits.Depth} are left out");
            return;
        }

        if (depth < limits.Depth && reparses-- > 0 && GuessedBoundary(text) is { } boundary
            && Parse([.. Encoding.Latin1.GetBytes($"Content-Type: {TypeOf(multipart)}; boundary=\"{boundary}\"\r\n\r\n"), .. text]) is Multipart { Count: > 0 } found)
        {
            Once("the boundary of the parts was guessed");
            Walk(found, depth, within);
            return;
        }

        Once("a multipart without parts was read as text");
        leaves.Add(new() { Type = "text/plain", Content = text, Text = Limited(text, null, false), Depth = depth, Within = within });
    }

    private static string? GuessedBoundary(byte[] text)
    {
        for (var start = 0; start < text.Length; start = RawMail.NextLine(text, start))
        {
            var next = RawMail.NextLine(text, start);
            var line = text.AsSpan()[start..next].TrimEnd("\r\n \t"u8);
            if (line.Length is > 4 and <= 72 && line.StartsWith("--"u8) && text.AsSpan()[next..].StartsWith("Content-"u8) && !line.Contains((byte)'"') && !line.Contains((byte)'\\'))
            {
                return Encoding.Latin1.GetString(line[2..]);
            }
        }

        return null;
    }

    private MimeEntity? Parse(byte[] bytes)
    {
        try
        {
            return MimeEntity.Load(options, new MemoryStream(bytes), persistent: true);
        }
        catch (Exception fault) when (fault is FormatException or IOException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private void Add(MimeEntity entity, byte[] content, int depth, string? within)
    {
        var type = TypeOf(entity);
        var isText = type.StartsWith("text/", StringComparison.Ordinal) || type is "message/delivery-status" or "message/feedback-report" or "message/disposition-notification";
        var charset = Parameter(entity, "charset");
        leaves.Add(new()
        {
            Type = type,
            Parameters = Parameters(entity),
            FileName = HeaderReader.FileName(entity.ContentDisposition?.FileName ?? entity.ContentType?.Name),
            Disposition = entity.ContentDisposition?.Disposition?.ToLowerInvariant() is { } disposition ? disposition == "inline" ? "inline" : "attachment" : null,
            ContentId = HeaderReader.Identifiers($"<{entity.ContentId?.Trim('<', '>')}>") is [var id, ..] ? id : null,
            Text = isText ? Flat(Limited(content, charset, type == "text/html"), entity, type) : null,
            Content = content,
            Depth = depth,
            Within = within,
        });
    }

    private static string Flat(string text, MimeEntity entity, string type) =>
        type == "text/plain" && "flowed".Equals(Parameter(entity, "format"), StringComparison.OrdinalIgnoreCase)
            ? FlowedText.Unflow(text, "yes".Equals(Parameter(entity, "delsp"), StringComparison.OrdinalIgnoreCase))
            : text;

    private string Limited(byte[] content, string? charset, bool isHtml)
    {
        // At most four octets a character in the charsets of mail.
        var bytes = content.AsSpan(0, (int)Math.Min(content.Length, 4L * textLeft));
        if (isHtml && string.IsNullOrWhiteSpace(charset)) charset = TextDecoder.DeclaredInHtml(bytes);

        var text = TextDecoder.Tidy(TextDecoder.Decode(bytes, charset, out var repair));
        if (repair is not null) Once(repair);
        if (text.Length > textLeft || bytes.Length < content.Length)
        {
            Once($"more than {limits.TextLength} characters of text; the rest is left out");
            text = text[..Math.Min(text.Length, textLeft)];
            if (text.Length > 0 && char.IsHighSurrogate(text[^1])) text = text[..^1];
        }

        textLeft -= text.Length;
        return text;
    }

    private byte[] Decoded(MimePart part)
    {
        if (part.Content is null) return [];

        var decoded = new MemoryStream();
        try
        {
            if (part.ContentTransferEncoding == ContentEncoding.Base64) return OfBase64(part.Content.Stream!);

            part.Content.DecodeTo(decoded);
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException or InvalidOperationException or IndexOutOfRangeException)
        {
            Once("a part could not be decoded to its end");
        }

        return decoded.ToArray();
    }

    private byte[] OfBase64(Stream content)
    {
        var encoded = new MemoryStream();
        content.Position = 0;
        content.CopyTo(encoded);
        var bytes = encoded.ToArray();
        if (!IsNoBase64(bytes.AsSpan(0, Math.Min(1024, bytes.Length)))) return TolerantBase64.Decode(bytes);

        Once("the content is not base64, as its header says");
        return bytes;
    }

    // Words with spaces between them are no base64, whatever the header says.
    private static bool IsNoBase64(ReadOnlySpan<byte> start)
    {
        var foreign = 0;
        for (var i = 0; i < start.Length; i++)
        {
            if (char.IsWhiteSpace((char)start[i])) foreign += i > 0 && i < start.Length - 1 && start[i] == ' ' && !char.IsWhiteSpace((char)start[i - 1]) && !char.IsWhiteSpace((char)start[i + 1]) ? 1 : 0;
            else if (!char.IsAsciiLetterOrDigit((char)start[i]) && start[i] is not ((byte)'+' or (byte)'/' or (byte)'=')) foreign++;
        }

        return foreign * 12 > start.Length;
    }

    private byte[] Octets(MessagePart part)
    {
        var octets = new MemoryStream();
        try
        {
            part.Message?.WriteTo(octets);
        }
        catch (Exception fault) when (fault is IOException or FormatException or ArgumentException or InvalidOperationException)
        {
            Once("a message within the mail could not be kept whole");
        }

        return octets.ToArray();
    }

    // Only the content is wanted; whether the signature holds is told by the receiving server, if at all.
    private static byte[]? Signed(byte[] content)
    {
        try
        {
            var signed = new SignedCms();
            signed.Decode(content);
            return signed.ContentInfo.Content is { Length: > 0 } inner ? inner : null;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string TypeOf(MimeEntity entity) =>
        entity.ContentType is { } type && type.MediaType.Length > 0 && type.MediaSubtype.Length > 0 ? TextDecoder.OneLine(type.MimeType).ToLowerInvariant() : "text/plain";

    private static string? Parameter(MimeEntity entity, string name) => entity.ContentType?.Parameters[name];

    private static Dictionary<string, string> Parameters(MimeEntity entity)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var parameter in entity.ContentType?.Parameters.Take(50) ?? []) parameters[parameter.Name.ToLowerInvariant()] = TextDecoder.OneLine(parameter.Value ?? "");
        return parameters;
    }

    private void Once(string repair)
    {
        if (repairs.Count < 50 && !repairs.Contains(repair)) repairs.Add(repair);
    }
}
