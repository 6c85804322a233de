using System.Globalization;
using TerritoireCollab.Calendar;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Agenda.Events;

/// <summary>An event as a calendar's series, and the dates that stand beside its rule or are left out of it.</summary>
internal static class SeriesDates
{
    private const string Pattern = "yyyyMMdd'T'HHmmss";

    /// <summary>The dates of a column, on the clocks of the event's zone.</summary>
    public static IReadOnlyList<DateTime> Read(string? column) => string.IsNullOrEmpty(column) ? []
        : [.. column.Split(',').Select(d => DateTime.TryParseExact(d, Pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateTime?)null).OfType<DateTime>()];

    /// <summary>What the column holds; null for none.</summary>
    public static string? Write(IEnumerable<DateTime> dates) =>
        string.Join(',', dates.Distinct().Order().Select(d => d.ToString(Pattern, CultureInfo.InvariantCulture))) is { Length: > 0 } column ? column : null;

    /// <summary>The event with its rule and dates, without what was changed of single ones.</summary>
    public static CalendarEvent Master(AgendaEvent e, TimeZoneInfo zone, string uid = "") => new()
    {
        Uid = uid,
        Start = Moment(e.StartLocal, e.IsAllDay, zone),
        End = Moment(e.EndLocal, e.IsAllDay, zone),
        Rules = e.Rule is not null && RecurrenceRule.TryParse(e.Rule, out var rule, out _) ? [rule] : [],
        Dates = [.. Read(e.ExtraDates).Select(d => new RecurrenceDate(Moment(d, e.IsAllDay, zone)))],
        ExceptionDates = [.. Read(e.LeftOut).Select(d => Moment(d, e.IsAllDay, zone))],
    };

    /// <summary>A time on the event's clocks, or a whole day.</summary>
    public static CalendarMoment Moment(DateTime local, bool isAllDay, TimeZoneInfo zone) =>
        isAllDay ? CalendarMoment.Date(DateOnly.FromDateTime(local)) : CalendarMoment.At(EventDates.Unspecified(local), zone);

    /// <summary>Moves the dates beside the rule, and those left out of it, with an event that moves; one that is no series any more has none.</summary>
    public static void Shift(AgendaEvent e, TimeSpan by)
    {
        e.ExtraDates = Write(Read(e.ExtraDates).Select(d => d + by));
        e.LeftOut = e.IsSeries ? Write(Read(e.LeftOut).Select(d => d + by)) : null;
    }

    /// <summary>Writes the rule and the dates of a calendar's event into the event.</summary>
    public static void Take(AgendaEvent e, CalendarEvent master)
    {
        e.Rule = master.Rules.Count == 0 ? null : master.Rules[0].ToString();
        e.ExtraDates = Write(master.Dates.Select(d => d.Start.Local));
        e.LeftOut = Write(master.ExceptionDates.Select(d => d.Local));
    }
}
