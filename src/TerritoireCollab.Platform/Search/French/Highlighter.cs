using System.Collections.Immutable;
using System.Text;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Search.French;

/// <summary>A run of a passage.</summary>
/// <param name="Text">Plain text, not encoded.</param>
/// <param name="IsMarked">Whether it is what was searched.</param>
public sealed record HighlightPart(string Text, bool IsMarked);

/// <summary>Shows why a text was found: its best passage, the words found marked.</summary>
public static class Highlighter
{
    private const int MaxText = 200_000;
    private const string Ellipsis = "…";

    /// <summary>
    /// Passage of a plain text that holds most of the terms, on one line. Without any match, the text's beginning.
    /// </summary>
    /// <param name="text">Plain text.</param>
    /// <param name="terms">What was searched, from <see cref="FrenchAnalyzer.Query"/>.</param>
    /// <param name="maxChars">About how long the passage may be, in UTF-16 units, two ellipses not counted; at least 1.</param>
    public static ImmutableArray<HighlightPart> Extract(string text, IReadOnlyList<QueryTerm> terms, int maxChars)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);
        var line = OneLine(text);
        if (line.Length == 0)
        {
            return [];
        }

        var matches = Matches(line, terms);
        var (start, end) = Passage(line, matches, maxChars);
        return Parts(line, matches, start, end);
    }

    private static string OneLine(string text)
    {
        var read = text.Length > MaxText ? text[..Excerpt.GraphemeEnd(text, MaxText)] : text;
        var line = new StringBuilder(read.Length);
        foreach (var letter in read)
        {
            var blank = letter is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
            if (!blank)
            {
                line.Append(letter);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().TrimEnd(' ');
    }

    private static List<Match> Matches(string line, IReadOnlyList<QueryTerm> terms)
    {
        // Most words are not what is looked for, as their first letter tells.
        var beginnings = terms.SelectMany(term => term.Stems.Add(term.Prefix ?? term.Stems[0])).Select(stem => stem[0]).ToHashSet();
        var words = FrenchWords.Split(line).Where(word => !word.IsStopWord)
            .Select(word => (Word: word, Stem: beginnings.Contains(word.Folded[0]) || !FrenchStemmer.KeepsFirstLetter(word.Folded) ? FrenchStemmer.Stem(word.Folded) : "")).ToList();
        var matches = new List<Match>();
        for (var i = 0; i < words.Count; i++)
        {
            for (var term = 0; term < terms.Count; term++)
            {
                if (MatchLength(words, i, terms[term]) is var length && length > 0)
                {
                    matches.AddRange(words.Skip(i).Take(length).Select(word => new Match(word.Word.Start, word.Word.End, term)));
                    i += length - 1;
                    break;
                }
            }
        }

        return matches;
    }

    private static int MatchLength(List<(FrenchWord Word, string Stem)> words, int index, QueryTerm term)
    {
        if (index + term.Stems.Length > words.Count)
        {
            return 0;
        }

        for (var i = 0; i < term.Stems.Length; i++)
        {
            var (_, stem) = words[index + i];
            var completes = term.Prefix is not null && stem.StartsWith(term.Prefix, StringComparison.Ordinal);
            if (stem != term.Stems[i] && !completes)
            {
                return 0;
            }
        }

        return term.Stems.Length;
    }

    private static (int Start, int End) Passage(string line, List<Match> matches, int maxChars)
    {
        if (line.Length <= maxChars)
        {
            return (0, line.Length);
        }

        if (matches.Count == 0)
        {
            return (0, WordEnd(line, 0, maxChars));
        }

        var (first, last) = BestWindow(matches, maxChars);
        var found = matches[last].End - matches[first].Start;
        var before = Math.Max(0, (maxChars - found) / 3);
        var start = WordStart(line, Math.Max(0, Math.Min(matches[first].Start - before, line.Length - maxChars)), matches[first].Start);
        return (start, WordEnd(line, start, start + maxChars));
    }

    // Among the windows that begin at a match, the one with most different terms, then with most matches.
    private static (int First, int Last) BestWindow(List<Match> matches, int maxChars)
    {
        var seen = new Dictionary<int, int>();
        var best = (First: 0, Last: 0);
        var bestScore = (Terms: 0, Count: 0);
        var last = -1;
        for (var first = 0; first < matches.Count; first++)
        {
            while (last + 1 < matches.Count && (last < first || matches[last + 1].End - matches[first].Start <= maxChars))
            {
                last++;
                seen[matches[last].Term] = seen.GetValueOrDefault(matches[last].Term) + 1;
            }

            var score = (Terms: seen.Count, Count: last - first + 1);
            if (score.CompareTo(bestScore) > 0)
            {
                (best, bestScore) = ((first, last), score);
            }

            var term = matches[first].Term;
            seen[term]--;
            if (seen[term] == 0)
            {
                seen.Remove(term);
            }
        }

        return best;
    }

    private static int WordStart(string line, int start, int limit)
    {
        if (start == 0 || line[start - 1] == ' ')
        {
            return start;
        }

        var blank = line.IndexOf(' ', start, Math.Max(0, limit - start));
        return blank < 0 ? limit : blank + 1;
    }

    private static int WordEnd(string line, int start, int limit)
    {
        if (limit >= line.Length)
        {
            return line.Length;
        }

        var blank = line.LastIndexOf(' ', limit, limit - start);
        return blank > start ? blank : start + Excerpt.GraphemeEnd(line.AsSpan(start), limit - start);
    }

    private static ImmutableArray<HighlightPart> Parts(string line, List<Match> matches, int start, int end)
    {
        var parts = ImmutableArray.CreateBuilder<HighlightPart>();
        var plain = new StringBuilder(start > 0 ? Ellipsis : string.Empty);
        var at = start;
        foreach (var match in matches.Where(match => match.Start >= start && match.End <= end))
        {
            plain.Append(line, at, match.Start - at);
            AddPlain(parts, plain);
            parts.Add(new HighlightPart(line[match.Start..match.End], true));
            at = match.End;
        }

        plain.Append(line, at, end - at).Append(end < line.Length ? Ellipsis : string.Empty);
        AddPlain(parts, plain);
        return parts.ToImmutable();
    }

    private static void AddPlain(ImmutableArray<HighlightPart>.Builder parts, StringBuilder plain)
    {
        if (plain.Length > 0)
        {
            parts.Add(new HighlightPart(plain.ToString(), false));
            plain.Clear();
        }
    }

    private readonly record struct Match(int Start, int End, int Term);
}
