using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Writing;

/// <summary>The changes of a zone of the system, as STANDARD and DAYLIGHT: found by asking it, so that whatever it knows is told as it is.</summary>
internal static class ZoneObservances
{
    // What the laws of today say is looked at until then for what never ends; it has been the last year of many tables.
    private const int Far = 2037;

    // A pattern that holds this long beyond the last event is told as one that goes on.
    private const int YearsAhead = 3;

    /// <summary>Those that hold from a year to another.</summary>
    /// <param name="zone">A zone of the system.</param>
    /// <param name="first">First year.</param>
    /// <param name="last">Last year; null for no end.</param>
    public static IReadOnlyList<ZoneObservance> Of(CalendarZone zone, int first, int? last)
    {
        var from = Math.Clamp(first - 1, 1850, 9000);
        var to = Math.Clamp(Math.Max(last ?? Far, first) + YearsAhead, from, 9100);
        var start = new DateTime(from, 1, 1);
        var changes = Changes(zone, start, new DateTime(to + 1, 1, 1)).ToList();
        var observances = Grouped(zone, changes, to);
        if (changes.Count > 0 && changes[0].Local.Year == from) return [.. observances];

        // What holds before the first change, or always.
        var (offset, isDaylight) = State(zone, start);
        return [new(isDaylight, start, offset, offset) { Name = Name(zone, offset, start) }, .. observances];
    }

    private static IEnumerable<ZoneObservance> Grouped(CalendarZone zone, List<Change> changes, int to)
    {
        // Each run of changes that one rule gives, year after year, is one observance.
        var runs = new List<List<Change>>();
        foreach (var change in changes)
        {
            var run = runs.Find(r => Follows(r, change));
            if (run is null) runs.Add(run = []);
            run.Add(change);
        }

        return runs.Select(run => Observance(zone, run, run[^1].Local.Year == to));
    }

    private static ZoneObservance Observance(CalendarZone zone, List<Change> run, bool goesOn)
    {
        var first = run[0];
        var observance = new ZoneObservance(first.IsDaylight, first.Local, first.From, first.To) { Name = Name(zone, first.To, first.Utc) };
        if (run.Count == 1) return observance;

        var rule = new RecurrenceRule(RecurrenceFrequency.Yearly) { ByMonth = [first.Local.Month], ByDay = [Weeks(run)!.Value] };
        return observance with { Rule = goesOn ? rule : rule with { Until = CalendarMoment.Utc(run[^1].Utc) } };
    }

    // The same time of the same weekday of the same month a year later, still counted the same way.
    private static bool Follows(List<Change> run, Change change)
    {
        var last = run[^1];
        return change.Local.Year == last.Local.Year + 1 && change.Local.Month == last.Local.Month && change.Local.DayOfWeek == last.Local.DayOfWeek && change.Local.TimeOfDay == last.Local.TimeOfDay
            && change.From == last.From && change.To == last.To && change.IsDaylight == last.IsDaylight && Weeks([.. run, change]) is not null;
    }

    // Which of the weekdays of its month all of them are: from the end where they may be, since that is what laws say.
    private static WeekdayNumber? Weeks(List<Change> run)
    {
        var day = run[0].Local.DayOfWeek;
        if (run.TrueForAll(c => FromEnd(c.Local) == 1)) return new(day, -1);
        for (var number = 1; number <= 4; number++) if (run.TrueForAll(c => (c.Local.Day - 1) / 7 + 1 == number)) return new(day, number);
        for (var number = 2; number <= 4; number++) if (run.TrueForAll(c => FromEnd(c.Local) == number)) return new(day, -number);
        return null;
    }

    private static int FromEnd(DateTime day) => (DateTime.DaysInMonth(day.Year, day.Month) - day.Day) / 7 + 1;

    private static IEnumerable<Change> Changes(CalendarZone zone, DateTime from, DateTime to)
    {
        for (var at = from; at < to; at = at.AddDays(7))
        {
            var (before, after) = (State(zone, at), State(zone, at.AddDays(7)));
            if (before == after) continue;

            // Two changes in a week, as in some years of some countries, are found one after the other.
            var low = at;
            while (State(zone, low) != after)
            {
                var next = Next(zone, low, at.AddDays(7));
                yield return new(next, next + State(zone, low).Offset, State(zone, low).Offset, State(zone, next).Offset, State(zone, next).IsDaylight);
                low = next;
            }
        }
    }

    // The second at which the offset of a moment ceases to hold.
    private static DateTime Next(CalendarZone zone, DateTime low, DateTime high)
    {
        var held = State(zone, low);
        var (first, last) = (0L, (high - low).Ticks / TimeSpan.TicksPerSecond);
        while (last - first > 1)
        {
            var middle = (first + last) / 2;
            if (State(zone, low.AddSeconds(middle)) == held) first = middle;
            else last = middle;
        }

        return low.AddSeconds(last);
    }

    private static (TimeSpan Offset, bool IsDaylight) State(CalendarZone zone, DateTime utc)
    {
        var moment = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return (zone.Info!.GetUtcOffset(moment), zone.Info.IsDaylightSavingTime(moment));
    }

    // An abbreviation is not known to the system; the two of Paris are what everybody there writes.
    private static string? Name(CalendarZone zone, TimeSpan offset, DateTime utc) => zone.Id == "Europe/Paris" && utc.Year >= 1977 ? offset == TimeSpan.FromHours(2) ? "CEST" : offset == TimeSpan.FromHours(1) ? "CET" : null : null;

    private sealed record Change(DateTime Utc, DateTime Local, TimeSpan From, TimeSpan To, bool IsDaylight);
}
