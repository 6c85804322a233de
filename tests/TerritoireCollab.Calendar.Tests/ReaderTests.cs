using System.Globalization;
using System.Text;

namespace TerritoireCollab.Calendar.Tests;

public sealed class ReaderTests
{
    public ReaderTests() => CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");

    [Fact]
    public void Event_WithEverything_AllRead()
    {
        var found = Calendars.Event(
            "UID:a@mairie.example", "SEQUENCE:3", "DTSTAMP:20261101T080000Z", "CREATED:20261001T080000Z", "LAST-MODIFIED:20261102T080000Z",
            "DTSTART;TZID=Europe/Paris:20261122T140000", "DTEND;TZID=Europe/Paris:20261122T160000", "RRULE:FREQ=WEEKLY;COUNT=4",
            "SUMMARY:Réunion\\, salle 2", "DESCRIPTION:Ordre du jour :\\n- budget\\; travaux", "LOCATION:Mairie", "URL:https://mairie.example/a", "CONFERENCE;VALUE=URI:https://visio.example/b",
            "GEO:44.93;4.89", "STATUS:TENTATIVE", "CLASS:PRIVATE", "TRANSP:TRANSPARENT", "CATEGORIES:Numérique,Eau\\, air", "CATEGORIES:Eau\\, air",
            "ORGANIZER;CN=\"Exemple, Léa\":mailto:lea@mairie.example", "ATTENDEE;CN=Paul;PARTSTAT=ACCEPTED;ROLE=OPT-PARTICIPANT;RSVP=TRUE:MAILTO:paul@mairie.example",
            "BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER:-PT15M", "DESCRIPTION:Bientôt", "END:VALARM");

        Assert.Equal(("a@mairie.example", 3, "Réunion, salle 2", "Ordre du jour :\n- budget; travaux", "Mairie"), (found.Uid, found.Sequence, found.Summary, found.Description, found.Location));
        Assert.Equal(("20261122T140000", "20261122T160000", "Europe/Paris"), (found.Start.ToString(), found.End.ToString(), found.Start.Zone?.Id));
        Assert.Equal("FREQ=WEEKLY;COUNT=4", Assert.Single(found.Rules).ToString());
        Assert.Equal(("https://mairie.example/a", "https://visio.example/b", new GeoPosition(44.93, 4.89)), (found.Url, found.Conference, found.Geo));
        Assert.Equal((EventStatus.Tentative, true, true), (found.Status, found.IsPrivate, found.IsTransparent));
        Assert.Equal(["Numérique", "Eau, air"], found.Categories);
        Assert.Equal(new Organizer("lea@mairie.example", "Exemple, Léa"), found.Organizer);
        Assert.Equal(new Attendee("paul@mairie.example", "Paul") { Status = ParticipationStatus.Accepted, Role = ParticipationRole.Optional, IsAnswerAsked = true }, Assert.Single(found.Attendees));
        Assert.Equal(new Alarm(new(0, TimeSpan.FromMinutes(-15)), "Bientôt"), Assert.Single(found.Alarms));
        Assert.Equal((new DateTime(2026, 11, 1, 8, 0, 0), new DateTime(2026, 10, 1, 8, 0, 0), new DateTime(2026, 11, 2, 8, 0, 0)), (found.Stamp, found.Created, found.LastModified));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r")]
    [InlineData("\r\r\n")]
    public void Lines_WithAnyEnd_Read(string end)
    {
        var text = string.Join(end, "BEGIN:VCALENDAR", "BEGIN:VEVENT", "UID:a", "DTSTART:20261122T140000Z", "SUMMARY:Ate", " lier", "END:VEVENT", "END:VCALENDAR");

        Assert.Equal("Atelier", Assert.Single(Calendars.Read(text).Document!.Events).Summary);
    }

    [Fact]
    public void Lines_FoldedWithinACharacter_Read()
    {
        var bytes = Encoding.UTF8.GetBytes("BEGIN:VEVENT\r\nDTSTART:20261122\r\nSUMMARY:été\r\nEND:VEVENT").ToList();
        // Between the two octets of the first é.
        var at = bytes.LastIndexOf(0xC3, bytes.LastIndexOf((byte)'t'));
        bytes.InsertRange(at + 1, "\r\n "u8.ToArray());

        Assert.Equal("été", Assert.Single(CalendarReader.Read([.. bytes]).Document!.Events).Summary);
    }

    [Theory]
    [InlineData("windows-1252", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-8", true)]
    public void Document_InAnyCharset_AccentsRead(string charset, bool hasMark)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        byte[] bytes = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20261122\r\nSUMMARY:Fête d’été\r\nEND:VEVENT")];

        Assert.Equal("Fête d’été", Assert.Single(CalendarReader.Read(bytes).Document!.Events).Summary);
    }

    [Fact]
    public void Document_EndsMissing_EventsReadAllTheSame()
    {
        var reading = Calendars.Read("BEGIN:VEVENT\nUID:a\nDTSTART:20261122T140000Z\nBEGIN:VALARM\nTRIGGER:-PT5M\nBEGIN:VEVENT\nUID:b\nDTSTART:20261123T140000Z\nX-AUTRE:1\nBEGIN:X-COMPOSANT\nUID:c");

        Assert.Equal(["a", "b"], reading.Document!.Events.Select(e => e.Uid));
        Assert.Single(reading.Document.Events[0].Alarms);
    }

    [Fact]
    public void Lines_NoneOfACalendar_GoneOrOfTheTextBefore()
    {
        var reading = Calendars.Reading("DTSTART:20261122", "DESCRIPTION:Premier", "deuxième paragraphe", "UID:a", "X-RAYON=49");

        Assert.Equal("Premier\ndeuxième paragraphe", reading.Document!.Events[0].Description);
        Assert.Equal("a", reading.Document.Events[0].Uid);
        Assert.Equal("1 lignes illisibles ne sont pas reprises.", Assert.Single(reading.Notices).Text);
    }

    [Fact]
    public void OldCalendar_QuotedPrintableAndItsRule_Read()
    {
        var found = Calendars.Event("DTSTART:20261123T090000", "SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:R=E9union de=", "s =E9lus", "DESCRIPTION;QUOTED-PRINTABLE:Un=0D=0Adeux", "RRULE:W2 MO WE #4");

        Assert.Equal(("Réunion des élus", "Un\ndeux"), (found.Summary, found.Description));
        Assert.Equal("FREQ=WEEKLY;COUNT=4;INTERVAL=2;BYDAY=MO,WE", Assert.Single(found.Rules).ToString());
    }

    [Theory]
    [InlineData("D1 #10", "FREQ=DAILY;COUNT=10")]
    [InlineData("D2 19971224T000000", "FREQ=DAILY;UNTIL=19971224T000000;INTERVAL=2")]
    [InlineData("W1 #0", "FREQ=WEEKLY")]
    [InlineData("MP1 1+ 2- FR #0", "FREQ=MONTHLY;BYDAY=-2FR,1FR")]
    [InlineData("MP2 1+ SU 2+ MO #3", "FREQ=MONTHLY;COUNT=3;INTERVAL=2;BYDAY=1SU,2MO")]
    [InlineData("MD1 2 LD #0", "FREQ=MONTHLY;BYMONTHDAY=-1,2")]
    [InlineData("YM1 6 7 #0", "FREQ=YEARLY;BYMONTHDAY=23;BYMONTH=6,7")]
    [InlineData("YD3 1 100 #0", "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=1,100")]
    [InlineData("D3", "FREQ=DAILY;COUNT=2;INTERVAL=3")]
    public void OldRule_OfEachKind_InTodaysWords(string old, string rule) =>
        Assert.Equal(rule, Assert.Single(Calendars.Event("DTSTART:20261123T090000", $"RRULE:{old}").Rules).ToString());

    [Theory]
    [InlineData("Europe/Paris", "Europe/Paris")]
    [InlineData("europe/paris", "Europe/Paris")]
    [InlineData("Romance Standard Time", "Europe/Paris")]
    [InlineData("/mozilla.org/20070129_1/Europe/Paris", "Europe/Paris")]
    [InlineData("/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    [InlineData("\"(UTC+01:00) Brussels, Copenhagen, Madrid, Paris\"", "Europe/Paris")]
    [InlineData("(GMT+01.00) Bruxelles, Copenhague, Madrid, Paris", "Europe/Paris")]
    [InlineData("GMT", "UTC")]
    public void Zone_ByAnyName_Found(string written, string id) => Assert.Equal(id, Calendars.Event($"DTSTART;TZID={written}:20261122T140000").Start.Zone!.Id);

    [Fact]
    public void Zone_AnOffsetForAName_ThatOffset()
    {
        var found = Calendars.Event("DTSTART;TZID=\"UTC+02:00\":20261122T140000");

        Assert.Equal(new DateTime(2026, 11, 22, 12, 0, 0), found.Start.ToUtc(Calendars.Paris));
    }

    [Fact]
    public void Zone_UnknownName_ItsOwnRulesHold()
    {
        const string zone = "BEGIN:VTIMEZONE\nTZID:Customized Time Zone\nBEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0100\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nEND:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\nEND:VTIMEZONE";
        // The zone stands behind the event that names it.
        var found = Assert.Single(Calendars.Read($"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;TZID=Customized Time Zone:20260701T140000\nEND:VEVENT\n{zone}\nEND:VCALENDAR").Document!.Events).Start.Zone!;

        Assert.False(found.IsKnown);
        for (var at = new DateTime(2020, 1, 1); at < new DateTime(2040, 1, 1); at = at.AddHours(7))
        {
            Assert.Equal(Calendars.Paris.GetUtcOffset(DateTime.SpecifyKind(at, DateTimeKind.Utc)), found.OffsetAt(at));
            Assert.Equal(ZoneClock.ToUtc(at, Calendars.Paris), found.ToUtc(at));
        }
    }

    [Fact]
    public void Zone_NobodyKnows_TimesFloatAndItIsSaid()
    {
        var reading = Calendars.Reading("SUMMARY:Atelier", "DTSTART;TZID=Lune/Mer:20261122T140000");

        Assert.True(Assert.Single(reading.Document!.Events).Start.IsFloating);
        Assert.Equal("« Atelier » : le fuseau horaire « Lune/Mer » est inconnu, les heures sont prises telles qu’elles sont écrites.", Assert.Single(reading.Notices).Text.Replace('\u00A0', ' '));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/localtime")]
    [InlineData("..")]
    public void Zone_APathForAName_NoFileOpened(string name) => Assert.True(Calendars.Event($"DTSTART;TZID={name}:20261122T140000").Start.IsFloating);

    [Theory]
    [InlineData("DTSTART:20260230T140000", "« Atelier » n’est pas repris : sa date de début « 20260230T140000 » est illisible.")]
    [InlineData("X-RIEN:1", "« Atelier » n’est pas repris : sa date de début manque.")]
    [InlineData("DTSTART:20261122T140000Z\r\nRRULE:FREQ=FORTNIGHTLY", "« Atelier » n’est pas repris : sa règle de répétition n’est pas comprise, FREQ=FORTNIGHTLY (la fréquence manque ou est inconnue).")]
    [InlineData("DTSTART:20261122T140000Z\r\nRRULE:RSCALE=HEBREW;FREQ=YEARLY", "« Atelier » n’est pas repris : sa règle de répétition n’est pas comprise, RSCALE=HEBREW;FREQ=YEARLY (le calendrier HEBREW n’est pas pris en charge).")]
    [InlineData("DTSTART:20261122T140000Z\r\nRRULE:FREQ=DAILY;BYWEEKNO=2", "« Atelier » n’est pas repris : sa règle de répétition n’est pas comprise, FREQ=DAILY;BYWEEKNO=2 (BYWEEKNO ne va pas avec cette fréquence).")]
    [InlineData("DTSTART;VALUE=DATE:20261122\r\nRRULE:FREQ=HOURLY", "« Atelier » n’est pas repris : sa règle de répétition n’est pas comprise, FREQ=HOURLY (une répétition par heures d’un événement d’une journée entière).")]
    public void Event_ThatCannotBeShownRightly_LeftOutWithASentence(string line, string sentence)
    {
        var reading = Calendars.Reading("SUMMARY:Atelier", line);

        Assert.Empty(reading.Document!.Events);
        Assert.Equal(sentence, Assert.Single(reading.Notices).Text.Replace('\u00A0', ' '));
    }

    [Theory]
    [InlineData("DTEND:20261122T130000Z")]
    [InlineData("DTEND:demain")]
    [InlineData("DURATION:-PT1H")]
    public void End_Impossible_LeftOutAndSaid(string line)
    {
        var reading = Calendars.Reading("SUMMARY:Atelier", "DTSTART:20261122T140000Z", line);

        var found = Assert.Single(reading.Document!.Events);
        Assert.Equal(found.Start, found.EndOf(found.Start));
        Assert.Equal(CalendarNoticeKind.End, Assert.Single(reading.Notices).Kind);
    }

    [Theory]
    [InlineData("DTSTART;VALUE=DATE:20260714\r\nDTEND;VALUE=DATE:20260716", "20260716")]
    [InlineData("DTSTART;VALUE=DATE:20260714", "20260715")]
    [InlineData("DTSTART;VALUE=DATE:20260714\r\nDURATION:P3D", "20260717")]
    [InlineData("DTSTART:20260714T100000Z\r\nDURATION:PT1H30M", "20260714T113000Z")]
    [InlineData("DTSTART:20260714T100000Z", "20260714T100000Z")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260328T120000\r\nDURATION:P1D", "20260329T120000")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260328T120000\r\nDURATION:PT24H", "20260329T130000")]
    [InlineData("DTSTART;TZID=Europe/Paris:20260714T100000\r\nDTEND;TZID=America/New_York:20260714T060000", "20260714T060000")]
    public void End_InAnyForm_Computed(string lines, string end)
    {
        var found = Calendars.Event(lines);

        Assert.Equal(end, found.EndOf(found.Start).ToString());
    }

    [Fact]
    public void Uid_Missing_TheSameAtEachReading()
    {
        var (first, again, other) = (Calendars.Event("DTSTART:20261122", "SUMMARY:A"), Calendars.Event("SUMMARY:A", "DTSTART:20261122"), Calendars.Event("DTSTART:20261122", "SUMMARY:B"));

        Assert.Equal(first.Uid, again.Uid);
        Assert.NotEqual(first.Uid, other.Uid);
    }

    [Theory]
    [InlineData("", CalendarRefusal.Empty)]
    [InlineData(" \r\n\r\n", CalendarRefusal.Empty)]
    [InlineData("<!doctype html><p>Bonjour : bienvenue</p>", CalendarRefusal.OtherDocument)]
    [InlineData("BEGIN:VCARD\r\nFN:Léa\r\nEND:VCARD", CalendarRefusal.OtherDocument)]
    public void Document_NoCalendar_Refused(string text, CalendarRefusal refusal)
    {
        var reading = Calendars.Read(text);

        Assert.Equal((null, refusal), (reading.Document, reading.Refusal));
        Assert.EndsWith(".", reading.RefusalText, StringComparison.Ordinal);
    }

    [Fact]
    public void Document_BeyondTheLimits_ReadUpToThemAndSaid()
    {
        var limits = new CalendarReadLimits { Events = 2, Value = 100, Dates = 3, Properties = 30 };
        var events = string.Concat(Enumerable.Range(0, 5).Select(i => $"BEGIN:VEVENT\nUID:{i}\nDTSTART:2026112{i}\nSUMMARY:{new string('é', 200)}\nEXDATE;VALUE=DATE:20261101,20261102,20261103,20261104\n{string.Concat(Enumerable.Repeat("X-A:1\n", 40))}END:VEVENT\n"));

        var reading = CalendarReader.Read(Encoding.UTF8.GetBytes($"BEGIN:VCALENDAR\n{events}"), limits);

        Assert.Equal(["0", "1"], reading.Document!.Events.Select(e => e.Uid));
        Assert.All(reading.Document.Events, e => Assert.Equal(new string('é', 46), e.Summary));
        Assert.All(reading.Document.Events, e => Assert.Equal(3, e.ExceptionDates.Count));
        Assert.Contains(reading.Notices, n => n.Kind == CalendarNoticeKind.TooManyEvents && n.Detail == "3");
        Assert.Contains(reading.Notices, n => n.Kind == CalendarNoticeKind.Cut);
        Assert.Equal(CalendarRefusal.TooLong, CalendarReader.Read(new byte[2000], new() { Size = 1000 }).Refusal);
    }

    [Fact]
    public void Answer_ToAnInvitation_WhoAndWhat()
    {
        var answers = Calendars.Read("""
            BEGIN:VCALENDAR
            METHOD:REPLY
            BEGIN:VEVENT
            UID:a@mairie.example
            DTSTAMP:20261120T080000Z
            SEQUENCE:2
            RECURRENCE-ID;TZID=Europe/Paris:20261129T140000
            ATTENDEE;CN=Paul Exemple;PARTSTAT=DECLINED:mailto:Paul@mairie.example
            COMMENT:En congé\, désolé
            END:VEVENT
            END:VCALENDAR
            """).Document!.Answers;

        var answer = Assert.Single(answers);
        Assert.Equal(("a@mairie.example", "Paul@mairie.example", "Paul Exemple", ParticipationStatus.Declined), (answer.Uid, answer.Attendee.Address, answer.Attendee.Name, answer.Attendee.Status));
        Assert.Equal((2, "En congé, désolé", new DateTime(2026, 11, 20, 8, 0, 0)), (answer.Sequence, answer.Comment, answer.Stamp));
        Assert.Equal(Calendars.At("20261129T140000"), answer.RecurrenceId!.Value.Moment);
    }

    [Fact]
    public void Invitation_NoReply_HoldsNoAnswers() => Assert.Empty(Calendars.Read("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:a\nDTSTART:20261122\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example").Document!.Answers);
}
