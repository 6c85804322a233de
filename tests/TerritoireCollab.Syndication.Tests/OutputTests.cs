using System.Globalization;
using System.Text;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class OutputTests
{
    private static readonly OpmlDocument Opml = new()
    {
        Title = "İıIi",
        DateCreated = Noon,
        Outlines = [new OpmlSubscription { Text = "A", FeedAddress = new Uri("https://a.example/f") }],
    };

    public static TheoryData<string> Extensions => ["rss", "rdf", "atom", "json"];

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_Twice_GivesTheSameBytes(string extension)
        => Assert.Equal(FeedWriter.WriteUtf8(Full, Format(extension)), FeedWriter.WriteUtf8(Full with { }, Format(extension)));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    [InlineData("sv-SE")]
    public void Write_AnyCulture_GivesTheSameBytes(string culture)
    {
        var feed = Full with { Entries = [.. Enumerable.Range(1, 3).Select(number => Entry with { Id = $"urn:x:I-{number}" })] };
        var expected = AllOutputs(feed, "");

        var written = AllOutputs(feed, culture);

        Assert.Equal(expected, written);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_Bytes_AreStrictUtf8WithoutMarkAndWithLineFeeds(string extension)
    {
        var bytes = FeedWriter.WriteUtf8(Full, Format(extension));
        var raw = Raw(Full, Format(extension));

        Assert.Equal(extension == "json" ? (byte)'{' : (byte)'<', bytes[0]);
        Assert.DoesNotContain('\r', raw);
        Assert.Contains("Médiation", raw, StringComparison.Ordinal);
        if (extension != "json")
            Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<", raw, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Extensions))]
    public void Write_Stream_StaysOpenAndHoldsTheSame(string extension)
    {
        using var stream = new MemoryStream();
        FeedWriter.Write(Full, Format(extension), stream);

        Assert.True(stream.CanWrite);
        Assert.Equal(FeedWriter.WriteUtf8(Full, Format(extension)), stream.ToArray());
    }

    [Fact]
    public void WriteOpml_Stream_StaysOpenAndStartsWithDeclaration()
    {
        using var stream = new MemoryStream();
        OpmlWriter.Write(Opml, stream);

        Assert.True(stream.CanWrite);
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<opml version=\"2.0\">\n", Encoding.UTF8.GetString(stream.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Null_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => FeedWriter.WriteUtf8(null!, FeedFormat.Rss));
        Assert.Throws<ArgumentNullException>(() => FeedWriter.WriteUtf8(Empty, null!));
        Assert.Throws<ArgumentNullException>(() => FeedWriter.Write(Empty, FeedFormat.Rss, null!));
        Assert.Throws<ArgumentNullException>(() => OpmlWriter.WriteUtf8(null!));
    }

    [Fact]
    public void Write_ThousandEntries_AllInEveryFormat()
    {
        var feed = Empty with { Entries = [.. Enumerable.Range(1, 1000).Select(Numbered)] };

        Assert.Equal(1000, Channel(feed).Elements("item").Select(item => item.Element("guid")!.Value).Distinct().Count());
        Assert.Equal(1000, ReadXml(feed, FeedFormat.Rdf).Descendants(Rdf + "li").Select(li => li.Attribute(Rdf + "resource")!.Value).Distinct().Count());
        Assert.Equal(1000, ReadXml(feed, FeedFormat.Atom).Elements(Atom + "entry").Select(entry => entry.Element(Atom + "id")!.Value).Distinct().Count());
        Assert.Equal(1000, ReadJson(feed).GetProperty("items").EnumerateArray().Select(item => item.Text("id")).Distinct().Count());
    }

    [Theory]
    [InlineData("2026-11-22T08:30:00+01:00", "Sun, 22 Nov 2026 07:30:00 GMT", "2026-11-22T07:30:00Z")]
    [InlineData("2026-01-01T00:30:00+02:00", "Wed, 31 Dec 2025 22:30:00 GMT", "2025-12-31T22:30:00Z")]
    [InlineData("2024-02-29T23:59:59.9999999Z", "Thu, 29 Feb 2024 23:59:59 GMT", "2024-02-29T23:59:59Z")]
    [InlineData("2026-05-04T01:02:03-09:30", "Mon, 04 May 2026 10:32:03 GMT", "2026-05-04T10:32:03Z")]
    [InlineData("1999-08-06T12:00:00Z", "Fri, 06 Aug 1999 12:00:00 GMT", "1999-08-06T12:00:00Z")]
    public void Dates_EachFormat_AreGolden(string given, string rfc822, string rfc3339)
    {
        var moment = DateTimeOffset.Parse(given, CultureInfo.InvariantCulture);
        var feed = Empty with { Updated = moment, Entries = [Entry with { Published = moment, Updated = moment }] };
        var opml = Encoding.UTF8.GetString(OpmlWriter.WriteUtf8(Opml with { DateCreated = moment, DateModified = moment }));

        Assert.Equal(rfc822, Channel(feed).Element("lastBuildDate")!.Value);
        Assert.Equal(rfc822, Channel(feed).Element("item")!.Element("pubDate")!.Value);
        Assert.Equal([rfc3339, rfc3339], ReadXml(feed, FeedFormat.Rdf).Descendants(DublinCore + "date").Select(date => date.Value));
        Assert.Equal([rfc3339, rfc3339, rfc3339], ReadXml(feed, FeedFormat.Atom).Descendants(Atom + "updated").Select(date => date.Value));
        Assert.Equal(rfc3339, ReadXml(feed, FeedFormat.Atom).Descendants(Atom + "published").Single().Value);
        Assert.Equal(rfc3339, ReadJson(feed).GetProperty("items")[0].Text("date_published"));
        Assert.Equal(rfc3339, ReadJson(feed).GetProperty("items")[0].Text("date_modified"));
        Assert.Contains($"<dateCreated>{rfc822}</dateCreated>", opml, StringComparison.Ordinal);
        Assert.Contains($"<dateModified>{rfc822}</dateModified>", opml, StringComparison.Ordinal);
    }

    private static List<string> AllOutputs(Feed feed, string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            return [.. FeedFormat.All.Select(format => Raw(feed with { Title = "İıIi" }, format)), Encoding.UTF8.GetString(OpmlWriter.WriteUtf8(Opml))];
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static FeedFormat Format(string extension) => FeedFormat.All.Single(format => format.Extension == extension);
}
