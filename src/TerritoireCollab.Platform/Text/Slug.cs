using System.Text;

namespace TerritoireCollab.Platform.Text;

/// <summary>Readable part of an address, made from a title.</summary>
public static class Slug
{
    /// <summary>Longest slug, in characters.</summary>
    public const int MaxLength = 60;

    /// <summary>What a title without any letter or digit becomes.</summary>
    public const string Untitled = "sans-titre";

    /// <summary>
    /// Lower-case ASCII letters, digits and single hyphens, accents folded (<c>œ</c> gives <c>oe</c>); at most
    /// <see cref="MaxLength"/> characters, cut between two words where possible; never empty.
    /// </summary>
    public static string Of(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        var slug = new StringBuilder(MaxLength + 8);
        foreach (var rune in title.EnumerateRunes())
        {
            // One character beyond the limit tells whether the cut falls inside a word.
            if (slug.Length > MaxLength) break;
            foreach (var letter in TextFold.Of(rune))
            {
                if (char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter)) slug.Append(letter);
                else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
            }
        }

        var text = Cut(slug.ToString()).Trim('-');
        return text.Length == 0 ? Untitled : text;
    }

    private static string Cut(string slug)
    {
        if (slug.Length <= MaxLength)
        {
            return slug;
        }

        var hyphen = slug.LastIndexOf('-');
        return hyphen > MaxLength / 2 ? slug[..hyphen] : slug[..MaxLength];
    }
}
