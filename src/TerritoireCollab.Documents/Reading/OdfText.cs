namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of an OpenDocument (OASIS ODF 1.3, part 3): what texts, sheets and slides have in common is read here.</summary>
internal class OdfText : PartWalker
{
    // A file that repeats an empty cell up to the edge of the sheet is usual; one that shows so many is not.
    private const int MostColumns = 64;
    private const int MostRows = 50;

    private int _lists;
    private int _areas;
    private int _columns = 1;
    private int _rowTimes = 1;
    private readonly Stack<(bool IsBold, bool IsItalic)> _spans = new();

    protected OdfText(BlockSink sink, TextBlockKind kind = TextBlockKind.Paragraph)
        : base(sink) => Kind = kind;

    /// <summary>What paragraphs are made into.</summary>
    protected TextBlockKind Kind { get; set; }

    /// <summary>Styles of the content, read as they come: they stand before it.</summary>
    protected OdfStyles Styles { get; } = new();

    /// <summary>Whether the reader is in the body, or in a header or footer.</summary>
    protected bool IsInArea => _areas > 0;

    /// <summary>Reads headers, the text, its notes, footers.</summary>
    public static void Read(Package package, BlockSink sink)
    {
        var furniture = OdfFurniture.Read(package, sink.Left);
        foreach (var text in furniture.Headers) sink.Add(TextBlockKind.PageFurniture, text);
        var body = new OdfText(sink);
        body.Walk(package.OpenXml("content.xml"));
        body.Flow.GiveNotes();
        foreach (var text in furniture.Footers) sink.Add(TextBlockKind.PageFurniture, text);
    }

    protected override void Open(XmlPart part)
    {
        if (IsArea(part.Name)) OpenArea(part);
        else if (!IsInArea) Styles.Take(part);
        else if (!OpenBlock(part)) OpenInline(part);
    }

    protected override void Close(string name)
    {
        if (IsArea(name)) _areas--;
        else if (IsInArea) CloseBlock(name);
    }

    protected override void Text(string text) => Flow.AppendCollapsed(text);

    /// <summary>Whether text stands in that element, rather than styles.</summary>
    protected virtual bool IsArea(string name) => name == "body";

    /// <summary>Such an element begins.</summary>
    protected virtual void OpenArea(XmlPart part) => _areas++;

    /// <summary>A paragraph, list, table or note begins.</summary>
    protected virtual bool OpenBlock(XmlPart part)
    {
        switch (part.Name)
        {
            // What was deleted, what is said about the text, what describes a picture, what is spoken, and what takes no place.
            case "tracked-changes" or "annotation" or "title" or "desc" or "ruby-text" or "note-citation" or "forms" or "script" or "content-validations" or "page-number" or "page-count" or "index-title-template":
                part.SkipContent();
                return true;
            case "covered-table-cell":
                part.SkipContent();
                Flow.OpenCell();
                Flow.CloseCell(Times(part, "number-columns-repeated", MostColumns));
                return true;
            case "h":
                Flow.OpenParagraph(Kind);
                if (Kind == TextBlockKind.Paragraph) Flow.Mark(TextBlockKind.Heading, Math.Clamp(part.Number("outline-level") ?? 1, 1, 10));
                return true;
            case "p":
                OpenParagraph(part);
                return true;
            case "list":
                _lists++;
                return true;
            case "note":
                Flow.OpenNote();
                return true;
            case "table-row":
                _rowTimes = Times(part, "number-rows-repeated", MostRows);
                Flow.OpenRow();
                return true;
            case "table-cell":
                _columns = Times(part, "number-columns-repeated", MostColumns);
                Flow.OpenCell();
                return true;
            default:
                return false;
        }
    }

    /// <summary>One of them ends.</summary>
    protected virtual void CloseBlock(string name)
    {
        switch (name)
        {
            case "h" or "p":
                Flow.CloseParagraph();
                break;
            case "list":
                _lists--;
                break;
            case "note":
                Flow.CloseNote();
                break;
            case "table-cell":
                Flow.CloseCell(_columns);
                break;
            case "table-row":
                Flow.CloseRow(_rowTimes);
                break;
            case "span" when _spans.TryPop(out var look):
                if (look.IsBold) Flow.MarkSpan(SpanMarks.BoldOff);
                if (look.IsItalic) Flow.MarkSpan(SpanMarks.ItalicOff);
                break;
            case "a":
                Flow.MarkSpan(SpanMarks.LinkOff);
                break;
        }
    }

    private static int Times(XmlPart part, string attribute, int most) => Math.Clamp(part.Number(attribute) ?? 1, 1, most);

    private void OpenParagraph(XmlPart part)
    {
        Flow.OpenParagraph(Kind);
        if (Kind != TextBlockKind.Paragraph) return;
        if (_lists > 0) Flow.Mark(TextBlockKind.ListItem, Math.Min(_lists, 10));
        else if (Styles.IsTitle(part["style-name"])) Flow.Mark(TextBlockKind.Heading, 1);
    }

    private void OpenInline(XmlPart part)
    {
        switch (part.Name)
        {
            case "s":
                Flow.Append(new string(' ', Math.Clamp(part.Number("c") ?? 1, 1, 100)));
                break;
            case "tab":
                Flow.Append(" ");
                break;
            case "line-break":
                Flow.Append("\n");
                break;
            case "span":
                var style = part["style-name"];
                _spans.Push((Styles.IsBold(style), Styles.IsItalic(style)));
                if (_spans.Peek().IsBold) Flow.MarkSpan(SpanMarks.BoldOn);
                if (_spans.Peek().IsItalic) Flow.MarkSpan(SpanMarks.ItalicOn);
                break;
            case "a" when part["href"] is { } address:
                Flow.MarkLink(address);
                break;
            case "image":
                Flow.Sink.Pictures++;
                break;
        }
    }
}

/// <summary>Headers and footers of the pages, each once.</summary>
internal sealed class OdfFurniture : OdfText
{
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private readonly BlockSink _sink;
    private int _from;

    private OdfFurniture(BlockSink sink)
        : base(sink, TextBlockKind.PageFurniture) => _sink = sink;

    /// <summary>What stands above the text.</summary>
    public List<string> Headers { get; } = [];

    /// <summary>What stands below.</summary>
    public List<string> Footers { get; } = [];

    /// <summary>Reads them out of the styles.</summary>
    public static OdfFurniture Read(Package package, int limit)
    {
        var furniture = new OdfFurniture(new BlockSink(limit));
        furniture.Walk(package.OpenXml("styles.xml"));
        return furniture;
    }

    protected override bool IsArea(string name) => name is "header" or "header-left" or "header-first" or "footer" or "footer-left" or "footer-first";

    protected override void OpenArea(XmlPart part)
    {
        base.OpenArea(part);
        _from = _sink.Blocks.Count;
    }

    protected override void Close(string name)
    {
        base.Close(name);
        if (!IsArea(name)) return;
        var texts = _sink.Blocks.Skip(_from).Select(block => CleanText.OneLine(block.Text)).Where(_told.Add);
        (name.StartsWith("header", StringComparison.Ordinal) ? Headers : Footers).AddRange(texts);
    }
}
