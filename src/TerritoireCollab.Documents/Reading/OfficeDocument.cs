using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Which office format a package is, by what it holds, and its text.</summary>
internal static class OfficeDocument
{
    private const string OpenDocument = "application/vnd.oasis.opendocument.";

    public static void Read(Package package, BlockSink sink)
    {
        var type = Encoding.ASCII.GetString(package.ReadStart("mimetype", 128)).Trim();
        if (type.StartsWith(OpenDocument, StringComparison.Ordinal)) ReadOpenDocument(package, type[OpenDocument.Length..], sink);
        else ReadOpenXml(package, sink);
    }

    private static void ReadOpenDocument(Package package, string kind, BlockSink sink)
    {
        if (IsEncrypted(package)) throw new DocumentException(DocumentFault.Encrypted);
        if (!package.Has("content.xml")) throw new DocumentException(DocumentFault.Broken);

        if (kind.StartsWith("text", StringComparison.Ordinal)) OdfText.Read(package, sink);
        else if (kind.StartsWith("spreadsheet", StringComparison.Ordinal)) OdfSheets.ReadSheets(package, sink);
        else if (kind.StartsWith("presentation", StringComparison.Ordinal)) OdfSlides.ReadSlides(package, sink);
        else throw new DocumentException(DocumentFault.Unsupported);
    }

    private static bool IsEncrypted(Package package)
    {
        using var manifest = package.OpenXml("META-INF/manifest.xml");
        while (manifest is not null && manifest.Read())
            if (manifest.NodeKind == XmlPartNode.Open && manifest.Name == "encryption-data") return true;
        return false;
    }

    private static void ReadOpenXml(Package package, BlockSink sink)
    {
        var main = package.RelationshipsOf("").FirstOrDefault(r => r.Type == "officeDocument")?.Target;
        if (main is null || !package.Has(main)) throw new DocumentException(DocumentFault.Broken);

        switch (RootOf(package, main))
        {
            case "document":
                WordText.Read(package, main, sink);
                break;
            case "workbook":
                ExcelText.Read(package, main, sink);
                break;
            case "presentation":
                PowerPointText.Read(package, main, sink);
                break;
            default:
                throw new DocumentException(DocumentFault.Unsupported);
        }
    }

    private static string? RootOf(Package package, string path)
    {
        using var part = package.OpenXml(path);
        while (part is not null && part.Read())
            if (part.NodeKind == XmlPartNode.Open) return part.Name;
        return null;
    }
}
