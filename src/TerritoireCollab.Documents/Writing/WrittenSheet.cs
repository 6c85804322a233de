using System.Globalization;
using TerritoireCollab.Documents.Reading;

namespace TerritoireCollab.Documents.Writing;

/// <summary>A table to be written as ODS or XLSX.</summary>
/// <param name="Name">Of the sheet; what the formats refuse in it is left out.</param>
/// <param name="Header">The first row, bold, which stays while one scrolls.</param>
/// <param name="Rows">
/// Rows of values: text, whole and decimal numbers, <see cref="bool"/>, <see cref="DateOnly"/>, <see cref="DateTime"/> as it is to be read, null for an
/// empty cell. Whatever else is written as its text. A text is never a formula, whatever it begins with.
/// </param>
public sealed record WrittenSheet(string Name, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<object?>> Rows);

/// <summary>Sheets of one file, and its properties.</summary>
/// <param name="Title">Title, for the properties.</param>
/// <param name="Modified">The only time that is written: the same values make the same bytes.</param>
/// <param name="Sheets">At least one.</param>
public sealed record WrittenWorkbook(string Title, DateTimeOffset Modified, IReadOnlyList<WrittenSheet> Sheets)
{
    /// <summary>Language of the texts.</summary>
    public string Language { get; init; } = "fr-FR";

    /// <summary>Sheets by names that both formats take, each once.</summary>
    internal IReadOnlyList<(string Name, WrittenSheet Sheet)> Named()
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var named = new List<(string Name, WrittenSheet Sheet)>();
        foreach (var sheet in Sheets)
        {
            var name = SheetValue.NameOf(sheet.Name);
            for (var number = 2; !taken.Add(name); number++) name = CleanText.Cut(SheetValue.NameOf(sheet.Name), 25) + string.Create(CultureInfo.InvariantCulture, $" ({number})");
            named.Add((name, sheet));
        }

        return named;
    }
}

/// <summary>What a value is in a sheet.</summary>
internal enum SheetValueKind
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day.</summary>
    Day,

    /// <summary>A day and an hour.</summary>
    Time,

    /// <summary>True or false.</summary>
    Truth,
}

/// <summary>A value as both formats tell them apart.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">As it is shown; of numbers as it is stored.</param>
/// <param name="Date">Of days and hours.</param>
internal readonly record struct SheetValue(SheetValueKind Kind, string Text, DateTime Date)
{
    /// <summary>Most characters of a cell, in both programs.</summary>
    private const int MostText = 32_767;

    private const int MostName = 31;

    /// <summary>Reads a value; dates before 1900 are texts, since spreadsheets count from there.</summary>
    public static SheetValue Of(object? value) => value switch
    {
        null or "" => new(SheetValueKind.Empty, "", default),
        string text => OfText(text),
        bool truth => new(SheetValueKind.Truth, CellValues.Truth(truth), default) { IsTrue = truth },
        DateOnly day => OfDate(SheetValueKind.Day, day.ToDateTime(TimeOnly.MinValue)),
        DateTime time => OfDate(SheetValueKind.Time, time),
        DateTimeOffset time => OfDate(SheetValueKind.Time, time.DateTime),
        double number when !double.IsFinite(number) => OfText(number.ToString(CultureInfo.InvariantCulture)),
        float number when !float.IsFinite(number) => OfText(number.ToString(CultureInfo.InvariantCulture)),
        byte or sbyte or short or ushort or int or uint or long or ulong or float or double or decimal => new(SheetValueKind.Number, Convert.ToString(value, CultureInfo.InvariantCulture)!, default),
        _ => OfText(Convert.ToString(value, CultureInfo.CurrentCulture) ?? ""),
    };

    /// <summary>Of a truth, which.</summary>
    public bool IsTrue { get; init; }

    /// <summary>Days since the end of 1899.</summary>
    public string Serial => Date.ToOADate().ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Whether a program would take the text for a formula once somebody edits the cell.</summary>
    public bool LooksLikeFormula => Kind == SheetValueKind.Text && Text[0] is '=' or '+' or '-' or '@';

    /// <summary>A name without the signs that Excel refuses, at most 31 characters.</summary>
    public static string NameOf(string name)
    {
        var kept = string.Concat(CleanText.OneLine(CleanText.Of(name)).Where(letter => !"[]:*?/\\".Contains(letter, StringComparison.Ordinal))).Trim('\'', ' ');
        return CleanText.Cut(kept, MostName) is { Length: > 0 } cut ? cut : "1";
    }

    // What XML cannot hold goes here already: the formats differ in how they would tell it.
    private static SheetValue OfText(string text)
    {
        var legal = CleanText.Cut(XmlPen.Legal(text.Replace("\r\n", "\n", StringComparison.Ordinal)), MostText);
        return legal.Length == 0 ? new(SheetValueKind.Empty, "", default) : new(SheetValueKind.Text, legal, default);
    }

    private static SheetValue OfDate(SheetValueKind kind, DateTime date) =>
        date.Year < 1900 ? OfText(CellValues.Date(date)) : new(kind, kind == SheetValueKind.Day ? date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : date.ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), date);
}

/// <summary>How wide columns are.</summary>
internal static class SheetColumns
{
    private const int Sample = 200;

    /// <summary>Characters that the header and the first rows need, between 8 and 50.</summary>
    public static int[] Widths(WrittenSheet sheet)
    {
        var widths = new int[Math.Max(sheet.Header.Count, sheet.Rows.Count == 0 ? 0 : sheet.Rows.Max(row => row.Count))];
        foreach (var row in sheet.Rows.Take(Sample).Prepend(sheet.Header))
            for (var i = 0; i < row.Count; i++) widths[i] = Math.Max(widths[i], SheetValue.Of(row[i]).Text.Length);
        return [.. widths.Select(width => Math.Clamp(width + 2, 8, 50))];
    }
}
