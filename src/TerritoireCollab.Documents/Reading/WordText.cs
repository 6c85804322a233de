namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of a WordprocessingML document (ISO/IEC 29500-1, 17).</summary>
internal sealed class WordText : PartWalker
{
    private readonly BlockSink _sink;
    private readonly WordStyles _styles;
    private readonly TextBlockKind _kind;
    private readonly List<string> _calls = [];
    private readonly Dictionary<string, IReadOnlyList<TextBlock>> _notes = new(StringComparer.Ordinal);
    private (string Id, int From) _note = ("", 0);
    private (int Id, int Level) _numbering;
    private bool _isHeading;
    private bool _isText;
    private bool _isInstruction;
    private bool _isPageNumber;
    private readonly Stack<Look> _runs = new();
    private IReadOnlyDictionary<string, string> _links = new Dictionary<string, string>();
    private bool _isRunProperty;
    private bool _isParagraphProperty;

    private WordText(BlockSink sink, WordStyles styles, TextBlockKind kind)
        : base(sink)
    {
        _sink = sink;
        _styles = styles;
        _kind = kind;
    }

    /// <summary>Reads headers, the body, notes in the order in which they are called, footers.</summary>
    public static void Read(Package package, string path, BlockSink sink)
    {
        var parts = package.RelationshipsOf(path);
        var styles = WordStyles.Read(parts.FirstOrDefault(r => r.Type == "styles") is { } part ? package.OpenXml(part.Target) : null);
        var told = new HashSet<string>(StringComparer.Ordinal);

        ReadFurniture(package, parts.Where(r => r.Type == "header"), told, sink);
        var body = new WordText(sink, styles, TextBlockKind.Paragraph) { _links = sink.KeepsSpans ? package.LinksOf(path) : new Dictionary<string, string>() };
        body.Walk(package.OpenXml(path));
        foreach (var type in new[] { "footnote", "endnote" }) body.GiveNotes(package, parts.FirstOrDefault(r => r.Type == type + "s"), type);
        ReadFurniture(package, parts.Where(r => r.Type == "footer"), told, sink);
    }

    protected override void Open(XmlPart part)
    {
        if (_isRunProperty)
        {
            OpenLook(part);
            return;
        }

        switch (part.Name)
        {
            case "pPr":
                _isParagraphProperty = true;
                break;
            case "rPr" when _runs.Count > 0 && !_isParagraphProperty && _sink.KeepsSpans:
                _isRunProperty = true;
                break;
            // Properties hold tags of the same names as text. A text box is there twice, for programs new and old; what was moved away is there
            // no more; pronunciations are said, not read.
            case "tabs" or "rPr" or "sectPr" or "tblPr" or "trPr" or "tcPr" or "pPrChange" or "Fallback" or "moveFrom" or "del" or "rt":
                part.SkipContent();
                break;
            case "p":
                _isHeading = false;
                Flow.OpenParagraph(_kind);
                break;
            case "pStyle" or "outlineLvl" or "numPr" or "ilvl" or "numId" when _kind == TextBlockKind.Paragraph:
                OpenProperty(part);
                break;
            case "t":
                _isText = !_isPageNumber;
                break;
            case "r":
                _runs.Push(new Look());
                break;
            case "hyperlink" when part.RelationshipId is { } id && _links.TryGetValue(id, out var address):
                Flow.MarkLink(address);
                break;
            case "blip" or "imagedata":
                _sink.Pictures++;
                break;
            case "fldSimple" when IsPageNumber(part["instr"]):
                part.SkipContent();
                break;
            case "instrText":
                _isInstruction = true;
                break;
            case "fldChar" when part["fldCharType"] != "separate":
                _isPageNumber = false;
                break;
            case "tab" or "ptab":
                Flow.Append(" ");
                break;
            case "br" or "cr":
                Flow.Append("\n");
                break;
            case "noBreakHyphen":
                Flow.Append("\u2011");
                break;
            case "tr":
                Flow.OpenRow();
                break;
            case "tc":
                Flow.OpenCell();
                break;
            case "footnoteReference" or "endnoteReference":
                _calls.Add(part.Name.Replace("Reference", " ", StringComparison.Ordinal) + part["id"]);
                break;
            case "footnote" or "endnote":
                _note = (part.Name + " " + part["id"], _sink.Blocks.Count);
                break;
        }
    }

