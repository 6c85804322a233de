using System.Globalization;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Agenda.Events;

/// <summary>How often, as the form asks.</summary>
public enum Frequency
{
    /// <summary>It does not come back.</summary>
    None = 0,
    /// <summary>By days.</summary>
    Daily = 1,
    /// <summary>By weeks, on some days of them.</summary>
    Weekly = 2,
    /// <summary>By months, on the same date.</summary>
    MonthlyByDate = 3,
    /// <summary>By months, on the same weekday: the second Tuesday.</summary>
    MonthlyByDay = 4,
    /// <summary>By years.</summary>
    Yearly = 5,
    /// <summary>By a rule that the form cannot show: it is kept as it came.</summary>
    Other = 6,
}

/// <summary>How an event comes back, as the form asks and a rule (RFC 5545, RRULE) says.</summary>
public sealed record Repetition
{
    /// <summary>How often.</summary>
    public Frequency Frequency { get; init; }

    /// <summary>Every so many; empty for one.</summary>
    public string? Every { get; init; }

    /// <summary>Days of the week, by weeks; the day of the first date when empty.</summary>
    public IReadOnlyList<DayOfWeek> Days { get; init; } = [];

    /// <summary>Last day that it may come back on, <c>2027-06-30</c>; empty for no end.</summary>
    public string? Until { get; init; }

    /// <summary>How many times it takes place; empty for no end by number.</summary>
    public string? Times { get; init; }

    /// <summary>The rule itself, where the form cannot show it or a program sent it.</summary>
    public string? Whole { get; init; }

    private const int MostEvery = 99;
    private const int MostTimes = EventDates.Most;

