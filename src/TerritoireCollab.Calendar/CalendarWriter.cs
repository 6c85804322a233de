using System.Text;
using TerritoireCollab.Calendar.Writing;

namespace TerritoireCollab.Calendar;

/// <summary>
/// Writes iCalendar (RFC 5545): lines folded at 75 octets between characters, zones with the rules that their events need. The same document gives
/// the same octets; the moment of DTSTAMP is given by whoever writes, where an event has none.
/// </summary>
public static class CalendarWriter
{
    /// <summary>Media type of a document.</summary>
    public const string MediaType = "text/calendar";

    private const string Product = "-//TerritoireCollab//TerritoireCollab//FR";

    /// <summary>The document in UTF-8.</summary>
    /// <param name="document">What to write.</param>
    /// <param name="now">DTSTAMP of events that have none, UTC.</param>
    public static byte[] ToBytes(CalendarDocument document, DateTime now) => Encoding.UTF8.GetBytes(ToText(document, now));

    /// <summary>The document.</summary>
    /// <param name="document">What to write.</param>
    /// <param name="now">DTSTAMP of events that have none, UTC.</param>
    public static string ToText(CalendarDocument document, DateTime now)
    {
        var lines = new LineWriter();
        lines.Write("BEGIN", "VCALENDAR");
        lines.Write("VERSION", "2.0");
        lines.Write("PRODID", Product);
        lines.Write("CALSCALE", "GREGORIAN");
        if (document.Method is { } method and not CalendarMethod.Other) lines.Write("METHOD", method.ToString().ToUpperInvariant());
        lines.WriteText("NAME", document.Name);
        lines.WriteText("X-WR-CALNAME", document.Name);
        lines.WriteText("DESCRIPTION", document.Description);
        lines.WriteText("X-WR-CALDESC", document.Description);
        if (document.RefreshInterval is { } interval)
        {
            lines.Write("REFRESH-INTERVAL;VALUE=DURATION", interval.ToString());
            lines.Write("X-PUBLISHED-TTL", interval.ToString());
        }

        foreach (var (zone, first, last) in ZoneUses.Of(document.Events)) ZoneWriter.Write(lines, zone, first, last);
        foreach (var entry in document.Events) EventWriter.Write(lines, entry, now);
        lines.Write("END", "VCALENDAR");
        return lines.ToString();
    }
}
