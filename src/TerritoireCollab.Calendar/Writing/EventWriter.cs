using System.Globalization;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Writing;

/// <summary>Writes VEVENT.</summary>
internal static class EventWriter
{
    public static void Write(LineWriter lines, CalendarEvent entry, DateTime now)
    {
        lines.Write("BEGIN", "VEVENT");
        lines.WriteText("UID", entry.Uid);
        lines.Write("DTSTAMP", Utc(entry.Stamp ?? now));
        WriteMoment(lines, "DTSTART", entry.Start);
        if (entry.End is { } end) WriteMoment(lines, "DTEND", end);
        else if (entry.Duration is { } duration) lines.Write("DURATION", duration.ToString());
        WriteRecurrence(lines, entry);
        WriteTexts(lines, entry);
        WritePeople(lines, entry);
        if (entry.Sequence > 0) lines.Write("SEQUENCE", entry.Sequence.ToString(CultureInfo.InvariantCulture));
        if (entry.Created is { } created) lines.Write("CREATED", Utc(created));
        if (entry.LastModified is { } modified) lines.Write("LAST-MODIFIED", Utc(modified));
        foreach (var alarm in entry.Alarms) WriteAlarm(lines, alarm, entry.Summary);
        lines.Write("END", "VEVENT");
    }

    private static void WriteRecurrence(LineWriter lines, CalendarEvent entry)
    {
        if (entry.RecurrenceId is { } id) WriteMoment(lines, id.IsThisAndFuture ? "RECURRENCE-ID;RANGE=THISANDFUTURE" : "RECURRENCE-ID", id.Moment);
        foreach (var rule in entry.Rules) lines.Write("RRULE", Rule(rule, entry.Start));
        foreach (var rule in entry.ExceptionRules) lines.Write("EXRULE", Rule(rule, entry.Start));
        foreach (var date in entry.Dates)
        {
            if (date.Duration is not { } duration) WriteMoment(lines, "RDATE", date.Start);
            else lines.Write($"RDATE;VALUE=PERIOD{Zone(date.Start)}", $"{date.Start}/{duration}");
        }

        foreach (var date in entry.ExceptionDates) WriteMoment(lines, "EXDATE", date);
    }

    // UNTIL is a day for days, floats for what floats, and is UTC for all else (RFC 5545, 3.3.10).
    private static string Rule(RecurrenceRule rule, CalendarMoment start)
    {
        if (rule.Until is not { } until) return rule.ToString();
        if (start.IsDate) return (rule with { Until = CalendarMoment.Date(DateOnly.FromDateTime(until.Local)) }).ToString();

        // All of that day belongs to it.
        var local = until.IsDate ? until.Local.Plus(new(23, 59, 59)) : until.Local;
        if (start.Zone is null) return (rule with { Until = CalendarMoment.Floating(local) }).ToString();
        return (rule with { Until = CalendarMoment.Utc((until.Zone ?? start.Zone).ToUtc(local)) }).ToString();
    }

    private static void WriteTexts(LineWriter lines, CalendarEvent entry)
    {
        lines.WriteText("SUMMARY", entry.Summary);
        lines.WriteText("DESCRIPTION", entry.Description);
        lines.WriteText("LOCATION", entry.Location);
        if (entry.Url is { } url) lines.Write("URL", url);
        if (entry.Conference is { } conference) lines.Write("CONFERENCE;VALUE=URI;FEATURE=VIDEO", conference);
        if (entry.Geo is { } geo) lines.Write("GEO", FormattableString.Invariant($"{geo.Latitude:0.######};{geo.Longitude:0.######}"));
        if (entry.Status != EventStatus.Confirmed) lines.Write("STATUS", entry.Status.ToString().ToUpperInvariant());
        if (entry.IsPrivate) lines.Write("CLASS", "PRIVATE");
        if (entry.IsTransparent) lines.Write("TRANSP", "TRANSPARENT");
        lines.WriteTexts("CATEGORIES", entry.Categories);
        if (entry.RelatedTo is { } related) lines.WriteText("RELATED-TO;RELTYPE=SIBLING", related);
        lines.WriteText("COMMENT", entry.Comment);
    }

    private static void WritePeople(LineWriter lines, CalendarEvent entry)
    {
        if (entry.Organizer is { } organizer) lines.Write($"ORGANIZER{Name(organizer.Name)}", Address(organizer.Address));
        foreach (var attendee in entry.Attendees)
        {
            var role = attendee.Role switch { ParticipationRole.Chair => ";ROLE=CHAIR", ParticipationRole.Optional => ";ROLE=OPT-PARTICIPANT", ParticipationRole.NonParticipant => ";ROLE=NON-PARTICIPANT", _ => "" };
            var status = attendee.Status == ParticipationStatus.NeedsAction ? "NEEDS-ACTION" : attendee.Status.ToString().ToUpperInvariant();
            lines.Write($"ATTENDEE{Name(attendee.Name)}{role};PARTSTAT={status}{(attendee.IsAnswerAsked ? ";RSVP=TRUE" : "")}", Address(attendee.Address));
        }
    }

    private static void WriteAlarm(LineWriter lines, Alarm alarm, string? summary)
    {
        lines.Write("BEGIN", "VALARM");
        lines.Write("ACTION", "DISPLAY");
        lines.Write(alarm.IsFromEnd ? "TRIGGER;RELATED=END" : "TRIGGER", alarm.Trigger.ToString());
        // DESCRIPTION must be there (RFC 5545, 3.6.6).
        lines.WriteText("DESCRIPTION", alarm.Description ?? summary ?? "-");
        lines.Write("END", "VALARM");
    }

    private static void WriteMoment(LineWriter lines, string name, CalendarMoment moment) => lines.Write($"{name}{(moment.IsDate ? ";VALUE=DATE" : Zone(moment))}", moment.ToString());

    private static string Zone(CalendarMoment moment) => moment.Zone is { IsUtc: false } zone ? $";TZID={ZoneWriter.Id(zone)}" : "";

    private static string Name(string? name) => string.IsNullOrEmpty(name) ? "" : LineWriter.Parameter("CN", name);

    private static string Address(string address) => address.Contains('@', StringComparison.Ordinal) && !address.Contains(':', StringComparison.Ordinal) ? "mailto:" + address : address;

    private static string Utc(DateTime utc) => utc.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
