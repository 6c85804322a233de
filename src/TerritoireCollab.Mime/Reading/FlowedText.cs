using System.Text;

namespace TerritoireCollab.Mime.Reading;

/// <summary>Undoes format=flowed (RFC 3676): lines that end in a space go on in the next one.</summary>
internal static class FlowedText
{
    /// <summary>Joins the lines of each paragraph; quotation marks stay at the start of every line.</summary>
    /// <param name="text">The text with LF.</param>
    /// <param name="deleteSpace">DelSp=yes: the space at the end of a line is none of the text's.</param>
    public static string Unflow(string text, bool deleteSpace)
    {
        var flat = new StringBuilder(text.Length);
        var open = false;
        var openDepth = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan()[range];
            var depth = QuoteDepth(line);
            var content = Unstuffed(line[depth..]);
            var isSeparator = content is "-- ";
            if (open && depth == openDepth && !isSeparator)
            {
                flat.Append(Kept(content, deleteSpace));
            }
            else
            {
                if (range.Start.Value > 0) flat.Append('\n');
                if (depth > 0) flat.Append('>', depth).Append(' ');
                flat.Append(isSeparator ? content : Kept(content, deleteSpace));
            }

            open = content.EndsWith(' ') && !isSeparator;
            openDepth = depth;
        }

        return flat.ToString();
    }

    private static ReadOnlySpan<char> Kept(ReadOnlySpan<char> content, bool deleteSpace) =>
        deleteSpace && content.EndsWith(' ') ? content[..^1] : content;

    private static ReadOnlySpan<char> Unstuffed(ReadOnlySpan<char> content) => content.StartsWith(' ') ? content[1..] : content;

    private static int QuoteDepth(ReadOnlySpan<char> line)
    {
        var depth = line.IndexOfAnyExcept('>');
        return depth < 0 ? line.Length : depth;
    }
}
