using System.Text;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>Documents that are nearly feeds, not feeds at all, or made to hurt.</summary>
public sealed class BrokenFeedTests
{
    private const string Body = "<rss version='2.0'><channel><title>Été à Nyons</title><item><title>Un</title></item><item><title>Deux</title></item></channel></rss>";

    [Theory]
    [InlineData("\n\n  <?xml version='1.0'?>" + Body, FeedRepairKind.Surroundings)]
    [InlineData("<br />\n<b>Warning</b>: Undefined variable in <b>/var/www/index.php</b> on line <b>3</b><br />\n<?xml version='1.0'?>" + Body, FeedRepairKind.Surroundings)]
    [InlineData("Notice: rien de grave\n" + Body, FeedRepairKind.Surroundings)]
    [InlineData("<rss><channel><title>Été à Nyons</title><item><title>Un</title></item><item><title>Deux</title></item></channel></rss>", FeedRepairKind.Structure)]
    [InlineData("<rss version='2.0'><title>Été à Nyons</title><item><title>Un</title></item><item><title>Deux</title></item></rss>", FeedRepairKind.Structure)]
    [InlineData("<rss version='2.0'><channel><title>Été à Nyons</title><item><title>Un</title></item><item><title>Deux</title>", FeedRepairKind.Markup)]
    [InlineData("<rss version='2.0'><channel><title>Été à Nyons</title><a:b/><item><title>Un</title></item><item><title>Deux</title></item></channel></rss>", FeedRepairKind.Markup)]
    [InlineData("<rss version='2.0'><channel><title>&Eacute;t&eacute; à Nyons</title><item><title>Un</title></item><item><title>Deux</title></item></channel></rss>", FeedRepairKind.Markup)]
    [InlineData("<rss version='2.0'><channel><title>Été à Nyons</title><category>a<item><title>Un</title><item><title>Deux</title></item></channel></rss>", FeedRepairKind.Markup)]
    [InlineData(Body + "<!-- servi en 3 ms --><div>pied</div>", FeedRepairKind.Markup)]
    public void Document_Broken_BothItemsReadAndTheFaultSaid(string document, FeedRepairKind repair)
    {
        var feed = TownHall.Read(document);

        Assert.Equal("Été à Nyons", feed.Title);
        Assert.Equal(["Un", "Deux"], feed.Items.Select(i => i.Title));
        Assert.Equal(repair, Assert.Single(feed.Repairs).Kind);
    }

    [Theory]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='utf-8'?>", null, "utf-8 → windows-1252")]
    [InlineData("utf-8", "<?xml version='1.0' encoding='inconnu'?>", null, "inconnu → utf-8")]
    [InlineData("utf-8", "<?xml version='1.0' encoding='utf-7'?>", null, "utf-7 → utf-8")]
    [InlineData("iso-8859-15", "", "text/xml; charset=\"ISO-8859-15\"", null)]
    [InlineData("utf-16", "<?xml version='1.0' encoding='utf-16'?>", "text/xml; charset=utf-8", null)]
    [InlineData("utf-16be", "", null, null)]
    [InlineData("utf-32", "<?xml version='1.0' encoding='utf-32'?>", null, null)]
    [InlineData("utf-32be", "", null, null)]
    [InlineData("ibm850", "<?xml version='1.0' encoding='850'?>", null, null)]
    [InlineData("ibm850", "<?xml version='1.0' encoding='cp850'?>", null, null)]
    [InlineData("macintosh", "<?xml version='1.0' encoding='MacRoman'?>", null, null)]
    [InlineData("iso-8859-15", "<?xml version='1.0' encoding='latin9'?>", null, null)]
    [InlineData("IBM500", "<?xml version='1.0' encoding='IBM500'?>", null, null)]
    [InlineData("IBM037", "<?xml version='1.0'?>", null, null)]
    public void Charset_SaidRightOrWrong_LettersRight(string written, string declaration, string? contentType, string? repair)
    {
        var feed = TownHall.Read(declaration + Body, written, new() { ContentType = contentType });

        Assert.Equal("Été à Nyons", feed.Title);
        Assert.Equal(repair, feed.Repairs.SingleOrDefault(r => r.Kind == FeedRepairKind.Charset)?.Detail);
    }

    [Fact]
    public void Charset_EncodedTwice_DecodedTwice()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var twice = Encoding.GetEncoding(1252).GetString(Encoding.UTF8.GetBytes(Body.Replace("Nyons", "l’Œuvre")));

        var feed = TownHall.Read(twice);

