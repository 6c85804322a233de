using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>
/// Writes a document as WordprocessingML (ISO/IEC 29500, transitional): styles of headings by their built-in names, numbering, repeated headers of
/// tables, language, title and alternative texts.
/// </summary>
public static class DocxWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Part = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    /// <summary>Writes it; the stream need not seek, and is not closed.</summary>
    public static void Write(WrittenDocument document, Stream output)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        using var package = new PackageWriter(output, document.Modified);
        package.Add("[Content_Types].xml", stream => Ooxml.WriteTypes(stream, [("word/document.xml", ContentType + ".main+xml"), ("word/styles.xml", Part + "styles+xml"), ("word/numbering.xml", Part + "numbering+xml"), ("word/settings.xml", Part + "settings+xml"), ("word/footer1.xml", Part + "footer+xml")]));
        package.Add("_rels/.rels", stream => Ooxml.WriteRootRelations(stream, "word/document.xml"));
        package.Add("docProps/core.xml", stream => Ooxml.WriteCore(stream, document.Title, document.Author, document.Description, document.Language, document.Modified));
        var links = new DocxLinks();
        package.Add("word/document.xml", stream =>
        {
            using var pen = new XmlPen(stream, true, DocxParts.Namespaces);
            new DocxContent(pen, links).Write(document);
        });
        package.Add("word/styles.xml", stream => DocxParts.WriteStyles(stream, document.Language));
        package.Add("word/numbering.xml", stream => DocxParts.WriteNumbering(stream, links));
        package.Add("word/settings.xml", stream => DocxParts.WriteSettings(stream, document.Language));
        package.Add("word/footer1.xml", DocxParts.WriteFooter);
        package.Add("word/_rels/document.xml.rels", links.Write);
        foreach (var (index, picture) in links.Pictures.Index()) package.Store("word/" + DocxLinks.PictureName(index, picture), picture.Open);
    }
}

/// <summary>What the text of a DOCX refers to: addresses, pictures, lists.</summary>
internal sealed class DocxLinks
{
    /// <summary>Id of the bullets; numbered lists come after.</summary>
    public const int Bullets = 1;

    private readonly List<(string Type, string Target, bool IsOutside)> _relations = [("styles", "styles.xml", false), ("numbering", "numbering.xml", false), ("settings", "settings.xml", false), ("footer", "footer1.xml", false)];
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Id of the footer.</summary>
    public const string Footer = "rId4";

    /// <summary>Pictures, in the order of the text.</summary>
    public List<WrittenImage> Pictures { get; } = [];

    /// <summary>Numbered lists: where each begins to count, and at which level it stands.</summary>
    public List<(int Start, int Level)> Numberings { get; } = [];

    /// <summary>Id of an address.</summary>
    public string Address(string address)
    {
        if (!_addresses.TryGetValue(address, out var id)) _addresses[address] = id = Add("hyperlink", address, true);
        return id;
    }

    /// <summary>Id of a picture.</summary>
    public string Picture(WrittenImage picture)
    {
        Pictures.Add(picture);
        return Add("image", PictureName(Pictures.Count - 1, picture), false);
    }

    /// <summary>Id of a numbered list.</summary>
    public int Numbering(int start, int level)
    {
        Numberings.Add((start, level));
        return Bullets + Numberings.Count;
    }

    /// <summary>Writes what the ids lead to.</summary>
    public void Write(Stream stream) => Ooxml.WriteRelations(stream, _relations.Select((r, i) => (Id(i), r.Type, r.Target, r.IsOutside)));

    internal static string PictureName(int index, WrittenImage picture) => string.Create(CultureInfo.InvariantCulture, $"media/image{index + 1}.{picture.Extension}");

    private string Add(string type, string target, bool isOutside)
    {
        _relations.Add((type, target, isOutside));
        return Id(_relations.Count - 1);
    }

    private static string Id(int index) => string.Create(CultureInfo.InvariantCulture, $"rId{index + 1}");
}
