using System.Globalization;
using System.Text;

namespace TerritoireCollab.Platform.Text;

/// <summary>Lower case without accents nor ligatures: the one folding used by slugs, handles and search.</summary>
public static class TextFold
{
    private const int TableSize = 0x250;

    // Every letter of the French alphabet is in here; the rest of Unicode is folded on demand.
    private static readonly string[] Table = BuildTable();

    /// <summary>Folds a whole text; characters that are neither letters nor digits stay as they are.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            Append(folded, rune);
        }

        return folded.ToString();
    }

    /// <summary>The folded form of one character: nothing for a combining mark, two letters for a ligature.</summary>
    public static string Of(Rune rune) => rune.Value < TableSize ? Table[rune.Value] : Compute(rune);

    /// <summary>Appends the folded form of one character.</summary>
    public static void Append(StringBuilder target, Rune rune) => target.Append(Of(rune));

    /// <summary>Whether the character may be part of a word, combining marks included.</summary>
    public static bool IsWordPart(Rune rune)
    {
        if (rune.IsAscii)
        {
            return char.IsAsciiLetterOrDigit((char)rune.Value);
        }

        return Rune.IsLetterOrDigit(rune)
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private static string[] BuildTable()
    {
        var table = new string[TableSize];
        for (var value = 0; value < TableSize; value++)
        {
            table[value] = Compute(new Rune(value));
        }

        return table;
    }

    private static string Compute(Rune rune)
    {
        if (Special(rune) is { } special)
        {
            return special;
        }

        // Normalising a lone symbol could give spaces or slashes (½, ﷺ): only letters and digits are decomposed.
        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return string.Empty;
        }

        if (!Rune.IsLetterOrDigit(rune))
        {
            return rune.ToString();
        }

        var folded = new StringBuilder();
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (Special(part) is { } letters)
            {
                folded.Append(letters);
            }
            else if (Rune.IsLetterOrDigit(part))
            {
                folded.Append(Rune.ToLowerInvariant(part).ToString());
            }
        }

        return folded.ToString();
    }

    // Letters that Unicode does not decompose but that a French reader types without their sign.
    private static string? Special(Rune rune) => rune.Value switch
    {
        'œ' or 'Œ' => "oe",
        'æ' or 'Æ' => "ae",
        'ß' or 'ẞ' => "ss",
        'ø' or 'Ø' => "o",
        'ł' or 'Ł' => "l",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'þ' or 'Þ' => "th",
        'ħ' or 'Ħ' => "h",
        'ı' => "i",
        'ŋ' or 'Ŋ' => "n",
        'ŧ' or 'Ŧ' => "t",
        _ => null,
    };
}
