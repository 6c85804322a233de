using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Answering;

/// <summary>Answers in words.</summary>
internal static class AnswerWords
{
    /// <summary>The answer to a question in words; empty when there is none.</summary>
    public static string Of(FormPart part, IReadOnlyList<string>? values) => values is null or [] ? "" : part.Kind switch
    {
        PartKind.OneChoice or PartKind.SeveralChoices => string.Join(" ; ", values.Select(v => Choice(part, v))),
        PartKind.Ranking => string.Join(" ; ", values.Select((v, at) => QuestionnaireTexts.Ranked.With(at + 1, Choice(part, v)))),
        PartKind.Grid => string.Join(" ; ", Cells(part, values).Select(c => QuestionnaireTexts.RowIs.With(part.Choices[c.Row - 1], part.Columns[c.Column - 1]))),
        PartKind.Date => Day(values[0]) is { } day ? Dates.Full(day) : values[0],
        PartKind.Number => Number(values[0]).ToString("#,0.############", CultureInfo.CurrentCulture),
        PartKind.File => GivenFile.Read(values[0])?.Name ?? "",
        _ => values[0],
    };

    /// <summary>A choice in words, or what was named besides.</summary>
    public static string Choice(FormPart part, string value) =>
        value.StartsWith('=') ? value[1..] : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= part.Choices.Count ? part.Choices[number - 1] : "";

    /// <summary>The cells of a grid that were chosen, counted from 1.</summary>
    public static IEnumerable<(int Row, int Column)> Cells(FormPart part, IReadOnlyList<string> values) =>
        values.Select(v => v.Split(':')).Where(c => c.Length == 2).Select(c => (Row: Whole(c[0]), Column: Whole(c[1]))).Where(c => c.Row >= 1 && c.Row <= part.Choices.Count && c.Column >= 1 && c.Column <= part.Columns.Count);

    /// <summary>A day that was answered.</summary>
    public static DateOnly? Day(string value) => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>A number that was answered.</summary>
    public static decimal Number(string value) => decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int Whole(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
