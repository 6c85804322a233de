using TerritoireCollab.Mime.Trimming.Html;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>Decides of each block whether it is kept: what was written now, and the quotations that carry an answer.</summary>
internal sealed class ReplyParting
{
    private const int ShortQuote = 12;
    private const int WholeAnswer = 3;

    private readonly MailLines _lines;
    private readonly List<Block> _blocks;
    private readonly bool[] _kept;

    private ReplyParting(MailLines lines, bool marked)
    {
        _lines = lines;
        _blocks = new BlockReader(lines, marked).Read();
        _kept = new bool[lines.Count];
    }

    /// <summary>Parts the lines of a body.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="marked">Whether they were written by <see cref="HtmlReading"/>, with its marks.</param>
    public static ReplyParting Of(MailLines lines, bool marked)
    {
        var parting = new ReplyParting(lines, marked);
        parting.KeepTexts();
        parting.KeepQuotes();
        return parting;
    }

    /// <summary>Whether a line is kept.</summary>
    public bool IsKept(int index) => _kept[index];

    /// <summary>Whether what follows the lines is: it goes on with the last of them.</summary>
    public bool IsRestKept => _blocks.Count > 0 && _blocks[^1].Kind == BlockKind.Text && _kept[^1];

    private void KeepTexts()
    {
        var isFirst = true;
        foreach (var block in _blocks.Where(block => block.Kind == BlockKind.Text))
        {
            var end = KeepText(block, isFirst);
            isFirst &= !HasKept(block.Start, end);
        }
    }

    private int KeepText(Block block, bool isFirst)
    {
        for (var index = block.Start; index < block.End; index++)
        {
            if (_lines.IsBlank(index))
            {
                _kept[index] = true;
                continue;
            }

            if (SignatureLine.Begins(_lines, index, block.End) || ClosingNotice.Begins(_lines, index, block.End)) return index;

            var signed = MobileSignature.EndOf(_lines, index);
            if (signed == index)
            {
                _kept[index] = true;
                isFirst = false;
                continue;
            }

            // Below the signature stands what is answered; but under a signature alone, somebody wrote.
            if (!isFirst) return index;
            index = signed - 1;
        }

        return block.End;
    }

    private void KeepQuotes()
    {
        if (!HasKept(0, _lines.Count))
        {
            KeepLoneQuote();
            return;
        }

        for (var index = 0; index < _blocks.Count; index++)
        {
            if (_blocks[index].Kind != BlockKind.Quote) continue;

            var group = Group(index);
            KeepGroup(group, IsIntroduced(index));
            index = group[^1];
        }
    }

    // A quotation that no program introduced and nothing accompanies: somebody typed it, or there is nothing else to show.
    private void KeepLoneQuote()
    {
        var quotes = _blocks.FindIndex(block => block.Kind == BlockKind.Quote);
        if (quotes < 0 || _blocks.Exists(block => block.Kind is not (BlockKind.Quote or BlockKind.Text)) || _blocks.Exists(block => block.Kind == BlockKind.Text && Filled(block) > 0)) return;
        if (!IsIntroduced(quotes)) Keep(_blocks[quotes]);
    }

    // The quotations of one older mail: those up to the next introduction.
    private List<int> Group(int first)
    {
        var group = new List<int> { first };
        for (var index = first + 1; index < _blocks.Count && _blocks[index].Kind is BlockKind.Text or BlockKind.Quote or BlockKind.Signature; index++)
        {
            if (_blocks[index].Kind != BlockKind.Quote) continue;
            if (IsIntroduced(index)) break;
            group.Add(index);
        }

        return group;
    }

    // An older mail that stands in one piece was carried along; parted by answers it is quoted on purpose.
    private void KeepGroup(List<int> group, bool introduced)
    {
        if (introduced && group.Count == 1 && !IsSurrounded(_blocks[group[0]])) return;

        foreach (var index in group.Where(index => CarriesAnswer(index) || (!introduced && IsTyped(index)))) Keep(_blocks[index]);
        if (introduced && _kept[_blocks[group[0]].Start] && group[0] > 0) KeepBlanks(_blocks[group[0] - 1]);
    }

    // Of an introduction that is cut above what is kept, the blank lines stay.
    private void KeepBlanks(Block intro)
    {
        for (var line = intro.Start; line < intro.End; line++) _kept[line] |= _lines.IsBlank(line);
    }

    private void Keep(Block block)
    {
        for (var line = block.Start; line < block.End; line++) _kept[line] = true;
    }

    // A short quotation between a beginning and a whole answer is what the answer speaks of.
    private bool IsSurrounded(Block quote)
    {
        if (CountKept(quote.Start, quote.End, every: true) > ShortQuote || !HasKept(0, quote.Start)) return false;
        return CountKept(quote.End, _lines.Count, every: false) >= WholeAnswer;
    }

    private int CountKept(int start, int end, bool every)
    {
        var count = 0;
        for (var index = start; index < end && count <= ShortQuote; index++) count += (every || _kept[index]) && !_lines.IsEmpty(index) ? 1 : 0;
        return count;
    }

    private bool CarriesAnswer(int index)
    {
        for (var next = index + 1; next < _blocks.Count && _blocks[next].Kind is BlockKind.Text or BlockKind.Signature; next++)
        {
            if (HasKept(_blocks[next].Start, _blocks[next].End)) return true;
        }

        return false;
    }

    // A few lines that no program introduces, right below a sentence or announced by one: « Le débit est\n> 30 Mbit/s ».
    private bool IsTyped(int index)
    {
        if (index == 0 || _blocks[index - 1].Kind != BlockKind.Text) return false;

        var above = _blocks[index].Start - 1;
        var isBelow = !_lines.IsBlank(above);
        while (above > 0 && _lines.IsBlank(above)) above--;
        if (!_kept[above]) return false;
        return Filled(_blocks[index]) <= (isBelow ? 2 : Announces(_lines.Content(above)) ? 5 : 0);
    }

    private static bool Announces(ReadOnlySpan<char> line) => line.Length > 0 && line[^1] == ':' && !line.ContainsAnyInRange('0', '9') && !line.Contains('@');

    private int Filled(Block block)
    {
        var count = 0;
        for (var index = block.Start; index < block.End && count < 6; index++) count += _lines.IsEmpty(index) ? 0 : 1;
        return count;
    }

    private bool IsIntroduced(int index)
    {
        if (index > 0 && _blocks[index - 1].Kind is BlockKind.Intro) return true;

        var block = _blocks[index];
        for (var (line, filled) = (block.Start, 0); line < block.End && filled < 3; line++)
        {
            if (_lines.IsEmpty(line)) continue;
            if (BlockReader.EndOfIntro(_lines, line) > line) return true;
            filled++;
        }

        return false;
    }

    private bool HasKept(int start, int end)
    {
        for (var index = start; index < end; index++)
        {
            if (_kept[index] && !_lines.IsEmpty(index)) return true;
        }

        return false;
    }
}
