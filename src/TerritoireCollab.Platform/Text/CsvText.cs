using System.Globalization;
using System.Text;

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

    /// <summary>The whole table.</summary>
    public byte[] ToBytes() => [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(_text.ToString())];

    private static string Cell(string value)
    {
        var guarded = value.TrimStart() is ['=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠', ..] || value is ['\t' or '\r' or '\n', ..] ? "'" + value : value;
        return guarded.Replace("\"", "\"\"", StringComparison.Ordinal);
    }
}
