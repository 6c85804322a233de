using TerritoireCollab.Documents.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Results;

/// <summary>Writes the answers as a table, a row for each sheet.</summary>
internal sealed class ExportAnswers(ReadResults results, Dates dates, TimeProvider clock)
{
    /// <summary>The table as CSV, with the name of its file.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<(string FileName, byte[] Bytes)> CsvAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var (title, header, rows) = await TableAsync(viewer, shortId, cancellation);
        var csv = new CsvText().Line([.. header]);
        foreach (var row in rows) csv.Line([.. row.Select(Plain)]);
        return ($"{FileName(title)}.csv", csv.ToBytes());
    }

    /// <summary>The table as a workbook, with the name of its file.</summary>
    /// <inheritdoc cref="CsvAsync"/>
    public async Task<(string FileName, byte[] Bytes)> XlsxAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var (title, header, rows) = await TableAsync(viewer, shortId, cancellation);
        using var bytes = new MemoryStream();
        XlsxWriter.Write(new(title, clock.GetUtcNow(), [new(QuestionnaireTexts.AnswersTitle, header, rows)]), bytes);
        return ($"{FileName(title)}.xlsx", bytes.ToArray());
    }

    private async Task<(string Title, IReadOnlyList<string> Header, IReadOnlyList<IReadOnlyList<object?>> Rows)> TableAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        var (q, hasNames, sheets) = await results.AllAsync(viewer, shortId, cancellation);
        var parts = FormParts.Read(q.Parts).Where(p => p.IsQuestion).ToList();
        IReadOnlyList<string> header = [.. hasNames ? [QuestionnaireTexts.NameColumn, QuestionnaireTexts.OrganisationColumn, QuestionnaireTexts.WhenColumn] : Array.Empty<string>(), .. parts.SelectMany(Columns)];
        return (q.Item.Title, header, [.. sheets.Select(s => (IReadOnlyList<object?>)[.. hasNames ? Who(s) : [], .. parts.SelectMany(p => Cells(p, s.Answers.GetValueOrDefault(p.Number) ?? []))])]);
    }

    private object?[] Who(NamedSheet sheet) => [sheet.Name, sheet.Organisation, sheet.AnsweredAt is { } at ? dates.Local(at) : null];

    private static IEnumerable<string> Columns(FormPart part) => part.Kind == PartKind.Grid ? part.Choices.Select(row => QuestionnaireTexts.ColumnOfRow.With(part.Text, row)) : [part.Text];

    private static IEnumerable<object?> Cells(FormPart part, IReadOnlyList<string> values)
    {
        if (part.Kind == PartKind.Grid)
        {
            var cells = AnswerWords.Cells(part, values).ToDictionary(c => c.Row, c => part.Columns[c.Column - 1]);
            return Enumerable.Range(1, part.Choices.Count).Select(row => (object?)cells.GetValueOrDefault(row));
        }

        return values.Count == 0 ? [null] : part.Kind switch
        {
            PartKind.Scale or PartKind.Number => [AnswerWords.Number(values[0])],
            PartKind.Date => [AnswerWords.Day(values[0])],
            _ => [AnswerWords.Of(part, values)],
        };
    }

    private static object? Plain(object? cell) => cell switch
    {
        DateOnly day => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture),
        _ => cell,
    };

    private static string FileName(string title) => $"{QuestionnaireTexts.AnswersFile}-{Slug.Of(title)}";
}
