using System.Buffers;
using System.Text;

namespace TerritoireCollab.Mime.Writing;

/// <summary>Quoted-printable (RFC 2045 section 6.7) for text in UTF-8.</summary>
internal static class QuotedPrintable
{
    /// <summary>The longest line, soft break included.</summary>
    public const int MaximumLine = 76;

    /// <summary>
    /// Encodes a text. Line ends of any kind become CRLF; a character is never cut by a soft break; a dot and <c>From </c>
    /// at the start of a line are escaped, which keeps careless relays and mbox files from changing them (RFC 2049 section 3).
    /// </summary>
    public static void Encode(ReadOnlySpan<char> text, IBufferWriter<byte> output)
    {
        Span<byte> line = stackalloc byte[MaximumLine + 2];
        Span<byte> unit = stackalloc byte[12];
        var column = 0;
        while (!text.IsEmpty)
        {
            var lineEnd = LineEndLength(text);
            if (lineEnd > 0)
            {
                EndLine(output, line, ref column);
                text = text[lineEnd..];
                continue;
            }

            Rune.DecodeFromUtf16(text, out var rune, out var length);
            var rest = text[length..];
            var isLast = rest.IsEmpty || LineEndLength(rest) > 0;
            var size = Write(rune, rest, isLast, column == 0, unit);

            // One column is kept for the "=" of a soft break, unless the line ends here anyway.
            if (column + size > (isLast ? MaximumLine : MaximumLine - 1))
            {
                line[column++] = (byte)'=';
                EndLine(output, line, ref column);
                size = Write(rune, rest, isLast, true, unit);
            }

            unit[..size].CopyTo(line[column..]);
            column += size;
            text = rest;
        }

        output.Write(line[..column]);
    }

    private static int LineEndLength(ReadOnlySpan<char> text) => text[0] switch
    {
        '\r' => text.Length > 1 && text[1] == '\n' ? 2 : 1,
        '\n' => 1,
        _ => 0,
    };

    private static int Write(Rune rune, ReadOnlySpan<char> rest, bool isLast, bool atStart, Span<byte> unit)
    {
        if (IsLiteral(rune.Value, isLast) && !(atStart && IsFragile(rune.Value, rest)))
        {
            unit[0] = (byte)rune.Value;
            return 1;
        }

        Span<byte> bytes = stackalloc byte[4];
        var count = rune.EncodeToUtf8(bytes);
        for (var i = 0; i < count; i++)
        {
            unit[3 * i] = (byte)'=';
            unit[(3 * i) + 1] = "0123456789ABCDEF"u8[bytes[i] >> 4];
            unit[(3 * i) + 2] = "0123456789ABCDEF"u8[bytes[i] & 15];
        }

        return 3 * count;
    }

    private static bool IsLiteral(int value, bool isLast) =>
        value is (>= '!' and <= '~' and not '=') || (value is ' ' or '\t' && !isLast);

    private static bool IsFragile(int value, ReadOnlySpan<char> rest) =>
        value == '.' || (value == 'F' && rest.StartsWith("rom ", StringComparison.Ordinal));

    private static void EndLine(IBufferWriter<byte> output, Span<byte> line, ref int column)
    {
        line[column++] = (byte)'\r';
        line[column++] = (byte)'\n';
        output.Write(line[..column]);
        column = 0;
    }
}
