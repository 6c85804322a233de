using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Resources;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Answering;

/// <summary>
/// Answers as they are kept: for each question that was answered, by its number, what was answered. A choice is its number from 1; something else is
/// <c>=its words</c>; a row of a grid is <c>row:column</c>; an order names the choices one after the other; a day is <c>2026-12-08</c>; a file is its key and its name.
/// </summary>
public static class AnswerText
{
    /// <summary>The text that is kept.</summary>
    public static string Write(IReadOnlyDictionary<int, IReadOnlyList<string>> answers) => JsonSerializer.Serialize(answers, FormParts.Json);

    /// <summary>The answers that were kept.</summary>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> Read(string text) => JsonSerializer.Deserialize<Dictionary<int, IReadOnlyList<string>>>(text, FormParts.Json) ?? [];
}

/// <summary>Answers as the fields of a form hold them, whatever they are: by the name of the field.</summary>
public sealed record TypedAnswers(IReadOnlyDictionary<string, IReadOnlyList<string>> Fields)
{
    /// <summary>What stands for « something else » among the choices.</summary>
    public const string Other = "autre";

    private const string Prefix = "Q";
    private const string Held = "-garde";

    /// <summary>Nothing typed.</summary>
    public static TypedAnswers None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Name of the field of a question.</summary>
    public static string Field(int number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>Name of the field of a row of a grid, or of the rank of a choice.</summary>
    public static string Field(int number, int row) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}-{row}");

    /// <summary>Name of the field of what somebody says besides the choices.</summary>
    public static string OtherField(int number) => Field(number) + "-" + Other;

    /// <summary>Name of the field that holds a file since the form was refused.</summary>
    public static string HeldField(int number) => Field(number) + Held;

    /// <summary>Name of the field by which somebody takes off the file that was given before.</summary>
    public static string TakeOffField(int number) => Field(number) + "-retirer";

    /// <summary>The same without the files that it holds, which are not kept for long.</summary>
    public TypedAnswers WithoutFiles() => new(Fields.Where(f => !f.Key.EndsWith(Held, StringComparison.Ordinal)).ToDictionary());

    /// <summary>The fields of a posted form.</summary>
    public static TypedAnswers Of(IFormCollection form) =>
        new(form.Where(f => f.Key.StartsWith(Prefix, StringComparison.Ordinal)).ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[.. f.Value.OfType<string>().Where(v => v.Length > 0)]));

    /// <summary>The fields filled in with answers that were kept.</summary>
    public static TypedAnswers Of(IReadOnlyList<FormPart> parts, IReadOnlyDictionary<int, IReadOnlyList<string>> answers)
    {
        var fields = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var part in parts.Where(p => answers.ContainsKey(p.Number)))
            foreach (var (name, values) in FieldsOf(part, answers[part.Number])) fields[name] = values;
        return new(fields);
    }

    /// <summary>As a draft keeps them.</summary>
    public string Write() => JsonSerializer.Serialize(Fields, FormParts.Json);

    /// <summary>As a draft kept them; null when it kept none.</summary>
    public static TypedAnswers? Read(string? text)
    {
        try
        {
            return text is null ? null : new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(text, FormParts.Json) ?? []);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The values of a field.</summary>
    public IReadOnlyList<string> All(string field) => Fields.GetValueOrDefault(field) ?? [];

    /// <summary>The value of a field; empty when it has none.</summary>
    public string One(string field) => All(field) is [{ } first, ..] ? first.Trim() : "";

    private static IEnumerable<(string Name, IReadOnlyList<string> Values)> FieldsOf(FormPart part, IReadOnlyList<string> values)
    {
        var field = Field(part.Number);
        switch (part.Kind)
        {
            case PartKind.OneChoice or PartKind.SeveralChoices:
                yield return (field, [.. values.Select(v => v.StartsWith('=') ? Other : v)]);
                if (values.FirstOrDefault(v => v.StartsWith('=')) is { } other) yield return (OtherField(part.Number), [other[1..]]);
                break;
            case PartKind.Grid:
                foreach (var cell in values.Select(v => v.Split(':')).Where(c => c.Length == 2)) yield return ($"{field}-{cell[0]}", [cell[1]]);
                break;
            case PartKind.Ranking:
                foreach (var (index, choice) in values.Index()) yield return ($"{field}-{choice}", [(index + 1).ToString(CultureInfo.InvariantCulture)]);
                break;
            default:
                yield return (field, values);
                break;
        }
    }
}

/// <summary>Reads what somebody typed, and breaks a rule for each thing wrong with it, at its field.</summary>
internal static class AnswerRules
{
    /// <summary>The answers, by the number of their question.</summary>
    /// <param name="parts">The parts.</param>
    /// <param name="typed">What was typed.</param>
    /// <param name="received">The files that came with it.</param>
    /// <param name="present">What was answered before: a file stays until another one takes its place.</param>
    /// <param name="rules">Where broken rules go.</param>
    public static IReadOnlyDictionary<int, IReadOnlyList<string>> Read(IReadOnlyList<FormPart> parts, TypedAnswers typed, ReceivedAnswers received, IReadOnlyDictionary<int, IReadOnlyList<string>>? present, Rules rules)
    {
        var answers = new Dictionary<int, IReadOnlyList<string>>();
        foreach (var part in parts.Where(p => p.IsQuestion))
        {
            var (values, fault) = part.Kind == PartKind.File ? File(part, typed, received, present) : Of(part, typed);
            var missing = values.Count == 0 || (part.Kind == PartKind.Grid && values.Count < part.Choices.Count);
            if (fault is not null) rules.Check(false, FaultField(part, typed), fault);
            else if (part.IsRequired && missing) rules.Check(false, TypedAnswers.Field(part.Number), (part.Kind == PartKind.Grid ? QuestionnaireTexts.EachRowNeeded : QuestionnaireTexts.AnswerNeeded).With(part.Text));
            else if (values.Count > 0) answers[part.Number] = values;
            foreach (var value in values) rules.Text(value, TypedAnswers.Field(part.Number), FormPart.LongLength);
        }

        return answers;
    }

