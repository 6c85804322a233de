using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Resources;

namespace TerritoireCollab.Polls.Questionnaires.Building;

/// <summary>What only a questionnaire has, as somebody typed it or a program sent it.</summary>
public sealed record QuestionnaireDetails
{
    /// <summary>The parts, in order.</summary>
    public IReadOnlyList<TypedPart> Parts { get; init; } = [];
    /// <summary>The kind of question that is to be added; what is wrong with the whole list is said there.</summary>
    public PartKind NewKind { get; init; } = PartKind.ShortText;
    /// <summary>Last day, <c>2026-12-08</c>.</summary>
    public string? Day { get; init; }
    /// <summary>Hour of the end, <c>18:00</c>.</summary>
    public string? Hour { get; init; }
    /// <summary>Whether answers are kept apart from those who give them.</summary>
    public bool IsAnonymous { get; init; }
    /// <summary>Who sees the results.</summary>
    public ResultsFor ResultsFor { get; init; }
    /// <summary>Answers after which it closes; empty for as many as come.</summary>
    public string? MostAnswers { get; init; }
    /// <summary>Hours before the end when those who have not answered are reminded; 0 for never.</summary>
    public int RemindBefore { get; init; } = UsualReminder;

    private const int UsualReminder = 48;

    /// <summary>What is proposed for a new questionnaire: two weeks, and one question to begin with.</summary>
    public static QuestionnaireDetails Proposed(Dates dates) => new() { Day = PollDetails.Typed(dates.Today.AddDays(14)), Hour = "18:00", Parts = [TypedPart.New(PartKind.ShortText)] };

    /// <summary>The questionnaire's own, to fill its form.</summary>
    public static QuestionnaireDetails Of(Questionnaire q, Dates dates)
    {
        var closes = dates.Local(q.ClosesAt);
        return new()
        {
            Parts = [.. FormParts.Read(q.Parts).Select(TypedPart.Of)],
            Day = PollDetails.Typed(DateOnly.FromDateTime(closes)),
            Hour = PollDetails.TypedHour(closes),
            IsAnonymous = q.IsAnonymous,
            ResultsFor = q.ResultsFor,
            MostAnswers = q.MostAnswers?.ToString(CultureInfo.InvariantCulture),
            RemindBefore = q.RemindBefore,
        };
    }
}

/// <summary>The details read and found right.</summary>
/// <param name="ClosesAt">When it closes.</param>
/// <param name="MostAnswers">Answers after which it closes.</param>
/// <param name="Parts">The parts; null where they are not read, because somebody has answered.</param>
public sealed record QuestionnaireTerms(DateTime ClosesAt, int? MostAnswers, IReadOnlyList<FormPart>? Parts)
{
    /// <summary>Reads the details, and breaks a rule for each thing wrong with them.</summary>
    /// <param name="details">The details.</param>
    /// <param name="rules">Where broken rules go.</param>
    /// <param name="dates">Reads days and hours.</param>
    /// <param name="now">The moment.</param>
    /// <param name="present">What is edited: its end may stay as it is, past or not; its parts stay once somebody has answered. Null for a new one.</param>
    /// <param name="isAnswered">Whether somebody has answered.</param>
    /// <returns>What was read; null where the end cannot be.</returns>
    internal static QuestionnaireTerms? Read(QuestionnaireDetails details, Rules rules, Dates dates, DateTime now, Questionnaire? present = null, bool isAnswered = false)
    {
        rules.Check(Enum.IsDefined(details.ResultsFor), nameof(details.ResultsFor), PollsTexts.ChoiceUnknown)
            .Check(details.RemindBefore is >= 0 and <= 24 * 14, nameof(details.RemindBefore), PollsTexts.ChoiceUnknown);
        var end = new PollDetails { Day = details.Day, Hour = details.Hour };
        var closes = present is not null && PollDetails.TypedHour(dates.Local(present.ClosesAt)) == details.Hour && PollDetails.Typed(DateOnly.FromDateTime(dates.Local(present.ClosesAt))) == details.Day
            ? present.ClosesAt
            : PollTerms.End(end, rules, dates, now);
        var most = Most(details.MostAnswers, rules);
        var parts = isAnswered ? null : PartRules.Read(details.Parts, rules);
        return closes is { } at ? new(at, most, parts) : null;
    }

    /// <summary>Writes what was read into the questionnaire; who sees what stays as those who have answered were told.</summary>
    internal Questionnaire Into(Questionnaire q, QuestionnaireDetails details)
    {
        // Whoever moves the end is reminded again for the new one.
        if (q.ClosesAt != ClosesAt) q.RemindedAt = null;
        (q.ClosesAt, q.MostAnswers, q.RemindBefore) = (ClosesAt, MostAnswers, details.RemindBefore);
        if (Parts is not null) (q.Parts, q.IsAnonymous, q.ResultsFor) = (FormParts.Write(Parts), details.IsAnonymous, details.ResultsFor);
        return q;
    }

    private static int? Most(string? text, Rules rules)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;

        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= Questionnaire.MostSheets;
        rules.Check(isNumber, nameof(QuestionnaireDetails.MostAnswers), PollsTexts.NumberBetween.With(1, Questionnaire.MostSheets));
        return isNumber ? number : null;
    }
}
