using System.Globalization;
using System.Text;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Text as rules compare it: lower case, without accents, one kind of apostrophe, single spaces.</summary>
internal static class FoldedText
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Decomposed(text))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;

            var plain = c is '’' or '‘' or '`' or '´' ? '\'' : char.IsWhiteSpace(c) ? ' ' : char.ToLowerInvariant(c);
            if (plain != ' ' || folded.Length > 0 && folded[^1] != ' ') folded.Append(plain);
        }

        return folded.ToString().TrimEnd();
    }

    private static string Decomposed(string text)
    {
        if (Ascii.IsValid(text)) return text;

        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            return text;
        }
    }
}
