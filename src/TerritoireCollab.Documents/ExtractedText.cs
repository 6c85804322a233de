namespace TerritoireCollab.Documents;

/// <summary>What a block of a document's text is.</summary>
public enum TextBlockKind
{
    /// <summary>A paragraph; lines in it are apart by line feeds.</summary>
    Paragraph,

    /// <summary>A heading; <see cref="TextBlock.Level"/> from 1.</summary>
    Heading,

    /// <summary>An item of a list; <see cref="TextBlock.Level"/> from 1.</summary>
    ListItem,

    /// <summary>A row of a table or a sheet; cells are apart by tabs, and hold none.</summary>
    TableRow,

    /// <summary>The name of a sheet, whose rows follow.</summary>
    SheetTitle,

    /// <summary>The title of a slide, whose text follows.</summary>
    SlideTitle,

    /// <summary>A footnote, an endnote or a speaker's note.</summary>
    Note,

    /// <summary>A header or footer of the pages, told once.</summary>
    PageFurniture,
}

/// <summary>A piece of a document's text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Plain text, never empty, without control characters but tabs of rows and line feeds.</param>
/// <param name="Level">Of headings and list items, from 1; else 0.</param>
public sealed record TextBlock(TextBlockKind Kind, string Text, int Level = 0)
{
    /// <summary>Pieces of the text that look or lead otherwise than the rest, in order, none over another; empty where they were not asked for.</summary>
    public IReadOnlyList<TextSpan> Spans { get; init; } = [];
}

/// <summary>A piece of a block's text that is bold or italic, or leads somewhere.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="Length">How long it is.</param>
/// <param name="IsBold">Whether it is bold.</param>
/// <param name="IsItalic">Whether it is italic.</param>
/// <param name="Link">Where it leads, as the document says it; null where it leads nowhere.</param>
public sealed record TextSpan(int Start, int Length, bool IsBold, bool IsItalic, string? Link);

/// <summary>The text of a document, in the order in which a person reads it.</summary>
public sealed record ExtractedText
{
    /// <summary>Blocks, in order; what was read before a fault is kept.</summary>
    public required IReadOnlyList<TextBlock> Blocks { get; init; }

    /// <summary>Whether the text goes on beyond the limit.</summary>
    public bool IsTruncated { get; init; }

    /// <summary>Pictures seen in the text, which are not read.</summary>
    public int Pictures { get; init; }

    /// <summary>Why there is no more, or null when the document was read as it is.</summary>
    public DocumentFault? Fault { get; init; }

    /// <summary>The sentence for a person where there is a fault, in the current language.</summary>
    public string? Message => Fault?.Message();

    /// <summary>The text in one piece, a block a line: what an index takes.</summary>
    public string ToPlainText() => string.Join('\n', Blocks.Select(block => block.Text));
}

/// <summary>How much text is read out of a document.</summary>
public sealed record ExtractionLimits
{
    /// <summary>One million characters of text.</summary>
    public static ExtractionLimits Default { get; } = new();

    /// <summary>Most characters of the result, in UTF-16 units, over all blocks.</summary>
    public int Characters { get; init; } = 1_000_000;

    /// <summary>Whether bold, italic and links are told beside the text: see <see cref="TextBlock.Spans"/>. Of text documents alone.</summary>
    public bool Spans { get; init; }

    /// <summary>Deepest nesting of XML elements.</summary>
    public int Depth { get; init; } = 256;

    /// <summary>Most bytes between two tags: longer is no text that a person wrote.</summary>
    public int TokenBytes { get; init; } = 4 << 20;

    /// <summary>Limits of the archive around an office document.</summary>
    public Zip.ZipLimits Zip { get; init; } = TerritoireCollab.Documents.Zip.ZipLimits.Office;
}
