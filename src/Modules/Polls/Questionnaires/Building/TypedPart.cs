using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Building;

/// <summary>A part as somebody typed it.</summary>
public sealed record TypedPart
{
    /// <summary>Its number; 0 for a new one.</summary>
    public int Number { get; init; }
    /// <summary>What it is.</summary>
    public PartKind Kind { get; init; }
    /// <summary>The question, or the title of the section.</summary>
    public string Text { get; init; } = "";
    /// <summary>A line of help; of a section its text.</summary>
    public string Help { get; init; } = "";
    /// <summary>Whether one must answer.</summary>
    public bool IsRequired { get; init; }
    /// <summary>Choices, or rows of a grid, one a line.</summary>
    public string Choices { get; init; } = "";
    /// <summary>Columns of a grid, one a line.</summary>
    public string Columns { get; init; } = "";
    /// <summary>Whether one may name something else.</summary>
    public bool TakesOther { get; init; }
    /// <summary>Which files it takes.</summary>
    public FilesTaken Takes { get; init; }
    /// <summary>First figure of a scale, or least number.</summary>
    public string From { get; init; } = "";
    /// <summary>Last figure of a scale, or greatest number.</summary>
    public string To { get; init; } = "";
    /// <summary>What the first figure means.</summary>
    public string FromWord { get; init; } = "";
    /// <summary>What the last figure means.</summary>
    public string ToWord { get; init; } = "";

    /// <summary>A new part of that kind.</summary>
    public static TypedPart New(PartKind kind) => kind == PartKind.Scale ? new() { Kind = kind, From = "1", To = "5" } : new() { Kind = kind };

    /// <summary>A part that was kept, to fill its fields.</summary>
    public static TypedPart Of(FormPart part) => new()
    {
        Number = part.Number,
        Kind = part.Kind,
        Text = part.Text,
        Help = part.Help,
        IsRequired = part.IsRequired,
        Choices = string.Join('\n', part.Choices),
        Columns = string.Join('\n', part.Columns),
        TakesOther = part.TakesOther,
        Takes = part.Takes,
        From = Typed(part.From),
        To = Typed(part.To),
        FromWord = part.FromWord,
        ToWord = part.ToWord,
    };

