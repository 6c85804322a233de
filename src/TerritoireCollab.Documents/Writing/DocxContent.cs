using System.Globalization;

namespace TerritoireCollab.Documents.Writing;

/// <summary>The text of a DOCX.</summary>
internal sealed class DocxContent(XmlPen pen, DocxLinks links)
{
    private const int PageWidth = 9638;
    private const int EmuByPixel = 9525;
    private const int MostLevel = 8;

    /// <summary>Where paragraphs stand.</summary>
    /// <param name="Style">Their style.</param>
    /// <param name="Level">How many lists are around.</param>
    private readonly record struct Place(string? Style, int Level);

    public void Write(WrittenDocument document)
    {
        using (pen.Open("w:document"))
        using (pen.Open("w:body"))
        {
            if (document.ShowsTitle) WriteParagraph([new WrittenText(document.Title)], new("Title", 0));
            foreach (var block in document.Blocks) Write(block, new(null, 0));
            using (pen.Open("w:sectPr"))
            {
                pen.Empty("w:footerReference", ("w:type", "default"), ("r:id", DocxLinks.Footer));
                pen.Empty("w:pgSz", ("w:w", "11906"), ("w:h", "16838"));
                pen.Empty("w:pgMar", ("w:top", "1134"), ("w:right", "1134"), ("w:bottom", "1134"), ("w:left", "1134"), ("w:header", "567"), ("w:footer", "567"), ("w:gutter", "0"));
            }
        }
    }

    private void Write(WrittenBlock block, Place place)
    {
        switch (block)
        {
            case WrittenHeading heading:
                WriteParagraph(heading.Content, new("Heading" + Number(Math.Clamp(heading.Level, 1, 6)), 0));
                break;
            case WrittenParagraph paragraph:
                WriteParagraph(paragraph.Content, place);
                break;
            case WrittenList list:
                WriteList(list, place);
                break;
            case WrittenTable table:
                WriteTable(table);
                break;
            case WrittenQuote quote:
                foreach (var inner in quote.Blocks) Write(inner, place with { Style = "Quote" });
                break;
            case WrittenCode code:
                WriteParagraph([new WrittenText(code.Text)], place with { Style = "Code" });
                break;
            case WrittenRule:
                WriteParagraph([], new("Rule", 0));
                break;
        }
    }

    private void WriteList(WrittenList list, Place place)
    {
        var level = Math.Min(place.Level, MostLevel);
        var numbering = list.IsNumbered ? links.Numbering(list.Start, level) : DocxLinks.Bullets;
        foreach (var item in list.Items)
        {
            // The first paragraph carries the bullet, whatever it is; what follows is only indented.
            var isFirst = true;
            foreach (var block in TaskMark.Put(item))
            {
                if (isFirst && block is WrittenParagraph paragraph) WriteParagraph(paragraph.Content, new(place.Style ?? "ListParagraph", place.Level), (numbering, level));
                else if (isFirst && block is WrittenList) WriteParagraph([], new("ListParagraph", place.Level), (numbering, level));
                if (!isFirst || block is not WrittenParagraph) Write(block, new(place.Style ?? "ListParagraph", place.Level + 1));
                isFirst = false;
            }
        }
    }

    private void WriteParagraph(IReadOnlyList<WrittenInline> content, Place place, (int Id, int Level)? numbering = null)
    {
        using var paragraph = pen.Open("w:p");
        WriteProperties(place, numbering);
        foreach (var inline in content) WriteInline(inline);
    }

    private void WriteProperties(Place place, (int Id, int Level)? numbering)
    {
        if (place.Style is null && numbering is null) return;

        using var properties = pen.Open("w:pPr");
        if (place.Style is not null) pen.Empty("w:pStyle", ("w:val", place.Style));
        if (numbering is not { } list)
        {
            if (place.Level > 0) pen.Empty("w:ind", ("w:left", Number(DocxParts.Indent * Math.Min(place.Level, MostLevel + 1))));
            return;
        }

        using var numbers = pen.Open("w:numPr");
        pen.Empty("w:ilvl", ("w:val", Number(list.Level)));
        pen.Empty("w:numId", ("w:val", Number(list.Id)));
    }

    private void WriteTable(WrittenTable table)
    {
        if (table.Columns == 0) return;

        using (pen.Open("w:tbl"))
        {
            using (pen.Open("w:tblPr"))
            {
                pen.Empty("w:tblStyle", ("w:val", "TableGrid"));
                pen.Empty("w:tblW", ("w:w", "5000"), ("w:type", "pct"));
                pen.Empty("w:tblLook", ("w:val", "0020"), ("w:firstRow", table.Header.Count > 0 ? "1" : "0"));
            }

            using (pen.Open("w:tblGrid"))
                for (var i = 0; i < table.Columns; i++) pen.Empty("w:gridCol", ("w:w", Number(PageWidth / table.Columns)));
            if (table.Header.Count > 0) WriteRow(table, table.Header, isHeader: true);
            foreach (var row in table.Rows) WriteRow(table, row, isHeader: false);
        }

        // Two tables that touch would be one.
        using var after = pen.Open("w:p");
    }