    /// <summary>The rule; null when it does not come back.</summary>
    public string? Rule(DateTime start, bool isAllDay, TimeZoneInfo zone, Rules rules)
    {
        if (Frequency == Frequency.None) return null;
        if (Frequency == Frequency.Other) return Checked(rules);

        var isNumber = string.IsNullOrWhiteSpace(Every) || (int.TryParse(Every, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostEvery);
        int? times = int.TryParse(Times, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MostTimes ? number : null;
        var until = DateTime.TryParseExact(Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateTime?)null;
        rules.Check(Enum.IsDefined(Frequency), nameof(Frequency), AgendaTexts.FrequencyUnknown)
            .Check(isNumber, nameof(Every), AgendaTexts.EveryNumber)
            .Check(string.IsNullOrWhiteSpace(Until) || until is not null, nameof(Until), AgendaTexts.DayNeeded)
            .Check(until is null || until >= start.Date, nameof(Until), AgendaTexts.UntilBefore)
            .Check(string.IsNullOrWhiteSpace(Times) || times is not null, nameof(Times), AgendaTexts.TimesNumber.With(MostTimes))
            .Check(string.IsNullOrWhiteSpace(Times) || string.IsNullOrWhiteSpace(Until), nameof(Times), AgendaTexts.TimesOrUntil);
        if (rules.AnyBroken) return null;

        return new RecurrenceRule(Frequency switch
        {
            Frequency.Daily => RecurrenceFrequency.Daily,
            Frequency.Weekly => RecurrenceFrequency.Weekly,
            Frequency.Yearly => RecurrenceFrequency.Yearly,
            _ => RecurrenceFrequency.Monthly,
        })
        {
            Interval = string.IsNullOrWhiteSpace(Every) ? 1 : int.Parse(Every, CultureInfo.InvariantCulture),
            ByDay = Frequency switch
            {
                Frequency.Weekly => [.. Days.Append(start.DayOfWeek).Distinct().OrderBy(d => ((int)d + 6) % 7).Select(d => new WeekdayNumber(d))],
                Frequency.MonthlyByDay => [new WeekdayNumber(start.DayOfWeek, RankOf(start))],
                _ => [],
            },
            Count = times,
            Until = until is not { } last ? null
                : isAllDay ? CalendarMoment.Date(DateOnly.FromDateTime(last))
                : CalendarMoment.Utc(ZoneClock.ToUtc(last.AddDays(1).AddSeconds(-1), zone)),
        }.ToString();
    }

    /// <summary>What the form shows of a rule.</summary>
    public static Repetition Of(string? rule, TimeZoneInfo zone)
    {
        if (rule is null) return new();
        if (!RecurrenceRule.TryParse(rule, out var read, out _) || FrequencyOf(read) is not { } frequency) return new() { Frequency = Frequency.Other, Whole = rule };

        return new()
        {
            Frequency = frequency,
            Every = read.Interval == 1 ? null : read.Interval.ToString(CultureInfo.InvariantCulture),
            Days = frequency == Frequency.Weekly ? [.. read.ByDay.Select(d => d.Day)] : [],
            Until = read.Until is { } until ? EventDetails.Typed(LastDay(until, zone)) : null,
            Times = read.Count?.ToString(CultureInfo.InvariantCulture),
            Whole = rule,
        };
    }

    /// <summary>The same for an event that had another rule: where it came back on the day of its first date alone, it does so on the new first date's.</summary>
    /// <param name="rule">The rule that it had.</param>
    /// <param name="start">When it began.</param>
    /// <param name="zone">The zone of its hours.</param>
    public Repetition Following(string? rule, DateTime start, TimeZoneInfo zone) =>
        Frequency == Frequency.Weekly && Days is [var day] && day == start.DayOfWeek && Of(rule, zone) is { Frequency: Frequency.Weekly, Days: [var old] } && old == day ? this with { Days = [] } : this;

    /// <summary>The rule in words: « chaque 2e mardi du mois, jusqu’au 30 juin 2027 ».</summary>
    public static string Words(string rule, DateTime start, TimeZoneInfo zone)
    {
        if (!RecurrenceRule.TryParse(rule, out var read, out _)) return AgendaTexts.RepeatsOther;

        var words = FrequencyOf(read) switch
        {
            Frequency.Daily => read.Interval == 1 ? AgendaTexts.EachDay : AgendaTexts.EveryDays.With(read.Interval),
            Frequency.Weekly => (read.Interval == 1 ? AgendaTexts.EachWeekOn : AgendaTexts.EveryWeeksOn).With(ListDays(read), read.Interval),
            Frequency.MonthlyByDate => (read.Interval == 1 ? AgendaTexts.EachMonthDate : AgendaTexts.EveryMonthsDate).With(start.Day == 1 ? AgendaTexts.First : start.Day.ToString(CultureInfo.CurrentCulture), read.Interval),
            Frequency.MonthlyByDay => (read.Interval == 1 ? AgendaTexts.EachMonthDay : AgendaTexts.EveryMonthsDay).With(Rank(read.ByDay[0].Ordinal), DayName(read.ByDay[0].Day), read.Interval),
            Frequency.Yearly => read.Interval == 1 ? AgendaTexts.EachYear : AgendaTexts.EveryYears.With(read.Interval),
            _ => AgendaTexts.RepeatsOther,
        };
        return read switch
        {
            { Until: { } until } => AgendaTexts.UntilWords.With(words, Dates.Full(DateOnly.FromDateTime(LastDay(until, zone)))),
            { Count: { } count } => AgendaTexts.CountWords.With(words, count),
            _ => words,
        };
    }

    /// <summary>A weekday in the reader's language.</summary>
    public static string DayName(DayOfWeek day) => CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName(day);

    private static DateTime LastDay(CalendarMoment until, TimeZoneInfo zone) => until.IsDate || until.IsFloating ? until.Local : ZoneClock.ToLocal(until.ToUtc(zone), zone);

    private static string ListDays(RecurrenceRule rule) => rule.ByDay.Select(d => DayName(d.Day)).ToList() switch
    {
        [var one] => one,
        var days => AgendaTexts.AndWords.With(string.Join(", ", days[..^1]), days[^1]),
    };

    private static string Rank(int ordinal) => ordinal switch { -1 => AgendaTexts.Last, 1 => AgendaTexts.First, _ => AgendaTexts.Nth.With(ordinal) };

    // The fifth comes in some months only: whoever says so means the last.
    internal static int RankOf(DateTime day) => day.Day > 28 ? -1 : ((day.Day - 1) / 7) + 1;

    private static Frequency? FrequencyOf(RecurrenceRule rule)
    {
        if (rule is not { BySecond: [], ByMinute: [], ByHour: [], ByMonthDay: [], ByYearDay: [], ByWeekNumber: [], ByMonth: [], BySetPosition: [] }) return null;
        if (rule.Count > MostTimes) return null;
        return rule switch
        {
            { Frequency: RecurrenceFrequency.Daily, ByDay: [] } => Frequency.Daily,
            { Frequency: RecurrenceFrequency.Weekly, ByDay.Count: > 0 } when rule.ByDay.All(d => d.Ordinal == 0) => Frequency.Weekly,
            { Frequency: RecurrenceFrequency.Monthly, ByDay: [] } => Frequency.MonthlyByDate,
            { Frequency: RecurrenceFrequency.Monthly, ByDay: [{ Ordinal: -1 or (>= 1 and <= 4) }] } => Frequency.MonthlyByDay,
            { Frequency: RecurrenceFrequency.Yearly, ByDay: [] } => Frequency.Yearly,
            _ => null,
        };
    }

    private string? Checked(Rules rules)
    {
        if (string.IsNullOrWhiteSpace(Whole)) return null;

        var isRule = RecurrenceRule.TryParse(Whole, out var rule, out _) && rule.ToString() is { Length: <= AgendaEvent.RuleLength };
        rules.Check(isRule, nameof(Whole), AgendaTexts.RuleUnreadable);
        return isRule ? rule!.ToString() : null;
    }
}
