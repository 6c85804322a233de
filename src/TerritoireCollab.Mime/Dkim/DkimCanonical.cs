using System.Buffers;
using System.Text;

namespace TerritoireCollab.Mime.Dkim;

/// <summary>The relaxed forms of RFC 6376 sections 3.4.2 and 3.4.4: what relays change on the way makes no difference.</summary>
internal static class DkimCanonical
{
    /// <summary>The fields of the header in their order, and where the body starts.</summary>
    public static List<(string Name, string Value)> Fields(ReadOnlySpan<byte> message, out int bodyStart)
    {
        var fields = new List<(string, string)>();
        var at = 0;
        while (at < message.Length && !message[at..].StartsWith("\r\n"u8))
        {
            var end = FieldEnd(message, at);
            var field = Encoding.UTF8.GetString(message[at..end]);
            var colon = field.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) fields.Add((field[..colon].Trim(), field[(colon + 1)..]));
            at = end;
        }

        bodyStart = Math.Min(message.Length, at + 2);
        return fields;
    }

    /// <summary>The named fields, the last of each name first; a name too many stands for none.</summary>
    public static string Header(IReadOnlyList<(string Name, string Value)> fields, IReadOnlyList<string> names)
    {
        var header = new StringBuilder();
        var left = new List<(string Name, string Value)>(fields);
        foreach (var name in names)
        {
            var index = left.FindLastIndex(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (index < 0) continue;

            header.Append(Field(name, left[index].Value)).Append("\r\n");
            left.RemoveAt(index);
        }

        return header.ToString();
    }

    /// <summary>One field, without its line end.</summary>
    public static string Field(string name, string value)
    {
        var field = new StringBuilder(name.ToLowerInvariant()).Append(':');
        var isBlank = false;
        var isStart = true;
        foreach (var c in value)
        {
            if (c is '\r' or '\n') continue;
            if (c is ' ' or '\t')
            {
                isBlank = true;
                continue;
            }

            if (isBlank && !isStart) field.Append(' ');
            field.Append(c);
            isBlank = isStart = false;
        }

        return field.ToString();
    }

    /// <summary>The body: blanks as one, none at the end of a line, no empty line at the end.</summary>
    public static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> body)
    {
        var canonical = new ArrayBufferWriter<byte>(body.Length + 2);
        var emptyLines = 0;
        while (!body.IsEmpty)
        {
            var end = body.IndexOf("\r\n"u8);
            var line = end < 0 ? body : body[..end];
            body = end < 0 ? [] : body[(end + 2)..];
            line = line.TrimEnd(" \t"u8);
            if (line.IsEmpty)
            {
                emptyLines++;
                continue;
            }

            for (; emptyLines > 0; emptyLines--) canonical.Write("\r\n"u8);
            Line(line, canonical);
            canonical.Write("\r\n"u8);
        }

        return canonical.WrittenSpan;
    }

    private static void Line(ReadOnlySpan<byte> line, ArrayBufferWriter<byte> canonical)
    {
        while (!line.IsEmpty)
        {
            var blank = line.IndexOfAny((byte)' ', (byte)'\t');
            canonical.Write(blank < 0 ? line : line[..blank]);
            if (blank < 0) return;

            canonical.Write(" "u8);
            line = line[blank..].TrimStart(" \t"u8);
        }
    }

    private static int FieldEnd(ReadOnlySpan<byte> message, int at)
    {
        while (true)
        {
            var end = message[at..].IndexOf("\r\n"u8);
            if (end < 0) return message.Length;

            at += end + 2;
            if (at >= message.Length || message[at] is not ((byte)' ' or (byte)'\t')) return at;
        }
    }
}
