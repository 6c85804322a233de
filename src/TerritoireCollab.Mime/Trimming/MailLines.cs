using System.Buffers;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// The lines of a body, each with the depth of its quotation. What a line says is folded only when a rule asks, and never beyond
/// the limits below, which keeps the worst input linear and quick.
/// </summary>
internal sealed class MailLines
{
    /// <summary>Rules look at this many lines; further lines are quoted or not, nothing else. Nobody answers on more.</summary>
    public const int Examined = 1000;

    /// <summary>A text is parted into this many lines; what follows goes where the last of them goes.</summary>
    public const int Parted = 6000;

    // What char.IsWhiteSpace takes for one, line ends aside.
    private const string Spaces = " \t\v\f\u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000";

    /// <summary>A longer line is a paragraph: no mail program writes such a mark.</summary>
    public const int LongestMark = 400;

    private static readonly SearchValues<char> Space = SearchValues.Create(Spaces);

    private static readonly SearchValues<char> SpaceAndMarks = SearchValues.Create(Spaces + ">");

    private readonly string _text;
    private readonly List<Line> _lines = [];
    private readonly string?[] _keys;

    /// <summary>Parts a text at its line ends, of any kind.</summary>
    public MailLines(string text)
    {
        _text = text;
        var start = 0;
        while (start < text.Length && _lines.Count < Parted)
        {
            var length = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = length < 0 ? text.Length : start + length;
            var parted = _lines.Count < Examined ? GluedIntro.StartIn(text, start, end) : start;
            if (parted > start) _lines.Add(Measure(start, parted));
            _lines.Add(Measure(parted, end));
            start = end + (end + 1 < text.Length && text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1);
        }

        Rest = start < text.Length ? text[start..] : "";
        _keys = new string?[Math.Min(_lines.Count, Examined)];
    }

    /// <summary>What follows the lines.</summary>
    public string Rest { get; }

    public int Count => _lines.Count;

    /// <summary>How many <c>&gt;</c> stand before the text.</summary>
    public int Depth(int index) => _lines[index].Depth;

    public bool IsBlank(int index) => _lines[index] is { Depth: 0 } line && line.Content == line.End;

    /// <summary>Nothing stands on the line but marks of quotation.</summary>
    public bool IsEmpty(int index) => _lines[index].Content == _lines[index].End;

    /// <summary>The line as it came, without its end.</summary>
    public ReadOnlySpan<char> Raw(int index) => _text.AsSpan(_lines[index].Start, _lines[index].End - _lines[index].Start);

    /// <summary>What the line says, without marks of quotation and space around.</summary>
    public ReadOnlySpan<char> Content(int index) => _text.AsSpan(_lines[index].Content, _lines[index].End - _lines[index].Content).TrimEnd();

    /// <summary>The folded words of the line; empty where no rule has to look.</summary>
    public string Key(int index)
    {
        if (index >= _keys.Length) return "";
        return _keys[index] ??= _lines[index].End - _lines[index].Content > LongestMark ? "" : Folding.Fold(Content(index));
    }

    /// <summary>The next line that says something, from <paramref name="index"/> on, or the number of lines.</summary>
    public int NextFilled(int index)
    {
        while (index < Count && IsBlank(index)) index++;
        return index;
    }

    /// <summary>Whether what follows, blank lines aside, is quoted deeper than <paramref name="depth"/>.</summary>
    public bool IsQuotedAfter(int index, int depth)
    {
        // Blank lines inside a quotation carry its marks, so that only the outermost level has to skip any.
        for (var looked = 0; index < Count && looked < 5; index++, looked++)
        {
            if (Depth(index) > depth) return true;
            if (!IsEmpty(index)) return false;
        }

        return false;
    }

    private Line Measure(int start, int end)
    {
        var marks = SkipInitials(Skip(start, end, Space), end);
        var content = Skip(marks, end, SpaceAndMarks);
        return new Line(start, end, content, _text.AsSpan(marks, content - marks).Count('>'));
    }

    // The Bat! quotes with the initials of the author: « CD> Bonjour ».
    private int SkipInitials(int start, int end)
    {
        var mark = start;
        while (mark < end && mark - start < 3 && char.IsAsciiLetterUpper(_text[mark])) mark++;
        return mark < end && _text[mark] == '>' && (mark + 1 == end || _text[mark + 1] is ' ' or '>') ? mark : start;
    }

    private int Skip(int start, int end, SearchValues<char> skipped)
    {
        var length = _text.AsSpan(start, end - start).IndexOfAnyExcept(skipped);
        return length < 0 ? end : start + length;
    }

    private readonly record struct Line(int Start, int End, int Content, int Depth);
}
