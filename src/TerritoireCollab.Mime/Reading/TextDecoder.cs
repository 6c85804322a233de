using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Mime.Reading;

/// <summary>
/// Turns octets into text: the declared charset where the octets fit it, then UTF-8, then windows-1252 (which is what is
/// meant where iso-8859-1 is said, and takes any octet).
/// </summary>
internal static partial class TextDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding Windows1252 = Named("windows-1252");

    // What mail programs write and .NET does not know, and names of which a superset is meant (WHATWG Encoding, section 4.2).
    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = "utf-8", ["utf-8mb4"] = "utf-8", ["unicode-1-1-utf-8"] = "utf-8", ["utf16"] = "utf-16",
        ["latin1"] = "windows-1252", ["latin-1"] = "windows-1252", ["iso8859-1"] = "windows-1252", ["iso-8859-1"] = "windows-1252",
        ["iso_8859-1"] = "windows-1252", ["iso88591"] = "windows-1252", ["cp1252"] = "windows-1252", ["cp-1252"] = "windows-1252",
        ["win-1252"] = "windows-1252", ["ansi"] = "windows-1252", ["x-ansi"] = "windows-1252", ["iso8859-15"] = "iso-8859-15", ["latin9"] = "iso-8859-15",
        ["latin-9"] = "iso-8859-15", ["cp850"] = "ibm850", ["cp-850"] = "ibm850", ["cp437"] = "ibm437", ["cp1250"] = "windows-1250",
        ["cp1251"] = "windows-1251", ["gb2312"] = "gb18030", ["gbk"] = "gb18030", ["cp936"] = "gb18030", ["cp932"] = "shift_jis",
        ["sjis"] = "shift_jis", ["ms_kanji"] = "shift_jis", ["cp949"] = "ks_c_5601-1987", ["euc_jp"] = "euc-jp", ["eucjp"] = "euc-jp", ["iso-8859-8-i"] = "iso-8859-8",
        ["iso-8859-9"] = "windows-1254", ["tis-620"] = "windows-874", ["iso-8859-11"] = "windows-874",
    };

    /// <summary>Decodes octets.</summary>
    /// <param name="bytes">The octets.</param>
    /// <param name="charset">The declared charset as written, or null.</param>
    /// <param name="repair">What was wrong with it, or null.</param>
    public static string Decode(ReadOnlySpan<byte> bytes, string? charset, out string? repair)
    {
        repair = null;
        if (ByMark(bytes) is { } marked) return marked;

        var name = Clean(charset);
        if (name is "utf-7" or "unicode-1-1-utf-7") return Utf7.Decode(bytes);

        var declared = Find(name);
        if (name.Length > 0 && declared is null) repair = $"the charset {name} is not known";
        if (IsAscii(bytes) && (declared is null || IsAsciiBased(declared))) return Encoding.ASCII.GetString(bytes);

        var isUtf8 = TryStrict(StrictUtf8, bytes, out var utf8);
        // Accents that happen to be right UTF-8 are UTF-8, whatever a careless program declared.
        if (isUtf8 && (declared is null || IsAsciiBased(declared) && declared.IsSingleByte || declared.CodePage == Encoding.UTF8.CodePage))
        {
            if (declared is not null && declared.CodePage != Encoding.UTF8.CodePage) repair = $"the text is UTF-8, not {name}";
            return utf8;
        }

        if (declared is not null && declared.CodePage is not (20127 or 65001) && TryStrict(declared, bytes, out var text)) return text;
        if (isUtf8)
        {
            repair = $"the text is UTF-8, not {name}";
            return utf8;
        }

        if (declared?.CodePage == Encoding.UTF8.CodePage && IsMostlyUtf8(bytes))
        {
            repair = "a few octets are not UTF-8";
            return Encoding.UTF8.GetString(bytes);
        }

        if (declared is { IsSingleByte: false } && declared.CodePage != Encoding.UTF8.CodePage)
        {
            repair = $"a few octets are not {name}";
            return Encoding.GetEncoding(declared.CodePage).GetString(bytes);
        }

        repair ??= name.Length == 0 ? "8-bit text without a charset, read as windows-1252" : $"the text is not {name}, read as windows-1252";
        return Windows1252.GetString(bytes);
    }

    /// <summary>
    /// Text as it is kept: LF, NFC, without NUL, control characters and lone surrogates.
    /// </summary>
    public static string Tidy(string text)
    {
        var tidy = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                if (i + 1 >= text.Length || text[i + 1] != '\n') tidy.Append('\n');
            }
            else if (c is '\n' or '\t' || !char.IsControl(c) && c is not ('\uFEFF' or '\uFFFE' or '\uFFFF'))
            {
                if (!char.IsSurrogate(c)) tidy.Append(c);
                else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) tidy.Append(c).Append(text[++i]);
                else tidy.Append('\uFFFD');
            }
        }

        return Normalized(tidy.ToString());
    }

    /// <summary>The same on one line, for header fields and names.</summary>
    public static string OneLine(string text)
    {
        var tidy = Tidy(text);
        return tidy.AsSpan().IndexOfAny('\n', '\t') < 0 ? tidy.Trim() : Blanks().Replace(tidy, " ").Trim();
    }

    /// <summary>The charset an HTML page declares of itself, or null.</summary>
    public static string? DeclaredInHtml(ReadOnlySpan<byte> bytes) =>
        HtmlCharset().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 2048)])) is { Success: true } match ? match.Groups[1].Value : null;

    /// <summary>An encoding by the name a mail gives it, or null.</summary>
    public static Encoding? Find(string? charset)
    {
        var name = Clean(charset);
        if (name.Length is 0 or > 40) return null;

        name = Aliases.GetValueOrDefault(name, name);
        try
        {
            return Encoding.GetEncoding(name, EncoderFallback.ReplacementFallback, DecoderFallback.ExceptionFallback);
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Clean(string? charset) => charset is null ? "" : NotInName().Match(charset.Trim().Trim('"', '\'').ToLowerInvariant()).Value;

    // An exception for each wrong octet would be slow: only the first one is met, and no more than once a text.
    private static bool TryStrict(Encoding encoding, ReadOnlySpan<byte> bytes, out string text)
    {
        try
        {
            text = encoding.GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = "";
            return false;
        }
    }

    private static string? ByMark(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 4 || bytes.Length % 2 != 0) return null;
        if (bytes[0] == 0xFF && bytes[1] == 0xFE) return Encoding.Unicode.GetString(bytes[2..]);
        return bytes[0] == 0xFE && bytes[1] == 0xFF ? Encoding.BigEndianUnicode.GetString(bytes[2..]) : null;
    }

    private static bool IsAscii(ReadOnlySpan<byte> bytes) => Ascii.IsValid(bytes);

    // ISO-2022 and UTF-7 hide their characters in ASCII, UTF-16 in pairs, HZ in braces.
    private static bool IsAsciiBased(Encoding encoding) =>
        encoding.CodePage is not (50220 or 50221 or 50222 or 50225 or 50227 or 52936 or 65000 or 1200 or 1201 or 12000 or 12001 or 37 or 500 or 1047 or 1140)
        && !encoding.WebName.StartsWith("ibm0", StringComparison.OrdinalIgnoreCase) && !encoding.WebName.StartsWith("iso-2022", StringComparison.OrdinalIgnoreCase);

    private static bool IsMostlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var good = 0;
        var bad = 0;
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out _, out var taken);
            if (status == System.Buffers.OperationStatus.Done) good += taken > 1 ? 1 : 0;
            else bad++;
            bytes = bytes[Math.Max(1, taken)..];
        }

        return good >= bad || bad <= 2;
    }

    private static string Normalized(string text)
    {
        if (Ascii.IsValid(text)) return text;

        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // A code point that Unicode leaves unassigned.
            return text;
        }
    }

    private static Encoding Named(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return Encoding.GetEncoding(name);
    }

    [GeneratedRegex(@"^[a-z0-9_.:+-]+", RegexOptions.NonBacktracking)]
    private static partial Regex NotInName();

    [GeneratedRegex(@"charset\s*=\s*[""']?\s*([A-Za-z0-9_.:-]+)", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex HtmlCharset();

    [GeneratedRegex(@"[\n\t ]+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();
}
