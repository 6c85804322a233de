using PdfSharp.Pdf;
using TerritoireCollab.Documents.Writing.Pdf;

namespace TerritoireCollab.Documents.Writing;

/// <summary>
/// Writes a document as tagged PDF on A4: title, language, headings, lists, tables with their headers, links and alternative texts are in its
/// structure, and headings in its outline, which is what screen readers and checkers of accessibility ask for.
/// </summary>
public static class PdfWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "application/pdf";

    // A document is made in memory: one at a time.
    private static readonly Lock One = new();

    /// <summary>Whether there are fonts to write with. A screen says so plainly where there are none.</summary>
    public static bool IsAvailable => PdfFonts.AreInstalled;

    /// <summary>Writes it; the stream need not seek, and is not closed.</summary>
    /// <exception cref="InvalidOperationException">There are no fonts: see <see cref="IsAvailable"/>.</exception>
    public static void Write(WrittenDocument document, Stream output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        using var bytes = new MemoryStream();
        lock (One)
        {
            PdfFonts.Use();
            using var pdf = new PdfDocument();
            Describe(pdf, document);
            using (var sheet = new PdfSheet(pdf, document.Language)) new PdfContent(sheet).Write(document);
            pdf.Save(bytes, closeStream: false);
        }

        bytes.Position = 0;
        bytes.CopyTo(output);
    }

    private static void Describe(PdfDocument pdf, WrittenDocument document)
    {
        pdf.Info.Title = document.Title;
        if (document.Author is { } author) pdf.Info.Author = author;
        if (document.Description is { } description) pdf.Info.Subject = description;
        pdf.Info.Creator = "TerritoireCollab";
        pdf.Info.CreationDate = document.Modified.UtcDateTime;
        pdf.Info.ModificationDate = document.Modified.UtcDateTime;
        pdf.ViewerPreferences.DisplayDocTitle = true;
        pdf.Options.CompressContentStreams = true;
    }
}
