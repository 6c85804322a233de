using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>Charsets by the names that documents give them, rather than by those that are registered.</summary>
internal static partial class Charsets
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    /// <summary>The charset, which throws on bytes that are not of it; null when nobody knows it.</summary>
    public static Encoding? Named(string name)
    {
        var folded = name.Trim().ToLowerInvariant().Replace('_', '-');
        // As browsers do, the Latin and Chinese names stand for the larger sets that people mean by them (WHATWG Encoding, section 4.2).
        var meant = folded switch
        {
            "utf8" or "utf-8" or "u8" or "utf-8-sig" or "utf8mb4" => "utf-8",
            "iso-8859-1" or "iso8859-1" or "iso-latin-1" or "latin1" or "latin-1" or "l1" or "us-ascii" or "ascii" or "ansi" or "cp1252" or "windows1252" => "windows-1252",
            "latin9" or "latin-9" or "l9" or "iso8859-15" => "iso-8859-15",
            "gb2312" or "gbk" or "x-gbk" => "gb18030",
            "macroman" or "mac-roman" or "x-mac-roman" => "macintosh",
            "maccyrillic" or "mac-cyrillic" => "x-mac-cyrillic",
            "macgreek" or "mac-greek" => "x-mac-greek",
            "maciceland" or "mac-iceland" => "x-mac-icelandic",
            "maclatin2" or "mac-latin2" or "maccentraleurope" => "x-mac-ce",
            "macturkish" or "mac-turkish" => "x-mac-turkish",
            "tis-620" => "windows-874",
            // Only a mark tells these apart, and there is none.
            "utf-16" or "utf-16le" or "utf-16be" or "utf-32" or "ucs-2" => null,
            var other => other,
        };
        if (meant == "utf-8") return StrictUtf8;

        return meant is null ? null : Find(meant) ?? (Numbered().Match(folded) is { Success: true } number ? Find(int.Parse(number.Groups[1].Value, CultureInfo.InvariantCulture)) : null);
    }

    private static Encoding? Find(string name)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
                ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            // No such charset, or UTF-7, which .NET does not read any more.
            return null;
        }
    }

    private static Encoding? Find(int codePage)
    {
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);
        }
        catch (ArgumentException)
        {
            // No such table.
            return null;
        }
    }

    // cp850, 437, ibm852, windows1250, iso8859-2 is none of them.
    [GeneratedRegex("^(?:cs|x-)?(?:cp|ibm|ms|windows|win)?-?([0-9]{3,5})$")]
    private static partial Regex Numbered();
}
