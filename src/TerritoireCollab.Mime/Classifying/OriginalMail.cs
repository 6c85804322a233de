using System.Text;
using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>The header of our own mail as a report gives it back.</summary>
internal static partial class OriginalMail
{
    private const int LongestHeader = 64 * 1024;

    /// <summary>A field of the mail that is told of, or null.</summary>
    public static string? Field(IncomingMail mail, string name)
    {
        var header = Header(mail);
        for (var at = header.IndexOf($"{name}:", StringComparison.OrdinalIgnoreCase); at >= 0; at = header.IndexOf($"{name}:", at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at > 0 && header[at - 1] != '\n') continue;

            var start = at + name.Length + 1;
            var end = start - 1;
            do
            {
                end = header.IndexOf('\n', end + 1);
            }
            while (end > 0 && end + 1 < header.Length && header[end + 1] is ' ' or '\t');
            return TextDecoder.OneLine(end < 0 ? header[start..] : header[start..end]);
        }

        return null;
    }

    /// <summary>Its identifier without brackets, or null.</summary>
    public static string? MessageId(IncomingMail mail) =>
        Field(mail, "Message-ID") is { } field && HeaderReader.Identifiers(field.Contains('<', StringComparison.Ordinal) ? field : $"<{field}>") is [var id, ..] ? id : null;

    /// <summary>The first address of its To, or null.</summary>
    public static string? Recipient(IncomingMail mail) =>
        Field(mail, "To") is { } to && Address().Match(to) is { Success: true } match ? match.Value : null;

    private static string Header(IncomingMail mail)
    {
        var part = mail.Parts.FirstOrDefault(part => part.Type is "message/rfc822" or "text/rfc822-headers" or "text/rfc822" or "message/global" or "message/global-headers" or "message/rfc822-headers");
        var content = part?.Content ?? ReadOnlyMemory<byte>.Empty;
        if (!content.IsEmpty)
        {
            var bytes = content.Span[..Math.Min(content.Length, LongestHeader)];
            var start = bytes.IndexOfAnyExcept((byte)'\r', (byte)'\n');
            return start < 0 ? "" : Encoding.Latin1.GetString(bytes[start..(start + RawMail.HeaderEnd(bytes[start..]))]).Replace("\r", "", StringComparison.Ordinal);
        }

        // A copy below the text of the server.
        var text = mail.Text ?? "";
        return text.Length > LongestHeader ? text[..LongestHeader] : text;
    }

    [GeneratedRegex(@"[A-Za-z0-9.!#$%&'*+/=?^_{}|~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}", RegexOptions.NonBacktracking)]
    private static partial Regex Address();
}
