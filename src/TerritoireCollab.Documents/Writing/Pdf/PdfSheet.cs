using System.Globalization;
using PdfSharp.Drawing;
using PdfSharp.Pdf;
using PdfSharp.Pdf.Annotations;
using PdfSharp.UniversalAccessibility;

namespace TerritoireCollab.Documents.Writing.Pdf;

/// <summary>Pages of A4 one after the other, and what is drawn on them with its tags.</summary>
internal sealed class PdfSheet : IDisposable
{
    /// <summary>Points of a pixel: 96 of these an inch.</summary>
    public const double PointsOfPixel = 0.75;

    /// <summary>Where text begins from the left and the top.</summary>
    public const double Margin = 56.7;

    /// <summary>Width of the text.</summary>
    public const double TextWidth = PageWidth - 2 * Margin;

    // More pages than anybody prints: memory and time have an end.
    private const int MostPages = 1_000;
    private const double PageWidth = 595.28;
    private const double PageHeight = 841.89;
    private const double Bottom = PageHeight - Margin;
    private const double MostPixels = 25_000_000;

    private static readonly XBrush Ink = new XSolidBrush(XColor.FromArgb(0x1a, 0x1a, 0x1a));
    private static readonly XBrush Blue = new XSolidBrush(XColor.FromArgb(0x0b, 0x4f, 0x9e));
    private static readonly XPen Line = new(XColor.FromArgb(0x70, 0x70, 0x70), 0.5);

    private readonly PdfDocument _document;
    private readonly XFont _small = PdfFonts.Of(PdfFonts.Text, 9, XFontStyleEx.Regular);
    private PdfPage _page = null!;
    private XGraphics? _graphics;

    public PdfSheet(PdfDocument document, string language)
    {
        _document = document;
        var manager = UAManager.ForDocument(document);
        manager.SetDocumentLanguage(language);
        Tags = manager.StructureBuilder;
        Turn();
    }

    /// <summary>Elements of the structure.</summary>
    public StructureBuilder Tags { get; }

    /// <summary>How far down the page is written.</summary>
    public double Y { get; private set; }

    /// <summary>What is left of the page.</summary>
    public double Left => Bottom - Y;

    /// <summary>What a page holds.</summary>
    public static double PageText => Bottom - Margin;

    /// <summary>Whether no more is written.</summary>
    public bool IsFull => _document.PageCount >= MostPages;

    /// <summary>Turns the page unless there is room for so much.</summary>
    public void Need(double height)
    {
        if (height > Left && Y > Margin) Turn();
    }

    /// <summary>Begins a new page.</summary>
    public void Turn()
    {
        // What is marked on the page ends on it, and begins again on the next.
        var before = _graphics;
        _page = _document.AddPage();
        before?.Dispose();
        (_page.Width, _page.Height) = (XUnit.FromPoint(PageWidth), XUnit.FromPoint(PageHeight));
        _graphics = XGraphics.FromPdfPage(_page);
        Y = Margin;
        Tags.BeginArtifact();
        _graphics.DrawString(_document.PageCount.ToString(CultureInfo.InvariantCulture), _small, Ink, new XPoint(PageWidth / 2, PageHeight - Margin / 2), XStringFormats.BaseLineCenter);
        Tags.End();
    }

    /// <summary>Leaves a space, unless the page begins there.</summary>
    public void Skip(double height)
    {
        if (Y > Margin) Y += height;
    }

    /// <summary>Goes down or, for what stands beside, up again.</summary>
    public void MoveTo(double y) => Y = y;

    /// <summary>Draws a line of text at the height that is reached, without going down.</summary>
    public void Draw(PdfLine line, double x, PdfLines kind)
    {
        foreach (var (index, run) in line.Runs.Index())
        {
            // The blank at which the line was broken keeps its words apart for whoever hears them.
            Draw(index == line.Runs.Count - 1 && !run.Look.IsCode ? run with { Text = run.Text + " " } : run, x, kind);
            x += run.Width;
        }
    }

    /// <summary>A mark in the outline.</summary>
    public PdfOutline Mark(string title, PdfOutline? within)
    {
        var mark = (within?.Outlines ?? _document.Outlines).Add(title, _page, opened: true);
        (mark.PageDestinationType, mark.Left, mark.Top) = (PdfPageDestinationType.Xyz, 0, PageHeight - Y);
        return mark;
    }

    /// <summary>A picture on lines of its own; false where it is none that can be written.</summary>
    public bool Draw(WrittenImage image, double x, double width)
    {
        using var picture = Picture(image);
        if (picture is null) return false;

        var (wide, high) = (image.PageSize.Width * PointsOfPixel, image.PageSize.Height * PointsOfPixel);
        var scale = Math.Min(1, Math.Min(width / wide, PageText / high));
        (wide, high) = (wide * scale, high * scale);
        Need(high);
        var place = new XRect(x, Y, wide, high);
        if (string.IsNullOrWhiteSpace(image.Alternative)) Tags.BeginArtifact();
        else Tags.BeginElement(PdfIllustrationElementTag.Figure, image.Alternative, place);
        _graphics!.DrawImage(picture, place);
        Tags.End();
        Y += high;
        return true;
    }

    /// <summary>Lines that are no text.</summary>
    public void Rule(params (double X1, double Y1, double X2, double Y2)[] lines)
    {
        Tags.BeginArtifact();
        foreach (var (x1, y1, x2, y2) in lines) _graphics!.DrawLine(Line, x1, y1, x2, y2);
        Tags.End();
    }

    /// <inheritdoc />
    public void Dispose() => _graphics?.Dispose();

    private void Draw(PdfRun run, double x, PdfLines kind)
    {
        var at = new XPoint(x, Y + kind.Base);
        if (run.Look.Link is { } link)
        {
            var place = _graphics!.Transformer.WorldToDefaultPage(new XRect(x, Y, run.Width, kind.Height));
            Tags.BeginElement(PdfLinkAnnotation.CreateWebLink(new PdfRectangle(place), link), link);
            _graphics.DrawString(run.Text, run.Look.Font, Blue, at);
            Tags.End();
        }
        else if (run.Look.IsCode)
        {
            Tags.BeginElement(PdfInlineLevelElementTag.Code);
            _graphics!.DrawString(run.Text, run.Look.Font, Ink, at);
            Tags.End();
        }
        else
        {
            _graphics!.DrawString(run.Text, run.Look.Font, Ink, at);
        }
    }

    // PNG is unpacked in memory, JPEG goes as it is; what is damaged or of another kind leaves its alternative text.
    private static XImage? Picture(WrittenImage image)
    {
        if (image.MediaType is not ("image/png" or "image/jpeg") || (double)image.Width * image.Height > MostPixels) return null;

        try
        {
            using var source = image.Open();
            var bytes = new MemoryStream();
            source.CopyTo(bytes);
            bytes.Position = 0;
            return XImage.FromStream(bytes);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return null;
        }
    }
}
