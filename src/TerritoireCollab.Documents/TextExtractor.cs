using TerritoireCollab.Documents.Reading;
using TerritoireCollab.Documents.Zip;

namespace TerritoireCollab.Documents;

/// <summary>
/// Text of docx, odt, xlsx, ods, pptx, odp, txt, md and csv, block by block in the order of reading: tables row by row, headers and footers
/// once, notes after the text, slides with the speaker's notes, sheets with their names. Comments, deleted text, hidden sheets and hidden slides
/// are left out. Nothing is fetched, no entity is expanded, no formula is computed.
/// </summary>
public static class TextExtractor
{
    // What Office packs an encrypted document in, and what its programs wrote before 2007.
    private static ReadOnlySpan<byte> CompoundFile => [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

    private static readonly HashSet<string> Office = new(StringComparer.OrdinalIgnoreCase) { ".docx", ".docm", ".dotx", ".odt", ".ott", ".xlsx", ".xlsm", ".ods", ".ots", ".pptx", ".pptm", ".ppsx", ".odp", ".otp" };

    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase) { ".txt", ".md", ".markdown", ".csv", ".tsv" };

    /// <summary>Whether files of that name are read here; PDF is another program's: <see cref="PdfText"/>.</summary>
    public static bool Reads(string fileName)
    {
        var extension = Path.GetExtension(fileName);
        return Office.Contains(extension) || Plain.Contains(extension);
    }

    /// <summary>Reads a document. Whatever the bytes are, the answer is a text, a fault, or both.</summary>
    /// <param name="stream">Seekable; not closed.</param>
    /// <param name="fileName">Tells plain text from Markdown and CSV; which office format it is, the content says.</param>
    /// <param name="limits">Limits; by default <see cref="ExtractionLimits.Default"/>.</param>
    /// <param name="cancellationToken">Limits the time: asked at each block of bytes.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static ExtractedText Extract(Stream stream, string fileName, ExtractionLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(fileName);
        limits ??= ExtractionLimits.Default;
        var sink = new BlockSink(limits.Characters, limits.Spans);
        DocumentFault? fault = null;
        try
        {
            Read(stream, Path.GetExtension(fileName), limits, sink, cancellationToken);
        }
        catch (DocumentException error)
        {
            fault = error.Fault;
        }

        return new ExtractedText { Blocks = sink.Blocks, IsTruncated = sink.IsFull, Pictures = sink.Pictures, Fault = fault };
    }

    private static void Read(Stream stream, string extension, ExtractionLimits limits, BlockSink sink, CancellationToken cancellation)
    {
        if (Plain.Contains(extension))
        {
            PlainDocument.Read(stream, extension, limits, sink, cancellation);
            return;
        }

        var start = new byte[8];
        stream.Position = 0;
        var length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (start.AsSpan(0, length).SequenceEqual(CompoundFile)) throw new DocumentException(Office.Contains(extension) ? DocumentFault.Encrypted : DocumentFault.Unsupported);
        if (!Office.Contains(extension)) throw new DocumentException(DocumentFault.Unsupported);

        OfficeDocument.Read(new Package(ZipDirectory.Open(stream, limits.Zip), limits, cancellation), sink);
    }
}
