using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>Styles of an ODT, under the names that LibreOffice gives its own: its menus and its checker know them.</summary>
internal static class OdtStyles
{
    private const int Levels = 10;

    private static readonly string[] HeadingSizes = ["20pt", "16pt", "14pt", "12pt", "11pt", "11pt"];

    /// <summary>Name of the automatic style of a look.</summary>
    public static string NameOf(WrittenStyle style) => string.Create(CultureInfo.InvariantCulture, $"T{(int)style}");

    /// <summary>Styles that the content names itself.</summary>
    public static void WriteAutomatic(XmlPen pen)
    {
        for (var style = WrittenStyle.Bold; style <= (WrittenStyle)15; style++)
        {
            using (pen.Open("style:style", ("style:name", NameOf(style)), ("style:family", "text"), ("style:parent-style-name", style.HasFlag(WrittenStyle.Code) ? "Source_20_Text" : null)))
            {
                pen.Empty(
                    "style:text-properties",
                    ("fo:font-weight", style.HasFlag(WrittenStyle.Bold) ? "bold" : null),
                    ("fo:font-style", style.HasFlag(WrittenStyle.Italic) ? "italic" : null),
                    ("style:text-line-through-style", style.HasFlag(WrittenStyle.Strike) ? "solid" : null));
            }
        }

        using (pen.Open("style:style", ("style:name", "Table"), ("style:family", "table")))
            pen.Empty("style:table-properties", ("style:rel-width", "100%"), ("table:align", "margins"), ("fo:margin-bottom", "0.3cm"), ("table:border-model", "collapsing"));
        using (pen.Open("style:style", ("style:name", "Cell"), ("style:family", "table-cell")))
            pen.Empty("style:table-cell-properties", ("fo:padding", "0.1cm"), ("fo:border", "0.5pt solid #666666"));
        using (pen.Open("style:style", ("style:name", "Picture"), ("style:family", "graphic"), ("style:parent-style-name", "Graphics")))
            pen.Empty("style:graphic-properties", ("style:vertical-pos", "top"), ("style:vertical-rel", "baseline"), ("fo:border", "none"));
    }

    /// <summary>The part of styles.</summary>
    public static void Write(Stream stream, string language)
    {
        using var pen = new XmlPen(stream, true, Odf.Namespaces);
        using var root = pen.Open("office:document-styles", ("office:version", Odf.Version));
        using (pen.Open("office:font-face-decls"))
        {
            pen.Empty("style:font-face", ("style:name", "Liberation Sans"), ("svg:font-family", "'Liberation Sans'"), ("style:font-family-generic", "swiss"));
            pen.Empty("style:font-face", ("style:name", "Liberation Mono"), ("svg:font-family", "'Liberation Mono'"), ("style:font-family-generic", "modern"));
        }

        using (pen.Open("office:styles"))
        {
            WriteDefault(pen, language);
            WriteParagraphStyles(pen);
            WriteTextStyles(pen);
            WriteOutline(pen);
            WriteList(pen, "Bullets", isNumbered: false);
            WriteList(pen, "Numbers", isNumbered: true);
        }

        using (pen.Open("office:automatic-styles"))
        using (pen.Open("style:page-layout", ("style:name", "Page")))
        {
            pen.Empty("style:page-layout-properties", ("fo:page-width", "21cm"), ("fo:page-height", "29.7cm"), ("fo:margin-top", "2cm"), ("fo:margin-bottom", "2cm"), ("fo:margin-left", "2cm"), ("fo:margin-right", "2cm"));
            using (pen.Open("style:footer-style")) pen.Empty("style:header-footer-properties", ("fo:min-height", "0.6cm"), ("fo:margin-top", "0.5cm"));
        }

        using (pen.Open("office:master-styles"))
        using (pen.Open("style:master-page", ("style:name", "Standard"), ("style:page-layout-name", "Page")))
        using (pen.Open("style:footer"))
        using (pen.Open("text:p", ("text:style-name", "Footer")))
            pen.Line("text:page-number", "1", ("text:select-page", "current"));
    }

    private static void WriteDefault(XmlPen pen, string language)
    {
        var (name, country) = Odf.Split(language);
        using (pen.Open("style:default-style", ("style:family", "paragraph")))
        {
            pen.Empty("style:paragraph-properties", ("fo:orphans", "2"), ("fo:widows", "2"));
            pen.Empty("style:text-properties", ("style:font-name", "Liberation Sans"), ("fo:font-size", "11pt"), ("fo:language", name), ("fo:country", country));
        }

        using (pen.Open("style:default-style", ("style:family", "graphic"))) pen.Empty("style:graphic-properties");
        using (pen.Open("style:default-style", ("style:family", "table"))) pen.Empty("style:table-properties", ("table:border-model", "collapsing"));
    }

