using System.Net;
using System.Text;

namespace TerritoireCollab.Platform.Comments;

/// <summary>Where a passage stands among the letters of a text.</summary>
/// <param name="Start">Its first letter.</param>
/// <param name="End">The letter after its last.</param>
public readonly record struct PassageSpan(int Start, int End);

/// <summary>
/// The words of a text that was rendered, each letter with its place in the HTML: there passages are found again and marked. Exact: in sanitised
/// text « &lt; » only starts a tag. Spaces, line ends and the ends of blocks all count as one space, and apostrophes as one sign.
/// </summary>
public sealed class PassageText
{
    // With less around it, what stands at its place now may be anything.
    private const int LeastAround = 16;

    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase) { "a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "u" };

    private readonly string _html;
    private readonly StringBuilder _words = new();
    private readonly List<(int Start, int End)> _places = [];
    private readonly string _folded;

    /// <summary>Reads a text.</summary>
    /// <param name="html">Sanitised HTML.</param>
    public PassageText(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        _html = html;
        Read();
        _folded = Fold(_words.ToString());
    }

    /// <summary>The passage of those words, with what stands around it; null when the text has it not.</summary>
    /// <param name="quote">Its words, as somebody typed or selected them.</param>
    /// <param name="before">The words before it, which tell it from others alike; may be empty.</param>
    public Passage? Take(string quote, string? before)
    {
        var wanted = new Passage(Words(quote), Words(before ?? ""), "");
        if (wanted.Quote.Length == 0 || Exact(wanted) is not { } place) return null;

        var text = _words.ToString();
        var (from, to) = (Math.Max(0, place.Start - Passage.AroundLength), Math.Min(text.Length, place.End + Passage.AroundLength));
        return new(text[place.Start..place.End], text[from..place.Start], text[place.End..to]);
    }

    /// <summary>Where the passage stands: by its words, or else between the words that stood around it when at least half of its own are still there.</summary>
    public PassageSpan? Find(Passage passage)
    {
        ArgumentNullException.ThrowIfNull(passage);
        return Exact(passage) ?? Around(passage);
    }

    /// <summary>The HTML with passages marked, and after each the link to what is said of it.</summary>
    /// <param name="passages">Where they stand.</param>
    /// <param name="link">The link after a passage, by its place in <paramref name="passages"/>.</param>
    public string Mark(IReadOnlyList<PassageSpan> passages, Func<int, string> link)
    {
        ArgumentNullException.ThrowIfNull(passages);
        ArgumentNullException.ThrowIfNull(link);
        var cuts = Runs(passages).SelectMany(r => new[] { new Cut(r.Start, 2, "<mark>"), new Cut(r.End, 0, "</mark>") })
            .Concat(passages.Select((p, i) => new Cut(After(p), 1, link(i)))).OrderBy(c => c.At).ThenBy(c => c.Order);
        var marked = new StringBuilder(_html.Length + (passages.Count * 160));
        var at = 0;
        foreach (var cut in cuts)
        {
            marked.Append(_html, at, cut.At - at).Append(cut.Markup);
            at = cut.At;
        }

        return marked.Append(_html, at, _html.Length - at).ToString();
    }

    private PassageSpan? Exact(Passage passage)
    {
        var quote = Fold(passage.Quote);
        if (quote.Length == 0) return null;

        var (prefix, suffix) = (Fold(passage.Prefix), Fold(passage.Suffix));
        var (best, most) = ((PassageSpan?)null, -1);
        for (var at = _folded.IndexOf(quote, StringComparison.Ordinal); at >= 0; at = _folded.IndexOf(quote, at + 1, StringComparison.Ordinal))
        {
            var alike = AlikeBefore(at, prefix) + AlikeAfter(at + quote.Length, suffix);
            if (alike > most) (best, most) = (new(at, at + quote.Length), alike);
        }

        return best;
    }

    // A space more or less beside the passage says nothing.
    private int AlikeBefore(int at, string prefix)
    {
        while (at > 0 && _folded[at - 1] == ' ') at--;
        prefix = prefix.TrimEnd(' ');
        var n = 0;
        while (n < prefix.Length && n < at && _folded[at - n - 1] == prefix[^(n + 1)]) n++;
        return n;
    }

    private int AlikeAfter(int at, string suffix)
    {
        while (at < _folded.Length && _folded[at] == ' ') at++;
        suffix = suffix.TrimStart(' ');
        var n = 0;
        while (n < suffix.Length && at + n < _folded.Length && _folded[at + n] == suffix[n]) n++;
        return n;
    }

    private PassageSpan? Around(Passage passage)
    {
        var (prefix, quote, suffix) = (Fold(passage.Prefix), Fold(passage.Quote), Fold(passage.Suffix));
        if (prefix.Length + suffix.Length < LeastAround) return null;

        for (var at = _folded.IndexOf(prefix, StringComparison.Ordinal); at >= 0; at = at + 1 < _folded.Length ? _folded.IndexOf(prefix, at + 1, StringComparison.Ordinal) : -1)
        {
            var start = at + prefix.Length;
            var end = suffix.Length == 0 ? _folded.Length : _folded.IndexOf(suffix, start, StringComparison.Ordinal);
            if (end > start && end - start <= (2 * quote.Length) + Passage.AroundLength && IsStill(quote, _folded[start..end])) return Trimmed(start, end);
            if (prefix.Length == 0) break;
        }

        return null;
    }

    private static bool IsStill(string quote, string now)
    {
        var (before, after) = (quote.Split(' ', StringSplitOptions.RemoveEmptyEntries), now.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase));
        return 2 * before.Count(after.Contains) >= before.Length;
    }

    private PassageSpan Trimmed(int start, int end)
    {
        while (start < end && _folded[start] == ' ') start++;
        while (end > start && _folded[end - 1] == ' ') end--;
        return new(start, end);
    }

    // A tag ends a mark, and what follows it begins another: marks never cross elements.
    private List<(int Start, int End)> Runs(IReadOnlyList<PassageSpan> passages)
    {
        var covered = new SortedSet<int>(passages.SelectMany(p => Enumerable.Range(p.Start, p.End - p.Start)).Where(i => _places[i].Start >= 0));
        var runs = new List<(int Start, int End, bool HasWords)>();
        foreach (var letter in covered)
        {
            var (start, end) = _places[letter];
            var isWord = _folded[letter] != ' ';
            if (runs is [.., var last] && start <= last.End) runs[^1] = (last.Start, Math.Max(end, last.End), last.HasWords || isWord);
            else runs.Add((start, end, isWord));
        }

        return [.. runs.Where(r => r.HasWords).Select(r => (r.Start, r.End))];
    }

    // A link within a link is none: the number stands after it.
    private int After(PassageSpan passage)
    {
        var end = _places[passage.End - 1].End;
        var isInLink = end > 0 && _html.LastIndexOf("<a ", end - 1, StringComparison.Ordinal) > _html.LastIndexOf("</a>", end - 1, StringComparison.Ordinal);
        return isInLink && _html.IndexOf("</a>", end, StringComparison.Ordinal) is >= 0 and var close ? close + 4 : end;
    }

    private void Read()
    {
        for (var at = 0; at < _html.Length;)
        {
            if (_html[at] == '<' && _html.IndexOf('>', at) is > 0 and var close)
            {
                if (!Inline.Contains(NameOf(at + 1))) Add(' ', -1, -1);
                at = close + 1;
            }
            else if (_html[at] == '&' && _html.IndexOf(';', at) is > 0 and var end && end - at <= 10)
            {
                foreach (var letter in WebUtility.HtmlDecode(_html[at..(end + 1)])) Add(letter, at, end + 1);
                at = end + 1;
            }
            else
            {
                Add(_html[at], at, at + 1);
                at++;
            }
        }
    }

    private string NameOf(int at)
    {
        if (at < _html.Length && _html[at] == '/') at++;
        var end = at;
        while (end < _html.Length && char.IsAsciiLetterOrDigit(_html[end])) end++;
        return _html[at..end];
    }

    private void Add(char letter, int start, int end)
    {
        var isSpace = char.IsWhiteSpace(letter);
        if (!isSpace || (_words.Length > 0 && _words[^1] != ' '))
        {
            _words.Append(isSpace ? ' ' : letter);
            _places.Add((start, end));
        }
        else if (_words.Length > 0 && start >= 0 && _places[^1].End == start)
        {
            _places[^1] = (_places[^1].Start, end);
        }
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Fold(string text) => text.Replace('’', '\'').Replace('‘', '\'');

    private readonly record struct Cut(int At, int Order, string Markup);
}
