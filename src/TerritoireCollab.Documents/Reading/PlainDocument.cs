using System.Text;

namespace TerritoireCollab.Documents.Reading;

/// <summary>Text without a format, Markdown and CSV.</summary>
internal static class PlainDocument
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static void Read(Stream stream, string extension, ExtractionLimits limits, BlockSink sink, CancellationToken cancellation)
    {
        var text = Decode(stream, limits.Characters, cancellation);
        if (extension.Equals(".csv", StringComparison.OrdinalIgnoreCase) || extension.Equals(".tsv", StringComparison.OrdinalIgnoreCase)) CsvRows.Read(text, sink);
        else if (extension.Equals(".txt", StringComparison.OrdinalIgnoreCase)) ReadParagraphs(text, sink);
        else MarkdownBlocks.Read(text, sink);
    }

    /// <summary>Paragraphs apart by empty lines.</summary>
    public static void ReadParagraphs(string text, BlockSink sink)
    {
        var paragraph = new StringBuilder();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (sink.IsFull) return;
            if (!line.IsWhiteSpace())
            {
                paragraph.Append(paragraph.Length == 0 ? "" : "\n").Append(line.TrimEnd());
                continue;
            }

            sink.Add(TextBlockKind.Paragraph, paragraph.ToString());
            paragraph.Clear();
        }

        sink.Add(TextBlockKind.Paragraph, paragraph.ToString());
    }

    // UTF-8 where it is, whatever it announces; UTF-16 with its mark; else what Windows writes in French. One character of four bytes at most.
    private static string Decode(Stream stream, int characters, CancellationToken cancellation)
    {
        var bytes = new byte[(int)Math.Min(stream.Length, Math.Min(4L * characters + 4, int.MaxValue / 2))];
        stream.Position = 0;
        var length = 0;
        for (int read; length < bytes.Length && (read = stream.Read(bytes, length, Math.Min(1 << 20, bytes.Length - length))) > 0; length += read) cancellation.ThrowIfCancellationRequested();

        var content = bytes.AsSpan(0, length);
        if (content is [0xff, 0xfe, ..]) return Encoding.Unicode.GetString(content[2..]);
        if (content is [0xfe, 0xff, ..]) return Encoding.BigEndianUnicode.GetString(content[2..]);
        if (content is [0xef, 0xbb, 0xbf, ..]) content = content[3..];

        // The limit may fall inside a character.
        var end = length < stream.Length ? LastWhole(content) : content.Length;
        try
        {
            return StrictUtf8.GetString(content[..end]);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(content);
        }
    }

    private static int LastWhole(ReadOnlySpan<byte> utf8)
    {
        var start = utf8.Length;
        for (var i = 0; i < 4 && start > 0; i++)
            if ((utf8[--start] & 0xc0) != 0x80) return start;
        return utf8.Length;
    }
}

/// <summary>Rows of a table in text: semicolons, commas or tabs, whichever its first line has most of; quotes as in RFC 4180.</summary>
internal static class CsvRows
{
    private const int MostCells = 1_000;

    public static void Read(string text, BlockSink sink)
    {
        var separator = Separator(text);
        var cells = new List<string>();
        var cell = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < text.Length && !sink.IsFull; i++)
        {
            var letter = text[i];
            if (letter == '"') isQuoted = Quote(text, ref i, isQuoted, cell);
            else if (isQuoted) cell.Append(letter);
            else if (letter == separator) EndCell(cells, cell);
            else if (letter is '\n' or '\r') EndRow(cells, cell, sink);
            else cell.Append(letter);
        }

        EndRow(cells, cell, sink);
    }

    private static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? text.AsSpan() : text.AsSpan(0, end);
        int semicolons = first.Count(';'), commas = first.Count(','), tabs = first.Count('\t');
        return semicolons >= Math.Max(commas, tabs) ? ';' : commas >= tabs ? ',' : '\t';
    }

    // Two quotes inside are one; a quote in the middle of a bare cell is a letter.
    private static bool Quote(string text, ref int at, bool isQuoted, StringBuilder cell)
    {
        if (isQuoted && at + 1 < text.Length && text[at + 1] == '"')
        {
            cell.Append('"');
            at++;
            return true;
        }

        if (isQuoted || cell.Length == 0) return !isQuoted;
        cell.Append('"');
        return false;
    }

    private static void EndCell(List<string> cells, StringBuilder cell)
    {
        if (cells.Count < MostCells) cells.Add(cell.ToString());
        cell.Clear();
    }

    private static void EndRow(List<string> cells, StringBuilder cell, BlockSink sink)
    {
        EndCell(cells, cell);
        sink.AddRow(cells);
        cells.Clear();
    }
}
