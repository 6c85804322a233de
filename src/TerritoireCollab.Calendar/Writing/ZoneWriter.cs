using System.Buffers;
using System.Globalization;

namespace TerritoireCollab.Calendar.Writing;

/// <summary>
/// Writes VTIMEZONE (RFC 5545, 3.6.5): of a zone that its document brought, what it said; of one of the system, its changes in the years that matter,
/// those that come on the same weekday of the same month as one rule.
/// </summary>
internal static class ZoneWriter
{
    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-.");

    /// <summary>Value of TZID as a parameter.</summary>
    public static string Id(CalendarZone zone) => zone.Id.AsSpan().IndexOfAnyExcept(NameLetters) < 0 ? zone.Id : LineWriter.Parameter("", zone.Id)[2..];

    public static void Write(LineWriter lines, CalendarZone zone, int first, int? last)
    {
        lines.Write("BEGIN", "VTIMEZONE");
        lines.WriteText("TZID", zone.Id);
        if (zone.IsKnown) lines.WriteText("X-LIC-LOCATION", zone.Id);
        foreach (var observance in zone.IsKnown ? ZoneObservances.Of(zone, first, last) : zone.Observances) Write(lines, observance);
        lines.Write("END", "VTIMEZONE");
    }

    private static void Write(LineWriter lines, ZoneObservance observance)
    {
        var name = observance.IsDaylight ? "DAYLIGHT" : "STANDARD";
        lines.Write("BEGIN", name);
        lines.Write("DTSTART", CalendarMoment.Floating(observance.Start).ToString());
        lines.Write("TZOFFSETFROM", Offset(observance.OffsetFrom));
        lines.Write("TZOFFSETTO", Offset(observance.OffsetTo));
        lines.WriteText("TZNAME", observance.Name);
        if (observance.Rule is { } rule) lines.Write("RRULE", (rule.Until is { Zone: null } until ? rule with { Until = CalendarMoment.Utc(until.Local.Plus(-observance.OffsetFrom)) } : rule).ToString());
        foreach (var date in observance.Dates) lines.Write("RDATE", CalendarMoment.Floating(date).ToString());
        lines.Write("END", name);
    }

    private static string Offset(TimeSpan offset)
    {
        var length = offset.Duration();
        var text = length.ToString(length.Seconds == 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
        return (offset < TimeSpan.Zero ? "-" : "+") + text;
    }
}
