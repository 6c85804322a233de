namespace TerritoireCollab.Calendar.Tests;

public sealed class SeriesEditsTests
{
    [Fact]
    public void Without_AnOccurrence_GoneWithWhatWasChangedOfIt()
    {
        var series = Weekly("COUNT=3");
        series = SeriesEdits.With(series, SeriesEdits.Alone(series.Find(Calendars.At("20260112T090000"), new())!) with { Summary = "Changé" });

        var edited = SeriesEdits.Without(series, Calendars.At("20260112T090000"));

        Assert.Equal(["20260105T090000", "20260119T090000"], edited.Starts());
        Assert.Empty(edited.Changes);
        Assert.Equal(1, edited.Master!.Sequence);
    }

    [Fact]
    public void With_AMovedOccurrence_InItsPlaceAndChangedAgain()
    {
        var series = Weekly("COUNT=3");
        for (var hour = 15; hour < 17; hour++)
        {
            var alone = SeriesEdits.Alone(series.Find(Calendars.At("20260112T090000"), new())!);
            series = SeriesEdits.With(series, alone with { Start = Calendars.At($"20260113T{hour}0000"), End = Calendars.At($"20260113T{hour}3000") });
        }

        Assert.Equal(["20260105T090000", "20260113T160000", "20260119T090000"], series.Starts());
        Assert.Equal("20260112T090000", Assert.Single(series.Changes).RecurrenceId!.Value.Moment.ToString());
        Assert.Empty(series.Changes[0].Rules);
    }

    [Theory]
    [InlineData("COUNT=4", "FREQ=WEEKLY;COUNT=2", "FREQ=WEEKLY;COUNT=2")]
    [InlineData("UNTIL=20260126T080000Z", "FREQ=WEEKLY;UNTIL=20260119T075959Z", "FREQ=WEEKLY;UNTIL=20260126T080000Z")]
    [InlineData("INTERVAL=1", "FREQ=WEEKLY;UNTIL=20260119T075959Z", "FREQ=WEEKLY")]
    public void Split_AtAnOccurrence_TogetherTheSame(string end, string before, string following)
    {
        var series = Weekly(end);

        var parts = SeriesEdits.Split(series, Calendars.At("20260119T090000"), "b")!.Value;

        Assert.Equal((before, following), (parts.Before!.Master!.Rules[0].ToString(), parts.Following.Master!.Rules[0].ToString()));
        Assert.Equal(series.Starts(to: "20270101"), [.. parts.Before!.Starts(to: "20270101"), .. parts.Following.Starts(to: "20270101")]);
        Assert.Equal(("a", "b", 1, 0), (parts.Before.Uid, parts.Following.Uid, parts.Before.Master.Sequence, parts.Following.Master.Sequence));
        Assert.Equal("20260119T100000", parts.Following.Master.End.ToString());
    }

    [Fact]
    public void Split_WithDatesExceptionsAndChanges_EachOnItsSide()
    {
        var series = Weekly("COUNT=6", "RDATE;TZID=Europe/Paris:20260107T090000,20260128T090000", "EXDATE;TZID=Europe/Paris:20260112T090000,20260202T090000");
        foreach (var id in new[] { "20260105T090000", "20260126T090000" })
            series = SeriesEdits.With(series, SeriesEdits.Alone(series.Find(Calendars.At(id), new())!) with { Start = Calendars.At(id.Replace("T09", "T11", StringComparison.Ordinal)) });

        var parts = SeriesEdits.Split(series, Calendars.At("20260119T090000"), "b")!.Value;

        Assert.Equal(["20260105T110000", "20260107T090000"], parts.Before!.Starts());
        Assert.Equal(["20260119T090000", "20260126T110000", "20260128T090000", "20260209T090000"], parts.Following.Starts());
        Assert.Equal(series.Starts(), [.. parts.Before!.Starts(), .. parts.Following.Starts()]);
        Assert.Equal("b", Assert.Single(parts.Following.Changes).Uid);
    }

    [Fact]
    public void Split_AtTheFirst_NothingBefore()
    {
        var series = Weekly("COUNT=3");

        var parts = SeriesEdits.Split(series, Calendars.At("20260105T090000"), "b")!.Value;

        Assert.Null(parts.Before);
        Assert.Equal(series.Starts(), parts.Following.Starts());
    }

    [Fact]
    public void Split_AtNoOccurrence_Refused() => Assert.Null(SeriesEdits.Split(Weekly("COUNT=3"), Calendars.At("20260106T090000"), "b"));

    [Fact]
    public void Split_OfDaysMovedToTheEndOfMonths_KeepsTheirDay()
    {
        var series = CalendarSeries.Of(Calendars.Event("UID:a", "DTSTART;VALUE=DATE:20260131", "RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=BACKWARD;COUNT=4"), []);

        var parts = SeriesEdits.Split(series, CalendarMoment.Date(new(2026, 2, 28)), "b")!.Value;

        Assert.Equal(["20260131"], parts.Before!.Starts());
        Assert.Equal(["20260228", "20260331", "20260430"], parts.Following.Starts());
    }

    private static CalendarSeries Weekly(string end, params string[] lines) =>
        CalendarSeries.Of(Calendars.Event(["UID:a", "DTSTART;TZID=Europe/Paris:20260105T090000", "DTEND;TZID=Europe/Paris:20260105T100000", $"RRULE:FREQ=WEEKLY;{end}", .. lines]), []);
}
