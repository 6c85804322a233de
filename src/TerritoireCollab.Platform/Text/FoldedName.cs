namespace TerritoireCollab.Platform.Text;

/// <summary>Names folded for search and order: lower case, no accents, single spaces.</summary>
public static class FoldedName
{
    /// <summary>The folded form of <paramref name="name"/>, cut to <paramref name="maxLength"/> characters (a ligature makes it longer).</summary>
    public static string Of(string? name, int maxLength = 100)
    {
        var folded = string.Join(' ', TextFold.Fold(name ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return folded.Length > maxLength ? folded[..maxLength] : folded;
    }
}
