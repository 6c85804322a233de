using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>
/// Paragraphs, tables and notes as XML opens and closes them, made into blocks. A paragraph may stand inside another (a text box, a note); a
/// table inside a cell becomes text of that cell; notes wait until the text is over.
/// </summary>
internal sealed class Flow(BlockSink sink)
{
    private readonly Stack<Paragraph> _open = new();
    private readonly Stack<Paragraph> _free = new();
    private readonly List<string> _notes = [];
    private readonly List<string> _cells = [];
    private readonly StringBuilder _cell = new();
    private int _rows;
    private int _noteDepth;

    /// <summary>Whether text would go somewhere.</summary>
    public bool IsInParagraph => _open.Count > 0;

    /// <summary>Blocks go there.</summary>
    public BlockSink Sink { get; } = sink;

    private bool IsInCell => _rows > 0 && _noteDepth == 0;

    /// <summary>Begins a paragraph.</summary>
    public void OpenParagraph(TextBlockKind kind)
    {
        _open.Push(_free.TryPop(out var used) ? used : new Paragraph());
        Mark(kind, 0);
    }

    /// <summary>Says what the open paragraph is, once its properties are known.</summary>
    public void Mark(TextBlockKind kind, int level)
    {
        if (!_open.TryPeek(out var paragraph)) return;
        paragraph.Kind = kind;
        paragraph.Level = level;
    }

    /// <summary>Begins or ends what is bold or italic, where that is kept: one of <see cref="SpanMarks"/>.</summary>
    public void MarkSpan(char mark)
    {
        if (Sink.KeepsSpans && _open.TryPeek(out var paragraph) && Room(paragraph.Text) > 0) paragraph.Text.Append(mark);
    }

    /// <summary>Begins a link, where that is kept.</summary>
    public void MarkLink(string address)
    {
        if (Sink.KeepsSpans && _open.TryPeek(out var paragraph) && Room(paragraph.Text) > 0) paragraph.Text.Append(Sink.LinkMark(address));
    }

    /// <summary>Adds text as it is.</summary>
    public void Append(string text)
    {
        if (!_open.TryPeek(out var paragraph)) return;
        if (Sink.KeepsSpans) text = SpanMarks.Without(text);
        paragraph.Text.Append(text.AsSpan(0, Math.Min(text.Length, Room(paragraph.Text))));
    }

    /// <summary>Adds text whose runs of blanks are one space (ODF 1.3, 6.1.2).</summary>
    public void AppendCollapsed(string text)
    {
        if (!_open.TryPeek(out var paragraph)) return;
        if (Sink.KeepsSpans) text = SpanMarks.Without(text);
        var target = paragraph.Text;
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, Room(target))))
        {
            if (letter is not (' ' or '\t' or '\r' or '\n')) target.Append(letter);
            else if (target.Length > 0 && target[^1] != ' ') target.Append(' ');
        }
    }

    /// <summary>Ends a paragraph.</summary>
    public void CloseParagraph()
    {
        if (!_open.TryPop(out var paragraph)) return;
        var text = paragraph.Text.ToString();
        paragraph.Text.Clear();
        _free.Push(paragraph);
        if (_noteDepth > 0) _notes.Add(text);
        else if (IsInCell) AddToCell(text);
        else Sink.Add(paragraph.Kind, text, paragraph.Level);
    }

    /// <summary>Begins a note: its paragraphs come after the text.</summary>
    public void OpenNote() => _noteDepth++;

    /// <summary>Ends a note.</summary>
    public void CloseNote() => _noteDepth--;

    /// <summary>Begins a row.</summary>
    public void OpenRow()
    {
        if (_rows++ > 0) return;
        _cells.Clear();
        _cell.Clear();
    }

    /// <summary>Begins a cell.</summary>
    public void OpenCell()
    {
        if (_rows == 1) _cell.Clear();
    }

    /// <summary>Ends a cell, which takes several columns where it is repeated.</summary>
    public void CloseCell(int times = 1)
    {
        if (_rows != 1) return;
        for (var i = 0; i < times; i++) _cells.Add(_cell.ToString());
        _cell.Clear();
    }

    /// <summary>Puts a value in the place of what the open cell shows.</summary>
    public void SetCell(string text)
    {
        if (_rows == 1) _cell.Clear().Append(text);
    }

    /// <summary>Adds text to the open cell.</summary>
    public void AddToCell(string text)
    {
        var line = CleanText.OneLine(text);
        if (line.Length == 0 || _cell.Length >= Sink.Left) return;
        _cell.Append(_cell.Length == 0 ? "" : " ").Append(line);
    }

    /// <summary>Ends a row, which is there several times where it is repeated.</summary>
    public void CloseRow(int times = 1)
    {
        if (_rows == 0 || --_rows > 0) return;
        if (_cells.TrueForAll(cell => cell.Length == 0)) return;
        for (var i = 0; i < times && !Sink.IsFull; i++) Sink.AddRow(_cells);
    }

    /// <summary>Gives out the notes that wait.</summary>
    public void GiveNotes()
    {
        foreach (var note in _notes) Sink.Add(TextBlockKind.Note, CleanText.OneLine(note));
        _notes.Clear();
    }

    private int Room(StringBuilder text) => Math.Max(0, Sink.Left + 1 - text.Length);

    private sealed class Paragraph
    {
        public TextBlockKind Kind { get; set; }

        public int Level { get; set; }

        public StringBuilder Text { get; } = new();
    }
}
