using System.Text;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>Makes broken calendars out of whole ones; the same number always gives the same calendar.</summary>
internal static class CalendarMutator
{
    private const int Largest = 100_000;

    private static readonly string[] Lines =
    [
        "RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "RRULE:FREQ=DAILY;COUNT=2147483647", "RRULE:FREQ=MINUTELY;INTERVAL=2147483647;BYSETPOS=-1;BYSECOND=1,60", "RRULE:FREQ=WEEKLY;UNTIL=99991231T235959Z", "RRULE:;;;=", "EXRULE:FREQ=DAILY",
        "DTSTART:00010101T000000Z", "DTSTART:99991231T235959", "DTSTART;TZID=Europe/Paris:00010101T000000", "DTSTART;TZID=Europe/Paris:99991231T235959", "DTSTART;VALUE=DATE:99991231", "DTSTART;VALUE=PERIOD:20260101/P1D", "DTEND:99991231T235959Z", "DURATION:P99999999999D", "DURATION:-P1W", "DURATION:P36525D",
        "RDATE;VALUE=PERIOD:00010101T000000Z/P1D,99991231T235959Z/PT99H", "RDATE:99991231T235959Z", "EXDATE:00010101", "RECURRENCE-ID;RANGE=THISANDFUTURE:00010101T000000Z", "RECURRENCE-ID;RANGE=THISANDFUTURE:99991231T235959Z", "TZID:", "TZOFFSETTO:+9999", "TZOFFSETFROM:-1459", "RRULE:FREQ=SECONDLY;UNTIL=20300101T000000Z",
        "BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "BEGIN:STANDARD", "BEGIN:VALARM", "TRIGGER:PT", "GEO:1e999;NaN", "GEO:1e-9;-0", "SEQUENCE:-5", "ATTENDEE:", "ATTENDEE;CN=\"\"\":<>", "ORGANIZER:<", "CATEGORIES:\\", "UID:", "SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=utf-16:=D8=00=", "METHOD:REPLY", ":", ";", " ", "X;:",
    ];

    private static readonly byte[][] Whole = [.. Fixtures().Select(Encoding.UTF8.GetBytes)];

    public static byte[] Make(int number)
    {
        var random = new Random(number * 7919 + 13);
        var bytes = new List<byte>(Whole[random.Next(Whole.Length)]);
        for (var i = random.Next(1, 7); i > 0 && bytes.Count < Largest; i--) Mutate(bytes, random);
        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        switch (random.Next(9))
        {
            case 0:
                for (var i = random.Next(1, 20); i > 0 && bytes.Count > 0; i--) bytes[random.Next(bytes.Count)] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, Math.Min(random.Next(200), bytes.Count - at));
                break;
            case 2:
                bytes.InsertRange(start, bytes.GetRange(start, Math.Min(random.Next(1000), bytes.Count - start)));
                break;
            case 3:
                bytes.InsertRange(at, Enumerable.Range(0, random.Next(1, 300)).Select(_ => (byte)random.Next(256)));
                break;
            case 4:
                var other = Whole[random.Next(Whole.Length)];
                bytes.InsertRange(start, other.Skip(random.Next(other.Length)));
                break;
            case 5:
                // Another digit is another date, another rule, another offset.
                for (var i = 0; i < 10 && bytes.Count > 0; i++)
                {
                    var digit = bytes.FindIndex(random.Next(bytes.Count), b => b is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0) bytes[digit] = (byte)('0' + random.Next(10));
                }

                break;
            default:
                bytes.InsertRange(start, Encoding.UTF8.GetBytes(Lines[random.Next(Lines.Length)] + "\r\n"));
                break;
        }
    }

    private static IEnumerable<string> Fixtures()
    {
        const string zone = "BEGIN:VTIMEZONE\r\nTZID:Heure locale\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
        const string weekly = "BEGIN:VEVENT\r\nUID:a@mairie.example\r\nDTSTART;TZID=Heure locale:20260322T023000\r\nDTEND;TZID=Heure locale:20260322T043000\r\nRRULE:FREQ=WEEKLY;BYDAY=SU,WE;COUNT=20\r\nRDATE;TZID=Heure locale:20260323T100000\r\nEXDATE;TZID=Heure locale:20260329T023000\r\nSUMMARY:Réunion\\, salle 2\r\nDESCRIPTION:Une longue description qui est pliée au milieu de son tex\r\n te\\net continue\r\nATTENDEE;CN=\"Exemple, Léa\";PARTSTAT=ACCEPTED:mailto:lea@mairie.example\r\nBEGIN:VALARM\r\nTRIGGER:-PT15M\r\nACTION:DISPLAY\r\nEND:VALARM\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:a@mairie.example\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Heure locale:20260415T023000\r\nDTSTART;TZID=Heure locale:20260416T180000\r\nEND:VEVENT\r\n";
        const string day = "BEGIN:VEVENT\r\nUID:b@mairie.example\r\nDTSTART;VALUE=DATE:20260714\r\nDTEND;VALUE=DATE:20260716\r\nRRULE:FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=14\r\nSUMMARY:Fête\r\nEND:VEVENT\r\n";
        yield return $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Agenda\r\n{zone}{weekly}{day}END:VCALENDAR\r\n";
        yield return $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{day}BEGIN:VEVENT\r\nUID:c\r\nDTSTART:20260101T080000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=MONTHLY;BYDAY=-1FR;BYSETPOS=1;UNTIL=20281231T235959Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        yield return "BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nDTSTART:20260101T080000\nDTEND:20260101T090000\nSUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:R=E9union de=\n s =E9lus\nRRULE:W2 MO #10\nEND:VEVENT\nEND:VCALENDAR\n";
        yield return "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a\r\nATTENDEE;PARTSTAT=DECLINED:mailto:a@b.example\r\nCOMMENT:Non\r\nEND:VEVENT\r\nEND:VCALENDAR";
    }
}
