using System.Text;
using PdfSharp.Drawing;

namespace TerritoireCollab.Documents.Writing.Pdf;

/// <summary>How a stretch of text is written.</summary>
/// <param name="Font">Its font.</param>
/// <param name="Link">Where it leads, or null.</param>
/// <param name="IsCode">Whether it is code.</param>
internal sealed record PdfLook(XFont Font, string? Link, bool IsCode);

/// <summary>Text of one look on a line.</summary>
internal sealed record PdfRun(string Text, PdfLook Look, double Width);

/// <summary>A line: runs side by side, or a picture.</summary>
internal sealed record PdfLine(IReadOnlyList<PdfRun> Runs, WrittenImage? Image = null)
{
    public double Width => Runs.Sum(run => run.Width);
}

/// <summary>Breaks text into lines, between words, and in the middle of those that are wider than a line.</summary>
internal sealed class PdfLines(double size, bool isBold = false, bool isCode = false)
{
    private static readonly XGraphics Ruler = XGraphics.CreateMeasureContext(new XSize(1_000, 1_000), XGraphicsUnit.Point, XPageDirection.Downwards);

    private readonly Dictionary<(WrittenStyle Style, string? Link), PdfLook> _looks = [];
    private readonly Dictionary<(XFont Font, string Text), double> _widths = [];

    /// <summary>From one base line to the next.</summary>
    public double Height { get; } = size * 1.4;

    /// <summary>From the top of a line to its base line.</summary>
    public double Base { get; } = size * 1.1;

    /// <summary>Lines of a text of that width.</summary>
    public List<PdfLine> Break(IReadOnlyList<WrittenInline> content, double width)
    {
        var filling = new Filling(this, Math.Max(width, size));
        foreach (var inline in content)
        {
            if (inline is WrittenImage image) filling.Add(image);
            else if (inline is WrittenBreak) filling.EndLine();
            else if (inline is WrittenText text) filling.Add(Clean(text.Text), LookOf(text.Style, text.SafeLink));
        }

        return filling.Lines();
    }

    /// <summary>Lines of code: blanks count, and long lines go on below.</summary>
    public List<PdfLine> BreakCode(string text, double width)
    {
        var (look, lines) = (LookOf(WrittenStyle.Code, null), new List<PdfLine>());
        foreach (var written in text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            // A blank that may end a line would be dropped there.
            var line = Clean(written.Replace("\t", "    ", StringComparison.Ordinal)).Replace(' ', '\u00a0');
            var filling = new Filling(this, Math.Max(width, size));
            filling.Add(line, look);
            lines.AddRange(filling.Lines() is { Count: > 0 } broken ? broken : [new([])]);
        }

        return lines;
    }

    /// <summary>Width of the longest word, and of the text on one line.</summary>
    public (double Word, double Whole) Widths(IReadOnlyList<WrittenInline> content)
    {
        double word = 0, whole = 0;
        foreach (var text in content.OfType<WrittenText>())
        {
            var look = LookOf(text.Style, null);
            var clean = Clean(text.Text);
            whole += Measure(clean, look);
            foreach (var piece in clean.Split(' ')) word = Math.Max(word, Measure(piece, look));
        }

        foreach (var image in content.OfType<WrittenImage>()) whole = Math.Max(whole, image.PageSize.Width * PdfSheet.PointsOfPixel);
        return (word, whole);
    }

    private double Measure(string text, PdfLook look)
    {
        if (text.Length == 0) return 0;
        if (!_widths.TryGetValue((look.Font, text), out var width)) _widths[(look.Font, text)] = width = Ruler.MeasureString(text, look.Font).Width;
        return width;
    }

