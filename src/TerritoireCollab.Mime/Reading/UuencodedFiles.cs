namespace TerritoireCollab.Mime.Reading;

/// <summary>Files written into the text by uuencode, as programs did before MIME and a few still do.</summary>
internal static class UuencodedFiles
{
    /// <summary>Takes the files out of a text.</summary>
    /// <param name="text">The text with LF.</param>
    /// <param name="files">The files in their order.</param>
    /// <returns>The text without them; the same when it holds none that is whole.</returns>
    public static string Extract(string text, out IReadOnlyList<(string Name, byte[] Content)> files)
    {
        var found = new List<(string, byte[])>();
        files = found;
        if (!text.Contains("begin ", StringComparison.Ordinal)) return text;

        var lines = text.Split('\n');
        var kept = new List<string>(lines.Length);
        // Without an end none can close: each search would otherwise go to the end of the text.
        var lastEnd = Array.FindLastIndex(lines, line => line.TrimEnd() == "end");
        for (var i = 0; i < lines.Length; i++)
        {
            if (i < lastEnd && Name(lines[i]) is { } name && Read(lines, i + 1, out var end) is { Length: > 0 } content)
            {
                found.Add((name, content));
                i = end;
            }
            else
            {
                kept.Add(lines[i]);
            }
        }

        return found.Count == 0 ? text : string.Join('\n', kept);
    }

    private static string? Name(string line) =>
        line.StartsWith("begin ", StringComparison.Ordinal) && line.Length > 10 && line.AsSpan(6, 3).IndexOfAnyExceptInRange('0', '7') < 0 && line[9] == ' '
            ? HeaderReader.FileName(line[10..])
            : null;

    private static byte[]? Read(string[] lines, int start, out int end)
    {
        var content = new MemoryStream();
        for (end = start; end < lines.Length; end++)
        {
            var line = lines[end].TrimEnd('\r');
            if (line == "end") return content.ToArray();
            if (line.Length == 0 || line is "`" or " ") continue;
            if (!Line(line, content)) return null;
        }

        return null;
    }

    private static bool Line(string line, MemoryStream content)
    {
        var length = Value(line[0]);
        var needed = 1 + (length + 2) / 3 * 4;
        // Spaces at the end of a line get lost on the way, a check character may stand behind it.
        if (line.Length > needed + 1 || line.AsSpan().ContainsAnyExceptInRange(' ', '`')) return false;

        line = line.PadRight(needed);
        for (var i = 1; length > 0; i += 4, length -= 3)
        {
            var group = (Value(line[i]) << 18) | (Value(line[i + 1]) << 12) | (Value(line[i + 2]) << 6) | Value(line[i + 3]);
            for (var octet = 0; octet < Math.Min(3, length); octet++) content.WriteByte((byte)(group >> (16 - 8 * octet)));
        }

        return true;
    }

    private static int Value(char c) => (c - ' ') & 0x3F;
}
