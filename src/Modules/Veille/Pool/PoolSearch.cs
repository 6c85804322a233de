using System.Text;
using TerritoireCollab.Veille.Sorting;

namespace TerritoireCollab.Veille.Pool;

/// <summary>
/// What a search of the pool looks for: the grammar of <see cref="NewsQuery"/>, with a pattern by which the database leaves out most of what
/// cannot match. The query itself is asked of what is left.
/// </summary>
internal sealed class PoolSearch
{
    /// <summary>Longest query, in characters.</summary>
    public const int QueryLength = 200;

    // Letters that carry an accent or a cedilla in the languages around: the database compares them as they are written.
    private const string Accented = "aceinosuyz";
    private const int ShortestHint = 3;

    private readonly NewsQuery _query;

    private PoolSearch(string text)
    {
        Text = text;
        _query = NewsQuery.Parse(text);
        Pattern = PatternOf(text);
    }

    /// <summary>What was asked for.</summary>
    public string Text { get; }

    /// <summary>A pattern of LIKE, in lower case, that title and excerpt together must match; null when none follows from the query.</summary>
    public string? Pattern { get; }

    /// <summary>The search, or null when nothing is looked for.</summary>
    public static PoolSearch? Of(string? typed)
    {
        var text = typed?.Trim() ?? "";
        var search = new PoolSearch(text.Length > QueryLength ? text[..QueryLength] : text);
        return search._query.IsEmpty ? null : search;
    }

    /// <summary>Whether a piece of news is found.</summary>
    public bool Matches(string title, string excerpt, string? author, string? source, string address) =>
        _query.Matches(NewsText.Of(title, excerpt, author, source ?? "", new Uri(address).IdnHost));

    private static string? PatternOf(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(w => w is "OU" or "OR" || w.AsSpan().IndexOfAny("()\"«»") >= 0)) return null;

        // Whatever else is asked for, this word must be there.
        var hint = words.Where(w => w[0] is not ('-' or '!') && !w.Contains(':', StringComparison.Ordinal))
            .SelectMany(w => NewsQuery.Fold(w).Split(' ', StringSplitOptions.RemoveEmptyEntries)).MaxBy(w => w.Length);
        if (hint is null || hint.Length < ShortestHint || !hint.All(char.IsAsciiLetterOrDigit)) return null;

        var pattern = new StringBuilder("%");
        foreach (var letter in hint.Replace("oe", "%", StringComparison.Ordinal).Replace("ae", "%", StringComparison.Ordinal)) pattern.Append(Accented.Contains(letter, StringComparison.Ordinal) ? '_' : letter);
        return pattern.Append('%').ToString();
    }
}