    private PdfLook LookOf(WrittenStyle style, string? link)
    {
        if (_looks.TryGetValue((style, link), out var look)) return look;

        var written = (isBold || style.HasFlag(WrittenStyle.Bold) ? XFontStyleEx.Bold : 0) | (style.HasFlag(WrittenStyle.Italic) ? XFontStyleEx.Italic : 0) | (style.HasFlag(WrittenStyle.Strike) ? XFontStyleEx.Strikeout : 0)
            // A link is told by more than its colour.
            | (link is null ? 0 : XFontStyleEx.Underline);
        var code = isCode || style.HasFlag(WrittenStyle.Code);
        return _looks[(style, link)] = new(PdfFonts.Of(code ? PdfFonts.Code : PdfFonts.Text, code ? size * 0.92 : size, written), link, code && !isCode);
    }

    // Signs that no font shows, and halves of pairs.
    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\r' or '\t') clean.Append(' ');
            else if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar && rune.Value is not (0x200b or 0xfeff or 0x00ad or >= 0xfe00 and <= 0xfe0f)) clean.Append(rune);
        }

        return clean.ToString();
    }

    private sealed class Filling(PdfLines owner, double width)
    {
        private readonly List<PdfLine> _lines = [];
        private readonly List<PdfRun> _line = [];
        private readonly List<PdfRun> _word = [];
        private PdfRun? _blank;
        private double _used;
        private bool _isOpen;

        public void Add(string text, PdfLook look)
        {
            var start = 0;
            while (start < text.Length)
            {
                var blank = text.IndexOf(' ', start);
                var end = blank < 0 ? text.Length : blank;
                if (end > start) _word.Add(RunOf(text[start..end], look));
                if (blank < 0) return;

                EndWord();
                if (_line.Count > 0) _blank ??= RunOf(" ", look);
                start = blank + 1;
            }
        }

        public void Add(WrittenImage image)
        {
            if (_word.Count > 0 || _line.Count > 0) EndLine();
            _lines.Add(new([], image));
            _isOpen = false;
        }

        public void EndLine()
        {
            EndWord();
            Put();
        }

        public List<PdfLine> Lines()
        {
            EndWord();
            if (_isOpen) Put();
            return _lines;
        }

        private PdfRun RunOf(string text, PdfLook look) => new(text, look, owner.Measure(text, look));

        private void EndWord()
        {
            if (_word.Count == 0) return;

            var needed = _word.Sum(run => run.Width);
            if (_line.Count > 0 && _used + (_blank?.Width ?? 0) + needed > width) Put();
            if (_line.Count > 0 && _blank is { } blank) Append(blank);
            _blank = null;
            foreach (var run in _word) AppendBroken(run);
            _word.Clear();
        }

        private void AppendBroken(PdfRun run)
        {
            var text = run.Text;
            while (_used + owner.Measure(text, run.Look) > width)
            {
                var fits = Fitting(text, run.Look);
                if (fits == 0 && _line.Count > 0)
                {
                    Put();
                    continue;
                }

                // A sign that is wider than the line stands over its edge.
                fits = Math.Max(fits, char.IsHighSurrogate(text[0]) && text.Length > 1 ? 2 : 1);
                Append(RunOf(text[..fits], run.Look));
                text = text[fits..];
                if (text.Length == 0) return;
                Put();
            }

            Append(RunOf(text, run.Look));
        }

        private int Fitting(string text, PdfLook look)
        {
            var (low, high) = (0, text.Length);
            while (low < high)
            {
                var middle = (low + high + 1) / 2;
                if (_used + Ruler.MeasureString(text[..middle], look.Font).Width <= width) low = middle;
                else high = middle - 1;
            }

            return low > 0 && low < text.Length && char.IsHighSurrogate(text[low - 1]) ? low - 1 : low;
        }

        private void Append(PdfRun run)
        {
            (_used, _isOpen) = (_used + run.Width, true);
            if (_line is [.., var last] && last.Look == run.Look) _line[^1] = new(last.Text + run.Text, run.Look, last.Width + run.Width);
            else _line.Add(run);
        }

        private void Put()
        {
            _lines.Add(new([.. _line]));
            _line.Clear();
            (_used, _blank, _isOpen) = (0, null, false);
        }
    }
}
