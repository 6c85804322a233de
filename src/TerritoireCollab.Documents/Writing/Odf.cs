using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>What texts and sheets of OpenDocument have in common.</summary>
internal static class Odf
{
    /// <summary>The version that is written.</summary>
    public const string Version = "1.3";

    /// <summary>Namespaces, by the prefixes that the standard uses.</summary>
    public static (string Prefix, string Address)[] Namespaces { get; } =
    [
        ("office", Oasis("office:1.0")), ("text", Oasis("text:1.0")), ("table", Oasis("table:1.0")), ("style", Oasis("style:1.0")),
        ("draw", Oasis("drawing:1.0")), ("fo", Oasis("xsl-fo-compatible:1.0")), ("svg", Oasis("svg-compatible:1.0")), ("number", Oasis("datastyle:1.0")),
        ("meta", Oasis("meta:1.0")), ("config", Oasis("config:1.0")), ("xlink", "http://www.w3.org/1999/xlink"), ("dc", "http://purl.org/dc/elements/1.1/"),
    ];

    /// <summary>Properties of the document.</summary>
    public static void WriteMeta(Stream stream, string title, string? author, string? description, string language, DateTimeOffset modified)
    {
        using var pen = new XmlPen(stream, true, Namespaces);
        using var root = pen.Open("office:document-meta", ("office:version", Version));
        using var meta = pen.Open("office:meta");
        var time = modified.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        pen.Line("meta:generator", "TerritoireCollab");
        pen.Line("dc:title", title);
        if (description is not null) pen.Line("dc:description", description);
        if (author is not null) pen.Line("meta:initial-creator", author);
        if (author is not null) pen.Line("dc:creator", author);
        pen.Line("meta:creation-date", time);
        pen.Line("dc:date", time);
        pen.Line("dc:language", language);
    }

    /// <summary>The list of parts.</summary>
    public static void WriteManifest(Stream stream, string type, IEnumerable<(string Path, string Type)> parts)
    {
        using var pen = new XmlPen(stream, true, ("manifest", Oasis("manifest:1.0")));
        using var root = pen.Open("manifest:manifest", ("manifest:version", Version));
        pen.Empty("manifest:file-entry", ("manifest:full-path", "/"), ("manifest:version", Version), ("manifest:media-type", type));
        foreach (var (path, partType) in parts) pen.Empty("manifest:file-entry", ("manifest:full-path", path), ("manifest:media-type", partType));
    }

    /// <summary>Text whose blanks count: several of them, tabs and ends of lines have tags of their own.</summary>
    public static void WriteText(XmlPen pen, string text)
    {
        text = XmlPen.Legal(text);
        var from = 0;
        for (var i = 0; i < text.Length;)
        {
            var blanks = BlanksAt(text, i);
            if (blanks == 0)
            {
                i++;
                continue;
            }

            pen.Text(text[from..i]);
            WriteBlanks(pen, text[i], blanks);
            from = i += blanks;
        }

        pen.Text(text[from..]);
    }

    /// <summary>Two parts of a language: fr and FR.</summary>
    public static (string Language, string Country) Split(string language)
    {
        var parts = language.Split('-');
        return (parts[0], parts.Length > 1 ? parts[^1] : "none");
    }

    // A single space between two letters stays a space; at the ends of a paragraph it would be dropped.
    private static int BlanksAt(string text, int at)
    {
        if (text[at] is '\t' or '\n') return 1;
        if (text[at] != ' ') return 0;

        var count = 1;
        while (at + count < text.Length && text[at + count] == ' ') count++;
        return count > 1 || at == 0 || at + count == text.Length ? count : 0;
    }

    private static void WriteBlanks(XmlPen pen, char blank, int count)
    {
        if (blank == '\t') pen.Empty("text:tab");
        else if (blank == '\n') pen.Empty("text:line-break");
        else pen.Empty("text:s", ("text:c", count.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Oasis(string name) => "urn:oasis:names:tc:opendocument:xmlns:" + name;
}
