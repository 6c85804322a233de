using PdfSharp.UniversalAccessibility;

namespace TerritoireCollab.Documents.Writing.Pdf;

/// <summary>A table: its header stands again on each page, and a row that is higher than a page goes on on the next.</summary>
internal sealed class PdfTable(PdfSheet sheet, WrittenTable table, double x, double width)
{
    private const double Padding = 4;
    private const double LeastColumn = 24;

    private readonly PdfLines _plain = new(9.5);
    private readonly PdfLines _bold = new(9.5, isBold: true);

    public void Write()
    {
        if (table.Columns == 0) return;

        if (table.Columns * LeastColumn > width) WriteAsLines();
        else WriteAsTable();
    }

    // Columns of a letter's width are read by nobody.
    private void WriteAsLines()
    {
        foreach (var row in Rows())
        {
            if (sheet.IsFull) return;

            var lines = _plain.Break([.. row.SelectMany((cell, index) => index == 0 ? cell : [new WrittenText(" | "), .. cell])], width);
            sheet.Tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
            foreach (var line in lines) Put(line);
            sheet.Tags.End();
        }
    }

    private void WriteAsTable()
    {
        var columns = Columns();
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.Table);
        var header = table.Header.Count > 0 ? Cells(table.Header, columns, _bold) : null;
        if (header is not null) WriteRow(header, columns, _bold, PdfBlockLevelElementTag.TableHeaderCell, null);
        foreach (var row in table.Rows)
        {
            if (sheet.IsFull) break;
            WriteRow(Cells(row, columns, _plain), columns, _plain, PdfBlockLevelElementTag.TableDataCell, header);
        }

        sheet.Tags.End();
    }

    private IEnumerable<IReadOnlyList<IReadOnlyList<WrittenInline>>> Rows() => table.Header.Count > 0 ? table.Rows.Prepend(table.Header) : table.Rows;

    // As wide as their text where all fit, else what is left over shared by what they hold.
    private double[] Columns()
    {
        var (least, whole) = (new double[table.Columns], new double[table.Columns]);
        foreach (var row in Rows().Take(500))
            foreach (var (index, cell) in row.Index())
            {
                var (word, all) = _bold.Widths(cell);
                least[index] = Math.Max(least[index], Math.Min(word, width / 3) + 2 * Padding);
                whole[index] = Math.Max(whole[index], all + 2 * Padding);
            }

        for (var i = 0; i < least.Length; i++) (least[i], whole[i]) = (Math.Max(least[i], LeastColumn), Math.Max(whole[i], Math.Max(least[i], LeastColumn)));
        if (whole.Sum() <= width) return whole;

        var (sum, over) = (least.Sum(), whole.Sum() - least.Sum());
        if (sum >= width) return [.. least.Select(l => LeastColumn + (l - LeastColumn) * (width - least.Length * LeastColumn) / Math.Max(1, sum - least.Length * LeastColumn))];
        return [.. least.Zip(whole, (l, w) => l + (w - l) * (width - sum) / Math.Max(1, over))];
    }

    private static List<PdfLine>[] Cells(IReadOnlyList<IReadOnlyList<WrittenInline>> row, double[] columns, PdfLines kind) =>
        [.. columns.Select((wide, index) => index < row.Count ? kind.Break(Words(row[index]), wide - 2 * Padding) : [])];

    // Pictures in cells are told by their words.
    private static IReadOnlyList<WrittenInline> Words(IReadOnlyList<WrittenInline> cell) => [.. cell.Select(inline => inline is WrittenImage image ? new WrittenText(image.Alternative) : inline)];

    private void WriteRow(List<PdfLine>[] cells, double[] columns, PdfLines kind, PdfBlockLevelElementTag tag, List<PdfLine>[]? header)
    {
        var (count, from) = (Math.Max(1, cells.Max(cell => cell.Count)), 0);
        while (from < count)
        {
            var room = (int)((sheet.Left - 2 * Padding) / kind.Height);
            if (room < Math.Min(count - from, 3) && sheet.Y > PdfSheet.Margin)
            {
                sheet.Turn();
                if (header is not null) RepeatHeader(header, columns);
                room = (int)((sheet.Left - 2 * Padding) / kind.Height);
            }

            var take = Math.Clamp(room, 1, count - from);
            WriteSlice([.. cells.Select(cell => cell.Skip(from).Take(take).ToList())], take, columns, kind, tag);
            from += take;
        }
    }

    private void RepeatHeader(List<PdfLine>[] header, double[] columns)
    {
        var count = header.Max(cell => cell.Count);
        // One that would fill the page is not said again.
        if (count * _bold.Height > PdfSheet.PageText / 3) return;

        WriteSlice(header, count, columns, _bold, null);
    }

    private void WriteSlice(List<PdfLine>[] cells, int count, double[] columns, PdfLines kind, PdfBlockLevelElementTag? tag)
    {
        var (top, bottom, left) = (sheet.Y, sheet.Y + count * kind.Height + 2 * Padding, x);
        if (tag is null) sheet.Tags.BeginArtifact();
        else sheet.Tags.BeginElement(PdfBlockLevelElementTag.TableRow);
        foreach (var (index, cell) in cells.Index())
        {
            if (tag is { } element) sheet.Tags.BeginElement(element);
            sheet.MoveTo(top + Padding);
            foreach (var line in cell)
            {
                sheet.Draw(tag is null ? Plain(line) : line, left + Padding + Shift(index, columns[index] - 2 * Padding - line.Width), kind);
                sheet.MoveTo(sheet.Y + kind.Height);
            }

            if (tag is not null) sheet.Tags.End();
            left += columns[index];
        }

        sheet.Tags.End();
        sheet.MoveTo(bottom);
        Frame(top, bottom, columns);
    }

    private double Shift(int column, double room) => table.AlignmentOf(column) switch { WrittenAlignment.Center => Math.Max(0, room / 2), WrittenAlignment.End => Math.Max(0, room), _ => 0 };

    // What is said again holds no element of its own.
    private static PdfLine Plain(PdfLine line) => new([.. line.Runs.Select(run => run with { Look = run.Look with { Link = null, IsCode = false } })]);

    private void Frame(double top, double bottom, double[] columns)
    {
        var right = x + columns.Sum();
        var lines = new List<(double, double, double, double)> { (x, top, right, top), (x, bottom, right, bottom), (x, top, x, bottom) };
        var at = x;
        foreach (var column in columns) lines.Add((at += column, top, at, bottom));
        sheet.Rule([.. lines]);
    }

    private void Put(PdfLine line)
    {
        sheet.Need(_plain.Height);
        sheet.Draw(line, x, _plain);
        sheet.MoveTo(sheet.Y + _plain.Height);
    }
}
