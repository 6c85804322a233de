using System.Text;

namespace TerritoireCollab.Mime.Smtp;

/// <summary>Reads replies, within bounds that no server can make us exceed.</summary>
internal sealed class SmtpReplyReader(Stream stream)
{
    // RFC 5321 allows 512 octets; a little more is seen, and the buffer is the limit.
    private const int LongestLine = 4096;
    private const int MostLines = 128;
    private const int LongestText = 2000;

    private readonly byte[] buffer = new byte[LongestLine];
    private int start;
    private int end;

    /// <summary>Whether the server has sent more than was asked: fatal before a TLS handshake.</summary>
    public bool HasUnread => start < end;

    /// <exception cref="EndOfStreamException">The server closed.</exception>
    /// <exception cref="InvalidDataException">What came is not a reply.</exception>
    public async Task<SmtpReply> ReadAsync(CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var code = 0;
        for (var count = 0; count < MostLines; count++)
        {
            var line = await ReadLineAsync(cancellationToken);
            var lineCode = CodeOf(line);
            if (count > 0 && lineCode != code)
            {
                throw new InvalidDataException("the lines of one reply bear different codes");
            }

            code = lineCode;
            if (text.Length < LongestText)
            {
                text.Append(count == 0 ? "" : "\n").Append(line.Length > 4 ? line[4..] : "");
            }

            if (line.Length == 3 || line[3] != '-')
            {
                return new SmtpReply(code, text.ToString(0, Math.Min(text.Length, LongestText)));
            }
        }

        throw new InvalidDataException("the reply has too many lines");
    }

    private static int CodeOf(string line)
    {
        var isReply = line.Length >= 3 && line[0] is >= '2' and <= '5' && char.IsAsciiDigit(line[1]) && char.IsAsciiDigit(line[2])
            && (line.Length == 3 || line[3] is ' ' or '-');
        return isReply
            ? ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + line[2] - '0'
            : throw new InvalidDataException("what came is not an SMTP reply");
    }

    private async Task<string> ReadLineAsync(CancellationToken cancellationToken)
    {
        var searched = 0;
        while (true)
        {
            var length = buffer.AsSpan(start + searched, end - start - searched).IndexOf((byte)'\n');
            if (length >= 0)
            {
                var line = Printable(buffer.AsSpan(start, searched + length));
                start += searched + length + 1;
                return line;
            }

            searched = end - start;
            await FillAsync(cancellationToken);
        }
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
        if (end == buffer.Length)
        {
            throw new InvalidDataException("a reply line is too long");
        }

        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken);
        if (read == 0)
        {
            throw new EndOfStreamException("the server closed the connection");
        }

        end += read;
    }

    private static string Printable(ReadOnlySpan<byte> line)
    {
        var text = Encoding.UTF8.GetString(line).TrimEnd('\r').ToCharArray();
        for (var i = 0; i < text.Length; i++)
        {
            // The text ends in logs and pages: no terminal escape, no false line.
            if (char.IsControl(text[i]) || text[i] is '\u2028' or '\u2029')
            {
                text[i] = ' ';
            }
        }

        return new string(text);
    }
}
