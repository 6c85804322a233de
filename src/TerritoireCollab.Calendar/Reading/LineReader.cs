using System.Text;

namespace TerritoireCollab.Calendar.Reading;

/// <summary>Content lines of a document: any line end, folds of any sort, and lines that are none.</summary>
internal sealed class LineReader
{
    private static readonly HashSet<string> Texts = ["DESCRIPTION", "SUMMARY", "LOCATION", "COMMENT", "X-ALT-DESC", "X-WR-CALDESC"];

    private readonly byte[] _bytes;
    private readonly int _most;
    private int _at;

    public LineReader(byte[] bytes, int most) => (_bytes, _most) = (bytes, most);

    /// <summary>Lines that are none, and belong to no text.</summary>
    public int Unreadable { get; private set; }

    /// <summary>Values that were cut.</summary>
    public int Cut { get; private set; }

    public IEnumerable<ContentLine> Read()
    {
        ContentLine? pending = null;
        var more = new StringBuilder();
        while (Next() is { } text)
        {
            if (string.IsNullOrWhiteSpace(text)) continue;

            if (ContentLine.Parse(text) is not { } line)
            {
                // A text that was written with its line ends as they are.
                if (pending is not null && Texts.Contains(pending.Name) && pending.Value.Length + more.Length < _most) more.Append("\\n").Append(text.Trim());
                else Unreadable++;
                continue;
            }

            if (pending is not null) yield return Decoded(pending, more);
            pending = line.IsQuotedPrintable ? WithSoftBreaks(line) : line;
        }

        if (pending is not null) yield return Decoded(pending, more);
    }

    // A logical line: a physical one with those that begin with a blank, which is what folds are. Null at the end.
    private string? Next()
    {
        if (_at >= _bytes.Length) return null;

        var line = Physical();
        var isBoundary = IsBoundary(line);
        List<byte>? joined = null;
        while (_at < _bytes.Length && _bytes[_at] is (byte)' ' or (byte)'\t' && !isBoundary)
        {
            var fold = Physical()[1..];
            joined ??= [.. line];
            if (joined.Count + fold.Length <= _most) joined.AddRange(fold);
            else
            {
                if (joined.Count < _most) joined.AddRange(fold[..(_most - joined.Count)]);
                Cut++;
            }
        }

        if (joined is not null) return Octets.Decode(Whole([.. joined]));
        if (line.Length <= _most) return Octets.Decode(line);

        Cut++;
        return Octets.Decode(Whole(line[.._most]));
    }

    // Nothing goes on behind BEGIN and END: what is indented there is a line of its own.
    private static bool IsBoundary(ReadOnlySpan<byte> line)
    {
        line = line.Trim((byte)' ');
        return line.Length is > 4 and < 64 && (Ascii.EqualsIgnoreCase(line[..4], "END:"u8) || line.Length > 6 && Ascii.EqualsIgnoreCase(line[..6], "BEGIN:"u8));
    }

    private ReadOnlySpan<byte> Physical()
    {
        var rest = _bytes.AsSpan(_at);
        var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
        if (end < 0)
        {
            _at = _bytes.Length;
            return rest;
        }

        _at += end + 1;
        if (rest[end] == '\r')
        {
            // Some programs write two returns before the feed.
            while (_at < _bytes.Length && _bytes[_at] == '\r' && _at + 1 < _bytes.Length && _bytes[_at + 1] is (byte)'\r' or (byte)'\n') _at++;
            if (_at < _bytes.Length && _bytes[_at] == '\n') _at++;
        }

        return rest[..end];
    }

    // Not cut in the middle of a character of UTF-8.
    private static byte[] Whole(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        while (length > bytes.Length - 4 && length > 0 && (bytes[length - 1] & 0xC0) == 0x80) length--;
        if (length > 0 && bytes[length - 1] >= 0xC0 && Rune.DecodeLastFromUtf8(bytes, out _, out _) != System.Buffers.OperationStatus.Done) return bytes[..(length - 1)].ToArray();
        return bytes.ToArray();
    }

    // Quoted-printable goes on after a "=" at the end, without a blank.
    private ContentLine WithSoftBreaks(ContentLine line)
    {
        var value = new StringBuilder(line.Value);
        while (value.Length > 0 && value[^1] == '=' && _at < _bytes.Length)
        {
            var next = Octets.Decode(Physical());
            value.Length--;
            if (value.Length < _most) value.Append(next.TrimStart('\t'));
            else if (next.EndsWith('=')) value.Append('=');
        }

        return line with { Value = value.ToString() };
    }

    private static ContentLine Decoded(ContentLine line, StringBuilder more)
    {
        if (line.IsQuotedPrintable)
        {
            var text = Octets.Decode(Octets.OfQuotedPrintable(line.Value), line.Parameter("CHARSET") is { } charset ? Octets.Named(charset) : null);
            line = line with { Value = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) };
        }

        if (more.Length == 0) return line;

        line = line with { Value = line.Value + more };
        more.Clear();
        return line;
    }
}
