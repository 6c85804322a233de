using System.Globalization;
using System.Text;
using MimeKit;
using MimeKit.Utils;

namespace TerritoireCollab.Mime.Reading;

/// <summary>Decodes header fields, the norm's way where they keep to it, else the way they are meant.</summary>
internal sealed class HeaderReader(MailReadLimits limits, string? charset)
{
    private const int LongestIdentifier = 998;

    private static readonly ParserOptions Loose = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Loose,
        AllowAddressesWithoutDomain = true,
        AllowUnquotedCommasInAddresses = true,
        CharsetEncoding = Encoding.UTF8,
    };

    private static readonly IdnMapping Idn = new();

    /// <summary>Free text: folds undone, encoded words decoded.</summary>
    public string Text(byte[] raw) => TextDecoder.OneLine(Rfc2047.DecodeText(Loose, AsUtf8(raw)));

    /// <summary>Addresses, at most as many as the limits allow; from a field that keeps to no grammar, whatever looks like one.</summary>
    public IReadOnlyList<MailAddress> Addresses(byte[] raw)
    {
        var bytes = AsUtf8(raw);
        // The parser tries again and again where thousands of marks do not match.
        if (bytes.Length > 64 * limits.Addresses || !InternetAddressList.TryParse(Loose, bytes, out var list)) return Guessed(bytes);

        var found = list.Mailboxes.Take(limits.Addresses).Select(Address).OfType<MailAddress>().ToArray();
        return found.Length > 0 ? found : Guessed(bytes);
    }

    /// <summary>The identifiers in a field, without brackets.</summary>
    public static IReadOnlyList<string> Identifiers(string value)
    {
        var found = new List<string>();
        for (var at = value.IndexOf('<', StringComparison.Ordinal); at >= 0 && found.Count < 200; at = value.IndexOf('<', at + 1))
        {
            var end = value.IndexOf('>', at);
            if (end < 0) break;
            Keep(value[(at + 1)..end]);
        }

        if (found.Count == 0)
        {
            foreach (var word in value.Split([' ', ',', ';'], 200, StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains('@', StringComparison.Ordinal))) Keep(word.Trim('<', '>'));
        }

        return found;

        void Keep(string identifier)
        {
            var bare = string.Concat(identifier.Where(c => !char.IsWhiteSpace(c) && c is not ('<' or '>')));
            if (bare.Length is > 0 and <= LongestIdentifier && !found.Contains(bare)) found.Add(bare);
        }
    }

    /// <summary>The date of a field, or null.</summary>
    public static DateTimeOffset? Date(byte[] raw) =>
        DateUtils.TryParse(raw, 0, Math.Min(raw.Length, 200), out var date) && date.Year is > 1970 and < 2200 ? date : null;

    /// <summary>The envelope sender: empty for &lt;&gt;, null when the field holds no address.</summary>
    public string? ReturnPath(byte[] raw)
    {
        var text = Text(raw);
        return text.Contains("<>", StringComparison.Ordinal) ? "" : Addresses(raw) is [var first, ..] ? first.Address : null;
    }

    /// <summary>A file name as it may be shown and kept: no path, no control or direction mark, at most 150 characters.</summary>
    public static string? FileName(string? name)
    {
        if (name is null) return null;
        if (name.Contains("=?", StringComparison.Ordinal)) name = Rfc2047.DecodeText(Loose, Encoding.UTF8.GetBytes(name));

        var line = TextDecoder.OneLine(name);
        line = line[(line.LastIndexOfAny(['/', '\\']) + 1)..];
        line = string.Concat(line.EnumerateRunes().Where(IsShown)).Trim().TrimStart('.').TrimEnd('.', ' ');
        if (line.Length == 0) return null;
        if (line.Length <= 150) return line;

        var extension = line.LastIndexOf('.') is > 0 and var dot && line.Length - dot <= 12 ? line[dot..] : "";
        var stem = line[..(150 - extension.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem) + extension;
    }

    private static bool IsShown(Rune rune) =>
        !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && rune.Value is not (':' or '*' or '?' or '"' or '<' or '>' or '|');

    private static MailAddress? Address(MailboxAddress mailbox)
    {
        var name = mailbox.Name is { Length: > 0 } given ? TextDecoder.OneLine(given.Contains("=?", StringComparison.Ordinal) ? Rfc2047.DecodeText(Loose, Encoding.UTF8.GetBytes(given)) : given) : null;
        return Make(mailbox.Address, string.IsNullOrWhiteSpace(name) ? null : name);
    }

    private static MailAddress? Make(string address, string? name)
    {
        var clean = TextDecoder.OneLine(address);
        if (clean.Length is 0 or > 320) return null;

        var at = clean.LastIndexOf('@');
        if (at < 0) return new(clean, name);

        var domain = clean[(at + 1)..].TrimEnd('.').ToLowerInvariant();
        return new($"{clean[..at]}@{Ascii(domain)}", name);
    }

    private static string Ascii(string domain)
    {
        if (System.Text.Ascii.IsValid(domain)) return domain;

        try
        {
            return Idn.GetAscii(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private IReadOnlyList<MailAddress> Guessed(byte[] bytes)
    {
        var words = TextDecoder.OneLine(Encoding.UTF8.GetString(bytes)).Split([' ', ',', ';', '<', '>', '"', '(', ')', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Where(word => word.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < word.Length - 1).Take(limits.Addresses).Select(word => Make(word, null)).OfType<MailAddress>()];
    }

    // A raw 8-bit field is in UTF-8 (RFC 6532), or in the charset of the text, which is the sender's own.
    private byte[] AsUtf8(byte[] raw)
    {
        var bytes = raw.Length > limits.FieldLength ? raw[..limits.FieldLength] : raw;
        return System.Text.Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetBytes(TextDecoder.Decode(bytes, TextDecoder.Find(charset) is null ? null : charset, out _));
    }
}
