using System.Globalization;

namespace TerritoireCollab.Calendar.Tests;

public sealed class ZoneClockTests
{
    [Theory]
    // The last Sunday of March 2027: two o’clock does not exist. The last Sunday of October: it comes twice.
    [InlineData("2027-03-28T01:59", "2027-03-28T00:59")]
    [InlineData("2027-03-28T02:00", "2027-03-28T01:00")]
    [InlineData("2027-03-28T02:30", "2027-03-28T01:30")]
    [InlineData("2027-03-28T03:00", "2027-03-28T01:00")]
    [InlineData("2027-10-31T01:59", "2027-10-30T23:59")]
    [InlineData("2027-10-31T02:30", "2027-10-31T00:30")]
    [InlineData("2027-10-31T03:00", "2027-10-31T02:00")]
    [InlineData("2026-11-30T08:00", "2026-11-30T07:00")]
    [InlineData("2027-03-29T08:00", "2027-03-29T06:00")]
    public void ToUtc_OfATimeInParis_ThatMoment(string local, string utc)
    {
        var moment = ZoneClock.ToUtc(Parse(local), Calendars.Paris);

        Assert.Equal((Parse(utc), DateTimeKind.Utc), (moment, moment.Kind));
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-04T00:00", "2018-11-04T03:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:45")]
    [InlineData("Pacific/Apia", "2011-12-30T12:00", "2011-12-30T22:00")]
    [InlineData("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:30")]
    [InlineData("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30")]
    public void ToUtc_WhereClocksChangeOtherwise_TheOffsetFromBefore(string zone, string local, string utc) =>
        Assert.Equal(Parse(utc), ZoneClock.ToUtc(Parse(local), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Theory]
    [InlineData("Europe/Paris")]
    [InlineData("America/New_York")]
    [InlineData("Australia/Lord_Howe")]
    public void ToLocal_AndBack_TheSameButForTheSecondOfTwo(string id)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        for (var utc = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); utc.Year < 2027; utc = utc.AddMinutes(30))
        {
            var local = ZoneClock.ToLocal(utc, zone);
            var back = ZoneClock.ToUtc(local, zone);

            Assert.Equal(TimeZoneInfo.ConvertTimeFromUtc(utc, zone), local);
            Assert.True(back == utc || zone.IsAmbiguousTime(local) && back < utc, $"{utc:O} {local:O} {back:O}");
        }
    }

    private static DateTime Parse(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
