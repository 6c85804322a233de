using System.Globalization;

namespace TerritoireCollab.Syndication.Tests;

/// <summary>Moments as feeds write them.</summary>
public sealed class FeedDatesTests
{
    [Theory]
    // RFC 822 and 2822.
    [InlineData("Tue, 03 Mar 2026 14:30:05 +0100", "2026-03-03T13:30:05Z")]
    [InlineData("3 Mar 26 14:30 GMT", "2026-03-03T14:30:00Z")]
    [InlineData("Tue, 3 Mar 2026 14:30:05 EST", "2026-03-03T19:30:05Z")]
    [InlineData("Tue, 3 Mar 2026 14:30:05 PDT", "2026-03-03T21:30:05Z")]
    [InlineData("Tue, 3 Mar 2026 14:30:05 CEST", "2026-03-03T12:30:05Z")]
    [InlineData("Tue, 3 Mar 2026 14:30:05 +0100 (CET)", "2026-03-03T13:30:05Z")]
    [InlineData("Tue Mar 3 2026 14:30:05 GMT+0100 (heure normale)", "2026-03-03T13:30:05Z")]
    [InlineData("3 Mar 99 14:30 GMT", "1999-03-03T14:30:00Z")]
    [InlineData("Tue Mar  3 14:30:05 2026", "2026-03-03T14:30:05Z")]
    // RFC 3339, W3CDTF and what is near.
    [InlineData("2026-03-03T14:30:05+01:00", "2026-03-03T13:30:05Z")]
    [InlineData("2026-03-03T14:30:05.123Z", "2026-03-03T14:30:05Z")]
    [InlineData("2026-03-03t14:30z", "2026-03-03T14:30:00Z")]
    [InlineData("2026-03-03 14:30:05 +0100", "2026-03-03T13:30:05Z")]
    [InlineData("2026-03-03 14:30:05-13:00", "2026-03-04T03:30:05Z")]
    [InlineData("2026-03-03 14:30 Europe/Paris", "2026-03-03T13:30:00Z")]
    [InlineData("2026-07-03 14:30 Europe/Paris", "2026-07-03T12:30:00Z")]
    [InlineData("2026-03-03T24:00:00Z", "2026-03-04T00:00:00Z")]
    [InlineData("2026-03", "2026-03-01T00:00:00Z")]
    [InlineData("2026", "2026-01-01T00:00:00Z")]
    [InlineData("20260303", "2026-03-03T00:00:00Z")]
    [InlineData("20260303T143005Z", "2026-03-03T14:30:05Z")]
    [InlineData("2026-062", "2026-03-03T00:00:00Z")]
    [InlineData("2026-W10-2", "2026-03-03T00:00:00Z")]
    // French, and the neighbours.
    [InlineData("mardi 3 mars 2026 à 14h30", "2026-03-03T14:30:00Z")]
    [InlineData("mar., 03 mars 2026 14:30:00 +0100", "2026-03-03T13:30:00Z")]
    [InlineData("Mar, 03 Mar 2026 14:30:00 +0100", "2026-03-03T13:30:00Z")]
    [InlineData("le 1er août 2025, 9 h", "2025-08-01T09:00:00Z")]
    [InlineData("ven., 03 juil. 2020 15:09:58 +0000", "2020-07-03T15:09:58Z")]
    [InlineData("dim. 7 déc. 2025", "2025-12-07T00:00:00Z")]
    [InlineData("jeudi 12 février 2026 - 18:30", "2026-02-12T18:30:00Z")]
    [InlineData("Do, 29 Mär 2018 00:00:00 +0200", "2018-03-28T22:00:00Z")]
    [InlineData("12.5.2026 08:00 Uhr", "2026-05-12T08:00:00Z")]
    [InlineData("lunedì 5 gennaio 2026", "2026-01-05T00:00:00Z")]
    [InlineData("mié, 21 may 2025 10:00:00 +0200", "2025-05-21T08:00:00Z")]
    [InlineData("za, 03 mei 2025", "2025-05-03T00:00:00Z")]
    // English, said otherwise.
    [InlineData("Friday, December 22, 2017 - 3:09pm", "2017-12-22T15:09:00Z")]
    [InlineData("June 22nd, 2023 at 12:11 AM EDT", "2023-06-22T04:11:00Z")]
    [InlineData("Sun, 17 Dec 2017 12:55 p.m.", "2017-12-17T12:55:00Z")]
    // Slashes and points: the day first, unless it cannot be or the day of the week proves it.
    [InlineData("03/04/2026", "2026-04-03T00:00:00Z")]
    [InlineData("03/30/2026 19:19", "2026-03-30T19:19:00Z")]
    [InlineData("Wed, 03/04/2026", "2026-03-04T00:00:00Z")]
    [InlineData("30.10.23", "2023-10-30T00:00:00Z")]
    [InlineData("2026/03/04 08:00", "2026-03-04T08:00:00Z")]
    [InlineData("Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T07:51:49Z")]
    public void Date_InEachForm_OneInstant(string text, string expected) => Assert.Equal(expected, Seconds(text));

    [Theory]
    [InlineData("")]
    [InlineData("demain")]
    [InlineData("n/a")]
    [InlineData("invalid")]
    [InlineData("12:30")]
    [InlineData("samedi")]
    [InlineData("31 février 2026")]
    [InlineData("2026-02-31")]
    [InlineData("2026-13-01")]
    [InlineData("3 mars 2026 25:00")]
    [InlineData("0000-00-00 00:00:00")]
    [InlineData("Mon, 01 Jan 0001 00:00:00 +1400")]
    [InlineData("1767600000")]
    [InlineData("Rendez-vous le 5 mai 2026 devant la mairie")]
    [InlineData("3 mars 2026 4 avril 2026")]
    [InlineData("٣ مارس ٢٠٢٦")]
    public void Date_ThatIsNone_Refused(string text) => Assert.Null(FeedDates.Parse(text));

    [Theory]
    [InlineData("fr-FR")]
    [InlineData("en-US")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    public void Date_WhateverTheCulture_TheSame(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            Assert.Equal("2026-04-03T00:00:00Z", Seconds("03/04/2026"));
            Assert.Equal("2026-03-03T13:30:05Z", Seconds("Tue, 03 Mar 2026 14:30:05 +0100"));
            Assert.Equal("2026-04-15T08:00:00Z", Seconds("mer. 15 AVRIL 2026 08:00"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string? Seconds(string text) => FeedDates.Parse(text)?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
