using System.Buffers;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// The line that parts a signature from the text: « -- » by convention (RFC 3676 section 4.3). Other rules of dashes are as often
/// typed: below one of them, a few short lines with a telephone number or an address make a signature, sentences do not.
/// </summary>
internal static class SignatureLine
{
    // What is longer than this below « -- » without its space is a text that somebody parted so.
    private const int MostLines = 20;
    private const int MostShortLines = 8;
    private const int MostNamesLines = 4;
    private const int ShortLine = 80;

    private static readonly SearchValues<char> RuleSigns = SearchValues.Create("-_=*~#–—―");

    private static readonly SearchValues<char> RuleLine = SearchValues.Create("-_=*~#–—―+ᐧ ");

    private static readonly Beginnings ListFooters = WordTable.Beginnings(
        "reply to this email directly|you are receiving this because|you received this message because|view it on github|to unsubscribe from this|vous recevez ce message car|vous recevez cet e-mail car|vous avez reçu ce message car|pour vous désabonner|pour vous désinscrire|pour répondre, répondez à ce|to respond, reply to this|visit topic or reply to this|sie erhalten diese nachricht");

    /// <summary>Whether the line at <paramref name="index"/> begins a signature that goes to <paramref name="end"/>.</summary>
    public static bool Begins(MailLines lines, int index, int end)
    {
        if (lines.Raw(index) is "-- ") return true;
        if (index >= MailLines.Examined) return false;

        var line = lines.Content(index);
        if (!IsRule(line)) return false;
        return line is "--" or "- --" or "––" or "__" ? IsShort(lines, index + 1, end) : IsSignature(lines, index + 1, end, IsLow(line));
    }

    /// <summary>Whether a line is made of dashes or other signs alone.</summary>
    public static bool IsRule(ReadOnlySpan<char> line) => !line.ContainsAnyExcept(RuleLine) && line.ContainsAny(RuleSigns);

    // A long low line is drawn by programs and mailing lists; people type dashes.
    private static bool IsLow(ReadOnlySpan<char> line) => line.Length >= 5 && !line.ContainsAnyExcept('_', ' ');

    private static bool IsShort(MailLines lines, int start, int end)
    {
        var filled = 0;
        for (var index = start; index < end && filled <= MostLines; index++) filled += lines.IsBlank(index) ? 0 : 1;
        return filled <= MostLines;
    }

    private static bool IsSignature(MailLines lines, int start, int end, bool isLow)
    {
        var (filled, contacts, first) = (0, 0, true);
        for (var index = start; index < end; index++)
        {
            if (lines.IsBlank(index)) continue;
            if (first && (ListFooters.Length(lines.Key(index)) > 0 || ClosingNotice.Begins(lines, index, end))) return true;

            first = false;
            var line = lines.Content(index);
            contacts += IsListLink(line) ? MostShortLines : HasContact(line) ? 1 : 0;
            if (++filled > MostShortLines || line.Length > ShortLine || IsSentence(line)) return false;
        }

        return filled > 0 && (contacts > 0 || (isLow && filled <= MostNamesLines));
    }

    private static bool IsSentence(ReadOnlySpan<char> line) => line.Length > 30 && line[^1] is '.' or '!' or '?' or ';' && line.Contains(' ');

    private static bool IsListLink(ReadOnlySpan<char> line) => line.Contains("mailing list", StringComparison.OrdinalIgnoreCase) || line.Contains("/listinfo/", StringComparison.OrdinalIgnoreCase);

    private static bool HasContact(ReadOnlySpan<char> line) => line.Contains('@') || line.Contains("www.", StringComparison.OrdinalIgnoreCase) || Digits(line) >= 8;

    private static int Digits(ReadOnlySpan<char> line)
    {
        var count = 0;
        foreach (var letter in line) count += char.IsAsciiDigit(letter) ? 1 : 0;
        return count;
    }
}
