using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar;

/// <summary>What one does to a series: take out one occurrence, change one, change one and all that follow. Nothing is changed in place.</summary>
public static class SeriesEdits
{
    /// <summary>The series without an occurrence (EXDATE).</summary>
    /// <param name="series">A series with its event.</param>
    /// <param name="recurrenceId">Which occurrence; see <see cref="Occurrence.RecurrenceId"/>.</param>
    public static CalendarSeries Without(CalendarSeries series, CalendarMoment recurrenceId)
    {
        var master = Master(series);
        var id = recurrenceId.InTermsOf(master.Start);
        return CalendarSeries.Of(
            master with { ExceptionDates = [.. master.ExceptionDates.Append(id).Distinct()], Sequence = master.Sequence + 1 },
            series.Changes.Where(c => c.RecurrenceId!.Value.Moment.InTermsOf(master.Start) != id));
    }

    /// <summary>An occurrence as an event of its own (RECURRENCE-ID), to be changed and put into the series by <see cref="With"/>.</summary>
    /// <param name="occurrence">An occurrence of a series.</param>
    public static CalendarEvent Alone(Occurrence occurrence)
    {
        var id = occurrence.RecurrenceId ?? throw new ArgumentException("The event does not recur.", nameof(occurrence));
        return occurrence.Event with
        {
            RecurrenceId = new(id),
            Start = occurrence.Start,
            End = occurrence.End,
            Duration = null,
            Rules = [],
            ExceptionRules = [],
            Dates = [],
            ExceptionDates = [],
            Sequence = occurrence.Event.Sequence + 1,
        };
    }

    /// <summary>The series with a changed occurrence, in place of what was changed of it before.</summary>
    /// <param name="series">A series with its event.</param>
    /// <param name="change">An event with its RECURRENCE-ID.</param>
    public static CalendarSeries With(CalendarSeries series, CalendarEvent change)
    {
        var master = Master(series);
        var id = (change.RecurrenceId ?? throw new ArgumentException("The event is no occurrence.", nameof(change))).Moment.InTermsOf(master.Start);
        return CalendarSeries.Of(master, [.. series.Changes.Where(c => c.RecurrenceId!.Value.Moment.InTermsOf(master.Start) != id), change with { Uid = master.Uid }]);
    }

    /// <summary>
    /// Parts a series at an occurrence: what came before ends there, and what follows is a series of its own, with as many occurrences as were left.
    /// </summary>
    /// <param name="series">A series with its event.</param>
    /// <param name="recurrenceId">The first occurrence of what follows.</param>
    /// <param name="uid">UID of what follows.</param>
    /// <returns>Both; nothing before where it is the first occurrence. Null where it is none of the series, or lies too far to be counted.</returns>
    public static (CalendarSeries? Before, CalendarSeries Following)? Split(CalendarSeries series, CalendarMoment recurrenceId, string uid)
    {
        var master = Master(series);
        var id = recurrenceId.InTermsOf(master.Start);
        var budget = new WorkBudget();
        if (series.Find(id, budget) is null) return null;

        var rules = new List<(RecurrenceRule? Before, RecurrenceRule? Following)>();
        foreach (var rule in master.Rules) rules.Add(Parted(rule, master.Start, id, budget));
        if (budget.IsSpent) return null;

        var following = master with
        {
            Uid = uid,
            Start = id,
            End = master.End is null ? null : master.EndOf(id),
            Rules = [.. rules.Select(r => r.Following).OfType<RecurrenceRule>()],
            Dates = [.. master.Dates.Where(d => !IsBefore(d.Start, id, master) && d.Start.InTermsOf(master.Start) != id)],
            ExceptionDates = [.. master.ExceptionDates.Where(d => !IsBefore(d, id, master))],
            Sequence = 0,
        };
        var before = master with
        {
            Rules = [.. rules.Select(r => r.Before).OfType<RecurrenceRule>()],
            Dates = [.. master.Dates.Where(d => IsBefore(d.Start, id, master))],
            ExceptionDates = [.. master.ExceptionDates.Where(d => IsBefore(d, id, master))],
            Sequence = master.Sequence + 1,
        };
        var changes = series.Changes.ToLookup(c => IsBefore(c.RecurrenceId!.Value.Moment, id, master));
        var isFirst = before.Rules.Count == 0 && before.Dates.Count == 0 && (master.Rules.Count > 0 || id.Local <= master.Start.Local);
        return (isFirst ? null : CalendarSeries.Of(before, changes[true]), CalendarSeries.Of(following, changes[false].Select(c => c with { Uid = uid })));
    }

    // COUNT counts what was taken out, too.
    private static (RecurrenceRule? Before, RecurrenceRule? Following) Parted(RecurrenceRule rule, CalendarMoment start, CalendarMoment id, WorkBudget budget)
    {
        var before = new RuleExpansion(rule, start, budget).Between(start.Local, id.Local);
        var following = WithOwnDay(rule, start);
        if (rule.Count is { } count)
        {
            var done = before.Count();
            return (done == 0 ? null : rule with { Count = done }, count == done ? null : following with { Count = count - done });
        }

        return (before.Any() ? rule with { Until = JustBefore(id) } : null, following);
    }

    // The day of the month comes from the start; where days are moved, the new start may not have it.
    private static RecurrenceRule WithOwnDay(RecurrenceRule rule, CalendarMoment start)
    {
        if (rule.Skip == RecurrenceSkip.Omit || rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count > 0) return rule;
        return rule with { ByMonthDay = [start.Local.Day], ByMonth = rule.Frequency == RecurrenceFrequency.Yearly && rule.ByMonth.Count == 0 ? [start.Local.Month] : rule.ByMonth };
    }

    private static CalendarMoment JustBefore(CalendarMoment id)
    {
        if (id.IsDate) return id.WithLocal(id.Local.Plus(TimeSpan.FromDays(-1)));
        return id.Zone is { } zone ? CalendarMoment.Utc(zone.ToUtc(id.Local).Plus(TimeSpan.FromSeconds(-1))) : id.WithLocal(id.Local.Plus(TimeSpan.FromSeconds(-1)));
    }

    private static bool IsBefore(CalendarMoment moment, CalendarMoment id, CalendarEvent master) => moment.InTermsOf(master.Start).Local < id.Local;

    private static CalendarEvent Master(CalendarSeries series) => series.Master ?? throw new ArgumentException("The series has no event.", nameof(series));
}
