using System.Buffers;

namespace TerritoireCollab.Syndication.Text;

/// <summary>Identifiers of feeds and entries: RFC 4287 section 4.2.6 asks for an absolute IRI in canonical form.</summary>
internal static class FeedIdentifier
{
    private static readonly SearchValues<char> Allowed = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789;/?:@&=+$.-_!~*'()%,#");

    /// <summary>The identifier as it is written: a web address in its usual form, a urn: or tag: unchanged.</summary>
    /// <exception cref="ArgumentException">Neither http, https, urn nor tag, or a character is not allowed there.</exception>
    public static string Require(string identifier, string property)
    {
        ArgumentNullException.ThrowIfNull(identifier, property);
        if (IsOpaque(identifier))
            return identifier;

        if (!Uri.TryCreate(identifier, UriKind.Absolute, out var address))
            throw new ArgumentException($"Not an absolute identifier: '{identifier}'.", property);

        return WebAddress.Text(WebAddress.Require(address, property));
    }

    private static bool IsOpaque(string identifier)
    {
        var named = identifier.StartsWith("urn:", StringComparison.Ordinal) || identifier.StartsWith("tag:", StringComparison.Ordinal);
        return named && identifier.Length > 4 && !identifier.AsSpan().ContainsAnyExcept(Allowed);
    }
}