    protected override void Close(string name)
    {
        switch (name)
        {
            case "rPr" when _isRunProperty:
                _isRunProperty = false;
                MarkLook(_runs.Peek(), SpanMarks.BoldOn, SpanMarks.ItalicOn);
                break;
            case "pPr":
                _isParagraphProperty = false;
                break;
            case "r" when _runs.TryPop(out var look):
                MarkLook(look, SpanMarks.BoldOff, SpanMarks.ItalicOff);
                break;
            case "hyperlink":
                Flow.MarkSpan(SpanMarks.LinkOff);
                break;
            case "p":
                Flow.CloseParagraph();
                break;
            case "t":
                _isText = false;
                break;
            case "instrText":
                _isInstruction = false;
                break;
            case "numPr" when _numbering.Id > 0 && !_isHeading:
                Flow.Mark(TextBlockKind.ListItem, _numbering.Level + 1);
                break;
            case "tc":
                Flow.CloseCell();
                break;
            case "tr":
                Flow.CloseRow();
                break;
            case "footnote" or "endnote":
                _notes.TryAdd(_note.Id, [.. _sink.Blocks.Skip(_note.From)]);
                break;
        }
    }

    protected override void Text(string text)
    {
        if (_isText) Flow.Append(text);
        else if (_isInstruction && IsPageNumber(text)) _isPageNumber = true;
    }

    // Of the looks of a run, those that a text keeps: said of the run itself, or by a style that is called so.
    private void OpenLook(XmlPart part)
    {
        var look = _runs.Peek();
        switch (part.Name)
        {
            case "rPrChange":
                part.SkipContent();
                break;
            case "b":
                look.IsBold = part.IsOn("val", missing: true);
                break;
            case "i":
                look.IsItalic = part.IsOn("val", missing: true);
                break;
            case "rStyle":
                look.IsBold |= _styles.NameOf(part["val"]) == "strong";
                look.IsItalic |= _styles.NameOf(part["val"]) == "emphasis";
                break;
        }
    }

    private void MarkLook(Look look, char bold, char italic)
    {
        if (look.IsBold) Flow.MarkSpan(bold);
        if (look.IsItalic) Flow.MarkSpan(italic);
    }

    // PAGE, PAGEREF and NUMPAGES: what they show is true on paper alone.
    private static bool IsPageNumber(string? instruction) => instruction?.TrimStart() is { } field && (field.StartsWith("PAGE", StringComparison.OrdinalIgnoreCase) || field.StartsWith("NUMPAGES", StringComparison.OrdinalIgnoreCase));

    private void OpenProperty(XmlPart part)
    {
        switch (part.Name)
        {
            case "pStyle" when _styles.Find(part["val"]) is { } style:
                _isHeading = style.Kind == TextBlockKind.Heading;
                Flow.Mark(style.Kind, style.Level);
                break;
            case "outlineLvl" when part.Number("val") is >= 0 and < 9 and var level:
                _isHeading = true;
                Flow.Mark(TextBlockKind.Heading, level + 1);
                break;
            case "numPr":
                _numbering = (0, 0);
                break;
            case "ilvl":
                _numbering.Level = Math.Clamp(part.Number("val") ?? 0, 0, 8);
                break;
            case "numId":
                _numbering.Id = part.Number("val") ?? 0;
                break;
        }
    }

    private void GiveNotes(Package package, Relationship? relationship, string type)
    {
        if (relationship is null || _sink.IsFull || !_calls.Exists(call => call.StartsWith(type, StringComparison.Ordinal))) return;

        var reader = new WordText(new BlockSink(_sink.Left), WordStyles.None, TextBlockKind.Note);
        reader.Walk(package.OpenXml(relationship.Target));
        foreach (var call in _calls.Distinct())
            foreach (var block in reader._notes.GetValueOrDefault(call, [])) _sink.Add(TextBlockKind.Note, CleanText.OneLine(block.Text));
    }

    // The same words on odd pages, even pages and the first one are told once.
    private static void ReadFurniture(Package package, IEnumerable<Relationship> parts, HashSet<string> told, BlockSink sink)
    {
        foreach (var part in parts)
        {
            var own = new BlockSink(sink.Left);
            new WordText(own, WordStyles.None, TextBlockKind.PageFurniture).Walk(package.OpenXml(part.Target));
            foreach (var text in own.Blocks.Select(block => CleanText.OneLine(block.Text)).Where(told.Add)) sink.Add(TextBlockKind.PageFurniture, text);
        }
    }

    private sealed class Look
    {
        public bool IsBold { get; set; }

        public bool IsItalic { get; set; }
    }
}
