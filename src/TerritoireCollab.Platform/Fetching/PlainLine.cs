using System.Globalization;
using System.Text;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>One line of plain text out of what a foreign page says of itself.</summary>
public static class PlainLine
{
    /// <summary>The text without signs that are not seen (they could turn its direction), blanks as one; null when nothing is left.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxChars">Longest result, in UTF-16 units.</param>
    public static string? Of(string? text, int maxChars)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        // Nobody writes a line so long: what follows is not looked at.
        var line = new StringBuilder(Math.Min(text.Length, maxChars * 4));
        var isBlank = true;
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length > maxChars * 4) break;

            var category = Rune.GetUnicodeCategory(rune);
            // A space that does not break is French typography, and stays.
            if (rune.Value is not (0xA0 or 0x202F) && (Rune.IsWhiteSpace(rune) || category == UnicodeCategory.Control))
            {
                if (!isBlank) line.Append(' ');
                isBlank = true;
                continue;
            }

            // The joiner holds families of emoji together.
            if (category is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned || (category == UnicodeCategory.Format && rune.Value != 0x200D)) continue;
            line.Append(rune.ToString());
            isBlank = false;
        }

        var found = line.ToString().Trim();
        return found.Length == 0 ? null : Excerpt.Cut(found, maxChars);
    }
}
