using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>
/// Writes a document as OpenDocument text (OASIS ODF 1.3): headings in the outline, real tables with repeated headers, language, title and
/// alternative texts, which is what the accessibility checker of LibreOffice asks for.
/// </summary>
public static class OdtWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "application/vnd.oasis.opendocument.text";

    /// <summary>Writes it; the stream need not seek, and is not closed.</summary>
    public static void Write(WrittenDocument document, Stream output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        using var package = new PackageWriter(output, document.Modified);
        package.Store("mimetype", "application/vnd.oasis.opendocument.text"u8);
        var pictures = new List<WrittenImage>();
        package.Add("content.xml", stream =>
        {
            using var pen = new XmlPen(stream, true, Odf.Namespaces);
            new OdtContent(pen, pictures).Write(document);
        });
        package.Add("styles.xml", stream => OdtStyles.Write(stream, document.Language));
        package.Add("meta.xml", stream => Odf.WriteMeta(stream, document.Title, document.Author, document.Description, document.Language, document.Modified));
        foreach (var (index, picture) in pictures.Index()) package.Store(PictureName(index, picture), picture.Open);
        package.Add("META-INF/manifest.xml", stream => Odf.WriteManifest(stream, ContentType, [("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("meta.xml", "text/xml"), .. pictures.Select((picture, index) => (PictureName(index, picture), picture.MediaType))]));
    }

    internal static string PictureName(int index, WrittenImage picture) => string.Create(CultureInfo.InvariantCulture, $"Pictures/{index + 1}.{picture.Extension}");
}
