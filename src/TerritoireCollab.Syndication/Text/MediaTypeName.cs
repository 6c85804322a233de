namespace TerritoireCollab.Syndication.Text;

/// <summary>Media types of enclosures, RFC 6838 section 4.2: type and subtype, parameters dropped.</summary>
internal static class MediaTypeName
{
    /// <summary>The bare media type.</summary>
    /// <exception cref="ArgumentException">The text is not of the form type/subtype.</exception>
    public static string Require(string type, string property)
    {
        ArgumentNullException.ThrowIfNull(type, property);
        var bare = type.Split(';')[0].Trim();
        var names = bare.Split('/');
        if (names.Length != 2 || !names.All(IsName))
            throw new ArgumentException($"Not a media type: '{type}'.", property);

        return bare;
    }

    private static bool IsName(string name) => name.Length > 0 && name.All(IsNameCharacter);

    private static bool IsNameCharacter(char character)
        => char.IsAsciiLetterOrDigit(character) || character is '!' or '#' or '$' or '&' or '-' or '^' or '_' or '.' or '+';
}
