using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Blocks as they are read, up to the limit of characters.</summary>
internal sealed class BlockSink(int limit, bool keepsSpans = false)
{
    private readonly List<string> _links = [];
    private readonly List<TextBlock> _blocks = [];
    private int _characters;

    /// <summary>What was read.</summary>
    public IReadOnlyList<TextBlock> Blocks => _blocks;

    /// <summary>Whether bold, italic and links are told beside the text; they come as <see cref="SpanMarks"/> in it.</summary>
    public bool KeepsSpans => keepsSpans;

    /// <summary>Pictures that were seen.</summary>
    public int Pictures { get; set; }

    /// <summary>Whether something was left out: whoever reads stops here.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Characters that may still come.</summary>
    public int Left => limit - _characters;

    /// <summary>What begins a link to that address in a text; null beyond the number that can be told apart.</summary>
    public string? LinkMark(string address)
    {
        if (_links.Count == SpanMarks.MostLinks) return null;

        _links.Add(address);
        return SpanMarks.Link(_links.Count - 1);
    }

    /// <summary>Adds a block, cut where the limit is; an empty one is dropped.</summary>
    public void Add(TextBlockKind kind, string text, int level = 0)
    {
        AddClean(kind, CleanText.Of(text), level);
    }

    /// <summary>Adds a row of a table: empty cells stay where they are but for those at its end.</summary>
    public void AddRow(IReadOnlyList<string> cells)
    {
        var row = string.Join('\t', cells.Select(cell => CleanText.Of(CleanText.OneLine(cell)))).TrimEnd('\t');
        AddClean(TextBlockKind.TableRow, row, 0);
    }

    private void AddClean(TextBlockKind kind, string clean, int level)
    {
        if (clean.Length == 0 || IsFull) return;
        if (clean.Length > Left)
        {
            IsFull = true;
            clean = CleanText.Cut(clean, Left);
            if (clean.Length == 0) return;
        }

        // Empty-looking blocks by millions cost memory too: each counts for a line feed at least.
        _characters += clean.Length + 1;
        if (keepsSpans) AddMarked(kind, clean, level);
        else _blocks.Add(new(kind, clean, level));
        if (_characters >= limit) IsFull = true;
    }

    private void AddMarked(TextBlockKind kind, string marked, int level)
    {
        var (text, spans) = SpanMarks.Read(marked, _links);
        if (text.Length > 0) _blocks.Add(new(kind, text, level) { Spans = spans });
    }
}

/// <summary>Text as people read it.</summary>
internal static class CleanText
{
    /// <summary>Without control characters but tabs and line feeds, halves of surrogate pairs, nor blanks at the ends.</summary>
    public static string Of(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty) return "";
        if (IsClean(trimmed)) return trimmed.Length == text.Length ? text : trimmed.ToString();

        var clean = new StringBuilder(trimmed.Length);
        foreach (var rune in trimmed.EnumerateRunes())
            if (rune != Rune.ReplacementChar && (!Rune.IsControl(rune) || rune.Value is '\n' or '\t')) clean.Append(rune);
        return clean.ToString().Trim();
    }

    /// <summary>The beginning of a text, without cutting a pair of surrogates.</summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length) return text;
        if (length <= 0) return "";
        return char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    /// <summary>On one line, without tabs: what fits a cell of a row.</summary>
    public static string OneLine(string text) => text.AsSpan().ContainsAny('\n', '\t', '\r') ? string.Join(' ', text.Split(['\n', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : text.Trim();

    private static bool IsClean(ReadOnlySpan<char> text)
    {
        foreach (var letter in text)
            if (char.IsSurrogate(letter) || letter == '\ufffd' || (char.IsControl(letter) && letter is not ('\n' or '\t'))) return false;
        return true;
    }
}
