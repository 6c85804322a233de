using System.Globalization;
using TerritoireCollab.Documents.Resources;

namespace TerritoireCollab.Documents.Reading;

/// <summary>What a number in a sheet is shown as.</summary>
internal enum CellFormat
{
    /// <summary>A number.</summary>
    Number,

    /// <summary>A day, with its hour where it has one.</summary>
    Date,

    /// <summary>A time of day or a duration.</summary>
    Time,

    /// <summary>A part of a hundred.</summary>
    Percent,
}

/// <summary>Values of cells as people of this country read them: 12/03/2026, 14:30, 1234,5.</summary>
internal static class CellValues
{
    private const double LastDay = 2_958_466;

    private static readonly NumberFormatInfo Numbers = new() { NumberDecimalSeparator = ",", NegativeSign = "-" };

    /// <summary>A number as it is stored, which counts days from the end of 1899 where it is a date (ISO/IEC 29500-1, 18.17.4).</summary>
    public static string Of(string stored, CellFormat format, bool from1904)
    {
        if (!double.TryParse(stored, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || !double.IsFinite(value)) return stored;

        var days = value + (from1904 ? 1_462 : 0);
        return format switch
        {
            CellFormat.Date when days is >= 0 and < LastDay => Date(DateOf(days)),
            CellFormat.Time when value is >= 0 and < LastDay => Time(TimeSpan.FromDays(value)),
            CellFormat.Percent => Number(Math.Round(value * 100, 2)) + "\u00a0%",
            _ => Number(value),
        };
    }

    /// <summary>A day, and its hour unless it is midnight.</summary>
    public static string Date(DateTime date) => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "dd/MM/yyyy" : "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);

    /// <summary>Hours, which may be more than a day has, and minutes.</summary>
    public static string Time(TimeSpan time)
    {
        var minutes = (long)Math.Round(time.TotalMinutes);
        return string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");
    }

    /// <summary>True or false, in the current language.</summary>
    public static string Truth(bool value) => value ? DocumentsTexts.CellTrue : DocumentsTexts.CellFalse;

    /// <summary>What a format code of a spreadsheet shows, by its first section.</summary>
    public static CellFormat FormatOf(string code)
    {
        var signs = Signs(code);
        if (signs.Contains('%', StringComparison.Ordinal)) return CellFormat.Percent;
        if (signs.AsSpan().ContainsAny('y', 'd')) return CellFormat.Date;
        if (signs.AsSpan().ContainsAny('h', 's')) return CellFormat.Time;
        return signs.Contains('m', StringComparison.Ordinal) ? CellFormat.Date : CellFormat.Number;
    }

    private static string Number(double value) => value.ToString("G15", Numbers);

    // The first spreadsheet believed in a 29 February 1900: before it, days are one off.
    private static DateTime DateOf(double days) => RoundToSecond(DateTime.FromOADate(days < 60 ? days + 1 : days));

    private static DateTime RoundToSecond(DateTime date) => new((date.Ticks + TimeSpan.TicksPerSecond / 2) / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond);

    // Without what is shown as it is (quoted, escaped, padding), colours and conditions; of durations the letter in brackets stays.
    private static string Signs(string code)
    {
        var signs = new System.Text.StringBuilder();
        for (var i = 0; i < code.Length && code[i] != ';'; i++)
        {
            switch (code[i])
            {
                case '"':
                    i = End(code, i, '"');
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case '[':
                    var end = End(code, i, ']');
                    if (code[(i + 1)..Math.Min(end, code.Length)].ToLowerInvariant() is "h" or "hh" or "m" or "mm" or "s" or "ss") signs.Append('h');
                    i = end;
                    break;
                default:
                    signs.Append(char.ToLowerInvariant(code[i]));
                    break;
            }
        }

        return signs.Replace("general", "").ToString();
    }

    private static int End(string code, int start, char sign) => code.IndexOf(sign, start + 1) is >= 0 and var end ? end : code.Length;
}
