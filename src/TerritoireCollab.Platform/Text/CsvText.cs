using System.Globalization;
using System.Text;
using CsvHelper;

namespace TerritoireCollab.Platform.Text;

/// <summary>
/// A table as spreadsheets open it in French: semicolons, quotes, UTF-8 with its mark, CRLF (RFC 4180 but for the separator). What begins like
/// a formula is made a text by an apostrophe (ASVS 1.2.10).
/// </summary>
public sealed class CsvText
{
    /// <summary>Value of <c>Content-Type</c>.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line; numbers are written without grouping.</summary>
    public CsvText Line(params ReadOnlySpan<object?> cells)
    {
        for (var i = 0; i < cells.Length; i++) _text.Append(i == 0 ? "" : ";").Append('"').Append(Cell(Convert.ToString(cells[i], CultureInfo.InvariantCulture) ?? "")).Append('"');
        _text.Append("\r\n");
        return this;
    }

    /// <summary>
    /// Reads a table as spreadsheets write it: UTF-8, UTF-16 where a mark says so, the usual code page of French spreadsheets (windows-1252)
    /// otherwise; semicolons, commas or tabs, whichever the first line has most of. Never throws on what it reads.
    /// </summary>
    /// <param name="bytes">The file.</param>
    /// <param name="mostRows">Rows that are read at most.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Read(byte[] bytes, int mostRows = 10_000)
    {
        var rows = new List<IReadOnlyList<string>>();
        using var reader = CsvReader.FromText(Decode(bytes), new CsvReaderOptions { HasHeader = false, MalformedData = CsvMalformedDataHandling.Recover });
        while (rows.Count < mostRows && reader.Read()) rows.Add(reader.Current.ToArray());
        return rows;
    }

    /// <summary>The text of a file that a spreadsheet wrote.</summary>
    public static string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..]) return Encoding.Unicode.GetString(bytes.AsSpan(2));

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes);
        }
    }

    /// <summary>The whole table.</summary>
    public byte[] ToBytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(_text.ToString())];

    private static string Cell(string value)
    {
        var guarded = value.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || value is ['\t' or '\r' or '\n', ..] ? "'" + value : value;
        return guarded.Replace("\"", "\"\"", StringComparison.Ordinal);
    }
}
