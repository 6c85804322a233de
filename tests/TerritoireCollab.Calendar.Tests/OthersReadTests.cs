using System.Globalization;
using System.Text.Json;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>Programs of others read what we write, and expand ordinary rules as we do.</summary>
public sealed class OthersReadTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    // Rules that people make, of which no two programs think differently.
    private static readonly string[] Ordinary =
    [
        "FREQ=DAILY;COUNT=10", "FREQ=DAILY;INTERVAL=3;COUNT=10", "FREQ=WEEKLY;COUNT=20", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;COUNT=20", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU;COUNT=20", "FREQ=MONTHLY;COUNT=12", "FREQ=MONTHLY;BYDAY=1TU;COUNT=12",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=12", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=5", "FREQ=YEARLY;COUNT=5", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;COUNT=5",
        "FREQ=YEARLY;INTERVAL=2;BYMONTH=1,6;BYMONTHDAY=1,15;COUNT=10", "FREQ=YEARLY;BYYEARDAY=1,100,-1;COUNT=10", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=5", "FREQ=HOURLY;INTERVAL=5;COUNT=20", "FREQ=MINUTELY;INTERVAL=90;COUNT=20", "FREQ=DAILY;BYHOUR=9,14;BYMINUTE=0,30;COUNT=20", "FREQ=WEEKLY;UNTIL=20270301T080000Z",
    ];

    [Fact]
    public async Task Icalendar_ReadsOurCalendar_AsItIs()
    {
        var events = Events().ToList();
        var text = Convert.ToBase64String(CalendarWriter.ToBytes(new() { Method = CalendarMethod.Request, Name = "Agenda; été", Events = events }, Now));

        var output = await Python.RunAsync("""
            import sys, base64, json, icalendar
            calendar = icalendar.Calendar.from_ical(base64.b64decode(sys.stdin.readline()))
            assert not calendar.errors, calendar.errors
            # Offsets come from the VTIMEZONE, not from what Python knows of Paris.
            zones = {str(z['TZID']): z.to_tz() for z in calendar.walk('VTIMEZONE')}
            def at(p):
                value = p.dt
                if not hasattr(value, 'hour'): return value.isoformat()
                zone = p.params.get('TZID')
                return (value.replace(tzinfo=None).isoformat() + ' ' + str(int(zones[zone].utcoffset(value.replace(tzinfo=None)).total_seconds() / 60))) if zone else value.isoformat()
            print(json.dumps([{
                'uid': str(e['UID']), 'summary': str(e.get('SUMMARY', '')), 'description': str(e.get('DESCRIPTION', '')), 'start': at(e['DTSTART']), 'end': at(e['DTEND']) if 'DTEND' in e else None,
                'rule': e['RRULE'].to_ical().decode() if 'RRULE' in e else None, 'organizer': str(e.get('ORGANIZER', '')), 'name': str(e['ORGANIZER'].params.get('CN', '')) if 'ORGANIZER' in e else '',
                'attendees': [str(a) + ' ' + a.params['PARTSTAT'] for a in (e['ATTENDEE'] if isinstance(e.get('ATTENDEE'), list) else [e['ATTENDEE']] if 'ATTENDEE' in e else [])],
                'alarms': len(e.walk('VALARM')), 'errors': [str(x) for x in e.errors]} for e in calendar.walk('VEVENT')]))
            """, [text], "icalendar");
        if (output is null) Assert.Skip("skipped: not here");

        var read = JsonDocument.Parse(output).RootElement.EnumerateArray().ToList();
        Assert.Equal(events.Select(e => e.Uid), read.Select(e => e.GetProperty("uid").GetString()));
        Assert.All(read, e => Assert.Equal(0, e.GetProperty("errors").GetArrayLength()));
        Assert.Equal(events.Select(e => e.Summary ?? ""), read.Select(e => e.GetProperty("summary").GetString()));
        Assert.Equal(events.Select(e => e.Description ?? ""), read.Select(e => e.GetProperty("description").GetString()));
        Assert.Equal(events.Select(e => Told(e.Start)), read.Select(e => e.GetProperty("start").GetString()));
        Assert.Equal(events.Select(e => e.End is { } end ? Told(end) : null), read.Select(e => e.GetProperty("end").GetString()));
        Assert.Equal(events.Select(e => e.Rules.Count > 0), read.Select(e => e.GetProperty("rule").GetString() is not null));
        Assert.Equal(("MAILTO:lea@mairie.example", "Exemple, Léa"), (read[0].GetProperty("organizer").GetString()!.Replace("mailto", "MAILTO", StringComparison.Ordinal), read[0].GetProperty("name").GetString()));
        Assert.Equal(["mailto:paul@mairie.example ACCEPTED"], read[0].GetProperty("attendees").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal(1, read[0].GetProperty("alarms").GetInt32());
    }

    [Fact]
    public async Task Dateutil_ExpandsOrdinaryRules_AsWeDo()
    {
        var output = await Python.RunAsync("""
            import sys, json
            from datetime import datetime
            from dateutil.rrule import rrulestr
            for line in sys.stdin:
                print(' '.join(t.strftime('%Y%m%dT%H%M%S') for t in rrulestr(line.strip(), dtstart=datetime(2027, 1, 4, 9, 0))))
            """, Ordinary.Select(r => r.Replace("080000Z", "090000", StringComparison.Ordinal)), "dateutil.rrule");
        if (output is null) Assert.Skip("skipped: not here");

        var start = CalendarMoment.Floating(new(2027, 1, 4, 9, 0, 0));
        Assert.Equal(output.Split('\n').Select(l => l.Trim()), Ordinary.Select(r => string.Join(' ', Expand(r.Replace("080000Z", "090000", StringComparison.Ordinal), start))));
    }

    [Fact]
    public void IcalNet_ReadsOurCalendar_WithTheSameInstants()
    {
        var paris = CalendarMoment.At(new(2027, 1, 4, 9, 0, 0), Calendars.Paris);
        var events = Ordinary.Select((rule, number) => new CalendarEvent { Uid = $"{number}", Start = paris, Duration = new(0, TimeSpan.FromHours(1)), Rules = [Rule(rule)] }).ToList();

        var read = Ical.Net.Calendar.Load(CalendarWriter.ToText(new() { Events = events }, Now))!.Events;

        foreach (var entry in read)
        {
            var ours = CalendarSeries.Of(events[int.Parse(entry.Uid!, CultureInfo.InvariantCulture)], []).Occurrences(DateTime.MinValue, DateTime.MaxValue, new());
            Assert.Equal(ours.Select(o => o.Start.ToUtc(Calendars.Paris)), entry.GetOccurrences().Select(o => o.Period.StartTime.AsUtc));
        }
    }

    private static IEnumerable<string> Expand(string rule, CalendarMoment start) => new RuleExpansion(Rule(rule), start, new(long.MaxValue)).Between(DateTime.MinValue, DateTime.MaxValue).Select(t => start.WithLocal(t).ToString());

    private static RecurrenceRule Rule(string text) => RecurrenceRule.TryParse(text, out var rule, out var fault) ? rule : throw new ArgumentException(fault, nameof(text));

    private static IEnumerable<CalendarEvent> Events()
    {
        yield return new()
        {
            Uid = "invitation@mairie.example",
            Start = CalendarMoment.At(new(2026, 7, 14, 9, 0, 0), Calendars.Paris),
            End = CalendarMoment.At(new(2026, 7, 14, 10, 0, 0), Calendars.Paris),
            Summary = "Réunion; salle 2, à l’étage",
            Description = $"Une ligne\nune autre, \\ et {string.Concat(Enumerable.Repeat("très longue 🌻 ", 30))}fin",
            Organizer = new("lea@mairie.example", "Exemple, Léa"),
            Attendees = [new("paul@mairie.example", "Paul") { Status = ParticipationStatus.Accepted, IsAnswerAsked = true }],
            Alarms = [new(new(0, TimeSpan.FromMinutes(-30)))],
        };
        yield return new() { Uid = "jour", Start = CalendarMoment.Date(new(2026, 7, 14)), End = CalendarMoment.Date(new(2026, 7, 16)), Summary = "Fête" };
        yield return new() { Uid = "utc", Start = CalendarMoment.Utc(new(2026, 1, 5, 9, 0, 0)), End = CalendarMoment.Utc(new(2026, 1, 5, 10, 0, 0)) };
        yield return new() { Uid = "flottant", Start = CalendarMoment.Floating(new(2026, 1, 5, 9, 0, 0)), End = CalendarMoment.Floating(new(2026, 1, 5, 10, 0, 0)) };
        yield return new() { Uid = "ailleurs", Start = CalendarMoment.At(new(2026, 1, 5, 9, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("America/New_York")), End = CalendarMoment.At(new(2026, 7, 5, 10, 0, 0), TimeZoneInfo.FindSystemTimeZoneById("Indian/Reunion")) };
        foreach (var (rule, number) in Ordinary.Select((r, n) => (r, n))) yield return new() { Uid = $"regle-{number}", Start = CalendarMoment.At(new(2026, 1, 5, 9, 0, 0), Calendars.Paris), Rules = [Rule(rule)] };
    }

    private static string Told(CalendarMoment moment)
    {
        if (moment.IsDate) return moment.Local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

        var text = moment.Local.ToString("s", CultureInfo.InvariantCulture);
        if (moment.Zone is not { } zone) return text;
        return zone.IsUtc ? text + "+00:00" : $"{text} {zone.OffsetAt(zone.ToUtc(moment.Local)).TotalMinutes}";
    }
}
