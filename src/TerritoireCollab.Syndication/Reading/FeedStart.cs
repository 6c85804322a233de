using System.Text.RegularExpressions;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>What a document is, by its first signs.</summary>
internal enum StartKind
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>XML, at least nearly.</summary>
    Xml,

    /// <summary>JSON.</summary>
    Json,
}

/// <summary>Where a feed begins in a document, and what it is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where; after 0, something stands before it.</param>
/// <param name="Refusal">Why it is no feed.</param>
internal readonly partial record struct FeedStart(StartKind Kind, int At, FeedRefusal? Refusal)
{
    // A warning of PHP is a few lines; further down, it is the document that is of another kind.
    private const int MostBefore = 64 * 1024;

    /// <summary>Looks at the first signs, passing over blanks and over whatever a broken program printed first.</summary>
    public static FeedStart Find(string text)
    {
        var first = 0;
        while (first < text.Length && (char.IsWhiteSpace(text[first]) || text[first] is '\uFEFF' or '\0' or '\u200B')) first++;
        if (first == text.Length) return new(StartKind.None, 0, FeedRefusal.Empty);
        if (IsJson(text, first)) return new(StartKind.Json, first, null);

        // What XML itself allows before the root is the document's own.
        var root = AfterProlog(text, first);
        var rest = text.AsSpan(root, Math.Min(text.Length - root, MostBefore));
        var found = Root().EnumerateMatches(rest);
        if (!found.MoveNext()) return Other(rest, first);
        if (found.Current.Index == 0) return new(StartKind.Xml, first, null);

        var declaration = rest[..found.Current.Index].LastIndexOf("<?xml ", StringComparison.OrdinalIgnoreCase);
        if (declaration >= 0) return new(StartKind.Xml, root + declaration, null);

        return Page().IsMatch(rest[..found.Current.Index]) ? new(StartKind.None, 0, FeedRefusal.Page) : new(StartKind.Xml, rest[0] == '<' && !IsLine(rest) ? first : root + found.Current.Index, null);
    }

    // Comments are no JSON, and are there.
    private static bool IsJson(string text, int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at])) at++;
            else if ((Ends(text, at, "/*", "*/") ?? Ends(text, at, "//", "\n")) is { } end) at = end;
            else return text[at] == '{';
        }

        return false;
    }

    private static FeedStart Other(ReadOnlySpan<char> rest, int first)
    {
        if (Page().IsMatch(rest)) return new(StartKind.None, 0, FeedRefusal.Page);
        if (rest.Length > 0 && rest[0] == '<' && Element().IsMatch(rest)) return new(StartKind.Xml, first, null);

        return new(StartKind.None, 0, FeedRefusal.Unreadable);
    }

    // What a warning of PHP begins with; any other element is one that somebody wrapped around the feed.
    private static bool IsLine(ReadOnlySpan<char> rest) => rest.StartsWith("<br", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("<b>", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("<p>", StringComparison.OrdinalIgnoreCase)
        || rest.StartsWith("<div", StringComparison.OrdinalIgnoreCase) || rest.StartsWith("<script", StringComparison.OrdinalIgnoreCase);

    private static int AfterProlog(string text, int at)
    {
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            var end = Ends(text, at, "<!--", "-->") ?? Ends(text, at, "<?", "?>") ?? Doctype(text, at);
            if (end is not { } next || next >= text.Length) return at;

            at = next;
        }
    }

    private static int? Ends(string text, int at, string opening, string closing)
    {
        if (string.CompareOrdinal(text, at, opening, 0, opening.Length) != 0) return null;

        var end = text.IndexOf(closing, at + opening.Length, StringComparison.Ordinal);
        return end < 0 ? null : end + closing.Length;
    }

    private static int? Doctype(string text, int at)
    {
        const string Opening = "<!DOCTYPE";
        if (string.Compare(text, at, Opening, 0, Opening.Length, StringComparison.OrdinalIgnoreCase) != 0) return null;

        var depth = 0;
        for (var i = at + Opening.Length; i < text.Length; i++)
        {
            if (text[i] == '[') depth++;
            else if (text[i] == ']') depth--;
            else if (text[i] == '>' && depth <= 0) return i + 1;
        }

        return null;
    }

    [GeneratedRegex(@"<(?:[A-Za-z_][\w.-]{0,40}:)?(?:rss|rdf|feed|channel)(?=[\s/>])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"<!doctype\s+html|<(?:html|head|body)[\s>]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Page();

    [GeneratedRegex(@"<[A-Za-z_!?]", RegexOptions.CultureInvariant)]
    private static partial Regex Element();
}
