using System.Collections.Immutable;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Search.French;

/// <summary>
/// What must be found: one word, or the words of a phrase in that order.
/// </summary>
/// <param name="Stems">Stems, stop words left out; never empty.</param>
/// <param name="Prefix">
/// Set on the last word while it may still be unfinished: folded as typed. Such a term is matched by an indexed
/// stem that equals its stem or starts with this prefix.
/// </param>
public sealed record QueryTerm(ImmutableArray<string> Stems, string? Prefix = null)
{
    /// <summary>Whether several words must follow one another.</summary>
    public bool IsPhrase => Stems.Length > 1;

    /// <summary>Whether the term may be completed.</summary>
    public bool IsPrefix => Prefix is not null;
}

/// <summary>
/// Turns French text into the terms that are indexed and searched: accents, case, elisions, number and gender do
/// not count, so that <c>Réunion de l’élue</c> is found by <c>reunion elue</c>.
/// </summary>
public static class FrenchAnalyzer
{
    private const int MaxTerms = 16;
    private const int MaxQuery = 1_000;

    /// <summary>Stems of a text, in order, repetitions included, stop words left out. Never throws on any text.</summary>
    public static IReadOnlyList<string> Tokens(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var stems = new List<string>();
        foreach (var word in FrenchWords.Split(text))
        {
            if (!word.IsStopWord)
            {
                stems.Add(FrenchStemmer.Stem(word.Folded));
            }
        }

        return stems;
    }

    /// <summary>Stem of one word, whatever its case and accents.</summary>
    public static string Stem(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        return FrenchStemmer.Stem(TextFold.Fold(word));
    }

    /// <summary>
    /// Terms of what a person typed: words, and phrases between <c>« »</c>, <c>“ ”</c> or <c>" "</c>. Only the last
    /// word, when the text ends with it, is a prefix. Empty when only stop words or signs were typed.
    /// </summary>
    public static ImmutableArray<QueryTerm> Query(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var typed = text.Length > MaxQuery ? text[..MaxQuery] : text;
        var terms = ImmutableArray.CreateBuilder<QueryTerm>();
        for (var start = 0; start < typed.Length && terms.Count < MaxTerms;)
        {
            var quote = typed.AsSpan(start).IndexOfAny("\"«“");
            var open = quote < 0 ? typed.Length : start + quote;
            var close = open < typed.Length ? typed.AsSpan(open + 1).IndexOfAny(Closing(typed[open])) : -1;
            AddWords(typed[start..open], open == typed.Length, terms);
            if (close < 0)
            {
                // A quote left open is still being typed: its words count one by one.
                AddWords(open < typed.Length ? typed[(open + 1)..] : string.Empty, true, terms);
                break;
            }

            AddPhrase(typed.Substring(open + 1, close), terms);
            start = open + close + 2;
        }

        return terms.Count > MaxTerms ? [.. terms.Take(MaxTerms)] : terms.ToImmutable();
    }

    private static string Closing(char open) => open switch
    {
        '«' => "»",
        '“' => "”\"",
        _ => "\"”",
    };

    private static void AddWords(string text, bool isLast, ImmutableArray<QueryTerm>.Builder terms)
    {
        foreach (var word in FrenchWords.Split(text))
        {
            if (word.IsStopWord)
            {
                continue;
            }

            var unfinished = isLast && word.End == text.Length && word.Folded.Length > 1;
            terms.Add(new QueryTerm([FrenchStemmer.Stem(word.Folded)], unfinished ? word.Folded : null));
        }
    }

    private static void AddPhrase(string text, ImmutableArray<QueryTerm>.Builder terms)
    {
        var stems = Tokens(text);
        if (stems.Count > 0)
        {
            terms.Add(new QueryTerm([.. stems]));
        }
    }
}
