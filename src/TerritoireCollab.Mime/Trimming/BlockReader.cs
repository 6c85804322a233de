using TerritoireCollab.Mime.Trimming.Html;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>Parts the lines of a body into blocks, from the top.</summary>
internal sealed class BlockReader(MailLines lines, bool marked)
{
    // A quoted line that a program broke at the width of the page leaves its last words without a mark.
    private const int WrappedFrom = 60;
    private const int WrappedRest = 80;

    private readonly List<Block> _blocks = [];
    private bool _hasText;

    public List<Block> Read()
    {
        var index = 0;
        while (index < lines.Count) index = Take(index);
        return _blocks;
    }

    /// <summary>The line after an introduction of any form that begins at <paramref name="start"/>; itself where none does.</summary>
    public static int EndOfIntro(MailLines lines, int start)
    {
        if (lines.Key(start).Length < 3) return start;

        var end = OwnMarker.EndOf(lines, start);
        if (end == start) end = Announcements.EndOf(lines, start);
        if (end == start) end = QuotedHeaders.EndOf(lines, start);
        return end == start ? IntroLine.EndOf(lines, start) : end;
    }

    private int Take(int index)
    {
        if (lines.IsBlank(index)) return Add(LastKind, index, index + 1);
        if (lines.Depth(index) > 0 || IsRestOfQuote(index)) return TakeQuote(index);
        if (marked && HtmlMark.KindOf(lines.Content(index)) is { } kind) return kind == BlockKind.Intro ? TakeIntro(index, index + 1) : Add(kind, index, index + 1);

        var end = EndOfIntro(lines, index);
        if (end > index) return TakeIntro(index, end);

        _hasText = true;
        return Add(BlockKind.Text, index, index + 1);
    }

    // A rule above a quotation that introduces itself was drawn with it.
    private int TakeQuote(int index)
    {
        if (LastKind == BlockKind.Text && _hasText && EndOfIntro(lines, index) > index && GiveBack(index) is var start && start < index) Add(BlockKind.Intro, start, index);
        return Add(BlockKind.Quote, index, index + 1);
    }

    private BlockKind LastKind => _blocks.Count == 0 ? BlockKind.Text : _blocks[^1].Kind;

    // An older mail without marks of quotation ends the body; with nothing above, all is forwarded and the text is what there is.
    private int TakeIntro(int index, int end)
    {
        Add(BlockKind.Intro, GiveBack(index), end);
        var next = lines.NextFilled(end);
        if (next < lines.Count && lines.Depth(next) == 0 && EndOfIntro(lines, next) > next) return next;
        return _hasText && next < lines.Count && lines.Depth(next) == 0 && !IsMarked(next) ? Add(BlockKind.Original, end, lines.Count) : end;
    }

    private bool IsMarked(int index) => marked && HtmlMark.KindOf(lines.Content(index)) is not null;

    private int Add(BlockKind kind, int start, int end)
    {
        if (_blocks.Count > 0 && _blocks[^1].Kind == kind) _blocks[^1].End = end;
        else _blocks.Add(new Block(kind, start, end));
        return end;
    }

    // The rule above an introduction belongs to it, and the name above an address that was moved to its own line.
    private int GiveBack(int index)
    {
        if (_blocks.Count == 0 || LastKind != BlockKind.Text) return index;

        var last = _blocks[^1];
        var start = index;
        if (lines.Key(index)[0] == '<' && start - 1 > last.Start && IsName(lines.Content(start - 1))) start--;
        while (start > last.Start && IsGivenBack(start - 1)) start--;
        while (start < index && lines.IsBlank(start)) start++;

        last.End = start;
        if (last.Start == start) _blocks.RemoveAt(_blocks.Count - 1);
        return start;
    }

    private bool IsGivenBack(int index) => lines.IsBlank(index) || (lines.Content(index) is { Length: >= 3 } line && SignatureLine.IsRule(line));

    private static bool IsName(ReadOnlySpan<char> line) => line.Length is > 2 and < 80 && line[^1] is not ('.' or '!' or '?' or ',' or ':' or ';');

    private bool IsRestOfQuote(int index)
    {
        if (index == 0 || index + 1 >= lines.Count || lines.Depth(index - 1) == 0 || lines.Depth(index + 1) == 0) return false;

        var line = lines.Content(index);
        var above = lines.Content(index - 1);
        if (line[0] is '(' or '<' || !line.Contains(' ')) return line.Contains("://", StringComparison.Ordinal) || line.Contains('=');
        return line.Length <= WrappedRest && char.IsLower(line[0]) && above.Length >= WrappedFrom && (char.IsLetterOrDigit(above[^1]) || above[^1] is ',' or '-' or '\'' or ')');
    }
}
