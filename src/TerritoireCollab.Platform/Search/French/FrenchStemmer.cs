using System.Collections.Frozen;

namespace TerritoireCollab.Platform.Search.French;

/// <summary>
/// A light French stemmer: plurals, feminines and a few safe families, so that a word is found whatever its number
/// or gender. Light means that words of different meanings are rather left apart than brought together: verbs are
/// not conjugated, <c>collectivité</c> does not become <c>collectif</c>. The idea of a light stemmer for French is
/// Jacques Savoy's; the rules are our own.
/// </summary>
internal static class FrenchStemmer
{
    private const int MinWord = 4;

    private static readonly FrozenDictionary<string, string> Irregular = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["travaux"] = "travail",
        ["vitraux"] = "vitrail",
        ["coraux"] = "corail",
        ["soupiraux"] = "soupirail",
        ["baux"] = "bail",
        ["yeux"] = "oeil",
        ["cieux"] = "ciel",
        ["messieurs"] = "monsieur",
        ["mesdames"] = "madam",
        ["nouveau"] = "nouvel",
        ["nouveaux"] = "nouvel",
        ["beau"] = "bel",
        ["beaux"] = "bel",
        ["belles"] = "bel",
        ["belle"] = "bel",
        ["vieux"] = "vieil",
        ["vieille"] = "vieil",
        ["vieilles"] = "vieil",
        ["jumeau"] = "jumel",
        ["jumeaux"] = "jumel",
        ["taux"] = "taux",
        ["faux"] = "faux",
        ["chaux"] = "chaux",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Stem of a word already folded to lower case without accents.</summary>
    public static string Stem(string word)
    {
        if (word.Length < MinWord || word.AsSpan().ContainsAnyExceptInRange('a', 'z'))
        {
            return word;
        }

        return Irregular.TryGetValue(word, out var irregular) ? irregular : Family(Singular(word));
    }

    /// <summary>Whether the stem of a folded word begins as the word does: all but one do.</summary>
    public static bool KeepsFirstLetter(string word) => word != "yeux";

    private static string Singular(string word)
    {
        if (Ends(word, "eaux", 4) || Ends(word, "yaux", 5) || Ends(word, "eux", 4) || Ends(word, "oux", 4))
        {
            return word[..^1];
        }

        if (Ends(word, "aux", 5))
        {
            return word[..^3] + "al";
        }

        return word[^1] == 's' && word[^2] != 's' ? word[..^1] : word;
    }

    private static string Family(string word)
    {
        if (Ends(word, "trice", 7))
        {
            return word[..^5] + "teu";
        }

        if (Ends(word, "euse", 6))
        {
            return word[..^2];
        }

        if (Ends(word, "ive", 5))
        {
            return word[..^2] + "f";
        }

        if (Ends(word, "ique", 5))
        {
            return word[..^3] + "c";
        }

        if (Ends(word, "abilite", 9) || Ends(word, "ibilite", 9))
        {
            return word[..^5] + "l";
        }

        if (Ends(word, "alite", 8))
        {
            return word[..^3];
        }

        var masculine = Masculine(word);
        return Ends(masculine, "eur", 6) ? masculine[..^1] : masculine;
    }

    private static string Masculine(string word)
    {
        if (word.Length < MinWord || word[^1] != 'e')
        {
            return word;
        }

        var bare = Ends(word, "ee", 5) ? word[..^2] : word[..^1];
        var doubled = Ends(bare, "ell", 4) || Ends(bare, "enn", 4) || Ends(bare, "onn", 4) || Ends(bare, "ett", 4);
        return doubled ? bare[..^1] : bare;
    }

    private static bool Ends(string word, string ending, int minLength) =>
        word.Length >= minLength && word.EndsWith(ending, StringComparison.Ordinal);
}
