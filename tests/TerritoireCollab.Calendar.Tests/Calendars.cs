using System.Text;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>Small calendars for tests.</summary>
internal static class Calendars
{
    public static readonly TimeZoneInfo Paris = TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris");

    public static CalendarReading Read(string text) => CalendarReader.Read(Encoding.UTF8.GetBytes(text));

    /// <summary>The only event of a calendar with these lines in it.</summary>
    public static CalendarEvent Event(params string[] lines) => Assert.Single(Reading(lines).Document!.Events);

    /// <summary>A calendar of one event with these lines.</summary>
    public static CalendarReading Reading(params string[] lines) => Read($"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n{string.Join("\r\n", lines)}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");

    /// <summary>Local times of the occurrences of one series.</summary>
    public static IReadOnlyList<string> Starts(this CalendarSeries series, string from = "20000101", string to = "20300101") =>
        [.. series.Occurrences(Day(from), Day(to), new Recurrences.WorkBudget()).Select(o => o.Start.ToString())];

    public static DateTime Day(string text) => DateTime.ParseExact(text, "yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);

    public static CalendarMoment At(string local) => CalendarMoment.At(DateTime.ParseExact(local, "yyyyMMdd'T'HHmmss", System.Globalization.CultureInfo.InvariantCulture), Paris);
}