    private static (IReadOnlyList<string> Values, string? Fault) File(FormPart part, TypedAnswers typed, ReceivedAnswers received, IReadOnlyDictionary<int, IReadOnlyList<string>>? present)
    {
        if (received.Faults.TryGetValue(part.Number, out var fault)) return ([], fault);
        if (received.Files.TryGetValue(part.Number, out var file)) return ([GivenFile.New(file.Name).Write()], null);

        return typed.One(TypedAnswers.TakeOffField(part.Number)).Length == 0 && present?.GetValueOrDefault(part.Number) is { } kept ? (kept, null) : ([], null);
    }

    private static string FaultField(FormPart part, TypedAnswers typed) =>
        typed.All(TypedAnswers.Field(part.Number)).Contains(TypedAnswers.Other) ? TypedAnswers.OtherField(part.Number) : TypedAnswers.Field(part.Number);

    private static (IReadOnlyList<string> Values, string? Fault) Of(FormPart part, TypedAnswers typed)
    {
        var one = typed.One(TypedAnswers.Field(part.Number));
        return part.Kind switch
        {
            PartKind.OneChoice => Choices(part, typed.All(TypedAnswers.Field(part.Number)).Take(1), typed),
            PartKind.SeveralChoices => Choices(part, typed.All(TypedAnswers.Field(part.Number)).Distinct(), typed),
            PartKind.Grid => Grid(part, typed),
            PartKind.Ranking => Ranking(part, typed),
            _ when one.Length == 0 => ([], null),
            PartKind.ShortText => (Line(one), Length(one, FormPart.ShortLength)),
            PartKind.LongText => ([one.ReplaceLineEndings("\n")], Length(one, FormPart.LongLength)),
            PartKind.Scale => Whole(one) is { } figure && part.Figures.Contains(figure) ? ([Text(figure)], null) : ([], QuestionnaireTexts.ChoiceGone.With(part.Text)),
            PartKind.Date => DateOnly.TryParseExact(one, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2200 ? ([one], null) : ([], QuestionnaireTexts.DayUnreadable.With(part.Text)),
            _ => Number(part, one),
        };
    }

    private static (IReadOnlyList<string>, string?) Choices(FormPart part, IEnumerable<string> chosen, TypedAnswers typed)
    {
        var values = new List<string>();
        foreach (var choice in chosen)
        {
            if (choice == TypedAnswers.Other && part.TakesOther)
            {
                var other = typed.One(TypedAnswers.OtherField(part.Number)).ReplaceLineEndings(" ");
                if (other.Length == 0) return ([], QuestionnaireTexts.OtherNeeded.With(part.Text));
                if (Length(other, FormPart.ShortLength) is { } fault) return ([], fault);

                values.Add("=" + other);
            }
            else if (Whole(choice) is { } number && number >= 1 && number <= part.Choices.Count) values.Add(Text(number));
            else return ([], QuestionnaireTexts.ChoiceGone.With(part.Text));
        }

        return (values, null);
    }

    private static (IReadOnlyList<string>, string?) Grid(FormPart part, TypedAnswers typed)
    {
        var values = new List<string>();
        for (var row = 1; row <= part.Choices.Count; row++)
        {
            var one = typed.One(TypedAnswers.Field(part.Number, row));
            if (one.Length == 0) continue;
            if (Whole(one) is not { } column || column < 1 || column > part.Columns.Count) return ([], QuestionnaireTexts.ChoiceGone.With(part.Text));

            values.Add($"{Text(row)}:{Text(column)}");
        }

        return (values, null);
    }

    // From the first on, as far as whoever answers has an opinion, without two the same and without a gap.
    private static (IReadOnlyList<string>, string?) Ranking(FormPart part, TypedAnswers typed)
    {
        var ranks = Enumerable.Range(1, part.Choices.Count).Select(c => (Choice: c, Typed: typed.One(TypedAnswers.Field(part.Number, c)))).Where(r => r.Typed.Length > 0).Select(r => (r.Choice, Rank: Whole(r.Typed) ?? -1)).OrderBy(r => r.Rank).ToList();
        return ranks.Select(r => r.Rank).SequenceEqual(Enumerable.Range(1, ranks.Count)) ? ([.. ranks.Select(r => Text(r.Choice))], null) : ([], QuestionnaireTexts.RanksWrong.With(part.Text));
    }

    private static (IReadOnlyList<string>, string?) Number(FormPart part, string one)
    {
        var isNumber = decimal.TryParse(one.Replace(',', '.').Replace("\u00a0", "", StringComparison.Ordinal).Replace("\u202f", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1_000_000_000_000m;
        if (!isNumber) return ([], QuestionnaireTexts.NumberUnreadable.With(part.Text));

        var fault = number < part.From ? QuestionnaireTexts.NumberTooSmall.With(part.Text, part.From) : number > part.To ? QuestionnaireTexts.NumberTooBig.With(part.Text, part.To) : null;
        return fault is null ? ([number.ToString(CultureInfo.InvariantCulture)], null) : ([], fault);
    }

    private static IReadOnlyList<string> Line(string text) => [text.ReplaceLineEndings(" ")];

    private static string? Length(string text, int most) => text.Length > most ? PlatformTexts.FieldTooLong.With(most, text.Length) : null;

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
