namespace TerritoireCollab.Calendar.Writing;

/// <summary>Which zones the events of a document need, and for which years.</summary>
internal static class ZoneUses
{
    /// <summary>Zones other than UTC, by name, with the first and last years of their times; what never ends has no last one.</summary>
    public static IEnumerable<(CalendarZone Zone, int First, int? Last)> Of(IReadOnlyList<CalendarEvent> events) =>
        from use in events.SelectMany(Uses)
        group use by use.Zone into zone
        orderby zone.Key.Id, zone.Key.IsKnown
        select (zone.Key, zone.Min(u => u.Year), zone.Any(u => u.IsEndless) ? (int?)null : zone.Max(u => u.Year));

    private static IEnumerable<(CalendarZone Zone, int Year, bool IsEndless)> Uses(CalendarEvent entry)
    {
        IEnumerable<CalendarMoment?> moments = [entry.Start, entry.End, entry.RecurrenceId?.Moment, .. entry.Dates.Select(d => (CalendarMoment?)d.Start), .. entry.ExceptionDates.Select(d => (CalendarMoment?)d)];
        // What recurs is computed by whoever reads it, for as long as they like; a day and a long event reach into the years beside.
        var isEndless = entry.Rules.Count > 0;
        return moments.Where(m => m?.Zone is { IsUtc: false }).Select(m => (m!.Value.Zone!, m.Value.Local.Year, isEndless));
    }
}
