using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Blocks of a Markdown file, line by line: enough to show what it says. Signs of emphasis and links stay as they are typed.</summary>
internal static class MarkdownBlocks
{
    public static void Read(string text, BlockSink sink)
    {
        var paragraph = new StringBuilder();
        var isCode = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (sink.IsFull) return;
            var content = line.TrimStart();
            var isFence = content.StartsWith("```") || content.StartsWith("~~~");
            if (isFence || (!isCode && (content.IsEmpty || AddLine(line, content, sink, paragraph)))) End(paragraph, sink);
            else Append(paragraph, isCode ? line : content);
            isCode ^= isFence;
        }

        End(paragraph, sink);
    }

    // A line that is a block of its own; what stood open before it goes first.
    private static bool AddLine(ReadOnlySpan<char> line, ReadOnlySpan<char> content, BlockSink sink, StringBuilder paragraph)
    {
        var level = content.IndexOfAnyExcept('#');
        if (level is > 0 and <= 6 && content[level] is ' ' or '\t')
        {
            End(paragraph, sink);
            sink.Add(TextBlockKind.Heading, content[level..].TrimEnd('#').ToString(), level);
            return true;
        }

        if (MarkerLength(content) is not (> 0 and var marker)) return false;
        End(paragraph, sink);
        sink.Add(TextBlockKind.ListItem, content[marker..].ToString(), Math.Min(1 + (line.Length - content.Length) / 2, 10));
        return true;
    }

    private static int MarkerLength(ReadOnlySpan<char> content)
    {
        var digits = Math.Max(0, content.IndexOfAnyExceptInRange('0', '9'));
        var sign = digits < content.Length ? content[digits] : ' ';
        var isMarker = digits == 0 ? sign is '-' or '*' or '+' : digits < 10 && sign is '.' or ')';
        return isMarker && digits + 1 < content.Length && content[digits + 1] is ' ' or '\t' ? digits + 2 : 0;
    }

    private static void Append(StringBuilder paragraph, ReadOnlySpan<char> line) => paragraph.Append(paragraph.Length == 0 ? "" : "\n").Append(line.TrimEnd());

    private static void End(StringBuilder paragraph, BlockSink sink)
    {
        sink.Add(TextBlockKind.Paragraph, paragraph.ToString());
        paragraph.Clear();
    }
}
