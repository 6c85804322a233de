using TerritoireCollab.Calendar.Recurrences;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Calendar.Tests;

public sealed class SeriesTests
{
    [Fact]
    public void Weekly_AcrossTheSpringChange_OnceAndAtTheSameHourAfter()
    {
        var series = Series("DTSTART;TZID=Europe/Paris:20260322T023000\r\nRRULE:FREQ=WEEKLY;COUNT=3");

        // 02:30 does not exist on 29 March: the clocks show 03:30.
        Assert.Equal(["20260322T023000", "20260329T033000", "20260405T023000"], series.Starts());
        Assert.Equal([new(2026, 3, 22, 1, 30, 0), new(2026, 3, 29, 1, 30, 0), new DateTime(2026, 4, 5, 0, 30, 0)], Utc(series));
    }

    [Fact]
    public void Daily_AcrossTheAutumnChange_OnceEachDay() =>
        Assert.Equal([new(2026, 10, 24, 0, 30, 0), new(2026, 10, 25, 0, 30, 0), new DateTime(2026, 10, 26, 1, 30, 0)], Utc(Series("DTSTART;TZID=Europe/Paris:20261024T023000\r\nRRULE:FREQ=DAILY;COUNT=3")));

    [Fact]
    public void Hourly_AcrossTheSpringChange_NoMomentTwice() =>
        Assert.Equal(["20260329T010000", "20260329T030000", "20260329T040000"], Series("DTSTART;TZID=Europe/Paris:20260329T010000\r\nRRULE:FREQ=HOURLY;COUNT=4").Starts());

    [Fact]
    public void Dates_AddedAndTakenOut_InOrder() => Assert.Equal(
        ["20260105T090000", "20260107T180000", "20260119T090000"],
        Series("DTSTART;TZID=Europe/Paris:20260105T090000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nRDATE;TZID=Europe/Paris:20260107T180000,20260119T090000\r\nEXDATE:20260112T080000Z").Starts());

    [Fact]
    public void Dates_APeriod_HasItsOwnLength()
    {
        var series = Series("DTSTART:20260105T090000Z\r\nDTEND:20260105T100000Z\r\nRDATE;VALUE=PERIOD:20260106T090000Z/PT3H,20260107T090000Z/20260107T093000Z");

        Assert.Equal(["20260105T100000Z", "20260106T120000Z", "20260107T093000Z"], series.Occurrences(DateTime.MinValue, DateTime.MaxValue, new WorkBudget()).Select(o => o.End.ToString()));
    }

    [Fact]
    public void ExceptionDate_ADayForATime_TakesOutThatDay() =>
        Assert.Equal(["20260105T090000", "20260107T090000"], Series("DTSTART:20260105T090000\r\nRRULE:FREQ=DAILY;COUNT=3\r\nEXDATE;VALUE=DATE:20260106").Starts());

    [Fact]
    public void ExceptionRule_OfOldPrograms_Applied() =>
        Assert.Equal(["20260105T090000", "20260107T090000", "20260109T090000"], Series("DTSTART:20260105T090000\r\nRRULE:FREQ=DAILY;COUNT=5\r\nEXRULE:FREQ=WEEKLY;BYDAY=TU,TH").Starts());

    [Fact]
    public void Change_OfOneOccurrence_InItsPlace()
    {
        var series = Assert.Single(Document(
            "UID:a\r\nSUMMARY:Atelier\r\nDTSTART;TZID=Europe/Paris:20260105T090000\r\nRRULE:FREQ=WEEKLY;COUNT=3",
            "UID:a\r\nSUMMARY:Déplacé\r\nRECURRENCE-ID:20260112T080000Z\r\nDTSTART;TZID=Europe/Paris:20260113T150000",
            "UID:a\r\nSTATUS:CANCELLED\r\nRECURRENCE-ID;TZID=Europe/Paris:20260119T090000\r\nDTSTART;TZID=Europe/Paris:20260119T090000").Series());

        var found = series.Occurrences(DateTime.MinValue, DateTime.MaxValue, new WorkBudget());
        Assert.Equal([("Atelier", "20260105T090000"), ("Déplacé", "20260113T150000")], found.Select(o => (o.Event.Summary!, o.Start.ToString())));
        Assert.Equal(["20260105T090000", "20260112T090000"], found.Select(o => o.RecurrenceId.ToString()));
    }

    [Fact]
    public void Change_OfThisAndFuture_MovesAllThatFollow()
    {
        var series = Assert.Single(Document(
            "UID:a\r\nSUMMARY:Matin\r\nDTSTART;TZID=Europe/Paris:20260316T090000\r\nDTEND;TZID=Europe/Paris:20260316T100000\r\nRRULE:FREQ=WEEKLY;COUNT=4",
            "UID:a\r\nSUMMARY:Soir\r\nRECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Paris:20260330T090000\r\nDTSTART;TZID=Europe/Paris:20260331T180000\r\nDTEND;TZID=Europe/Paris:20260331T200000").Series());

        Assert.Equal(
            ["Matin 20260316T090000 20260316T100000", "Matin 20260323T090000 20260323T100000", "Soir 20260331T180000 20260331T200000", "Soir 20260407T180000 20260407T200000"],
            series.Occurrences(DateTime.MinValue, DateTime.MaxValue, new WorkBudget()).Select(o => $"{o.Event.Summary} {o.Start} {o.End}"));
    }

