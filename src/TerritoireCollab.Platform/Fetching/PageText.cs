using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>The text of a page that came as bytes: byte order mark, HTTP charset, meta element, strict UTF-8, windows-1252, in this order.</summary>
internal static partial class PageText
{
    // As far as browsers look for the charset (HTML, 13.2.3.2), and then some: templates put much before it.
    private const int HeadBytes = 4096;

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>The text; every byte means something in the last charset.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, .. var utf8]) return Encoding.UTF8.GetString(utf8);
        if (bytes is [0xFF, 0xFE, .. var little]) return Encoding.Unicode.GetString(little);
        if (bytes is [0xFE, 0xFF, .. var big]) return Encoding.BigEndianUnicode.GetString(big);

        var head = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        foreach (var name in new[] { Charset().Match(contentType ?? ""), Charset().Match(head) }.Where(m => m.Success).Select(m => m.Groups[1].Value))
            if (Named(name) is { } encoding && TryDecode(encoding, bytes) is { } text) return text;
        return TryDecode(StrictUtf8, bytes) ?? CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            // A page that was cut may end within a letter.
            return encoding.GetString(encoding is UTF8Encoding ? WithoutPartOfALetter(bytes) : bytes);
        }
        catch (DecoderFallbackException)
        {
            // The bytes are not of that charset, whatever was said.
            return null;
        }
    }

    private static ReadOnlySpan<byte> WithoutPartOfALetter(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= Math.Min(3, bytes.Length); back++)
        {
            var last = bytes[^back];
            if (last < 0x80) return bytes;
            if (last >= 0xC0) return back < (last >= 0xF0 ? 4 : last >= 0xE0 ? 3 : 2) ? bytes[..^back] : bytes;
        }

        return bytes;
    }

    // The Latin names stand for the larger set that people mean by them (WHATWG Encoding, 4.2).
    private static Encoding? Named(string name)
    {
        var meant = name.ToLowerInvariant() switch
        {
            "utf8" or "utf-8" => null,
            "iso-8859-1" or "latin1" or "us-ascii" or "ascii" => "windows-1252",
            "gb2312" or "gbk" => "gb18030",
            var other => other,
        };
        if (meant is null) return StrictUtf8;

        // Only a mark tells these apart, and there is none.
        if (meant.StartsWith("utf-16", StringComparison.Ordinal) || meant.StartsWith("utf-32", StringComparison.Ordinal) || meant == "utf-7") return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(meant, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            // No such charset.
            return null;
        }
    }

    [GeneratedRegex("""charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", RegexOptions.IgnoreCase)]
    private static partial Regex Charset();
}
