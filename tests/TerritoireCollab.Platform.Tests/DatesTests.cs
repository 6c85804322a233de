using System.Globalization;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests;

/// <summary>Dates as they are said, and the two nights of the year on which clocks jump.</summary>
public sealed class DatesTests
{
    private static readonly Dates Paris = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"), new ManualClock());

    [Theory]
    [InlineData("2026-03-29T00:59:59Z", "2026-03-29T01:59:59")]
    [InlineData("2026-03-29T01:00:00Z", "2026-03-29T03:00:00")]
    [InlineData("2026-10-25T00:30:00Z", "2026-10-25T02:30:00")]
    [InlineData("2026-10-25T01:30:00Z", "2026-10-25T02:30:00")]
    public void M26_MomentStored_ShownByTheClocksOfParis(string stored, string shown) =>
        Assert.Equal(DateTime.Parse(shown, CultureInfo.InvariantCulture), Paris.Local(DateTimeOffset.Parse(stored, CultureInfo.InvariantCulture).UtcDateTime));

    [Theory]
    [InlineData("2026-03-29", 2, "2026-03-29T01:00:00Z")]
    [InlineData("2026-03-29", 7, "2026-03-29T05:00:00Z")]
    [InlineData("2026-10-25", 2, "2026-10-25T00:00:00Z")]
    [InlineData("2026-10-25", 7, "2026-10-25T06:00:00Z")]
    public void M26_HourOfADay_OneMomentThoughItIsSkippedOrComesTwice(string day, int hour, string moment) =>
        Assert.Equal(DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture).UtcDateTime, Paris.Utc(DateOnly.Parse(day, CultureInfo.InvariantCulture), hour));

    [Fact]
    public void M25_DatesHoursAndNumbers_AsFrenchPrintersSetThem()
    {
        var french = CultureInfo.GetCultureInfo("fr-FR");
        var (before, culture) = (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture);
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.CurrentCulture = french;

            Assert.Equal("1er\u00a0mars 2026 à 14\u00a0h\u00a030", Paris.Exact(new DateTime(2026, 3, 1, 13, 30, 0, DateTimeKind.Utc)));
            Assert.Equal("28\u00a0novembre 2026 à 9\u00a0h", Paris.Exact(new DateTime(2026, 11, 28, 8, 0, 0, DateTimeKind.Utc)));
            Assert.Equal("dimanche 29 mars 2026", new DateOnly(2026, 3, 29).ToString("D", french));
            Assert.Equal("1\u202f234", 1234.ToString("N0", french));
        }
        finally
        {
            (CultureInfo.CurrentUICulture, CultureInfo.CurrentCulture) = (before, culture);
        }
    }
}
