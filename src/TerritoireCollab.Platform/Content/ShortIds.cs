using System.Security.Cryptography;

namespace TerritoireCollab.Platform.Content;

/// <summary>Short identifiers for addresses: eight characters of Crockford's base 32 in lower case, 40 random bits.</summary>
public static class ShortIds
{
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>Length in characters.</summary>
    public const int Length = 8;

    /// <summary>A new identifier; the unique index refuses the one in 10¹² that was given before.</summary>
    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>The identifier at the head of an address segment such as <c>7k3m9q2x-fibre-a-crest</c>, or null.</summary>
    public static string? FromSegment(string? segment)
    {
        if (segment is null || segment.Length < Length) return null;
        if (segment.Length > Length && segment[Length] != '-') return null;

        var head = segment[..Length];
        return head.All(Alphabet.Contains) ? head : null;
    }
}
