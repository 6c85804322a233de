using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Polls.Questionnaires.Answering;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Results;

namespace TerritoireCollab.Polls.Questionnaires.Results;

/// <summary>What a choice, a figure or a day got.</summary>
/// <param name="Text">In words.</param>
/// <param name="Count">Answers; points of an order.</param>
/// <param name="Share">Share of those who answered the question, or of all points, from 0 to 1.</param>
/// <param name="Firsts">First places in an order.</param>
public sealed record SummaryLine(string Text, int Count, double Share, int Firsts = 0);

/// <summary>Lines that belong together: all of a question, or those of a row of a grid.</summary>
/// <param name="Title">The row; null where there is one group alone.</param>
/// <param name="Lines">The lines.</param>
public sealed record SummaryGroup(string? Title, IReadOnlyList<SummaryLine> Lines);

/// <summary>What a question was answered.</summary>
public sealed record QuestionSummary
{
    /// <summary>The question.</summary>
    public required FormPart Part { get; init; }
    /// <summary>How many answered it.</summary>
    public required int Count { get; init; }
    /// <summary>What was chosen, how often.</summary>
    public IReadOnlyList<SummaryGroup> Groups { get; init; } = [];
    /// <summary>Words of those who answered: texts, and what was named besides the choices.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
    /// <summary>Files that were given.</summary>
    public IReadOnlyList<GivenFile> Files { get; init; } = [];
    /// <summary>Mean of figures.</summary>
    public decimal? Mean { get; init; }
    /// <summary>Median of figures.</summary>
    public decimal? Median { get; init; }
    /// <summary>Least number.</summary>
    public decimal? Least { get; init; }
    /// <summary>Greatest number.</summary>
    public decimal? Most { get; init; }
}

/// <summary>Sums answers up, question by question.</summary>
public static class Summary
{
    /// <summary>What the sheets answer to a question.</summary>
    public static QuestionSummary Of(FormPart part, IEnumerable<IReadOnlyDictionary<int, IReadOnlyList<string>>> sheets)
    {
        var given = sheets.Select(s => s.GetValueOrDefault(part.Number)).OfType<IReadOnlyList<string>>().Where(v => v.Count > 0).ToList();
        var summary = new QuestionSummary { Part = part, Count = given.Count };
        return part.Kind switch
        {
            PartKind.ShortText or PartKind.LongText => summary with { Texts = [.. given.Select(v => v[0]).Order(StringComparer.CurrentCulture)] },
            PartKind.File => summary with { Files = [.. given.Select(v => GivenFile.Read(v[0])).OfType<GivenFile>().OrderBy(f => f.Name, StringComparer.CurrentCulture)] },
            PartKind.OneChoice or PartKind.SeveralChoices => Choices(summary, given),
            PartKind.Scale => Figures(summary, given) with { Groups = [new(null, [.. part.Figures.Select(f => Line(Figure(part, f), given.Count(v => v[0] == Whole(f)), given.Count))])] },
            PartKind.Number => Figures(summary, given),
            PartKind.Grid => summary with { Groups = [.. Enumerable.Range(1, part.Choices.Count).Select(row => Row(part, row, given))] },
            PartKind.Ranking => summary with { Groups = [new(null, Ranked(part, given))] },
            _ => summary with { Groups = [new(null, [.. given.GroupBy(v => v[0]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Line(AnswerWords.Of(part, [g.Key]), g.Count(), given.Count))])] },
        };
    }

    private static QuestionSummary Choices(QuestionSummary summary, List<IReadOnlyList<string>> given)
    {
        var part = summary.Part;
        var others = given.SelectMany(v => v.Where(c => c.StartsWith('='))).Select(c => c[1..]).Order(StringComparer.CurrentCulture).ToList();
        var lines = part.Choices.Select((text, at) => Line(text, given.Count(v => v.Contains(Whole(at + 1))), given.Count)).ToList();
        if (part.TakesOther) lines.Add(Line(QuestionnaireTexts.Other, others.Count, given.Count));
        return summary with { Groups = [new(null, lines)], Texts = others };
    }

    private static QuestionSummary Figures(QuestionSummary summary, List<IReadOnlyList<string>> given)
    {
        if (given.Count == 0) return summary;

        var figures = given.Select(v => AnswerWords.Number(v[0])).Order().ToList();
        var middle = figures.Count / 2;
        return summary with
        {
            Mean = figures.Average(),
            Median = figures.Count % 2 == 1 ? figures[middle] : (figures[middle - 1] + figures[middle]) / 2,
            Least = figures[0],
            Most = figures[^1],
        };
    }

    private static SummaryGroup Row(FormPart part, int row, List<IReadOnlyList<string>> given)
    {
        var cells = given.SelectMany(v => AnswerWords.Cells(part, v)).Where(c => c.Row == row).ToList();
        return new(part.Choices[row - 1], [.. part.Columns.Select((text, at) => Line(text, cells.Count(c => c.Column == at + 1), cells.Count))]);
    }

    // Points as the polls count them: who ranks m choices gives m points to the first, and so on.
    private static IReadOnlyList<SummaryLine> Ranked(FormPart part, List<IReadOnlyList<string>> given)
    {
        var votes = given.ConvertAll(v => v.Index().ToDictionary(c => int.Parse(c.Item, CultureInfo.InvariantCulture), c => c.Index + 1));
        var points = part.Choices.Select((text, at) => (Text: text, Points: votes.Sum(v => Borda.Points(v, at + 1)), Firsts: votes.Count(v => v.GetValueOrDefault(at + 1) == 1))).ToList();
        var all = points.Sum(p => p.Points);
        return [.. points.OrderByDescending(p => p.Points).Select(p => Line(p.Text, p.Points, all) with { Firsts = p.Firsts })];
    }

    private static string Figure(FormPart part, int figure) =>
        figure == part.From && part.FromWord.Length > 0 ? QuestionnaireTexts.FigureIs.With(figure, part.FromWord) : figure == part.To && part.ToWord.Length > 0 ? QuestionnaireTexts.FigureIs.With(figure, part.ToWord) : Whole(figure);

    private static SummaryLine Line(string text, int count, int all) => new(text, count, all == 0 ? 0 : (double)count / all);

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
