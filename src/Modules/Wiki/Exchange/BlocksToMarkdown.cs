using System.Text;
using TerritoireCollab.Documents;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Exchange;

/// <summary>
/// Writes the text of an office document as Markdown: headings, lists, tables, bold, italic and links stay what they are, and no sign of the text becomes
/// one of Markdown.
/// </summary>
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
        TextBlockKind.Heading or TextBlockKind.SheetTitle or TextBlockKind.SlideTitle => $"{new string('#', Math.Clamp(block.Level, 1, 6))} {Words(block).ReplaceLineEndings(" ")}",
        TextBlockKind.ListItem => $"{new string(' ', 2 * Math.Max(0, block.Level - 1))}- {Words(block).ReplaceLineEndings(" ")}",
        TextBlockKind.TableRow => Row(Words(block), isFirstRow),
        _ => PlainMarkdown.LineStarts(Words(block)),
    };

    private static string Row(string words, bool isFirst)
    {
        var cells = words.ReplaceLineEndings(" ").Split('\t');
        var row = $"| {string.Join(" | ", cells)} |";
        return isFirst ? $"{row}\n|{string.Concat(Enumerable.Repeat(" --- |", cells.Length))}" : row;
    }

    private static string Words(TextBlock block)
    {
        var (text, words, at) = (block.Text, new StringBuilder(), 0);
        foreach (var span in block.Spans)
        {
            words.Append(PlainMarkdown.Words(text[at..span.Start]));
            at = span.Start + span.Length;
            // Neither goes on over the end of a line or of a cell.
            foreach (var piece in Pieces(text[span.Start..at])) words.Append(Styled(piece, span, block.Kind));
        }

        return words.Append(PlainMarkdown.Words(text[at..])).ToString();
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\t')) continue;

            yield return text[start..i];
            yield return text[i..(i + 1)];
            start = i + 1;
        }

        yield return text[start..];
    }

    // The signs stand at the words themselves: beside a blank they are no signs (CommonMark 0.31, 6.2). A heading is bold by itself.
    private static string Styled(string text, TextSpan span, TextBlockKind kind)
    {
        var inner = text.Trim();
        if (inner.Length == 0) return text;

        var words = PlainMarkdown.Words(inner);
        if (kind != TextBlockKind.Heading) words = (span.IsBold, span.IsItalic) switch { (true, true) => $"***{words}***", (true, false) => $"**{words}**", (false, true) => $"*{words}*", _ => words };
        if (Address(span.Link) is { } address) words = $"[{words}](<{address}>)";
        var before = text[..text.IndexOf(inner, StringComparison.Ordinal)];
        return $"{before}{words}{text[(before.Length + inner.Length)..]}";
    }

    // What leads to a place of the document, or to a file beside it, leads nowhere from a page.
    private static string? Address(string? link) => Uri.TryCreate(link, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeMailto)
        ? address.AbsoluteUri.Replace("<", "%3C", StringComparison.Ordinal).Replace(">", "%3E", StringComparison.Ordinal) : null;
}