    [Fact]
    public void Change_WithoutItsEvent_ShownAlone() =>
        Assert.Equal(["20260113T150000Z"], Assert.Single(Document("UID:a\r\nRECURRENCE-ID:20260112T080000Z\r\nDTSTART:20260113T150000Z").Series()).Starts());

    [Fact]
    public void Between_TwoMoments_WhatTakesPlaceThenEvenInPart()
    {
        var series = Series("DTSTART;TZID=Europe/Paris:20260105T220000\r\nDTEND;TZID=Europe/Paris:20260106T020000\r\nRRULE:FREQ=DAILY");

        var found = series.Between(new(2026, 1, 9, 0, 0, 0), new(2026, 1, 10, 21, 0, 0), Calendars.Paris, new WorkBudget());

        // That of the 8th lasts until 01:00 UTC; that of the 10th begins at 21:00 UTC, when it is over.
        Assert.Equal(["20260108T220000", "20260109T220000"], found.Select(o => o.Start.ToString()));
    }

    [Fact]
    public void Between_FarFromTheStart_NoWorkForTheYearsBefore()
    {
        var budget = new WorkBudget(2000);

        Assert.Equal(24, Series("DTSTART:19700101T000000Z\r\nRRULE:FREQ=HOURLY").Between(new(2026, 1, 1), new(2026, 1, 2), Calendars.Paris, budget).Count);
        Assert.False(budget.IsSpent);
    }

    [Theory]
    [InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4")]
    [InlineData("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31")]
    [InlineData("FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30")]
    [InlineData("FREQ=DAILY;BYSECOND=1,2,3;BYSETPOS=20")]
    [InlineData("FREQ=YEARLY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20;BYYEARDAY=366,-366;BYMONTH=3;BYSETPOS=366")]
    [InlineData("FREQ=SECONDLY;INTERVAL=2147483647;BYHOUR=3;BYMINUTE=1;BYSECOND=59;BYMONTHDAY=31;BYMONTH=4")]
    [InlineData("FREQ=WEEKLY;INTERVAL=2147483647;BYMONTH=3;BYDAY=MO")]
    [InlineData("FREQ=MONTHLY;INTERVAL=2147483647;BYMONTHDAY=31")]
    [InlineData("FREQ=YEARLY;INTERVAL=2147483647;BYWEEKNO=53")]
    public void Rule_ThatNeverComesTrue_EndsSoon(string rule)
    {
        var time = ThreadTime.Of(() => Assert.True(Series($"DTSTART:20260105T090000\r\nRRULE:{rule}").Occurrences(new(2026, 1, 6), DateTime.MaxValue, new WorkBudget()).Count <= 1));

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Rule_EachSecondForEver_EndsWithTheBudgetAndSaysSo()
    {
        var budget = new WorkBudget();

        Assert.InRange(Series("DTSTART:20260105T090000\r\nRRULE:FREQ=SECONDLY").Occurrences(DateTime.MinValue, DateTime.MaxValue, budget).Count, 50_000, 100_000);
        Assert.True(budget.IsSpent);
    }

    [Theory]
    [InlineData("FREQ=MONTHLY;COUNT=3", "20260131 20260331 20260531")]
    [InlineData("RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3;SKIP=BACKWARD", "20260131 20260228 20260331")]
    [InlineData("RSCALE=GREGORIAN;FREQ=MONTHLY;COUNT=3;SKIP=FORWARD", "20260131 20260301 20260331")]
    public void Skip_OfMissingDays_AsAsked(string rule, string days) => Assert.Equal(days.Split(' '), Series($"DTSTART;VALUE=DATE:20260131\r\nRRULE:{rule}").Starts());

    [Theory]
    [InlineData("DTSTART:20260105T090000", "20260107T090000", 3)]
    [InlineData("DTSTART:20260105T090000", "20260107", 3)]
    [InlineData("DTSTART;VALUE=DATE:20260105", "20260107T235959Z", 3)]
    [InlineData("DTSTART;TZID=Europe/Paris:20260105T090000", "20260107T080000Z", 3)]
    [InlineData("DTSTART;TZID=Europe/Paris:20260105T090000", "20260107T075959Z", 2)]
    [InlineData("DTSTART;TZID=Europe/Paris:20260105T090000", "20260107T090000", 3)]
    public void Until_InEachForm_Inclusive(string start, string until, int count) => Assert.Equal(count, Series($"{start}\r\nRRULE:FREQ=DAILY;UNTIL={until}").Starts().Count);

    private static CalendarDocument Document(params string[] events) => Calendars.Read($"BEGIN:VCALENDAR\r\n{string.Concat(events.Select(e => $"BEGIN:VEVENT\r\n{e}\r\nEND:VEVENT\r\n"))}END:VCALENDAR").Document!;

    private static CalendarSeries Series(string lines) => Assert.Single(Document($"UID:a\r\n{lines}").Series());

    private static IEnumerable<DateTime> Utc(CalendarSeries series) => series.Occurrences(DateTime.MinValue, DateTime.MaxValue, new WorkBudget()).Select(o => o.Start.ToUtc(Calendars.Paris));
}
