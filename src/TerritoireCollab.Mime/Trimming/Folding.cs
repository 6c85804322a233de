using System.Globalization;
using System.Text;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// Makes lines comparable: mail programs write the same words with composed or decomposed accents, with or without, with any of
/// five spaces before a colon, two apostrophes and the stars of a bold type that became text.
/// </summary>
internal static class Folding
{
    /// <summary>Small letters without accents, one plain space between words, straight apostrophes and quotes, no stars.</summary>
    public static string Fold(ReadOnlySpan<char> text)
    {
        Span<char> buffer = text.Length <= 512 ? stackalloc char[text.Length] : new char[text.Length];
        var length = 0;
        foreach (var letter in text)
        {
            var folded = Letter(letter);
            if (folded == '\0' || (folded == ' ' && (length == 0 || buffer[length - 1] == ' '))) continue;
            buffer[length++] = folded;
        }

        return WithoutAccents(buffer[..length].TrimEnd(' '));
    }

    private static char Letter(char letter) => letter switch
    {
        >= 'a' and <= 'z' => letter,
        >= 'A' and <= 'Z' => (char)(letter | 0x20),
        '*' or '\0' or '\uFEFF' or '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') => '\0',
        '\u2018' or '\u2019' or '\u02BC' or '\u00B4' or '`' => '\'',
        '\u201C' or '\u201D' or '\u201E' => '"',
        '\uFF1A' => ':',
        '\uFF0C' or '\u3001' => ',',
        _ when char.IsWhiteSpace(letter) => ' ',
        _ => char.ToLowerInvariant(letter),
    };

    private static string WithoutAccents(ReadOnlySpan<char> text)
    {
        // Half a surrogate pair cannot be normalised: such a line is compared as it stands.
        if (Ascii.IsValid(text) || text.ContainsAnyInRange('\uD800', '\uDFFF')) return text.ToString();

        var parted = text.ToString().Normalize(NormalizationForm.FormD);
        var letters = new StringBuilder(parted.Length);
        foreach (var letter in parted)
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark) letters.Append(letter);
        }

        return letters.ToString();
    }
}
