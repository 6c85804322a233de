using TerritoireCollab.Documents.Tests.Zip;

namespace TerritoireCollab.Documents.Tests.Reading;

/// <summary>Office documents of a few tags, written by hand.</summary>
internal static class HandMade
{
    private const string Word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    private const string Office = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\" xmlns:table=\"urn:oasis:names:tc:opendocument:xmlns:table:1.0\" xmlns:style=\"urn:oasis:names:tc:opendocument:xmlns:style:1.0\"";

    /// <summary>A docx with that body and those parts besides, each named by its type.</summary>
    public static MemoryStream Docx(string body, params (string Type, string Content)[] parts) =>
        DocxOf($"<w:document {Word}><w:body>{body}</w:body></w:document>", parts);

    /// <summary>A docx whose main part is that text.</summary>
    public static MemoryStream DocxOf(string document, params (string Type, string Content)[] parts) => Zips.Of(
        [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            ("_rels/.rels", Relations([("r0", "officeDocument", "word/document.xml")])),
            ("word/_rels/document.xml.rels", Relations([.. parts.Select((part, i) => ($"r{i + 1}", part.Type, $"part{i + 1}.xml"))])),
            ("word/document.xml", document),
            .. parts.Select((part, i) => ($"word/part{i + 1}.xml", part.Content.Replace("$w", Word, StringComparison.Ordinal))),
        ]);

    /// <summary>An OpenDocument of a kind, with that body.</summary>
    public static MemoryStream Odf(string kind, string body, string styles = "") => Zips.Of(
        ("mimetype", "application/vnd.oasis.opendocument." + kind),
        ("content.xml", $"<office:document-content {Office}><office:automatic-styles>{styles}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"));

    /// <summary>Text of a document.</summary>
    public static ExtractedText Read(Stream document, string extension, ExtractionLimits? limits = null) => TextExtractor.Extract(document, "essai" + extension, limits, TestContext.Current.CancellationToken);

    /// <summary>Its blocks, a line each.</summary>
    public static string[] Lines(Stream document, string extension) => Fixtures.Lines(Read(document, extension));

    /// <summary>A part that says what an id leads to.</summary>
    public static string Relations(IEnumerable<(string Id, string Type, string Target)> relations) =>
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        + string.Concat(relations.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{r.Type}\" Target=\"{r.Target}\"/>"))
        + "</Relationships>";
}
