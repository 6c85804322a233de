using System.Collections.Frozen;
using System.Text;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Search.French;

/// <summary>A word where it stands in a text.</summary>
/// <param name="Start">Index of its first UTF-16 unit.</param>
/// <param name="Length">Length in the text, in UTF-16 units.</param>
/// <param name="Folded">Lower case, without accents, ligatures opened.</param>
internal readonly record struct FrenchWord(int Start, int Length, string Folded)
{
    public int End => Start + Length;

    public bool IsStopWord => FrenchWords.StopWords.Contains(Folded);
}

/// <summary>Cuts a text into words the French way: elided articles and pronouns are not words.</summary>
internal static class FrenchWords
{
    // Longer runs are keys, hashes or scripts without blanks: their beginning is enough to find them.
    private const int MaxWord = 64;

    public static FrozenSet<string> StopWords { get; } = (
        "a au aux avec c ce ces cet cette d dans de des du elle elles en est et etc eux il ils j je l la le les leur leurs lui "
        + "m ma mais me mes mon n ne nos notre nous on ou par pas pour qu que qui s sa se ses si son sont sur t ta te tes toi ton tu "
        + "un une vos votre vous y").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Elided =
        "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    // One word in spite of its apostrophe.
    private static readonly FrozenSet<string> Joined = new[] { "aujourd", "prud" }.ToFrozenSet(StringComparer.Ordinal);

    public static List<FrenchWord> Split(string text)
    {
        var words = new List<FrenchWord>();
        var folded = new StringBuilder(32);
        var start = -1;
        for (var i = 0; i < text.Length;)
        {
            var (rune, size) = At(text, i);
            if (Continues(rune, start))
            {
                start = start < 0 ? i : start;
                Fold(folded, rune);
            }
            else if (start >= 0 && !IsSoftHyphen(rune) && !JoinsNext(text, i, size, folded))
            {
                var elided = IsApostrophe(rune) && Elided.Contains(folded.ToString());
                Add(words, elided, start, i, folded);
                start = -1;
            }

            i += size;
        }

        if (start >= 0)
        {
            Add(words, false, start, text.Length, folded);
        }

        return words;
    }

    private static (Rune Rune, int Size) At(string text, int index)
    {
        if (!char.IsSurrogate(text[index]))
        {
            return (new Rune(text[index]), 1);
        }

        // Half a pair counts as the replacement character, which is no letter.
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out var size);
        return (rune, size);
    }

    private static bool Continues(Rune rune, int start)
    {
        if (IsApostrophe(rune) || !TextFold.IsWordPart(rune))
        {
            return false;
        }

        // A mark alone is no beginning.
        return start >= 0 || Rune.IsLetterOrDigit(rune);
    }

    private static void Fold(StringBuilder folded, Rune rune)
    {
        if (folded.Length < MaxWord)
        {
            TextFold.Append(folded, rune);
        }
    }

    private static bool JoinsNext(string text, int index, int size, StringBuilder folded)
    {
        var next = index + size;
        return IsApostrophe(At(text, index).Rune) && next < text.Length && char.IsLetter(text[next]) && Joined.Contains(folded.ToString());
    }

    private static void Add(List<FrenchWord> words, bool elided, int start, int end, StringBuilder folded)
    {
        if (!elided && folded.Length > 0)
        {
            words.Add(new FrenchWord(start, end - start, folded.ToString()));
        }

        folded.Clear();
    }

    private static bool IsSoftHyphen(Rune rune) => rune.Value == 0xAD;

    private static bool IsApostrophe(Rune rune) => rune.Value is '\'' or '’' or 'ʼ' or '＇' or '′' or '‘';
}
