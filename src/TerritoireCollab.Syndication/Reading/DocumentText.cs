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

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>
    /// Decodes by what is surest first: byte order mark, charset of the HTTP header, XML declaration, strict UTF-8, and windows-1252, which
    /// takes every byte. A charset that the bytes contradict, or that nobody knows, counts as not said.
    /// </summary>
    /// <param name="bytes">The document.</param>
    /// <param name="contentType">Value of <c>Content-Type</c>, where it came by HTTP.</param>
    public static DocumentText Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (Marked(bytes) is { } marked) return marked;

        var declared = new[] { CharsetOf(contentType), Declaration(bytes) }.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var name in declared)
            if (TryDecode(name, bytes, out var text, out var charset)) return new(text, charset, name == declared[0] ? null : $"{declared[0]} → {charset}");

        var repair = declared is [var said, ..] ? $"{said} → " : "";
        return TryDecode("utf-8", bytes, out var utf8, out _)
            ? new(utf8, "utf-8", repair.Length == 0 ? null : repair + "utf-8")
            : new(Named("windows-1252")!.GetString(bytes), "windows-1252", repair + "windows-1252");
    }

    private static DocumentText? Marked(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => new(Encoding.UTF8.GetString(rest), "utf-8", null),
        [0xFF, 0xFE, 0, 0, .. var rest] => new(Encoding.UTF32.GetString(rest), "utf-32", null),
        [0, 0, 0xFE, 0xFF, .. var rest] => new(new UTF32Encoding(true, false).GetString(rest), "utf-32be", null),
        [0xFF, 0xFE, .. var rest] => new(Encoding.Unicode.GetString(rest), "utf-16", null),
        [0xFE, 0xFF, .. var rest] => new(Encoding.BigEndianUnicode.GetString(rest), "utf-16be", null),
        // Without a mark, « < » tells the order (XML 1.0, appendix F).
        [(byte)'<', 0, (byte)'?', 0, ..] => new(Encoding.Unicode.GetString(bytes), "utf-16", null),
        [0, (byte)'<', 0, (byte)'?', ..] => new(Encoding.BigEndianUnicode.GetString(bytes), "utf-16be", null),
        _ => null,
    };

    private static string? CharsetOf(string? contentType)
    {
        var match = Regex.Match(contentType ?? "", """charset\s*=\s*["']?([^"';\s]+)""", RegexOptions.IgnoreCase);
        return match.Success ? match.Groups[1].Value : null;
    }

    private static string? Declaration(ReadOnlySpan<byte> bytes)
    {
        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        var match = Regex.Match(head, """^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']""");
        return match.Success ? match.Groups[1].Value : null;
    }

    private static bool TryDecode(string name, ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out string? text, [NotNullWhen(true)] out string? charset)
    {
        (text, charset) = (null, null);
        if (Named(name) is not { } encoding) return false;

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

    // As browsers do, the Latin and Chinese names stand for the larger sets that people mean by them (WHATWG Encoding, section 4.2).
    private static Encoding? Named(string name)
    {
        var meant = name.ToLowerInvariant() switch
        {
            "utf8" or "utf-8" => "utf-8",
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" or "cp1252" => "windows-1252",
            "gb2312" or "gbk" => "gb18030",
            // Only a mark tells these apart, and there is none.
            "utf-16" or "utf-16le" or "utf-16be" or "utf-32" or "ucs-2" => null,
            var other => other,
        };
        if (meant == "utf-8") return StrictUtf8;
        if (meant is null) return null;

        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(meant, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(meant, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // No such charset, or UTF-7, which .NET does not read any more.
            return null;
        }
    }
}
