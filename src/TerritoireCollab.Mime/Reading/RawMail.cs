namespace TerritoireCollab.Mime.Reading;

/// <summary>The octets of a mail before they are parsed: cleared of what is no part of it, and its header kept within bounds.</summary>
internal static class RawMail
{
    /// <summary>Gives the octets to parse; the same array where nothing had to be changed.</summary>
    public static byte[] Prepare(ReadOnlyMemory<byte> raw, MailReadLimits limits, List<string> repairs)
    {
        var bytes = raw.Span;
        if (bytes.Length > limits.Size)
        {
            repairs.Add($"the mail has {bytes.Length} octets; {limits.Size} are read");
            bytes = bytes[..limits.Size];
        }

        bytes = WithoutHead(bytes, repairs);
        return WithinBounds(bytes, limits, repairs);
    }

    /// <summary>Where the header ends, at the start of the empty line or at the end of the octets.</summary>
    public static int HeaderEnd(ReadOnlySpan<byte> bytes)
    {
        for (var start = 0; start < bytes.Length;)
        {
            if (bytes[start] == '\n' || bytes[start] == '\r') return start;
            start = NextLine(bytes, start);
        }

        return bytes.Length;
    }

    /// <summary>Where the line after this one starts.</summary>
    public static int NextLine(ReadOnlySpan<byte> bytes, int start) =>
        bytes[start..].IndexOf((byte)'\n') is >= 0 and var at ? start + at + 1 : bytes.Length;

    // Empty lines, a byte order mark, the first line of an mbox.
    private static ReadOnlySpan<byte> WithoutHead(ReadOnlySpan<byte> bytes, List<string> repairs)
    {
        var length = bytes.Length;
        if (bytes is [0xEF, 0xBB, 0xBF, ..]) bytes = bytes[3..];
        while (bytes.Length > 0 && bytes[0] is (byte)'\r' or (byte)'\n') bytes = bytes[1..];
        if (bytes.StartsWith("From "u8) || bytes.StartsWith(">From "u8)) bytes = bytes[NextLine(bytes, 0)..];
        if (bytes.Length < length) repairs.Add("something stood before the header");
        return bytes;
    }

    private static byte[] WithinBounds(ReadOnlySpan<byte> bytes, MailReadLimits limits, List<string> repairs)
    {
        var end = HeaderEnd(bytes);
        if (end <= limits.FieldLength && bytes[..end].Count((byte)'\n') <= limits.Fields) return bytes.ToArray();

        var kept = new MemoryStream(bytes.Length);
        var fields = 0;
        var length = 0;
        var left = false;
        for (var start = 0; start < end;)
        {
            var next = Math.Min(NextLine(bytes, start), end);
            var isFold = bytes[start] is (byte)' ' or (byte)'\t';
            if (!isFold) fields++;
            length = isFold ? length + next - start : next - start;
            if (fields <= limits.Fields && length <= limits.FieldLength) kept.Write(bytes[start..next]);
            else left = true;

            // A line that is itself too long is cut, so that its name remains.
            if (fields <= limits.Fields && !isFold && length > limits.FieldLength)
            {
                kept.Write(bytes.Slice(start, limits.FieldLength));
                kept.Write("\r\n"u8);
            }

            start = next;
        }

        if (left) repairs.Add($"the header is longer than {limits.Fields} fields of {limits.FieldLength} octets; the rest is left out");
        kept.Write(bytes[end..]);
        return kept.ToArray();
    }
}
