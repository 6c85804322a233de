namespace TerritoireCollab.Mime.Smtp;

/// <summary>
/// Cuts a message into blocks for DATA (RFC 5321 section 4.5.2): a dot at the start of a line is doubled, a lone CR or LF
/// becomes CRLF (or it could smuggle a second message past a lenient server), and the final dot ends the last block.
/// </summary>
internal sealed class DotStuffing(ReadOnlyMemory<byte> message)
{
    /// <summary>The smallest block that makes progress.</summary>
    public const int SmallestBlock = 16;

    // CRLF "." CRLF
    private const int LongestTail = 5;

    private int position;
    private bool atLineStart = true;

    /// <summary>Fills a block.</summary>
    /// <returns>The octets written, and whether this block is the last one.</returns>
    public (int Written, bool IsLast) Fill(Span<byte> block)
    {
        var content = message.Span;
        var written = 0;
        while (block.Length - written > LongestTail + 1)
        {
            if (position == content.Length)
            {
                var tail = atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8;
                tail.CopyTo(block[written..]);
                return (written + tail.Length, true);
            }

            if (atLineStart && content[position] == '.')
            {
                block[written++] = (byte)'.';
            }

            var rest = content[position..];
            var lineEnd = rest.IndexOfAny((byte)'\r', (byte)'\n');
            var take = Math.Min(lineEnd < 0 ? rest.Length : lineEnd, block.Length - written - LongestTail);
            rest[..take].CopyTo(block[written..]);
            written += take;
            position += take;
            atLineStart = false;
            if (take == lineEnd)
            {
                "\r\n"u8.CopyTo(block[written..]);
                written += 2;
                position += rest[take..].StartsWith("\r\n"u8) ? 2 : 1;
                atLineStart = true;
            }
        }

        return (written, false);
    }
}
