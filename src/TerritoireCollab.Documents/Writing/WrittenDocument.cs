namespace TerritoireCollab.Documents.Writing;

/// <summary>A document to be written as ODT, DOCX or HTML: a tree that knows neither where it comes from nor where it goes.</summary>
public sealed record WrittenDocument
{
    /// <summary>Title: in the properties, where programs and screen readers look for it, and above the text.</summary>
    public required string Title { get; init; }

    /// <summary>What it says.</summary>
    public required IReadOnlyList<WrittenBlock> Blocks { get; init; }

    /// <summary>When it was changed last: the only time that is written, so that the same text makes the same bytes.</summary>
    public required DateTimeOffset Modified { get; init; }

    /// <summary>Who wrote it, or null.</summary>
    public string? Author { get; init; }

    /// <summary>Where it comes from, in a sentence, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Language of the text.</summary>
    public string Language { get; init; } = "fr-FR";

    /// <summary>Whether the title stands above the text.</summary>
    public bool ShowsTitle { get; init; } = true;
}

/// <summary>A block of a document.</summary>
public abstract record WrittenBlock;

/// <summary>A heading.</summary>
/// <param name="Level">From 1 to 6.</param>
/// <param name="Content">What it says.</param>
public sealed record WrittenHeading(int Level, IReadOnlyList<WrittenInline> Content) : WrittenBlock;

/// <summary>A paragraph.</summary>
/// <param name="Content">What it says.</param>
public sealed record WrittenParagraph(IReadOnlyList<WrittenInline> Content) : WrittenBlock;

/// <summary>A list.</summary>
/// <param name="Items">Its items.</param>
/// <param name="IsNumbered">Whether they have numbers.</param>
/// <param name="Start">The first number.</param>
public sealed record WrittenList(IReadOnlyList<WrittenItem> Items, bool IsNumbered = false, int Start = 1) : WrittenBlock;

/// <summary>An item of a list.</summary>
/// <param name="Blocks">What stands in it; lists in it are nested.</param>
/// <param name="IsDone">Whether a task is done; null where it is no task.</param>
public sealed record WrittenItem(IReadOnlyList<WrittenBlock> Blocks, bool? IsDone = null);

/// <summary>How cells of a column stand.</summary>
public enum WrittenAlignment
{
    /// <summary>As the text does.</summary>
    Start,

    /// <summary>In the middle.</summary>
    Center,

    /// <summary>At the end, as amounts do.</summary>
    End,
}

/// <summary>A table.</summary>
/// <param name="Header">Cells of the first row, which is repeated on each page; empty where there is none.</param>
/// <param name="Rows">Rows; a short one is filled with empty cells.</param>
/// <param name="Alignments">Of the columns; those that are missing stand as the text does.</param>
public sealed record WrittenTable(
    IReadOnlyList<IReadOnlyList<WrittenInline>> Header,
    IReadOnlyList<IReadOnlyList<IReadOnlyList<WrittenInline>>> Rows,
    IReadOnlyList<WrittenAlignment> Alignments) : WrittenBlock
{
    internal int Columns => Math.Max(Header.Count, Rows.Count == 0 ? 0 : Rows.Max(row => row.Count));

    internal WrittenAlignment AlignmentOf(int column) => column < Alignments.Count ? Alignments[column] : WrittenAlignment.Start;
}

/// <summary>A quotation.</summary>
/// <param name="Blocks">What stands in it.</param>
public sealed record WrittenQuote(IReadOnlyList<WrittenBlock> Blocks) : WrittenBlock;

/// <summary>Code, or any text whose blanks count.</summary>
/// <param name="Text">Lines apart by line feeds.</param>
public sealed record WrittenCode(string Text) : WrittenBlock;

/// <summary>A line from one side to the other.</summary>
public sealed record WrittenRule : WrittenBlock;

/// <summary>A piece of a line.</summary>
public abstract record WrittenInline;

/// <summary>How a piece of text looks.</summary>
[Flags]
public enum WrittenStyle
{
    /// <summary>Like the rest.</summary>
    None = 0,

    /// <summary>Strong.</summary>
    Bold = 1,

    /// <summary>Stressed.</summary>
    Italic = 2,

    /// <summary>Struck out.</summary>
    Strike = 4,

    /// <summary>Code.</summary>
    Code = 8,
}

/// <summary>Text of one look.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Style">How it looks.</param>
/// <param name="Link">Where it leads, absolute and of the schemes http, https and mailto; any other is not written.</param>
public sealed record WrittenText(string Text, WrittenStyle Style = WrittenStyle.None, string? Link = null) : WrittenInline
{
    internal string? SafeLink => Link is not null && Uri.TryCreate(Link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" or "mailto" ? address.AbsoluteUri : null;
}

/// <summary>The end of a line.</summary>
public sealed record WrittenBreak : WrittenInline;

/// <summary>A picture.</summary>
/// <param name="Alternative">What it shows, for those who do not see it.</param>
/// <param name="MediaType">image/png, image/jpeg, image/gif or image/webp.</param>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Open">Opens its bytes, each time that it is written.</param>
public sealed record WrittenImage(string Alternative, string MediaType, int Width, int Height, Func<Stream> Open) : WrittenInline
{
    // A4 with margins of two centimetres, at 96 pixels an inch.
    private const double MostWidth = 642;
    private const double MostHeight = 850;

    internal string Extension => MediaType switch { "image/jpeg" => "jpg", "image/gif" => "gif", "image/webp" => "webp", "image/svg+xml" => "svg", _ => "png" };

    /// <summary>Size on the page, in pixels: never wider nor higher than it.</summary>
    internal (double Width, double Height) PageSize
    {
        get
        {
            double width = Math.Max(1, Width), height = Math.Max(1, Height);
            var scale = Math.Min(1, Math.Min(MostWidth / width, MostHeight / height));
            return (width * scale, height * scale);
        }
    }
}
