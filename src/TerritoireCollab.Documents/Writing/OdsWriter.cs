using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>Writes tables as OpenDocument spreadsheet (OASIS ODF 1.3): texts in their cells, days as days, no formula.</summary>
public static class OdsWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "application/vnd.oasis.opendocument.spreadsheet";

    /// <summary>Writes them; the stream need not seek, and is not closed.</summary>
    public static void Write(WrittenWorkbook workbook, Stream output)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(output);
        var sheets = workbook.Named();
        using var package = new PackageWriter(output, workbook.Modified);
        package.Store("mimetype", "application/vnd.oasis.opendocument.spreadsheet"u8);
        package.Add("content.xml", stream => WriteContent(stream, sheets));
        package.Add("styles.xml", stream => WriteStyles(stream, workbook.Language));
        package.Add("settings.xml", stream => WriteSettings(stream, [.. sheets.Select(s => s.Name)]));
        package.Add("meta.xml", stream => Odf.WriteMeta(stream, workbook.Title, null, null, workbook.Language, workbook.Modified));
        package.Add("META-INF/manifest.xml", stream => Odf.WriteManifest(stream, ContentType, [("content.xml", "text/xml"), ("styles.xml", "text/xml"), ("settings.xml", "text/xml"), ("meta.xml", "text/xml")]));
    }

    private static void WriteContent(Stream stream, IReadOnlyList<(string Name, WrittenSheet Sheet)> sheets)
    {
        using var pen = new XmlPen(stream, true, Odf.Namespaces);
        using var root = pen.Open("office:document-content", ("office:version", Odf.Version));
        var widths = sheets.Select(s => SheetColumns.Widths(s.Sheet)).ToArray();
        using (pen.Open("office:automatic-styles"))
        {
            foreach (var width in widths.SelectMany(w => w).Distinct().Order())
                using (pen.Open("style:style", ("style:name", "C" + Number(width)), ("style:family", "table-column")))
                    pen.Empty("style:table-column-properties", ("style:column-width", (width * 0.21).ToString("0.00", CultureInfo.InvariantCulture) + "cm"));
        }

        using var body = pen.Open("office:body");
        using var spreadsheet = pen.Open("office:spreadsheet");
        foreach (var (index, (name, sheet)) in sheets.Index()) WriteSheet(pen, name, sheet, widths[index]);
    }

    private static void WriteSheet(XmlPen pen, string name, WrittenSheet sheet, int[] widths)
    {
        using var table = pen.Open("table:table", ("table:name", name));
        foreach (var width in widths) pen.Empty("table:table-column", ("table:style-name", "C" + Number(width)));
        if (widths.Length == 0) pen.Empty("table:table-column");
        using (pen.Open("table:table-header-rows")) WriteRow(pen, sheet.Header, isHeader: true);
        foreach (var row in sheet.Rows) WriteRow(pen, row, isHeader: false);
    }

    private static void WriteRow(XmlPen pen, IReadOnlyList<object?> cells, bool isHeader)
    {
        using var row = pen.Open("table:table-row");
        if (cells.Count == 0) pen.Empty("table:table-cell");
        foreach (var cell in cells) WriteCell(pen, SheetValue.Of(cell), isHeader ? "Heading" : null);
    }

    private static void WriteCell(XmlPen pen, SheetValue value, string? style)
    {
        (string Name, string? Value)[] attributes = value.Kind switch
        {
            SheetValueKind.Text => [("table:style-name", style), ("office:value-type", "string")],
            SheetValueKind.Number => [("table:style-name", style), ("office:value-type", "float"), ("office:value", value.Text)],
            SheetValueKind.Truth => [("table:style-name", style), ("office:value-type", "boolean"), ("office:boolean-value", value.IsTrue ? "true" : "false")],
            SheetValueKind.Day => [("table:style-name", style ?? "Day"), ("office:value-type", "date"), ("office:date-value", value.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))],
            SheetValueKind.Time => [("table:style-name", style ?? "Time"), ("office:value-type", "date"), ("office:date-value", value.Date.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture))],
            _ => [],
        };
        using var cell = pen.Open("table:table-cell", attributes);
        if (value.Kind == SheetValueKind.Empty) return;

        foreach (var line in value.Text.Split('\n'))
            using (pen.Open("text:p")) Odf.WriteText(pen, line);
    }

    private static void WriteStyles(Stream stream, string language)
    {
        using var pen = new XmlPen(stream, true, Odf.Namespaces);
        using var root = pen.Open("office:document-styles", ("office:version", Odf.Version));
        using var styles = pen.Open("office:styles");
        var (name, country) = Odf.Split(language);
        using (pen.Open("style:default-style", ("style:family", "table-cell")))
            pen.Empty("style:text-properties", ("fo:font-family", "Liberation Sans"), ("fo:font-size", "10pt"), ("fo:language", name), ("fo:country", country));
        WriteDate(pen, "NDay", hasTime: false);
        WriteDate(pen, "NTime", hasTime: true);
        using (pen.Open("style:style", ("style:name", "Default"), ("style:family", "table-cell")))
        {
        }

        using (pen.Open("style:style", ("style:name", "Heading"), ("style:family", "table-cell"), ("style:parent-style-name", "Default"))) pen.Empty("style:text-properties", ("fo:font-weight", "bold"));
        pen.Empty("style:style", ("style:name", "Day"), ("style:family", "table-cell"), ("style:parent-style-name", "Default"), ("style:data-style-name", "NDay"));
        pen.Empty("style:style", ("style:name", "Time"), ("style:family", "table-cell"), ("style:parent-style-name", "Default"), ("style:data-style-name", "NTime"));
    }

    private static void WriteDate(XmlPen pen, string name, bool hasTime)
    {
        using var date = pen.Open("number:date-style", ("style:name", name));
        pen.Empty("number:day", ("number:style", "long"));
        pen.Line("number:text", "/");
        pen.Empty("number:month", ("number:style", "long"));
        pen.Line("number:text", "/");
        pen.Empty("number:year", ("number:style", "long"));
        if (!hasTime) return;

        pen.Line("number:text", " ");
        pen.Empty("number:hours", ("number:style", "long"));
        pen.Line("number:text", ":");
        pen.Empty("number:minutes", ("number:style", "long"));
    }

    // What LibreOffice reads to freeze the first row (mode 2: a row that stays).
    private static void WriteSettings(Stream stream, string[] names)
    {
        using var pen = new XmlPen(stream, true, Odf.Namespaces);
        using var root = pen.Open("office:document-settings", ("office:version", Odf.Version));
        using var settings = pen.Open("office:settings");
        using var set = pen.Open("config:config-item-set", ("config:name", "ooo:view-settings"));
        using var views = pen.Open("config:config-item-map-indexed", ("config:name", "Views"));
        using var view = pen.Open("config:config-item-map-entry");
        WriteItem(pen, "ViewId", "string", "view1");
        using var tables = pen.Open("config:config-item-map-named", ("config:name", "Tables"));
        foreach (var name in names)
        {
            using var table = pen.Open("config:config-item-map-entry", ("config:name", name));
            WriteItem(pen, "VerticalSplitMode", "short", "2");
            WriteItem(pen, "VerticalSplitPosition", "int", "1");
            WriteItem(pen, "ActiveSplitRange", "short", "2");
            WriteItem(pen, "PositionTop", "int", "0");
            WriteItem(pen, "PositionBottom", "int", "1");
        }
    }

    private static void WriteItem(XmlPen pen, string name, string type, string value) => pen.Line("config:config-item", value, ("config:name", name), ("config:type", type));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
