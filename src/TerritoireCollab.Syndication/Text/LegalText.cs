using System.Globalization;
using System.Text;

namespace TerritoireCollab.Syndication.Text;

/// <summary>Text made safe for every format: no character that XML 1.0 section 2.2 forbids, none that validators reject.</summary>
internal static class LegalText
{
    private static readonly char[] Blanks = [' ', '\t', '\n'];

    /// <summary>Keeps line feeds and tabs; drops controls, lone surrogates, noncharacters and U+FFFD; ends every line with LF.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var kept = new StringBuilder(text.Length);
        // A lone surrogate is enumerated as U+FFFD, which IsLegal refuses.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (IsLegal(rune))
                kept.Append(rune);

        return kept.ToString();
    }

    /// <summary>The same on one line, without blanks at the ends. No-break spaces are typography and stay.</summary>
    public static string OneLine(string text)
        => string.Join(' ', Clean(text).Split(Blanks, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The cleaned text, or null when nothing is left to read.</summary>
    public static string? CleanOrNull(string? text)
    {
        if (text is null)
            return null;

        var clean = Clean(text).Trim(Blanks);
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>The one-line text, or null when nothing is left to read.</summary>
    public static string? OneLineOrNull(string? text)
    {
        if (text is null)
            return null;

        var line = OneLine(text);
        return line.Length == 0 ? null : line;
    }

    /// <summary>Each text on one line; the empty and the repeated left out.</summary>
    public static IReadOnlyList<string> Lines(IReadOnlyList<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return [.. texts.Select(OneLine).Where(line => line.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static bool IsLegal(Rune rune)
    {
        if (rune.Value is '\n' or '\t')
            return true;

        return Rune.GetUnicodeCategory(rune) != UnicodeCategory.Control
            && rune != Rune.ReplacementChar
            && !IsNoncharacter(rune.Value);
    }

    private static bool IsNoncharacter(int value)
        => (value & 0xFFFE) == 0xFFFE || value is >= 0xFDD0 and <= 0xFDEF;
}
