namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of a PresentationML document (ISO/IEC 29500-1, 19), slide after slide.</summary>
internal sealed class PowerPointText : PartWalker
{
    private readonly bool _isNotes;
    private TextBlockKind? _kind = TextBlockKind.Paragraph;
    private int _level;
    private bool _isText;
    private bool _isHidden;

    private PowerPointText(BlockSink sink, bool isNotes)
        : base(sink) => _isNotes = isNotes;

    /// <summary>Reads the slides that are shown, in the order in which they are.</summary>
    public static void Read(Package package, string path, BlockSink sink)
    {
        var parts = package.RelationshipsOf(path);
        var number = 0;
        foreach (var id in SlideIds(package.OpenXml(path)))
        {
            number++;
            if (!sink.IsFull && parts.FirstOrDefault(r => r.Id == id) is { Type: "slide" } slide) ReadSlide(package, slide.Target, number, sink);
        }
    }

    private static void ReadSlide(Package package, string path, int number, BlockSink sink)
    {
        var own = new BlockSink(sink.Left);
        var slide = new PowerPointText(own, false);
        slide.Walk(package.OpenXml(path));
        if (slide._isHidden) return;

        foreach (var part in package.RelationshipsOf(path))
        {
            // The text of a drawn diagram stands in a part of its own.
            if (part.Type == "diagramData") new PowerPointText(own, false).Walk(package.OpenXml(part.Target));
            else if (part.Type == "notesSlide") new PowerPointText(own, true).Walk(package.OpenXml(part.Target));
        }

        Slides.Give(sink, own.Blocks, number);
    }

    private static List<string> SlideIds(XmlPart? part)
    {
        var ids = new List<string>();
        using (part)
        {
            while (part is not null && part.Read())
                if (part.NodeKind == XmlPartNode.Open && part.Name == "sldId" && part.RelationshipId is { } id) ids.Add(id);
        }

        return ids;
    }

    protected override void Open(XmlPart part)
    {
        switch (part.Name)
        {
            case "Fallback":
                part.SkipContent();
                break;
            case "sld":
                _isHidden = !part.IsOn("show", true);
                break;
            case "sp" or "graphicFrame" or "pt":
                _kind = _isNotes ? null : TextBlockKind.Paragraph;
                break;
            case "ph":
                _kind = _isNotes ? NotesKind(part["type"]) : Kind(part["type"]);
                break;
            case "p":
                Flow.OpenParagraph(_kind ?? TextBlockKind.Paragraph);
                _level = 1;
                if (_kind == TextBlockKind.ListItem) Flow.Mark(TextBlockKind.ListItem, _level);
                break;
            case "pPr":
                _level = 1 + Math.Clamp(part.Number("lvl") ?? 0, 0, 8);
                if (_kind == TextBlockKind.ListItem) Flow.Mark(TextBlockKind.ListItem, _level);
                break;
            case "buChar" or "buAutoNum" when _kind is TextBlockKind.Paragraph:
                Flow.Mark(TextBlockKind.ListItem, _level);
                break;
            case "buNone" when _kind is TextBlockKind.ListItem:
                Flow.Mark(TextBlockKind.Paragraph, 0);
                break;
            case "fld" when part["type"] == "slidenum":
                part.SkipContent();
                break;
            case "t":
                // What is neither title nor text is the furniture of the page.
                _isText = _kind is not null;
                break;
            case "br":
                Flow.Append("\n");
                break;
            case "tr":
                Flow.OpenRow();
                break;
            case "tc":
                Flow.OpenCell();
                break;
        }
    }

    protected override void Close(string name)
    {
        switch (name)
        {
            case "p":
                Flow.CloseParagraph();
                break;
            case "t":
                _isText = false;
                break;
            case "tc":
                Flow.CloseCell();
                break;
            case "tr":
                Flow.CloseRow();
                break;
        }
    }

    protected override void Text(string text)
    {
        if (_isText) Flow.Append(text);
    }

    private static TextBlockKind? Kind(string? placeholder) => placeholder switch
    {
        "title" or "ctrTitle" => TextBlockKind.SlideTitle,
        "subTitle" => TextBlockKind.Paragraph,
        "sldNum" or "dt" or "ftr" or "hdr" => null,
        _ => TextBlockKind.ListItem,
    };

    private static TextBlockKind? NotesKind(string? placeholder) => placeholder == "body" ? TextBlockKind.Note : null;
}
