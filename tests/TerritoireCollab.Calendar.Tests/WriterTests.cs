using System.Text;
using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Tests;

public sealed class WriterTests
{
    private static readonly DateTime Now = new(2026, 11, 20, 8, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Zones => ["Europe/Paris", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Casablanca", "Europe/Dublin", "Asia/Tehran", "Pacific/Apia", "Africa/Cairo", "America/Santiago", "Europe/Moscow"];

    [Fact]
    public void Event_WithEverything_WrittenAsTheRfcHasIt()
    {
        var text = CalendarWriter.ToText(new() { Method = CalendarMethod.Request, Name = "Agenda, mairie", RefreshInterval = new(0, TimeSpan.FromHours(1)), Events = [Full()] }, Now);

        Assert.Equal("""
            BEGIN:VCALENDAR
            VERSION:2.0
            PRODID:-//TerritoireCollab//TerritoireCollab//FR
            CALSCALE:GREGORIAN
            METHOD:REQUEST
            NAME:Agenda\, mairie
            X-WR-CALNAME:Agenda\, mairie
            REFRESH-INTERVAL;VALUE=DURATION:PT1H
            X-PUBLISHED-TTL:PT1H
            BEGIN:VTIMEZONE
            TZID:Europe/Paris
            X-LIC-LOCATION:Europe/Paris
            BEGIN:DAYLIGHT
            DTSTART:20250330T020000
            TZOFFSETFROM:+0100
            TZOFFSETTO:+0200
            TZNAME:CEST
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            BEGIN:STANDARD
            DTSTART:20251026T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0100
            TZNAME:CET
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            END:VTIMEZONE
            BEGIN:VEVENT
            UID:a@mairie.example
            DTSTAMP:20261120T080000Z
            DTSTART;TZID=Europe/Paris:20261122T140000
            DTEND;TZID=Europe/Paris:20261122T160000
            RRULE:FREQ=WEEKLY;UNTIL=20261231T225959Z;BYDAY=SU
            RDATE;TZID=Europe/Paris:20261123T140000
            EXDATE;TZID=Europe/Paris:20261129T140000
            SUMMARY:Réunion\; salle 2
            DESCRIPTION:Ordre du jour :\n- budget\, travaux \\ eau
            LOCATION:Mairie
            URL:https://mairie.example/a
            CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://visio.example/b
            GEO:44.93;4.89
            STATUS:TENTATIVE
            CLASS:PRIVATE
            TRANSP:TRANSPARENT
            CATEGORIES:Numérique,Eau\, air
            COMMENT:Venez
            ORGANIZER;CN="Exemple, ^'Léa^'":mailto:lea@mairie.example
            ATTENDEE;CN="Paul";ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:paul@mairie.example
            SEQUENCE:3
            BEGIN:VALARM
            ACTION:DISPLAY
            TRIGGER:-PT15M
            DESCRIPTION:Réunion\; salle 2
            END:VALARM
            END:VEVENT
            END:VCALENDAR

            """, Unfolded(text));
    }

    [Fact]
    public void Event_WrittenAndRead_TheSame()
    {
        var full = Full();

        var read = Assert.Single(CalendarReader.Read(CalendarWriter.ToBytes(new() { Events = [full] }, Now)).Document!.Events);

        Assert.Equal(CalendarWriter.ToText(new() { Events = [full] }, Now), CalendarWriter.ToText(new() { Events = [read] }, Now));
        Assert.Equal((full.Uid, full.Start, full.End, full.Description, full.Organizer, full.Geo), (read.Uid, read.Start, read.End, read.Description, read.Organizer, read.Geo));
        Assert.Equal(full.Attendees, read.Attendees);
        Assert.Equal(full.Categories, read.Categories);
        Assert.Equal(full.ExceptionDates, read.ExceptionDates);
    }

    [Fact]
    public void Lines_OfAnyLetters_AtMost75OctetsAndWhole()
    {
        var summary = string.Concat(Enumerable.Range(0, 200).Select(i => (i % 4) switch { 0 => "é", 1 => "🌻", 2 => "a", _ => "漢" }));

        var bytes = CalendarWriter.ToBytes(new() { Events = [Full() with { Summary = summary, Alarms = [] }] }, Now);

        foreach (var line in Lines(bytes))
        {
            Assert.InRange(line.Length, 1, 75);
            Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(line));
        }

        Assert.Equal(summary, Assert.Single(CalendarReader.Read(bytes).Document!.Events).Summary);
    }

    [Fact]
    public void Value_WithLineEnds_EndsNoLine()
    {
        var nasty = Full() with { Url = "https://a.example/\r\nATTENDEE:mailto:x@y.example", Uid = "a\r\nb", Organizer = new("a@b.example\r\nX:1", "N\r\nom"), Summary = "a\r\nEND:VEVENT", Categories = ["a\nb"] };

        var lines = Unfolded(CalendarWriter.ToText(new() { Name = "a\r\nb", Events = [nasty] }, Now)).Split('\n');

        Assert.Single(lines, "END:VEVENT");
        Assert.Single(lines, l => l.StartsWith("ATTENDEE", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.StartsWith("X:", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Zone_OfTheSystem_ItsWrittenRulesGiveTheSameOffsets(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        var entry = new CalendarEvent { Uid = "a", Start = CalendarMoment.At(new(2004, 6, 1, 9, 0, 0), zone), Rules = [new(RecurrenceFrequency.Weekly)] };

        var read = Read(entry, id);

        Assert.False(read.IsKnown);
        for (var utc = new DateTime(2004, 1, 2, 0, 0, 0, DateTimeKind.Utc); utc.Year < 2037; utc = utc.AddHours(5)) Assert.True(zone.GetUtcOffset(utc) == read.OffsetAt(utc), $"{id} {utc:O}: {zone.GetUtcOffset(utc)} {read.OffsetAt(utc)}");
    }

    [Theory]
    [MemberData(nameof(Zones))]
    public void Zone_OfOneEvent_FewRulesAndRight(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);

        var read = Read(new() { Uid = "a", Start = CalendarMoment.At(new(2026, 6, 1, 9, 0, 0), zone) }, id);

        Assert.InRange(read.Observances.Count, 1, 12);
        for (var utc = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc); utc.Year < 2027; utc = utc.AddHours(5)) Assert.Equal(zone.GetUtcOffset(utc), read.OffsetAt(utc));
    }

    [Fact]
    public void Zone_OfItsDocument_WrittenAsItWas()
    {
        var start = CalendarMoment.At(new(2026, 6, 1, 9, 0, 0), CalendarZone.Of("Heure, \"de\" l’île", [new(false, new(1970, 1, 1), TimeSpan.FromHours(3.5), TimeSpan.FromHours(3.5)) { Name = "ILE" }]));

        var read = Assert.Single(CalendarReader.Read(CalendarWriter.ToBytes(new() { Events = [new() { Uid = "a", Start = start }] }, Now)).Document!.Events).Start;

        Assert.Equal(start.ToUtc(TimeZoneInfo.Utc), read.ToUtc(TimeZoneInfo.Utc));
        Assert.Equal("ILE", Assert.Single(read.Zone!.Observances).Name);
    }

    [Fact]
    public void Zone_OfItsDocumentWithAnEnd_EndsInUtc()
    {
        var zone = CalendarZone.Of("Ancienne", [new(true, new(1990, 3, 25, 2, 0, 0), TimeSpan.FromHours(1), TimeSpan.FromHours(2)) { Rule = new(RecurrenceFrequency.Yearly) { Until = CalendarMoment.Floating(new(1999, 3, 28, 2, 0, 0)) } }]);

        Assert.Contains("RRULE:FREQ=YEARLY;UNTIL=19990328T010000Z\r\n", CalendarWriter.ToText(new() { Events = [new() { Uid = "a", Start = CalendarMoment.At(new(1995, 6, 1), zone) }] }, Now), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260714\r\nDTEND;VALUE=DATE:20260716")]
    [InlineData("DTSTART:20260714T100000\r\nDURATION:PT1H30M\r\nRRULE:FREQ=MONTHLY;COUNT=3;BYDAY=-1FR")]
    [InlineData("DTSTART:20260714T100000Z\r\nDTEND:20260714T110000Z\r\nEXRULE:FREQ=DAILY;COUNT=2\r\nRRULE:FREQ=DAILY;COUNT=5")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260714T100000\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260713T100000")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260714T100000\r\nRDATE;TZID=Europe/Paris;VALUE=PERIOD:20260715T100000/PT3H")]
    [InlineData("DTSTART;VALUE=DATE:20260131\r\nRRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;UNTIL=20261231;SKIP=BACKWARD")]
    public void Event_ReadAndWritten_KeepsStartEndAndRules(string lines)
    {
        var first = Calendars.Event("UID:a", lines);

        var again = Assert.Single(CalendarReader.Read(CalendarWriter.ToBytes(new() { Events = [first] }, Now)).Document!.Events);

        Assert.Equal((first.Start, first.End, first.Duration, first.RecurrenceId), (again.Start, again.End, again.Duration, again.RecurrenceId));
        Assert.Equal(first.Rules, again.Rules);
        Assert.Equal(first.ExceptionRules, again.ExceptionRules);
        Assert.Equal(first.Dates, again.Dates);
    }

    private static CalendarEvent Full() => new()
    {
        Uid = "a@mairie.example",
        Sequence = 3,
        Start = Calendars.At("20261122T140000"),
        End = Calendars.At("20261122T160000"),
        Rules = [new(RecurrenceFrequency.Weekly) { ByDay = [new(DayOfWeek.Sunday)], Until = CalendarMoment.Date(new(2026, 12, 31)) }],
        Dates = [new(Calendars.At("20261123T140000"))],
        ExceptionDates = [Calendars.At("20261129T140000")],
        Summary = "Réunion; salle 2",
        Description = "Ordre du jour :\n- budget, travaux \\ eau",
        Location = "Mairie",
        Url = "https://mairie.example/a",
        Conference = "https://visio.example/b",
        Geo = new(44.93, 4.89),
        Status = EventStatus.Tentative,
        IsPrivate = true,
        IsTransparent = true,
        Categories = ["Numérique", "Eau, air"],
        Comment = "Venez",
        Organizer = new("lea@mairie.example", "Exemple, \"Léa\""),
        Attendees = [new("paul@mairie.example", "Paul") { Role = ParticipationRole.Optional, IsAnswerAsked = true }],
        Alarms = [new(new(0, TimeSpan.FromMinutes(-15)))],
    };

    // Under a name that nobody knows, so that its rules are all there is.
    private static CalendarZone Read(CalendarEvent entry, string id)
    {
        var text = CalendarWriter.ToText(new() { Events = [entry] }, Now).Replace($"X-LIC-LOCATION:{id}\r\n", "", StringComparison.Ordinal).Replace(id, "Zone-Inconnue", StringComparison.Ordinal);
        return Assert.Single(Calendars.Read(text).Document!.Events).Start.Zone!;
    }

    private static string Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n", "\n", StringComparison.Ordinal);

    private static IEnumerable<byte[]> Lines(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        return text.TrimEnd().Split("\r\n").Select(Encoding.Latin1.GetBytes);
    }
}
