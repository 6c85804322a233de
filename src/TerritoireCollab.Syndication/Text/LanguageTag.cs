namespace TerritoireCollab.Syndication.Text;

/// <summary>Language tags, by the shape of RFC 5646 section 2.1 (not against the registry).</summary>
internal static class LanguageTag
{
    /// <summary>Gives the tag back.</summary>
    /// <exception cref="ArgumentException">The text is not shaped as a language tag.</exception>
    public static string Require(string tag, string property)
    {
        ArgumentNullException.ThrowIfNull(tag, property);
        var parts = tag.Split('-');
        if (!IsPrimary(parts[0]) || !parts.All(IsSubtag))
            throw new ArgumentException($"Not a language tag: '{tag}'.", property);

        return tag;
    }

    private static bool IsPrimary(string part) => part.Length >= 2 && part.All(char.IsAsciiLetter);

    private static bool IsSubtag(string part) => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit);
}
