using System.Globalization;
using System.Text;
using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>
/// Broken calendars of every sort: no exception, none slow, and what is read can be written and read again. TERRITOIRE_FUZZ_CALENDARS sets how many;
/// they are the same in every run.
/// </summary>
public sealed class FuzzTests
{
    private const int Few = 1500;
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);
    private static readonly DateTime Now = new(2026, 11, 20);

    [Fact]
    public void Calendar_BrokenInAnyWay_ReadExpandedAndWrittenInTime()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("TERRITOIRE_FUZZ_CALENDARS"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : Few;
        Handle(CalendarMutator.Make(0));

        var events = 0;
        for (var number = 1; number <= count; number++)
        {
            var bytes = CalendarMutator.Make(number);
            // A pause of the collector is none of the calendar's: a slow one is timed again.
            var best = ThreadTime.Best(() => events += Try(bytes, number), Longest, attempts: 3);

            Assert.True(best <= Longest, $"The calendar of number {number} ({bytes.Length} octets) took {best.TotalMilliseconds:0} ms.");
        }

        Assert.True(events > count / 2, $"{events}");
    }

    [Theory]
    [InlineData("BEGIN:VEVENT\n")]
    [InlineData("BEGIN:X\n")]
    [InlineData("BEGIN:VALARM\n")]
    [InlineData("BEGIN:VEVENT\nBEGIN:VALARM\n")]
    [InlineData("BEGIN:VTIMEZONE\nTZID:a\nBEGIN:STANDARD\n")]
    [InlineData(" a\n")]
    [InlineData("a\n")]
    [InlineData("DESCRIPTION:\na\n")]
    [InlineData("SUMMARY;A=B;C=D:\\n\n")]
    [InlineData("X;A=\"")]
    [InlineData("X;ENCODING=QUOTED-PRINTABLE:=\n")]
    [InlineData("EXDATE:20261122,20261123,\n")]
    [InlineData("\\,\\;\\")]
    [InlineData("=C3=A9")]
    [InlineData("\r")]
    public void Calendar_OfManyOfTheSame_InTimeOfItsLength(string piece)
    {
        var text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261122\nDESCRIPTION:" + string.Concat(Enumerable.Repeat(piece, 3_000_000 / piece.Length));
        var bytes = Encoding.UTF8.GetBytes(text);

        Assert.InRange(ThreadTime.Of(() => CalendarReader.Read(bytes)), TimeSpan.Zero, TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void Series_OfManyChangesAndExceptions_ExpandedInTime()
    {
        var text = new StringBuilder("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Paris:20000101T090000\nRRULE:FREQ=HOURLY\n");
        for (var day = 0; day < 4000; day++) text.Append(CultureInfo.InvariantCulture, $"EXDATE:{new DateTime(2000, 1, 1).AddDays(day):yyyyMMdd}T080000Z\n");
        text.Append("END:VEVENT\n");
        for (var day = 0; day < 15_000; day++) text.Append(CultureInfo.InvariantCulture, $"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:{new DateTime(2000, 1, 2).AddDays(day):yyyyMMdd}T080000Z\nDTSTART:20260101T090000Z\nEND:VEVENT\n");

        var time = ThreadTime.Of(() =>
        {
            var series = Assert.Single(CalendarReader.Read(Encoding.UTF8.GetBytes(text.ToString())).Document!.Series());
            Assert.NotEmpty(series.Occurrences(DateTime.MinValue, DateTime.MaxValue, new WorkBudget()));
        });

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void Zones_OfManyRulesEachSecond_ReadInTime()
    {
        var zone = "BEGIN:STANDARD\nDTSTART:19000101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\n";
        var zones = Enumerable.Range(0, 300).Select(i => $"BEGIN:VTIMEZONE\nTZID:zone-{i}\n{string.Concat(Enumerable.Repeat(zone, 50))}END:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=zone-{i}:20260101T090000\nDTEND;TZID=zone-{i}:20260101T100000\nEND:VEVENT\n");

        var time = ThreadTime.Of(() => Assert.Equal(300, CalendarReader.Read(Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\n" + string.Concat(zones))).Document!.Events.Count));

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static int Try(byte[] bytes, int number)
    {
        try
        {
            return Handle(bytes);
        }
        catch (Exception fault) when (fault is not Xunit.Sdk.XunitException)
        {
            throw new InvalidOperationException($"The calendar of number {number} was not read.", fault);
        }
    }

    private static int Handle(byte[] bytes)
    {
        var reading = CalendarReader.Read(bytes);
        foreach (var notice in reading.Notices) Assert.NotEmpty(notice.Text);
        if (reading.Document is not { } document) return 0;

        var budget = new WorkBudget(200_000);
        foreach (var series in document.Series())
        {
            series.Occurrences(DateTime.MinValue, DateTime.MaxValue, budget);
            series.Between(new(2020, 1, 1), new(2030, 1, 1), Calendars.Paris, budget);
        }

        var again = CalendarReader.Read(CalendarWriter.ToBytes(document, Now)).Document!;
        Assert.Equal(document.Events.Select(Essence), again.Events.Select(Essence));
        return document.Events.Count;
    }

    private static string Essence(CalendarEvent found) => $"{found.Uid}|{found.Start}|{found.Start.Zone?.Id}|{found.EndOf(found.Start)}|{found.Rules.Count}|{found.RecurrenceId?.Moment}|{found.ExceptionDates.Count}";
}