    private void WriteRow(WrittenTable table, IReadOnlyList<IReadOnlyList<WrittenInline>> cells, bool isHeader)
    {
        using var row = pen.Open("w:tr");
        using (pen.Open("w:trPr"))
        {
            pen.Empty("w:cantSplit");
            if (isHeader) pen.Empty("w:tblHeader");
        }

        for (var column = 0; column < table.Columns; column++)
        {
            using var cell = pen.Open("w:tc");
            using (pen.Open("w:tcPr")) pen.Empty("w:tcW", ("w:w", Number(PageWidth / table.Columns)), ("w:type", "dxa"));
            using var paragraph = pen.Open("w:p");
            using (pen.Open("w:pPr"))
            {
                pen.Empty("w:pStyle", ("w:val", isHeader ? "TableHeading" : "TableContents"));
                if (table.AlignmentOf(column) is not WrittenAlignment.Start and var alignment) pen.Empty("w:jc", ("w:val", alignment == WrittenAlignment.Center ? "center" : "end"));
            }

            foreach (var inline in column < cells.Count ? cells[column] : []) WriteInline(inline);
        }
    }

    private void WriteInline(WrittenInline inline)
    {
        switch (inline)
        {
            case WrittenText { SafeLink: { } address } text:
                using (pen.Open("w:hyperlink", ("r:id", links.Address(address)), ("w:history", "1"))) WriteRun(text, "Hyperlink");
                break;
            case WrittenText text:
                WriteRun(text, null);
                break;
            case WrittenBreak:
                using (pen.Open("w:r")) pen.Empty("w:br");
                break;
            case WrittenImage image:
                WriteImage(image);
                break;
        }
    }

    private void WriteRun(WrittenText text, string? style)
    {
        using var run = pen.Open("w:r");
        if (style is not null || text.Style != WrittenStyle.None) WriteRunProperties(text.Style, style);
        foreach (var (index, line) in text.Text.Split('\n').Index())
        {
            if (index > 0) pen.Empty("w:br");
            WriteTabs(line);
        }
    }

    private void WriteTabs(string line)
    {
        foreach (var (index, piece) in line.Split('\t').Index())
        {
            if (index > 0) pen.Empty("w:tab");
            if (piece.Length > 0) pen.Line("w:t", piece, ("xml:space", "preserve"));
        }
    }

    // In the order of the schema: Word is strict about it.
    private void WriteRunProperties(WrittenStyle look, string? style)
    {
        using var properties = pen.Open("w:rPr");
        if ((style ?? (look.HasFlag(WrittenStyle.Code) ? "CodeText" : null)) is { } name) pen.Empty("w:rStyle", ("w:val", name));
        if (style is not null && look.HasFlag(WrittenStyle.Code)) pen.Empty("w:rFonts", ("w:ascii", DocxParts.CodeFont), ("w:hAnsi", DocxParts.CodeFont));
        if (look.HasFlag(WrittenStyle.Bold)) pen.Empty("w:b");
        if (look.HasFlag(WrittenStyle.Italic)) pen.Empty("w:i");
        if (look.HasFlag(WrittenStyle.Strike)) pen.Empty("w:strike");
    }

    private void WriteImage(WrittenImage image)
    {
        var id = links.Picture(image);
        var number = Number(links.Pictures.Count);
        var (width, height) = image.PageSize;
        string x = Number((int)(width * EmuByPixel)), y = Number((int)(height * EmuByPixel));
        using var run = pen.Open("w:r");
        using var drawing = pen.Open("w:drawing");
        using var inline = pen.Open("wp:inline", ("distT", "0"), ("distB", "0"), ("distL", "0"), ("distR", "0"));
        pen.Empty("wp:extent", ("cx", x), ("cy", y));
        pen.Empty("wp:docPr", ("id", number), ("name", "Image " + number), ("descr", image.Alternative));
        using var graphic = pen.Open("a:graphic");
        using var data = pen.Open("a:graphicData", ("uri", DocxParts.Picture));
        using var picture = pen.Open("pic:pic");
        using (pen.Open("pic:nvPicPr"))
        {
            pen.Empty("pic:cNvPr", ("id", number), ("name", "Image " + number), ("descr", image.Alternative));
            pen.Empty("pic:cNvPicPr");
        }

        using (pen.Open("pic:blipFill"))
        {
            pen.Empty("a:blip", ("r:embed", id));
            using (pen.Open("a:stretch")) pen.Empty("a:fillRect");
        }

        using var shape = pen.Open("pic:spPr");
        using (pen.Open("a:xfrm"))
        {
            pen.Empty("a:off", ("x", "0"), ("y", "0"));
            pen.Empty("a:ext", ("cx", x), ("cy", y));
        }

        using (pen.Open("a:prstGeom", ("prst", "rect"))) pen.Empty("a:avLst");
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