        Assert.Equal(("Été à l’Œuvre", FeedRepairKind.DoubleEncoding), (feed.Title, Assert.Single(feed.Repairs).Kind));
        // Where one letter cannot come from it, the signs are meant.
        Assert.Equal("Ã© et 日本", TownHall.Read("<rss version='2.0'><channel><title>Ã© et 日本</title></channel></rss>").Title);
    }

    [Theory]
    [InlineData("", FeedRefusal.Empty)]
    [InlineData(" \n ", FeedRefusal.Empty)]
    [InlineData("<!DOCTYPE html><html><head><title>Mairie</title></head><body></body></html>", FeedRefusal.Page)]
    [InlineData("<html><body><p>Nos <rss> sont là</p></body></html>", FeedRefusal.Page)]
    [InlineData("<opml version='2.0'><body/></opml>", FeedRefusal.OtherDocument)]
    [InlineData("<urlset><url/></urlset>", FeedRefusal.OtherDocument)]
    [InlineData("{\"bonjour\":1}", FeedRefusal.OtherDocument)]
    [InlineData("{\"version\":", FeedRefusal.Unreadable)]
    [InlineData("null", FeedRefusal.Unreadable)]
    [InlineData("Bonjour", FeedRefusal.Unreadable)]
    [InlineData("%PDF-1.7 \u0001\u0002", FeedRefusal.Unreadable)]
    public void Document_OfAnotherKind_RefusedWithTheReason(string document, FeedRefusal expected)
    {
        Assert.Null(FeedReader.Read(Encoding.UTF8.GetBytes(document), null, out var refusal));
        Assert.Equal(expected, refusal);
    }

    [Fact]
    public void Json_Cut_WholeItemsAreRead()
    {
        var feed = TownHall.Read("{\"version\":\"https://jsonfeed.org/version/1\",\"title\":\"t\",\"items\":[{\"id\":\"1\",\"title\":\"a ] } \\\" b\"},{\"id\":\"2\"},{\"id\":\"3\",\"ti");

        Assert.Equal(["1", "2"], feed.Items.Select(i => i.Id));
        Assert.Equal(FeedRepairKind.Markup, Assert.Single(feed.Repairs).Kind);
    }

    [Theory]
    [InlineData("<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><title>&x;</title></channel></rss>")]
    [InlineData("<!DOCTYPE rss [<!ENTITY a 'rrrrrrrrrr'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY x '&b;&b;&b;&b;&b;&b;&b;&b;'>]><rss version='2.0'><channel><title>&x;</title></channel></rss>")]
    public void Entities_DeclaredByTheDocument_NeverExpanded(string document) => Assert.Equal("&x;", TownHall.Read(document).Title);

    [Fact]
    public void Limits_Exceeded_RefusedAndNothingOverflows()
    {
        static FeedRefusal? Of(string document) => FeedReader.Read(Encoding.UTF8.GetBytes(document), null, out var refusal) is null ? refusal : null;
        static string Many(string what, int times) => string.Concat(Enumerable.Repeat(what, times));

        Assert.Equal(FeedRefusal.TooLong, Of($"<rss>{new string(' ', FeedReader.MaximumBytes)}</rss>"));
        Assert.Equal(FeedRefusal.TooDeep, Of($"<rss>{Many("<a>", 100_000)}"));
        Assert.Equal(FeedRefusal.TooDeep, Of($"<rss>{Many("<a>", 300)}{Many("</a>", 300)}</rss>"));
        Assert.Equal(FeedRefusal.TooDeep, Of($"<rss>{Many("<a/>", 400_000)}</rss>"));
    }

    [Theory]
    [InlineData("<", 3_000_000)]
    [InlineData("<a b='", 1_000_000)]
    [InlineData("<![CDATA[", 1_000_000)]
    [InlineData("&", 3_000_000)]
    [InlineData("&lt;!doctype ", 200_000)]
    [InlineData("&lt;![CDATA[", 200_000)]
    [InlineData("&lt;!--", 200_000)]
    [InlineData("&lt;b&gt;", 300_000)]
    [InlineData("<link>https://a.example/</link>", 100_000)]
    [InlineData("<author>a@</author>", 90_000)]
    public void Document_MadeOfOneSignRepeated_WorkFollowsItsLength(string sign, int times)
    {
        var bytes = Encoding.UTF8.GetBytes($"<rss version='2.0'><channel><item><title>t</title><description>{string.Concat(Enumerable.Repeat(sign, times))}");

        var before = GC.GetAllocatedBytesForCurrentThread();
        FeedReader.Read(bytes);

        // What is quadratic allocates so too: gigabytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 80L * bytes.Length);
    }

    [Fact]
    public void Element_WithHundredsOfThousandsOfAttributes_RestIsRead()
    {
        var attributes = string.Join(' ', Enumerable.Range(0, 300_000).Select(i => $"a{i}='1'"));

        Assert.Equal("t", TownHall.Read($"<rss {attributes}><channel><title>t</title></channel></rss>").Title);
    }

    [Fact]
    public void Documents_MutatedAtRandom_NothingIsThrown()
    {
        var random = new Random(20_260_303);
        var read = 0;
        for (var round = 0; round < 3_000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(TownHall.All[round % TownHall.All.Length]);
            for (var change = random.Next(1, 10); change > 0; change--) bytes = Mutated(bytes, random);
            if (FeedReader.Read(bytes) is not null) read++;
        }

        // Most are read all the same: cut in their first signs, some are feeds no more.
        Assert.InRange(read, 1_500, 3_000);
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        if (bytes.Length < 10) return bytes;

        var (at, length) = (random.Next(bytes.Length), random.Next(100));
        var end = Math.Min(bytes.Length, at + length);
        switch (random.Next(8))
        {
            case 0:
                return [.. bytes[..at], .. bytes[end..]];
            case 1:
                return [.. bytes[..end], .. bytes[at..]];
            case 2 when at > 40:
                return bytes[..at];
            case < 6:
                bytes[at] = (byte)"<>&\"'/]!-;{}[]="[random.Next(15)];
                return bytes;
            default:
                bytes[at] = (byte)random.Next(256);
                return bytes;
        }
    }
}
