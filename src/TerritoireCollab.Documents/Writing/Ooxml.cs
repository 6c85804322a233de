using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>What texts and sheets of Office Open XML have in common.</summary>
internal static class Ooxml
{
    /// <summary>Namespace of what refers to other parts.</summary>
    public const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Package = "http://schemas.openxmlformats.org/package/2006/";

    /// <summary>Types of the parts; pictures have theirs by their extension.</summary>
    public static void WriteTypes(Stream stream, IEnumerable<(string Part, string Type)> parts)
    {
        using var pen = new XmlPen(stream, true, ("", Package + "content-types"));
        using var root = pen.Open("Types");
        foreach (var (extension, type) in new[] { ("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml"), ("png", "image/png"), ("jpg", "image/jpeg"), ("gif", "image/gif"), ("webp", "image/webp"), ("svg", "image/svg+xml") })
            pen.Empty("Default", ("Extension", extension), ("ContentType", type));
        foreach (var (part, type) in parts.Append(("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")))
            pen.Empty("Override", ("PartName", "/" + part), ("ContentType", type));
    }

    /// <summary>Where the document and its properties are.</summary>
    public static void WriteRootRelations(Stream stream, string main)
    {
        using var pen = new XmlPen(stream, true, ("", Package + "relationships"));
        using var root = pen.Open("Relationships");
        pen.Empty("Relationship", ("Id", "rId1"), ("Type", Relationships + "/officeDocument"), ("Target", main));
        pen.Empty("Relationship", ("Id", "rId2"), ("Type", Package + "relationships/metadata/core-properties"), ("Target", "docProps/core.xml"));
    }

    /// <summary>What the ids of a part lead to.</summary>
    public static void WriteRelations(Stream stream, IEnumerable<(string Id, string Type, string Target, bool IsOutside)> relations)
    {
        using var pen = new XmlPen(stream, true, ("", Package + "relationships"));
        using var root = pen.Open("Relationships");
        foreach (var (id, type, target, isOutside) in relations)
            pen.Empty("Relationship", ("Id", id), ("Type", $"{Relationships}/{type}"), ("Target", target), ("TargetMode", isOutside ? "External" : null));
    }

    /// <summary>Properties of the document.</summary>
    public static void WriteCore(Stream stream, string title, string? author, string? description, string language, DateTimeOffset modified)
    {
        using var pen = new XmlPen(stream, true, ("cp", Package + "metadata/core-properties"), ("dc", "http://purl.org/dc/elements/1.1/"), ("dcterms", "http://purl.org/dc/terms/"), ("xsi", "http://www.w3.org/2001/XMLSchema-instance"));
        using var root = pen.Open("cp:coreProperties");
        var time = modified.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        pen.Line("dc:title", title);
        if (author is not null) pen.Line("dc:creator", author);
        if (description is not null) pen.Line("dc:description", description);
        pen.Line("dc:language", language);
        pen.Line("dcterms:created", time, ("xsi:type", "dcterms:W3CDTF"));
        pen.Line("dcterms:modified", time, ("xsi:type", "dcterms:W3CDTF"));
    }
}
