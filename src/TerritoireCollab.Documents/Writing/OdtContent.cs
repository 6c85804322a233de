using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>The text of an ODT.</summary>
internal sealed class OdtContent(XmlPen pen, List<WrittenImage> pictures)
{
    private int _tables;

    public void Write(WrittenDocument document)
    {
        using (pen.Open("office:document-content", ("office:version", Odf.Version)))
        {
            using (pen.Open("office:automatic-styles")) OdtStyles.WriteAutomatic(pen);
            using var body = pen.Open("office:body");
            using var text = pen.Open("office:text");
            if (document.ShowsTitle) pen.Line("text:p", document.Title, ("text:style-name", "Title"));
            foreach (var block in document.Blocks) Write(block, "Text_20_body");
        }
    }

    private void Write(WrittenBlock block, string style)
    {
        switch (block)
        {
            case WrittenHeading heading:
                WriteHeading(heading);
                break;
            case WrittenParagraph paragraph:
                WriteParagraph(paragraph.Content, style);
                break;
            case WrittenList list:
                WriteList(list, style, isNested: false);
                break;
            case WrittenTable table:
                WriteTable(table);
                break;
            case WrittenQuote quote:
                foreach (var inner in quote.Blocks) Write(inner, "Quotations");
                break;
            case WrittenCode code:
                using (pen.Open("text:p", ("text:style-name", "Preformatted_20_Text"))) Odf.WriteText(pen, code.Text);
                break;
            case WrittenRule:
                pen.Empty("text:p", ("text:style-name", "Horizontal_20_Line"));
                break;
        }
    }

    private void WriteHeading(WrittenHeading heading)
    {
        var level = Math.Clamp(heading.Level, 1, 6).ToString(CultureInfo.InvariantCulture);
        using (pen.Open("text:h", ("text:style-name", "Heading_20_" + level), ("text:outline-level", level))) WriteInlines(heading.Content);
    }

    private void WriteParagraph(IReadOnlyList<WrittenInline> content, string style)
    {
        using (pen.Open("text:p", ("text:style-name", style))) WriteInlines(content);
    }

    private void WriteList(WrittenList list, string style, bool isNested)
    {
        // A nested list takes its level from the lists around it: only another kind is said again.
        using (pen.Open("text:list", ("text:style-name", list.IsNumbered ? "Numbers" : "Bullets"), ("text:continue-numbering", isNested ? null : "false")))
        {
            foreach (var (index, item) in list.Items.Index())
            {
                var start = index == 0 && list is { IsNumbered: true, Start: not 1 } ? list.Start.ToString(CultureInfo.InvariantCulture) : null;
                using (pen.Open("text:list-item", ("text:start-value", start))) WriteItem(item, style);
            }
        }
    }

    // An item of the format holds paragraphs, headings and lists, and no table: its rows become lines.
    private void WriteItem(WrittenItem item, string style)
    {
        foreach (var block in TaskMark.Put(item))
        {
            if (block is WrittenList list) WriteList(list, style, isNested: true);
            else if (block is WrittenQuote quote) WriteItem(new WrittenItem(quote.Blocks), "Quotations");
            else if (block is WrittenTable table) WriteLines(table, style);
            else Write(block, style);
        }
    }

    private void WriteLines(WrittenTable table, string style)
    {
        foreach (var row in table.Rows.Prepend(table.Header).Where(row => row.Count > 0))
            WriteParagraph([.. row.SelectMany((cell, index) => index == 0 ? cell : [new WrittenText(" | "), .. cell])], style);
    }

    private void WriteTable(WrittenTable table)
    {
        if (table.Columns == 0) return;

        var name = string.Create(CultureInfo.InvariantCulture, $"Tableau{++_tables}");
        using (pen.Open("table:table", ("table:name", name), ("table:style-name", "Table")))
        {
            pen.Empty("table:table-column", ("table:number-columns-repeated", table.Columns.ToString(CultureInfo.InvariantCulture)));
            if (table.Header.Count > 0)
                using (pen.Open("table:table-header-rows")) WriteRow(table, table.Header, "Table_20_Heading");
            foreach (var row in table.Rows) WriteRow(table, row, "Table_20_Contents");
        }
    }

    private void WriteRow(WrittenTable table, IReadOnlyList<IReadOnlyList<WrittenInline>> cells, string style)
    {
        using var row = pen.Open("table:table-row");
        for (var column = 0; column < table.Columns; column++)
        {
            using var cell = pen.Open("table:table-cell", ("table:style-name", "Cell"), ("office:value-type", "string"));
            var suffix = table.AlignmentOf(column) switch { WrittenAlignment.Center => "_20_Center", WrittenAlignment.End => "_20_End", _ => "" };
            WriteParagraph(column < cells.Count ? cells[column] : [], style + suffix);
        }
    }

    private void WriteInlines(IReadOnlyList<WrittenInline> content)
    {
        foreach (var inline in content)
        {
            switch (inline)
            {
                case WrittenText text:
                    WriteText(text);
                    break;
                case WrittenBreak:
                    pen.Empty("text:line-break");
                    break;
                case WrittenImage image:
                    WriteImage(image);
                    break;
            }
        }
    }

    private void WriteText(WrittenText text)
    {
        if (text.SafeLink is not { } link)
        {
            WriteSpan(text);
            return;
        }

        using (pen.Open("text:a", ("xlink:type", "simple"), ("xlink:href", link), ("text:style-name", "Internet_20_Link"))) WriteSpan(text);
    }

    private void WriteSpan(WrittenText text)
    {
        if (text.Style == WrittenStyle.None)
        {
            Odf.WriteText(pen, text.Text);
            return;
        }

        using (pen.Open("text:span", ("text:style-name", OdtStyles.NameOf(text.Style)))) Odf.WriteText(pen, text.Text);
    }

    private void WriteImage(WrittenImage image)
    {
        var index = pictures.Count;
        pictures.Add(image);
        var (width, height) = image.PageSize;
        using var frame = pen.Open(
            "draw:frame",
            ("draw:style-name", "Picture"),
            ("draw:name", string.Create(CultureInfo.InvariantCulture, $"Image{index + 1}")),
            ("text:anchor-type", "as-char"),
            ("svg:width", Centimetres(width)),
            ("svg:height", Centimetres(height)));
        pen.Empty("draw:image", ("xlink:href", OdtWriter.PictureName(index, image)), ("xlink:type", "simple"), ("xlink:show", "embed"), ("xlink:actuate", "onLoad"), ("draw:mime-type", image.MediaType));
        pen.Line("svg:title", image.Alternative);
    }

    private static string Centimetres(double pixels) => (pixels / 96 * 2.54).ToString("0.###", CultureInfo.InvariantCulture) + "cm";
}

/// <summary>The box of a task, which no format of text has.</summary>
internal static class TaskMark
{
    /// <summary>Blocks of an item, the first paragraph of a task with its box before it.</summary>
    public static IReadOnlyList<WrittenBlock> Put(WrittenItem item)
    {
        if (item.IsDone is not { } isDone) return item.Blocks;

        var mark = new WrittenText(isDone ? "☑ " : "☐ ");
        return item.Blocks is [WrittenParagraph first, ..] ? [first with { Content = [mark, .. first.Content] }, .. item.Blocks.Skip(1)] : [new WrittenParagraph([mark]), .. item.Blocks];
    }
}
