using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Agenda.Series;

/// <summary>Parts and moves what says when a series takes place; nothing is written here.</summary>
internal static class SeriesParts
{
    /// <summary>The series until before a date, and from it on; null where that date is its first.</summary>
    public static (CalendarEvent Before, CalendarEvent Following)? Split(AgendaEvent e, TimeZoneInfo zone, DateTime key)
    {
        var parts = SeriesEdits.Split(CalendarSeries.Of(SeriesDates.Master(e, zone), []), SeriesDates.Moment(key, e.IsAllDay, zone), "");
        return parts is { Before.Master: { } before, Following.Master: { } following } ? (before, following) : null;
    }

    /// <summary>
    /// The series with its first date at another time: weekdays go along, and so does its end. Null where its rule names days or hours that nobody can
    /// move for its author.
    /// </summary>
    /// <param name="master">The series.</param>
    /// <param name="start">When it begins instead.</param>
    /// <param name="end">When its first date ends.</param>
    public static CalendarEvent? Moved(CalendarEvent master, CalendarMoment start, CalendarMoment end)
    {
        var by = start.Local - master.Start.Local;
        var rules = master.Rules.Select(r => Moved(r, master.Start, start)).ToList();
        return rules.Contains(null) ? null : master with
        {
            Start = start,
            End = end,
            Duration = null,
            Rules = [.. rules.OfType<RecurrenceRule>()],
            Dates = [.. master.Dates.Select(d => d with { Start = d.Start.WithLocal(d.Start.Local + by) })],
            ExceptionDates = [],
        };
    }

    private static RecurrenceRule? Moved(RecurrenceRule rule, CalendarMoment from, CalendarMoment to)
    {
        var days = (to.Local.Date - from.Local.Date).Days;
        if (to.Local.TimeOfDay != from.Local.TimeOfDay && rule.ByHour.Count + rule.ByMinute.Count + rule.BySecond.Count > 0) return null;

        var later = rule with { Until = rule.Until is { } until ? Until(until, from, to) : null };
        if (days == 0) return later;
        if (rule.ByWeekNumber.Count + rule.ByYearDay.Count + rule.BySetPosition.Count + rule.ByMonthDay.Count + rule.ByMonth.Count > 0) return null;

        return rule switch
        {
            { ByDay: [] } => later,
            // Days of several weeks may fall into others than they did.
            { Frequency: RecurrenceFrequency.Weekly } when rule.Interval == 1 || rule.ByDay.Count == 1 => later with { ByDay = [.. rule.ByDay.Select(d => d with { Day = (DayOfWeek)((((int)d.Day + days) % 7 + 7) % 7) }).OrderBy(d => ((int)d.Day + 6) % 7)] },
            { Frequency: RecurrenceFrequency.Monthly, ByDay: [{ Ordinal: not 0 }] } => later with { ByDay = [new WeekdayNumber(to.Local.DayOfWeek, Repetition.RankOf(to.Local))] },
            _ => null,
        };
    }

    private static CalendarMoment Until(CalendarMoment until, CalendarMoment from, CalendarMoment to)
    {
        var by = to.Local - from.Local;
        return until.Zone is { IsUtc: true } && from.Zone is { } zone ? CalendarMoment.Utc(zone.ToUtc(zone.ToLocal(until.Local) + by)) : until.WithLocal(until.Local + by);
    }
}
