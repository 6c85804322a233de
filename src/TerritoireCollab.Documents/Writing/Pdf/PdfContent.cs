using System.Globalization;
using PdfSharp.Pdf;
using PdfSharp.UniversalAccessibility;

namespace TerritoireCollab.Documents.Writing.Pdf;

/// <summary>The text of a PDF: each block with its tag, from the top of the first page to the end.</summary>
internal sealed class PdfContent(PdfSheet sheet)
{
    private const double Indent = 18;
    private const double Gap = 7;

    private static readonly double[] HeadingSizes = [20, 16, 14, 12.5, 11.5, 11];
    private static readonly PdfBlockLevelElementTag[] HeadingTags =
        [PdfBlockLevelElementTag.Heading1, PdfBlockLevelElementTag.Heading2, PdfBlockLevelElementTag.Heading3, PdfBlockLevelElementTag.Heading4, PdfBlockLevelElementTag.Heading5, PdfBlockLevelElementTag.Heading6];

    private readonly PdfLines _text = new(10.5);
    private readonly PdfLines _small = new(9);
    private readonly PdfLines _code = new(9, isCode: true);
    private readonly PdfLines[] _headings = [.. HeadingSizes.Select(size => new PdfLines(size, isBold: true))];
    private readonly List<(int Level, PdfOutline Mark)> _marks = [];

    public void Write(WrittenDocument document)
    {
        var above = document.ShowsTitle ? 1 : 0;
        if (document.ShowsTitle) WriteHeading(1, [new WrittenText(document.Title)]);
        var date = document.Modified.ToString("D", CultureInfo.GetCultureInfo(document.Language));
        WriteParagraph([new WrittenText(document.Author is { } author ? $"{author}, {date}" : date)], PdfSheet.Margin, PdfSheet.TextWidth, _small);
        Write(document.Blocks, PdfSheet.Margin, PdfSheet.TextWidth, above);
        if (document.Description is not { } origin) return;

        sheet.Skip(Gap);
        WriteParagraph([new WrittenText(origin, Link: origin)], PdfSheet.Margin, PdfSheet.TextWidth, _small);
    }

    private void Write(IReadOnlyList<WrittenBlock> blocks, double x, double width, int above)
    {
        foreach (var block in blocks)
        {
            if (sheet.IsFull) return;
            Write(block, x, width, above);
        }
    }

    private void Write(WrittenBlock block, double x, double width, int above)
    {
        switch (block)
        {
            case WrittenHeading heading:
                WriteHeading(heading.Level + above, heading.Content);
                break;
            case WrittenParagraph paragraph:
                WriteParagraph(paragraph.Content, x, width, _text);
                break;
            case WrittenList list:
                WriteList(list, x, width, above);
                break;
            case WrittenTable table:
                new PdfTable(sheet, table, x, width).Write();
                sheet.Skip(Gap);
                break;
            case WrittenQuote quote:
                sheet.Tags.BeginElement(PdfGroupingElementTag.BlockQuotation);
                Write(quote.Blocks, x + Inner(width), width - Inner(width), above);
                sheet.Tags.End();
                break;
            case WrittenCode code:
                WriteCode(code, x, width);
                break;
            case WrittenRule:
                sheet.Need(2 * Gap);
                sheet.Rule((x, sheet.Y + Gap / 2, x + width, sheet.Y + Gap / 2));
                sheet.Skip(2 * Gap);
                break;
        }
    }

    // However deep it stands, some words of it fit on a line.
    private static double Inner(double width) => width > 10 * Indent ? Indent : 0;

    private void WriteHeading(int level, IReadOnlyList<WrittenInline> content)
    {
        level = Math.Clamp(level, 1, HeadingTags.Length);
        var kind = _headings[level - 1];
        var lines = kind.Break(content, PdfSheet.TextWidth);
        if (lines.Count == 0) return;

        sheet.Skip(Gap);
        // It does not stay alone at the foot of a page.
        sheet.Need(Math.Min(lines.Count * kind.Height + 2 * _text.Height, PdfSheet.PageText));
        Mark(level, string.Concat(content.OfType<WrittenText>().Select(text => text.Text)));
        sheet.Tags.BeginElement(HeadingTags[level - 1]);
        WriteLines(lines, PdfSheet.Margin, PdfSheet.TextWidth, kind);
        sheet.Tags.End();
        sheet.Skip(Gap / 2);
    }

    private void Mark(int level, string title)
    {
        if (string.IsNullOrWhiteSpace(title)) return;

        _marks.RemoveAll(mark => mark.Level >= level);
        _marks.Add((level, sheet.Mark(title.Trim(), _marks is [.., var around] ? around.Mark : null)));
    }

    private void WriteParagraph(IReadOnlyList<WrittenInline> content, double x, double width, PdfLines kind)
    {
        var lines = kind.Break(content, width);
        if (lines.Count == 0) return;

        sheet.Need(Math.Min(2, lines.Count) * kind.Height);
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
        WriteLines(lines, x, width, kind);
        sheet.Tags.End();
        sheet.Skip(Gap);
    }

    private void WriteLines(List<PdfLine> lines, double x, double width, PdfLines kind)
    {
        foreach (var line in lines)
        {
            if (line.Image is { } image)
            {
                if (!sheet.Draw(image, x, width)) WriteLines(kind.Break([new WrittenText(image.Alternative)], width), x, width, kind);
                continue;
            }

            sheet.Need(kind.Height);
            sheet.Draw(line, x, kind);
            sheet.MoveTo(sheet.Y + kind.Height);
        }
    }

    private void WriteList(WrittenList list, double x, double width, int above)
    {
        if (list.Items.Count == 0) return;

        var inner = Inner(width);
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.List);
        foreach (var (index, item) in list.Items.Index())
        {
            if (sheet.IsFull) break;

            sheet.Need(_text.Height);
            sheet.Tags.BeginElement(PdfBlockLevelElementTag.ListItem);
            sheet.Tags.BeginElement(PdfBlockLevelElementTag.Label);
            // The box of a task stands where others have their dot.
            var label = list.IsNumbered ? string.Create(CultureInfo.InvariantCulture, $"{list.Start + index}.") : item.IsDone switch { true => "☑", false => "☐", _ => "•" };
            sheet.Draw(_text.Break([new WrittenText(label)], width)[0], x, _text);
            sheet.Tags.End();
            sheet.Tags.BeginElement(PdfBlockLevelElementTag.ListBody);
            // A label without words has a line of its own.
            var (top, blocks) = (sheet.Y, list.IsNumbered ? TaskMark.Put(item) : item.Blocks);
            var wide = Math.Max(inner, label.Length > 3 && inner > 0 ? inner + (label.Length - 3) * 6 : inner);
            Write(blocks, x + wide, width - wide, above);
            if (sheet.Y == top) sheet.MoveTo(top + _text.Height);
            sheet.Tags.End();
            sheet.Tags.End();
        }

        sheet.Tags.End();
    }

    private void WriteCode(WrittenCode code, double x, double width)
    {
        var lines = _code.BreakCode(code.Text, width - Gap);
        sheet.Need(Math.Min(2, lines.Count) * _code.Height);
        sheet.Tags.BeginElement(PdfBlockLevelElementTag.Paragraph);
        sheet.Tags.BeginElement(PdfInlineLevelElementTag.Code);
        WriteLines(lines, x + Gap, width - Gap, _code);
        sheet.Tags.End();
        sheet.Tags.End();
        sheet.Skip(Gap);
    }
}
