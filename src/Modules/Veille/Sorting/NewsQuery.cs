using System.Text;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Veille.Sorting;

/// <summary>What a query looks at, folded: lower case, without accents, words apart by single blanks.</summary>
/// <param name="Title">Title.</param>
/// <param name="Text">Excerpt.</param>
/// <param name="Author">Author.</param>
/// <param name="Source">Name of the source.</param>
/// <param name="Site">Host of the page.</param>
public sealed record NewsText(string Title, string Text, string Author, string Source, string Site)
{
    /// <summary>Folds what is looked at.</summary>
    public static NewsText Of(string title, string text, string? author, string source, string site) =>
        new(NewsQuery.Fold(title), NewsQuery.Fold(text), NewsQuery.Fold(author ?? ""), NewsQuery.Fold(source), NewsQuery.Fold(site));
}

/// <summary>
/// The small search grammar of the rules: words that must all be there, beginnings of words counting (<c>fibre subvention</c>), phrases
/// (<c>"appel à projets"</c>), what must not be there (<c>-emploi</c>), fields (<c>titre:</c>, <c>texte:</c>, <c>auteur:</c>, <c>source:</c>,
/// <c>site:</c>), alternatives (<c>fibre OU THD</c>), parentheses. Case, accents and signs do not count. Every text is a query.
/// </summary>
public sealed class NewsQuery
{
    // Deeper, a parenthesis is a sign like another: nobody writes so, and the stack is not theirs to fill.
    private const int MaximumDepth = 20;

    private readonly Func<NewsText, bool> _matches;

    private NewsQuery(Func<NewsText, bool> matches, bool isEmpty) => (_matches, IsEmpty) = (matches, isEmpty);

    /// <summary>Whether it looks for nothing at all, and so finds nothing.</summary>
    public bool IsEmpty { get; }

    /// <summary>Reads a query.</summary>
    public static NewsQuery Parse(string? query)
    {
        var reader = new Reader(query ?? "");
        var matches = reader.Alternatives(0);
        return new(matches ?? (_ => false), matches is null);
    }

    /// <summary>Whether the news is found.</summary>
    public bool Matches(NewsText news) => _matches(news);

    /// <summary>Lower case, without accents, words apart by single blanks, with one before the first.</summary>
    internal static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length + 1).Append(' ');
        foreach (var rune in text.EnumerateRunes())
            foreach (var letter in TextFold.Of(rune))
            {
                if (char.IsLetterOrDigit(letter)) folded.Append(letter);
                else if (folded[^1] != ' ') folded.Append(' ');
            }

        return folded.ToString();
    }

    private sealed class Reader(string text)
    {
        private int _at;

        /// <summary>Terms joined by « OU »; null when there is none.</summary>
        public Func<NewsText, bool>? Alternatives(int depth)
        {
            List<Func<NewsText, bool>> alternatives = [];
            List<Func<NewsText, bool>> together = [];
            while (true)
            {
                Blanks();
                if (_at >= text.Length || (depth > 0 && text[_at] == ')')) break;

                if (Word("OU") || Word("OR"))
                {
                    Close(alternatives, together);
                    together = [];
                    continue;
                }

                if (Term(depth) is { } term) together.Add(term);
            }

            Close(alternatives, together);
            return alternatives.Count switch { 0 => null, 1 => alternatives[0], _ => news => alternatives.Exists(a => a(news)) };
        }

        private static void Close(List<Func<NewsText, bool>> alternatives, List<Func<NewsText, bool>> together)
        {
            if (together.Count > 0) alternatives.Add(news => together.TrueForAll(t => t(news)));
        }

        private Func<NewsText, bool>? Term(int depth)
        {
            if (text[_at] is '-' or '!')
            {
                _at++;
                return _at < text.Length && !char.IsWhiteSpace(text[_at]) && Term(depth) is { } not ? news => !not(news) : null;
            }

            if (text[_at] == '(' && depth < MaximumDepth)
            {
                _at++;
                var inside = Alternatives(depth + 1);
                if (_at < text.Length) _at++;
                return inside;
            }

            var look = Field();
            var wanted = Fold(Value());
            return wanted.Length <= 1 ? null : news => look(news).Contains(wanted, StringComparison.Ordinal);
        }

        private Func<NewsText, string> Field()
        {
            var colon = text.IndexOf(':', _at);
            var end = colon < 0 ? -1 : colon;
            Func<NewsText, string>? look = end < 0 ? null : Fold(text[_at..end]).TrimStart() switch
            {
                "titre" or "title" => news => news.Title,
                "texte" or "text" => news => news.Text,
                "auteur" or "author" => news => news.Author,
                "source" => news => news.Source,
                "site" => news => news.Site,
                _ => null,
            };
            if (look is null) return news => news.Title + news.Text;

            _at = end + 1;
            return look;
        }

        private string Value()
        {
            if (_at < text.Length && text[_at] is '"' or '«')
            {
                var close = text.IndexOf(text[_at] == '«' ? '»' : '"', _at + 1);
                var phrase = text[(_at + 1)..(close < 0 ? text.Length : close)];
                _at = close < 0 ? text.Length : close + 1;
                return phrase;
            }

            var start = _at;
            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not (')' or '"')) _at++;
            // What stops a word at its first sign is that sign: it is passed.
            if (_at == start && _at < text.Length) _at++;
            return text[start.._at];
        }

        private bool Word(string word)
        {
            var end = _at + word.Length;
            if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0 || (end < text.Length && !char.IsWhiteSpace(text[end]))) return false;

            _at = end;
            return true;
        }

        private void Blanks()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at])) _at++;
        }
    }
}
