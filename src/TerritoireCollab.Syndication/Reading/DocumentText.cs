using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>The text of a document that came as bytes.</summary>
/// <param name="Text">The text, without its byte order mark.</param>
/// <param name="Charset">Name of the encoding that was used (IANA).</param>
/// <param name="Repair">What had to be done against what the document says of itself, in words; null when it is right.</param>
internal sealed record DocumentText(string Text, string Charset, string? Repair)
{
    private const int DeclarationBytes = 1024;

    /// <summary>
    /// Decodes by what is surest first: byte order mark, charset of the HTTP header, XML declaration, strict UTF-8, and windows-1252, which
    /// takes every byte. A charset that the bytes contradict, or that nobody knows, counts as not said.
    /// </summary>
    /// <param name="bytes">The document.</param>
    /// <param name="contentType">Value of <c>Content-Type</c>, where it came by HTTP.</param>
    public static DocumentText Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (Marked(bytes) is { } marked) return marked;

        var declared = new[] { CharsetOf(contentType), Declaration(bytes, Encoding.Latin1) }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in declared)
            if (TryDecode(name, bytes, out var text, out var charset)) return new(text, charset, name == declared[0] ? null : $"{declared[0]} → {charset}");

        var repair = declared is [var said, ..] ? $"{said} → " : "";
        return TryDecode("utf-8", bytes, out var utf8, out _)
            ? new(utf8, "utf-8", repair.Length == 0 ? null : repair + "utf-8")
            : new(Charsets.Named("windows-1252")!.GetString(bytes), "windows-1252", repair + "windows-1252");
    }

    private static DocumentText? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => new(Encoding.UTF8.GetString(rest), "utf-8", null),
        [0xFF, 0xFE, 0, 0, .. var rest] => new(Encoding.UTF32.GetString(rest), "utf-32", null),
        [0, 0, 0xFE, 0xFF, .. var rest] => new(new UTF32Encoding(true, false).GetString(rest), "utf-32be", null),
        [0xFF, 0xFE, .. var rest] => new(Encoding.Unicode.GetString(rest), "utf-16", null),
        [0xFE, 0xFF, .. var rest] => new(Encoding.BigEndianUnicode.GetString(rest), "utf-16be", null),
        // Without a mark, « < » tells the order (XML 1.0, appendix F).
        [(byte)'<', 0, 0, 0, ..] => new(Encoding.UTF32.GetString(bytes), "utf-32", null),
        [0, 0, 0, (byte)'<', ..] => new(new UTF32Encoding(true, false).GetString(bytes), "utf-32be", null),
        [(byte)'<', 0, _, 0, ..] => new(Encoding.Unicode.GetString(bytes), "utf-16", null),
        [0, (byte)'<', 0, _, ..] => new(Encoding.BigEndianUnicode.GetString(bytes), "utf-16be", null),
        // « <?xm » in EBCDIC: its declaration is read in the table that all its tables share.
        [0x4C, 0x6F, 0xA7, 0x94, ..] when Charsets.Named("ibm037") is { } shared => Ebcdic(bytes, shared),
        _ => null,
    };

    private static string? CharsetOf(string? contentType)
    {
        var match = Regex.Match(contentType ?? "", """charset\s*=\s*["']?([^"';\s]+)""", RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static DocumentText Ebcdic(ReadOnlySpan<byte> bytes, Encoding shared) =>
        Declaration(bytes, shared) is { } name && TryDecode(name, bytes, out var text, out var charset) ? new(text, charset, null) : new(shared.GetString(bytes), shared.WebName, null);

    private static string? Declaration(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var head = encoding.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        var match = Regex.Match(head, """^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""");
        return match.Success ? match.Groups[1].Value : null;
    }

    private static bool TryDecode(string name, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text, [NotNullWhen(true)] out string? charset)
    {
        (text, charset) = (null, null);
        if (Charsets.Named(name) is not { } encoding) return false;

        try
        {
            (text, charset) = (encoding.GetString(bytes), encoding.WebName);
            return true;
        }
        catch (DecoderFallbackException)
        {
            // The bytes are not of that charset, whatever was said.
            return false;
        }
    }
}
