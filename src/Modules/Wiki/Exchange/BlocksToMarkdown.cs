using System.Text;
using TerritoireCollab.Documents;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Exchange;

/// <summary>Writes the text of an office document as Markdown: headings, lists and tables stay what they are, and no sign of the text becomes one of Markdown.</summary>
internal static class BlocksToMarkdown
{
    /// <summary>The Markdown.</summary>
    public static string Write(IReadOnlyList<TextBlock> blocks)
    {
        var text = new StringBuilder();
        TextBlock? before = null;
        foreach (var block in blocks.Where(b => b.Kind != TextBlockKind.PageFurniture))
        {
            if (before is not null) text.Append(IsOneWith(before, block) ? "\n" : "\n\n");
            text.Append(Line(block, isFirstRow: before?.Kind != TextBlockKind.TableRow));
            before = block;
        }

        return text.ToString();
    }

    private static bool IsOneWith(TextBlock before, TextBlock block) => before.Kind == block.Kind && block.Kind is TextBlockKind.ListItem or TextBlockKind.TableRow;

    private static string Line(TextBlock block, bool isFirstRow) => block.Kind switch
    {
        TextBlockKind.Heading or TextBlockKind.SheetTitle or TextBlockKind.SlideTitle => $"{new string('#', Math.Clamp(block.Level, 1, 6))} {PlainMarkdown.Words(block.Text.ReplaceLineEndings(" "))}",
        TextBlockKind.ListItem => $"{new string(' ', 2 * Math.Max(0, block.Level - 1))}- {PlainMarkdown.Words(block.Text.ReplaceLineEndings(" "))}",
        TextBlockKind.TableRow => Row(block.Text, isFirstRow),
        _ => PlainMarkdown.Lines(block.Text),
    };

    private static string Row(string text, bool isFirst)
    {
        var cells = text.ReplaceLineEndings(" ").Split('\t');
        var row = $"| {string.Join(" | ", cells.Select(PlainMarkdown.Words))} |";
        return isFirst ? $"{row}\n|{string.Concat(Enumerable.Repeat(" --- |", cells.Length))}" : row;
    }
}
