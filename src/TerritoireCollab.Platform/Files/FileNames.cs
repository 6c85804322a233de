using System.Globalization;
using System.Text;

namespace TerritoireCollab.Platform.Files;

/// <summary>Names of files as people send them.</summary>
public static class FileNames
{
    private const int Longest = 150;

    /// <summary>
    /// A name that is safe to show and to offer for download: the last segment of any path, without control, direction or reserved
    /// characters, at most 150 characters with its extension kept, never empty.
    /// </summary>
    public static string Clean(string? name)
    {
        var last = (name ?? "").Replace('\\', '/').Split('/')[^1].Normalize(NormalizationForm.FormC);
        var kept = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) continue;
            kept.Append("<>:\"|?*;".Contains(rune.ToString(), StringComparison.Ordinal) ? "-" : rune.ToString());
        }

        var clean = kept.ToString().Trim(' ', '.');
        if (clean.Length == 0) return "fichier";
        if (clean.Length <= Longest) return clean;

        var extension = Path.GetExtension(clean) is { Length: <= 12 } short12 ? short12 : "";
        return clean[..(Longest - extension.Length)].TrimEnd() + extension;
    }
}