    private static string Typed(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Reads the parts of a questionnaire as they were typed, and breaks a rule for each thing wrong with them.</summary>
internal static class PartRules
{
    private const int MostFigures = 11;
    private const int FarthestNumber = 1_000_000_000;

    /// <summary>Name of a field of the part that stands at a place, from 0.</summary>
    public static string Field(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"P{index}.{name}");

    /// <summary>The parts; numbers are given to those that are new, after the last number.</summary>
    public static IReadOnlyList<FormPart> Read(IReadOnlyList<TypedPart> typed, Rules rules)
    {
        var last = typed.Select(t => t.Number).DefaultIfEmpty().Max();
        var taken = new HashSet<int>();
        rules.Check(typed.Any(t => t.Kind != PartKind.Section), nameof(QuestionnaireDetails.NewKind), QuestionnaireTexts.QuestionNeeded)
            .Check(typed.Count <= Questionnaire.MostParts, nameof(QuestionnaireDetails.NewKind), QuestionnaireTexts.TooManyParts.With(Questionnaire.MostParts))
            .Check(typed.Count(t => t.Kind == PartKind.File) <= Questionnaire.MostFiles, nameof(QuestionnaireDetails.NewKind), QuestionnaireTexts.TooManyFileQuestions.With(Questionnaire.MostFiles));
        return [.. typed.Index().Select(t => Read(t.Item, t.Index, t.Item.Number > 0 && taken.Add(t.Item.Number) ? t.Item.Number : ++last, rules))];
    }

    /// <summary>The parts as far as they can be read, to show what whoever answers will see.</summary>
    public static IReadOnlyList<FormPart> Sketch(IReadOnlyList<TypedPart> typed) => Read(typed, new Rules());

    /// <summary>The lines of a field that are not empty.</summary>
    public static IReadOnlyList<string> Lines(string text) => [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0)];

    private static FormPart Read(TypedPart typed, int index, int number, Rules rules)
    {
        rules.Check(Enum.IsDefined(typed.Kind), Field(index, nameof(typed.Kind)), QuestionnaireTexts.KindUnknown)
            .Check(Enum.IsDefined(typed.Takes), Field(index, nameof(typed.Takes)), PollsTexts.ChoiceUnknown)
            .Text(typed.Text, Field(index, nameof(typed.Text)), FormPart.TextLength)
            .Text(typed.Help, Field(index, nameof(typed.Help)), typed.Kind == PartKind.Section ? FormPart.SectionLength : FormPart.TextLength, required: false);
        var isGrid = typed.Kind == PartKind.Grid;
        var choices = typed.Kind is PartKind.OneChoice or PartKind.SeveralChoices or PartKind.Ranking or PartKind.Grid ? Choices(typed.Choices, Field(index, nameof(typed.Choices)), isGrid || typed.TakesOther ? 1 : 2, isGrid ? FormPart.MostRows : FormPart.MostChoices, rules) : [];
        var columns = isGrid ? Choices(typed.Columns, Field(index, nameof(typed.Columns)), 2, FormPart.MostRows, rules) : [];
        var (from, to) = Bounds(typed, index, rules);
        return new()
        {
            Number = number,
            Kind = typed.Kind,
            Text = typed.Text.ReplaceLineEndings(" ").Trim(),
            Help = typed.Help.ReplaceLineEndings("\n").Trim(),
            IsRequired = typed.IsRequired && typed.Kind != PartKind.Section,
            Choices = choices,
            Columns = columns,
            TakesOther = typed.TakesOther && typed.Kind is PartKind.OneChoice or PartKind.SeveralChoices,
            Takes = typed.Kind == PartKind.File ? typed.Takes : default,
            From = from,
            To = to,
            FromWord = typed.Kind == PartKind.Scale ? typed.FromWord.Trim() : "",
            ToWord = typed.Kind == PartKind.Scale ? typed.ToWord.Trim() : "",
        };
    }

    private static IReadOnlyList<string> Choices(string text, string field, int least, int most, Rules rules)
    {
        var lines = Lines(text);
        rules.Check(lines.Count >= least, field, QuestionnaireTexts.TooFewLines.With(least))
            .Check(lines.Count <= most, field, QuestionnaireTexts.TooManyLines.With(most))
            .Check(lines.All(l => l.Length <= FormPart.ChoiceLength), field, QuestionnaireTexts.LineTooLong.With(FormPart.ChoiceLength))
            .Check(lines.Distinct(StringComparer.CurrentCultureIgnoreCase).Count() == lines.Count, field, QuestionnaireTexts.LineTwice)
            .Text(text, field, FormPart.ChoiceLength * FormPart.MostChoices * 2, required: false);
        return lines;
    }

    private static (int? From, int? To) Bounds(TypedPart typed, int index, Rules rules)
    {
        if (typed.Kind is not (PartKind.Scale or PartKind.Number)) return default;

        var (fromField, toField) = (Field(index, nameof(typed.From)), Field(index, nameof(typed.To)));
        var (from, to) = (Bound(typed.From, fromField, rules), Bound(typed.To, toField, rules));
        if (typed.Kind == PartKind.Number)
        {
            rules.Check(from is null || to is null || from <= to, toField, QuestionnaireTexts.BoundsCrossed);
            return (from, to);
        }

        rules.Text(typed.FromWord, Field(index, nameof(typed.FromWord)), FormPart.ChoiceLength, required: false)
            .Text(typed.ToWord, Field(index, nameof(typed.ToWord)), FormPart.ChoiceLength, required: false);
        var isScale = from is not null && to is not null && to > from && to - from < MostFigures;
        rules.Check(isScale, toField, QuestionnaireTexts.ScaleWrong.With(MostFigures));
        return isScale ? (from, to) : (1, 5);
    }

    private static int? Bound(string text, string field, Rules rules)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var isNumber = int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs((long)number) <= FarthestNumber;
        rules.Check(isNumber, field, QuestionnaireTexts.WholeNumber);
        return isNumber ? number : null;
    }
}
