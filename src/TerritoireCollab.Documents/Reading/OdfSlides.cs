namespace TerritoireCollab.Documents.Reading;

/// <summary>Text of an OpenDocument presentation, slide after slide.</summary>
internal sealed class OdfSlides : OdfText
{
    private readonly BlockSink _all;
    private readonly BlockSink _own;
    private int _number;
    private int _from;
    private bool _isNotes;

    private OdfSlides(BlockSink all, BlockSink own)
        : base(own)
    {
        _all = all;
        _own = own;
    }

    /// <summary>Reads the slides that are shown, in their order.</summary>
    public static void ReadSlides(Package package, BlockSink sink) => new OdfSlides(sink, new BlockSink(sink.Left)).Walk(package.OpenXml("content.xml"));

    protected override bool OpenBlock(XmlPart part)
    {
        switch (part.Name)
        {
            case "page":
                OpenPage(part);
                return true;
            case "notes":
                _isNotes = true;
                return true;
            case "frame" when part["class"] is "header" or "footer" or "date-time" or "page-number":
                part.SkipContent();
                return true;
            case "frame":
                Kind = _isNotes ? TextBlockKind.Note : part["class"] == "title" ? TextBlockKind.SlideTitle : TextBlockKind.Paragraph;
                return true;
            default:
                return base.OpenBlock(part);
        }
    }

    protected override void CloseBlock(string name)
    {
        switch (name)
        {
            case "page":
                if (_from >= 0) Slides.Give(_all, [.. _own.Blocks.Skip(_from)], _number);
                break;
            case "notes":
                _isNotes = false;
                break;
            case "frame":
                Kind = TextBlockKind.Paragraph;
                break;
            default:
                base.CloseBlock(name);
                break;
        }
    }

    private void OpenPage(XmlPart part)
    {
        _number++;
        _from = Styles.IsHidden(part["style-name"]) ? -1 : _own.Blocks.Count;
        if (_from < 0) part.SkipContent();
    }
}
