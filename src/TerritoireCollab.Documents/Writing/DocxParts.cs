using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>The parts of a DOCX beside its text. Styles have the names that Word gives its own, which it shows in each reader's language.</summary>
internal static class DocxParts
{
    /// <summary>Namespace of pictures.</summary>
    public const string Picture = "http://schemas.openxmlformats.org/drawingml/2006/picture";

    /// <summary>Font of code.</summary>
    public const string CodeFont = "Liberation Mono";

    /// <summary>How far each list stands in, in twentieths of a point.</summary>
    public const int Indent = 425;

    private const int Levels = 9;

    private static readonly int[] HeadingSizes = [40, 32, 28, 24, 22, 22];

    /// <summary>Namespaces, by their usual prefixes.</summary>
    public static (string Prefix, string Address)[] Namespaces { get; } =
    [
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"), ("r", Ooxml.Relationships), ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"), ("pic", Picture),
    ];

    /// <summary>Styles.</summary>
    public static void WriteStyles(Stream stream, string language)
    {
        using var pen = new XmlPen(stream, true, Namespaces);
        using var root = pen.Open("w:styles");
        using (pen.Open("w:docDefaults"))
        {
            using (pen.Open("w:rPrDefault"))
            using (pen.Open("w:rPr"))
            {
                pen.Empty("w:rFonts", ("w:ascii", "Liberation Sans"), ("w:hAnsi", "Liberation Sans"), ("w:cs", "Liberation Sans"));
                pen.Empty("w:sz", ("w:val", "22"));
                pen.Empty("w:lang", ("w:val", language));
            }

            using (pen.Open("w:pPrDefault"))
            using (pen.Open("w:pPr")) pen.Empty("w:spacing", ("w:after", "140"), ("w:line", "276"), ("w:lineRule", "auto"));
        }

        WriteParagraphStyles(pen);
        WriteTextStyles(pen);
        WriteTableStyle(pen);
    }

    /// <summary>Bullets, and a list of its own for each one that counts.</summary>
    public static void WriteNumbering(Stream stream, DocxLinks links)
    {
        using var pen = new XmlPen(stream, true, Namespaces);
        using var root = pen.Open("w:numbering");
        WriteAbstract(pen, 0, isNumbered: false);
        WriteAbstract(pen, 1, isNumbered: true);
        using (pen.Open("w:num", ("w:numId", Number(DocxLinks.Bullets)))) pen.Empty("w:abstractNumId", ("w:val", "0"));
        foreach (var (index, (start, level)) in links.Numberings.Index())
        {
            using var list = pen.Open("w:num", ("w:numId", Number(DocxLinks.Bullets + 1 + index)));
            pen.Empty("w:abstractNumId", ("w:val", "1"));
            using (pen.Open("w:lvlOverride", ("w:ilvl", Number(level)))) pen.Empty("w:startOverride", ("w:val", Number(start)));
        }
    }

    /// <summary>Settings.</summary>
    public static void WriteSettings(Stream stream, string language)
    {
        using var pen = new XmlPen(stream, true, Namespaces);
        using var root = pen.Open("w:settings");
        using (pen.Open("w:compat")) pen.Empty("w:compatSetting", ("w:name", "compatibilityMode"), ("w:uri", "http://schemas.microsoft.com/office/word"), ("w:val", "15"));
        pen.Empty("w:themeFontLang", ("w:val", language));
    }

    /// <summary>The number of the page.</summary>
    public static void WriteFooter(Stream stream)
    {
        using var pen = new XmlPen(stream, true, Namespaces);
        using var root = pen.Open("w:ftr");
        using var paragraph = pen.Open("w:p");
        using (pen.Open("w:pPr")) pen.Empty("w:pStyle", ("w:val", "Footer"));
        using var field = pen.Open("w:fldSimple", ("w:instr", "PAGE"));
        using var run = pen.Open("w:r");
        pen.Line("w:t", "1");
    }

    private static void WriteParagraphStyles(XmlPen pen)
    {
        WriteStyle(pen, "Normal", "Normal", null, [], [], isDefault: true);
        WriteStyle(pen, "Title", "Title", "Normal", [("w:keepNext", []), Spacing(0, 280)], [("w:b", []), Size(48)]);
        foreach (var (index, size) in HeadingSizes.Index())
            WriteStyle(pen, $"Heading{index + 1}", $"heading {index + 1}", "Normal", [("w:keepNext", []), Spacing(240, 120), ("w:outlineLvl", [("w:val", Number(index))])], [("w:b", []), Size(size)]);
        WriteStyle(pen, "ListParagraph", "List Paragraph", "Normal", [Spacing(0, 60)], []);
        WriteStyle(pen, "Quote", "Quote", "Normal", [Border("left", 12, 8), ("w:ind", [("w:left", "567")])], []);
        WriteStyle(pen, "Code", "HTML Preformatted", "Normal", [("w:shd", [("w:val", "clear"), ("w:color", "auto"), ("w:fill", "F2F2F2")])], [("w:rFonts", [("w:ascii", CodeFont), ("w:hAnsi", CodeFont)]), ("w:noProof", []), Size(20)]);
        WriteStyle(pen, "Rule", "Horizontal Line", "Normal", [Border("bottom", 8, 1)], [Size(12)]);
        WriteStyle(pen, "TableContents", "Table Contents", "Normal", [Spacing(40, 40)], []);
        WriteStyle(pen, "TableHeading", "Table Heading", "TableContents", [], [("w:b", [])]);
        WriteStyle(pen, "Footer", "footer", "Normal", [("w:jc", [("w:val", "center")])], [Size(18)]);
    }

    private static void WriteTextStyles(XmlPen pen)
    {
        WriteStyle(pen, "Hyperlink", "Hyperlink", null, [], [("w:color", [("w:val", "000091")]), ("w:u", [("w:val", "single")])], type: "character");
        WriteStyle(pen, "CodeText", "HTML Code", null, [], [("w:rFonts", [("w:ascii", CodeFont), ("w:hAnsi", CodeFont)]), ("w:noProof", [])], type: "character");
    }

    private static void WriteTableStyle(XmlPen pen)
    {
        using var style = pen.Open("w:style", ("w:type", "table"), ("w:styleId", "TableGrid"));
        pen.Empty("w:name", ("w:val", "Table Grid"));
        using var properties = pen.Open("w:tblPr");
        using var borders = pen.Open("w:tblBorders");
        foreach (var side in new[] { "top", "left", "bottom", "right", "insideH", "insideV" })
            pen.Empty("w:" + side, ("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "666666"));
    }

    private static void WriteStyle(XmlPen pen, string id, string name, string? parent, (string Name, (string, string?)[] Attributes)[] paragraph, (string Name, (string, string?)[] Attributes)[] text, bool isDefault = false, string type = "paragraph")
    {
        using var style = pen.Open("w:style", ("w:type", type), ("w:default", isDefault ? "1" : null), ("w:styleId", id));
        pen.Empty("w:name", ("w:val", name));
        if (parent is not null) pen.Empty("w:basedOn", ("w:val", parent));
        if (id.StartsWith("Heading", StringComparison.Ordinal) || id == "Title") pen.Empty("w:next", ("w:val", "Normal"));
        pen.Empty("w:qFormat");
        WriteProperties(pen, "w:pPr", paragraph);
        WriteProperties(pen, "w:rPr", text);
    }

    private static void WriteProperties(XmlPen pen, string name, (string Name, (string, string?)[] Attributes)[] properties)
    {
        if (properties.Length == 0) return;

        using var element = pen.Open(name);
        foreach (var (property, attributes) in properties)
        {
            if (property == "w:pBdr")
                using (pen.Open(property)) pen.Empty("w:" + attributes[0].Item2, attributes.AsSpan(1));
            else pen.Empty(property, attributes);
        }
    }

    private static void WriteAbstract(XmlPen pen, int id, bool isNumbered)
    {
        using var list = pen.Open("w:abstractNum", ("w:abstractNumId", Number(id)));
        pen.Empty("w:multiLevelType", ("w:val", "hybridMultilevel"));
        for (var level = 0; level < Levels; level++)
        {
            using var style = pen.Open("w:lvl", ("w:ilvl", Number(level)));
            pen.Empty("w:start", ("w:val", "1"));
            pen.Empty("w:numFmt", ("w:val", isNumbered ? "decimal" : "bullet"));
            pen.Empty("w:lvlText", ("w:val", isNumbered ? $"%{level + 1}." : level % 2 == 0 ? "•" : "◦"));
            pen.Empty("w:lvlJc", ("w:val", "left"));
            using var properties = pen.Open("w:pPr");
            pen.Empty("w:ind", ("w:left", Number(Indent * (level + 1))), ("w:hanging", "340"));
        }
    }

    private static (string, (string, string?)[]) Spacing(int before, int after) => ("w:spacing", [("w:before", Number(before)), ("w:after", Number(after))]);

    private static (string, (string, string?)[]) Size(int halfPoints) => ("w:sz", [("w:val", Number(halfPoints))]);

    private static (string, (string, string?)[]) Border(string side, int size, int space) => ("w:pBdr", [("side", side), ("w:val", "single"), ("w:sz", Number(size)), ("w:space", Number(space)), ("w:color", "666666")]);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
