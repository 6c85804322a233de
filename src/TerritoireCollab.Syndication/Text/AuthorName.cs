namespace TerritoireCollab.Syndication.Text;

/// <summary>Names of authors. A feed is public: an e-mail address that came along with a name is never passed on.</summary>
internal static class AuthorName
{
    private static readonly char[] Brackets = ['(', ')', '<', '>', '[', ']', '"', ',', ';', ' '];

    /// <summary>The names without addresses; the empty and the repeated left out.</summary>
    public static IReadOnlyList<string> Clean(IReadOnlyList<string> names)
        => LegalText.Lines([.. LegalText.Lines(names).Select(WithoutAddress)]);

    /// <summary>The name without addresses, or null when nothing is left to read.</summary>
    public static string? CleanOrNull(string? name)
        => name is null ? null : LegalText.OneLineOrNull(WithoutAddress(LegalText.OneLine(name)));

    private static string WithoutAddress(string name)
    {
        var words = name.Split(' ');
        var kept = words.Where(word => !IsAddress(word)).ToList();
        if (kept.Count == words.Length)
            return name;

        return string.Join(' ', kept).Trim(Brackets);
    }

    // "@nom@instance.example" is a public handle, not an address: nothing stands before its first @.
    private static bool IsAddress(string word)
    {
        var bare = word.Trim(Brackets);
        var at = bare.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && bare.IndexOf('.', at) > at + 1;
    }
}
