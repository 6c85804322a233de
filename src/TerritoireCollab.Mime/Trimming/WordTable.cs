using System.Collections.Frozen;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>Words and phrases of many languages, written as people write them and compared folded.</summary>
internal static class WordTable
{
    /// <summary>A set of words, parted by white space.</summary>
    public static FrozenSet<string> Words(params string[] lines) =>
        lines.SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(word => Folding.Fold(word)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>A set of phrases, parted by <c>|</c>.</summary>
    public static FrozenSet<string> Phrases(params string[] lines) => Split(lines).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Beginnings of lines, parted by <c>|</c>; a space at the end of one is kept.</summary>
    public static Beginnings Beginnings(params string[] lines) => new(Split(lines));

    private static IEnumerable<string> Split(string[] lines) =>
        lines.SelectMany(line => line.Split('|')).Select(phrase => Folding.Fold(phrase)).Where(phrase => phrase.Length > 0);
}

/// <summary>Finds with which of many phrases a line begins, looking only at those that share its first letters.</summary>
internal sealed class Beginnings
{
    private readonly Dictionary<(char, char), string[]> _byFirst;

    public Beginnings(IEnumerable<string> phrases) =>
        _byFirst = phrases.Distinct().GroupBy(phrase => (phrase[0], phrase[1])).ToDictionary(group => group.Key, group => group.OrderByDescending(phrase => phrase.Length).ToArray());

    /// <summary>The longest phrase the line begins with, as whole words; 0 where there is none.</summary>
    public int Length(ReadOnlySpan<char> key)
    {
        if (key.Length < 2 || !_byFirst.TryGetValue((key[0], key[1]), out var phrases)) return 0;
        foreach (var phrase in phrases)
        {
            if (key.StartsWith(phrase, StringComparison.Ordinal) && IsWordEnd(key, phrase)) return phrase.Length;
        }

        return 0;
    }

    private static bool IsWordEnd(ReadOnlySpan<char> key, string phrase) =>
        key.Length == phrase.Length || !char.IsLetterOrDigit(phrase[^1]) || phrase[^1] >= '\u1100' || key[phrase.Length] >= '\u1100' || !char.IsLetterOrDigit(key[phrase.Length]);
}
