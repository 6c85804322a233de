using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>Writes tables as SpreadsheetML (ISO/IEC 29500, transitional): texts in their cells, days as days, no formula.</summary>
public static class XlsxWriter
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Part = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

    // Places among the formats of cells that WriteStyles writes.
    private const int Plain = 0;
    private const int Heading = 1;
    private const int Day = 2;
    private const int Time = 3;
    private const int Guarded = 4;

    /// <summary>Writes them; the stream need not seek, and is not closed.</summary>
    public static void Write(WrittenWorkbook workbook, Stream output)
    {
        ArgumentNullException.ThrowIfNull(workbook);
        ArgumentNullException.ThrowIfNull(output);
        var sheets = workbook.Named();
        using var package = new PackageWriter(output, workbook.Modified);
        package.Add("[Content_Types].xml", stream => Ooxml.WriteTypes(stream, [("xl/workbook.xml", ContentType + ".main+xml"), ("xl/styles.xml", Part + "styles+xml"), .. sheets.Select((_, i) => ("xl/" + SheetName(i), Part + "worksheet+xml"))]));
        package.Add("_rels/.rels", stream => Ooxml.WriteRootRelations(stream, "xl/workbook.xml"));
        package.Add("docProps/core.xml", stream => Ooxml.WriteCore(stream, workbook.Title, null, null, workbook.Language, workbook.Modified));
        package.Add("xl/workbook.xml", stream => WriteWorkbook(stream, [.. sheets.Select(s => s.Name)]));
        package.Add("xl/_rels/workbook.xml.rels", stream => Ooxml.WriteRelations(stream, [.. sheets.Select((_, i) => (Id(i), "worksheet", SheetName(i), false)), ("rIdStyles", "styles", "styles.xml", false)]));
        package.Add("xl/styles.xml", WriteStyles);
        foreach (var (index, (_, sheet)) in sheets.Index()) package.Add("xl/" + SheetName(index), stream => WriteSheet(stream, sheet, isFirst: index == 0));
    }

    private static void WriteWorkbook(Stream stream, string[] names)
    {
        using var pen = new XmlPen(stream, true, ("", Main), ("r", Ooxml.Relationships));
        using var root = pen.Open("workbook");
        using var sheets = pen.Open("sheets");
        foreach (var (index, name) in names.Index()) pen.Empty("sheet", ("name", name), ("sheetId", Number(index + 1)), ("r:id", Id(index)));
    }

    private static void WriteStyles(Stream stream)
    {
        using var pen = new XmlPen(stream, true, ("", Main));
        using var root = pen.Open("styleSheet");
        using (pen.Open("numFmts", ("count", "2")))
        {
            pen.Empty("numFmt", ("numFmtId", "164"), ("formatCode", "dd/mm/yyyy"));
            pen.Empty("numFmt", ("numFmtId", "165"), ("formatCode", "dd/mm/yyyy\\ hh:mm"));
        }

        using (pen.Open("fonts", ("count", "2")))
        {
            WriteFont(pen, isBold: false);
            WriteFont(pen, isBold: true);
        }

        using (pen.Open("fills", ("count", "2")))
        {
            foreach (var pattern in new[] { "none", "gray125" })
                using (pen.Open("fill")) pen.Empty("patternFill", ("patternType", pattern));
        }

        using (pen.Open("borders", ("count", "1")))
        using (pen.Open("border"))
            foreach (var side in new[] { "left", "right", "top", "bottom", "diagonal" }) pen.Empty(side);
        using (pen.Open("cellStyleXfs", ("count", "1"))) pen.Empty("xf", ("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0"));
        using (pen.Open("cellXfs", ("count", "5")))
        {
            WriteFormat(pen, "0", "0");
            WriteFormat(pen, "0", "1");
            WriteFormat(pen, "164", "0");
            WriteFormat(pen, "165", "0");
            WriteFormat(pen, "0", "0", isGuarded: true);
        }

        using (pen.Open("cellStyles", ("count", "1"))) pen.Empty("cellStyle", ("name", "Normal"), ("xfId", "0"), ("builtinId", "0"));
    }

    private static void WriteFont(XmlPen pen, bool isBold)
    {
        using var font = pen.Open("font");
        if (isBold) pen.Empty("b");
        pen.Empty("sz", ("val", "11"));
        pen.Empty("name", ("val", "Liberation Sans"));
    }

    private static void WriteFormat(XmlPen pen, string format, string font, bool isGuarded = false) =>
        pen.Empty("xf", ("numFmtId", format), ("fontId", font), ("fillId", "0"), ("borderId", "0"), ("xfId", "0"), ("applyNumberFormat", format == "0" ? null : "1"), ("applyFont", font == "0" ? null : "1"), ("quotePrefix", isGuarded ? "1" : null));

    private static void WriteSheet(Stream stream, WrittenSheet sheet, bool isFirst)
    {
        using var pen = new XmlPen(stream, true, ("", Main));
        using var root = pen.Open("worksheet");
        using (pen.Open("sheetViews"))
        using (pen.Open("sheetView", ("tabSelected", isFirst ? "1" : null), ("workbookViewId", "0")))
            pen.Empty("pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        WriteColumns(pen, SheetColumns.Widths(sheet));
        using var data = pen.Open("sheetData");
        WriteRow(pen, sheet.Header, 1, isHeader: true);
        foreach (var (index, row) in sheet.Rows.Index()) WriteRow(pen, row, index + 2, isHeader: false);
    }

    private static void WriteColumns(XmlPen pen, int[] widths)
    {
        if (widths.Length == 0) return;

        using var columns = pen.Open("cols");
        foreach (var (index, width) in widths.Index()) pen.Empty("col", ("min", Number(index + 1)), ("max", Number(index + 1)), ("width", Number(width)), ("customWidth", "1"));
    }

    private static void WriteRow(XmlPen pen, IReadOnlyList<object?> cells, int number, bool isHeader)
    {
        using var row = pen.Open("row", ("r", Number(number)));
        for (var column = 0; column < cells.Count; column++) WriteCell(pen, SheetValue.Of(cells[column]), ColumnName(column) + Number(number), isHeader);
    }

    private static void WriteCell(XmlPen pen, SheetValue value, string reference, bool isHeader)
    {
        if (value.Kind == SheetValueKind.Empty) return;

        var style = isHeader ? Heading : value.Kind switch { SheetValueKind.Day => Day, SheetValueKind.Time => Time, _ => value.LooksLikeFormula ? Guarded : Plain };
        var type = value.Kind switch { SheetValueKind.Text => "inlineStr", SheetValueKind.Truth => "b", _ => "n" };
        using var cell = pen.Open("c", ("r", reference), ("s", Number(style)), ("t", type));
        switch (value.Kind)
        {
            case SheetValueKind.Text:
                using (pen.Open("is")) pen.Line("t", value.Text, ("xml:space", "preserve"));
                break;
            case SheetValueKind.Truth:
                pen.Line("v", value.IsTrue ? "1" : "0");
                break;
            default:
                pen.Line("v", value.Kind == SheetValueKind.Number ? value.Text : value.Serial);
                break;
        }
    }

    private static string ColumnName(int column)
    {
        var name = "";
        for (var left = column + 1; left > 0; left = (left - 1) / 26) name = (char)('A' + (left - 1) % 26) + name;
        return name;
    }

    private static string SheetName(int index) => $"worksheets/sheet{Number(index + 1)}.xml";

    private static string Id(int index) => "rId" + Number(index + 1);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
