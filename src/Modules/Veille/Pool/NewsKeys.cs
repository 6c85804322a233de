using System.Security.Cryptography;
using System.Text;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Veille.Pool;

/// <summary>Fingerprints by which the same news is known again.</summary>
internal static class NewsKeys
{
    /// <summary>Of an address, in its canonical form: whoever adds tracking or writes the host in capitals leads to the same page.</summary>
    public static string OfAddress(Uri address) => Fingerprint(CanonicalAddress.Of(address));

    /// <summary>Of a title, without accents, case, signs and double blanks.</summary>
    public static string OfTitle(string title)
    {
        var words = new StringBuilder(title.Length);
        foreach (var letter in title.EnumerateRunes().SelectMany(rune => TextFold.Of(rune)))
        {
            if (char.IsLetterOrDigit(letter)) words.Append(letter);
            else if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
        }

        return Fingerprint(words.ToString().TrimEnd());
    }

    /// <summary>Of an identifier, as it stands.</summary>
    public static string OfIdentifier(string identifier) => Fingerprint(identifier);

    private static string Fingerprint(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, VeilleModel.KeyLength / 2));
}