    private static void WriteParagraphStyles(XmlPen pen)
    {
        WriteParagraph(pen, "Standard", null, [], []);
        WriteParagraph(pen, "Text_20_body", "Standard", [("fo:margin-bottom", "0.25cm"), ("fo:line-height", "120%")], []);
        WriteParagraph(pen, "Heading", "Standard", [("fo:keep-with-next", "always"), ("fo:margin-top", "0.4cm"), ("fo:margin-bottom", "0.2cm")], [("fo:font-weight", "bold")]);
        WriteParagraph(pen, "Title", "Heading", [("fo:margin-bottom", "0.5cm")], [("fo:font-size", "24pt")]);
        foreach (var (index, size) in HeadingSizes.Index())
            WriteParagraph(pen, $"Heading_20_{index + 1}", "Heading", [], [("fo:font-size", size)], (index + 1).ToString(CultureInfo.InvariantCulture));
        WriteParagraph(pen, "Quotations", "Standard", [("fo:margin-left", "1cm"), ("fo:margin-bottom", "0.25cm"), ("fo:padding-left", "0.3cm"), ("fo:border-left", "2pt solid #666666")], []);
        WriteParagraph(pen, "Preformatted_20_Text", "Standard", [("fo:margin-bottom", "0.25cm"), ("fo:background-color", "#f2f2f2")], [("style:font-name", "Liberation Mono"), ("fo:font-size", "10pt"), ("fo:language", "zxx"), ("fo:country", "none")]);
        WriteParagraph(pen, "Horizontal_20_Line", "Standard", [("fo:margin-bottom", "0.5cm"), ("fo:border-bottom", "1pt solid #666666")], [("fo:font-size", "6pt")]);
        WriteParagraph(pen, "Footer", "Standard", [("fo:text-align", "center")], [("fo:font-size", "9pt")]);
        foreach (var (name, weight) in new[] { ("Table_20_Contents", "normal"), ("Table_20_Heading", "bold") })
        {
            WriteParagraph(pen, name, "Standard", [], [("fo:font-weight", weight)]);
            WriteParagraph(pen, name + "_20_Center", name, [("fo:text-align", "center")], []);
            WriteParagraph(pen, name + "_20_End", name, [("fo:text-align", "end")], []);
        }
    }

    private static void WriteParagraph(XmlPen pen, string name, string? parent, ReadOnlySpan<(string, string?)> paragraph, ReadOnlySpan<(string, string?)> text, string? outline = null)
    {
        using var style = pen.Open(
            "style:style",
            ("style:name", name),
            ("style:display-name", name.Contains("_20_", StringComparison.Ordinal) ? name.Replace("_20_", " ", StringComparison.Ordinal) : null),
            ("style:family", "paragraph"),
            ("style:parent-style-name", parent),
            ("style:next-style-name", name.StartsWith("Heading", StringComparison.Ordinal) ? "Text_20_body" : null),
            ("style:default-outline-level", outline));
        if (paragraph.Length > 0) pen.Empty("style:paragraph-properties", paragraph);
        if (text.Length > 0) pen.Empty("style:text-properties", text);
    }

    private static void WriteTextStyles(XmlPen pen)
    {
        using (pen.Open("style:style", ("style:name", "Source_20_Text"), ("style:display-name", "Source Text"), ("style:family", "text")))
            pen.Empty("style:text-properties", ("style:font-name", "Liberation Mono"), ("fo:language", "zxx"), ("fo:country", "none"));

        // A frame whose style does not come from this one is a drawing to LibreOffice, which has no alternative text.
        using (pen.Open("style:style", ("style:name", "Graphics"), ("style:family", "graphic"))) pen.Empty("style:graphic-properties", ("text:anchor-type", "as-char"));
        using (pen.Open("style:style", ("style:name", "Internet_20_Link"), ("style:display-name", "Internet Link"), ("style:family", "text")))
            pen.Empty("style:text-properties", ("fo:color", "#000091"), ("style:text-underline-style", "solid"));
    }

    private static void WriteOutline(XmlPen pen)
    {
        using var outline = pen.Open("text:outline-style", ("style:name", "Outline"));
        for (var level = 1; level <= Levels; level++) pen.Empty("text:outline-level-style", ("text:level", level.ToString(CultureInfo.InvariantCulture)), ("style:num-format", ""));
    }

    private static void WriteList(XmlPen pen, string name, bool isNumbered)
    {
        using var list = pen.Open("text:list-style", ("style:name", name));
        for (var level = 1; level <= Levels; level++)
        {
            var number = level.ToString(CultureInfo.InvariantCulture);
            using var style = isNumbered
                ? pen.Open("text:list-level-style-number", ("text:level", number), ("style:num-format", "1"), ("style:num-suffix", "."))
                : pen.Open("text:list-level-style-bullet", ("text:level", number), ("text:bullet-char", level % 2 == 1 ? "•" : "◦"));
            using var properties = pen.Open("style:list-level-properties", ("text:list-level-position-and-space-mode", "label-alignment"));
            var indent = (0.6 * level).ToString("0.0", CultureInfo.InvariantCulture) + "cm";
            pen.Empty("style:list-level-label-alignment", ("text:label-followed-by", "listtab"), ("text:list-tab-stop-position", indent), ("fo:text-indent", "-0.6cm"), ("fo:margin-left", indent));
        }
    }
}
