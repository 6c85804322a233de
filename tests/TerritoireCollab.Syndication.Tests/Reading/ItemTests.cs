using System.Text;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>Titles, addresses, authors, texts and identifiers of one item.</summary>
public sealed class ItemTests
{
    [Theory]
    [InlineData("Conseil &amp; budget", "Conseil & budget")]
    [InlineData("L&amp;#8217;agenda &amp;eacute;t&amp;eacute;", "L’agenda été")]
    [InlineData("<![CDATA[Le <b>pont</b><br/>rouvre]]>", "Le pont rouvre")]
    [InlineData("Le <b>pont</b> rouvre", "Le pont rouvre")]
    [InlineData("  Sur \n deux\tlignes ", "Sur deux lignes")]
    [InlineData("2 &lt; 3 &gt; 1", "2 < 3 > 1")]
    [InlineData("La balise &lt;titre&gt;", "La balise <titre>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;Avis", "Avis")]
    [InlineData("Horaires &#150; été", "Horaires – été")]
    [InlineData("&lt;!-- sans fin Avis", "sans fin Avis")]
    public void Title_OfRss_PlainOnOneLine(string inner, string expected) => Assert.Equal(expected, TownHall.Item($"<title>{inner}</title>").Title);

    [Theory]
    [InlineData("<title>L’histoire de &lt;blink&gt;</title>", "L’histoire de <blink>")]
    [InlineData("<title type='html'>Un &lt;b&gt;avis&lt;/b&gt; &amp;amp; plus</title>", "Un avis & plus")]
    [InlineData("<title type='text/html' mode='base64'>VW4gPGI+YXZpczwvYj4=</title>", "Un avis")]
    [InlineData("<title type='text/html' mode='escaped'>Un &lt;b&gt;avis&lt;/b&gt;</title>", "Un avis")]
    [InlineData("<title>Un &lt;b&gt;avis&lt;/b&gt; qui ne dit pas son type</title>", "Un avis qui ne dit pas son type")]
    public void Title_OfAtom_ByItsType(string title, string expected) => Assert.Equal(expected, TownHall.Entry(title).Title);

    [Theory]
    [InlineData("<dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>Autre</dc:title><x:title xmlns:x='urn:x'>Rien</x:title><title>Le vrai</title>")]
    [InlineData("<title>Le vrai</title><dc:title xmlns:dc='http://purl.org/dc/elements/1.1/'>Autre</dc:title><x:title xmlns:x='urn:x'>Rien</x:title>")]
    public void Title_SaidByAModuleToo_TheFormatsOwnCounts(string inner) => Assert.Equal("Le vrai", TownHall.Item(inner).Title);

    [Theory]
    // Relative to what is around, and only to the web.
    [InlineData("<link>page</link>", "https://a.example/rep/page")]
    [InlineData("<link xml:base='https://b.example/'>page</link>", "https://b.example/page")]
    [InlineData("<link>//c.example/page</link>", "https://c.example/page")]
    [InlineData("<link> https://a.example/deux\nlignes ici </link>", "https://a.example/deuxlignes%20ici")]
    [InlineData("<link>javascript:alert(1)</link>", null)]
    [InlineData("<link>mailto:mairie@a.example</link>", null)]
    // Where there is no link.
    [InlineData("<guid>https://a.example/12</guid>", "https://a.example/12")]
    [InlineData("<guid isPermaLink='false'>12</guid>", null)]
    [InlineData("<link/><atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='page'/>", "https://a.example/rep/page")]
    [InlineData("<link href='https://a.example/attr'/>", "https://a.example/attr")]
    // The page, not the counter on the way to it.
    [InlineData("<link>https://feeds.example/~r/1</link><feedburner:origLink xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'>https://a.example/page</feedburner:origLink>", "https://a.example/page")]
    public void Link_Written_AbsoluteOrNone(string inner, string? expected) => Assert.Equal(expected, TownHall.Item(inner, "https://a.example/rep/flux.xml").Link?.AbsoluteUri);

    [Fact]
    public void Link_RelativeInAFileOfUnknownOrigin_RelativeToTheSite() =>
        Assert.Equal("https://a.example/page", Assert.Single(TownHall.Read("<rss><channel><link>https://a.example/</link><item><link>page</link></item></channel></rss>").Items).Link?.AbsoluteUri);

    [Fact]
    public void Link_WithContentLocation_RelativeToIt() => Assert.Equal("https://a.example/la/page", Assert.Single(TownHall.Read(
        "<rss><channel><item><link>page</link></item></channel></rss>", origin: new() { Address = new("https://a.example/flux"), ContentLocation = "/la/flux.xml" }).Items).Link?.AbsoluteUri);

    [Theory]
    [InlineData("<link rel='alternate' type='text/html' href='https://a.example/p'/><link rel='self' href='https://a.example/s'/><link rel='alternate' type='application/json' href='https://a.example/j'/>", "https://a.example/p")]
    [InlineData("<link rel='http://www.iana.org/assignments/relation/alternate' href='https://a.example/p'/><link rel='related' href='https://a.example/r'/><link rel='enclosure' href='https://a.example/f.mp3'/>", "https://a.example/p")]
    [InlineData("<id>https://a.example/i</id>", "https://a.example/i")]
    public void Link_OfAtomAmongSeveral_IsThePage(string inner, string expected) => Assert.Equal(expected, TownHall.Entry(inner).Link?.AbsoluteUri);

    [Theory]
    [InlineData("<author>mairie@a.example (Paul Exemple)</author>", "mairie@a.example (Paul Exemple)", "Paul Exemple", "mairie@a.example")]
    [InlineData("<author>Paul Exemple &lt;mairie@a.example&gt;</author>", "Paul Exemple (mairie@a.example)", "Paul Exemple", "mairie@a.example")]
    [InlineData("<author>Paul Exemple</author>", "Paul Exemple", "Paul Exemple", null)]
    [InlineData("<author>mairie@a.example</author>", "mairie@a.example", null, "mairie@a.example")]
    [InlineData("<author>mairie@a.example</author><dc:creator xmlns:dc='http://purl.org/dc/elements/1.1/'>Paul Exemple</dc:creator>", "Paul Exemple", "Paul Exemple", null)]
    [InlineData("<author><name>Paul Exemple</name><email>mairie@a.example</email></author>", "Paul Exemple (mairie@a.example)", "Paul Exemple", "mairie@a.example")]
    public void Author_InEachWay_NameAndAddressApart(string inner, string text, string? name, string? email) =>
        Assert.Equal(new FeedPerson(text, name, email), Assert.Single(TownHall.Item(inner).Authors));

    [Theory]
    [InlineData("<description>Un &lt;b onclick='x()'&gt;mot&lt;/b&gt;&lt;script&gt;x&lt;/script&gt;</description>", "Un <b>mot</b>", null)]
    [InlineData("<description>court</description><content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>long</content:encoded>", "court", "long")]
    [InlineData("<description>&lt;![CDATA[Un &lt;b&gt;mot&lt;/b&gt;]]&gt;</description>", "Un <b>mot</b>", null)]
    [InlineData("<description>avant &lt;!-- sans fin</description>", "avant  sans fin", null)]
    [InlineData("<description>avant &lt;!-- dit --&gt;&lt;!' typé</description>", "avant &lt;!' typé", null)]
    [InlineData("<encoded>sans espace de noms</encoded>", null, "sans espace de noms")]
    [InlineData("<body xmlns='http://www.w3.org/1999/xhtml'><p>tel quel</p></body>", null, "<p>tel quel</p>")]
    [InlineData("<description>Lire &lt;iframe src='https://v.example/film'&gt;&lt;/iframe&gt;&lt;object&gt;le texte&lt;/object&gt;</description>", "Lire <a href=\"https://v.example/film\" rel=\"nofollow noopener ugc\">film</a>le texte", null)]
    public void Texts_OfRss_CleanAndInTheirPlace(string inner, string? summary, string? content)
    {
        var item = TownHall.Item(inner);

        Assert.Equal((summary, content), (item.Summary, item.Content));
    }

    [Fact]
    public void Dates_OfModules_TheFormatsOwnFirst()
    {
        var item = TownHall.Item("<dc:date xmlns:dc='http://purl.org/dc/elements/1.1/'>2026-01-01</dc:date><pubDate>Mon, 02 Mar 2026 10:00:00 EST</pubDate><dcterms:modified xmlns:dcterms='http://purl.org/dc/terms/'>2026-03-04</dcterms:modified>");

        Assert.Equal(("2026-03-02 15:00:00Z", "2026-03-04 00:00:00Z"), (item.Published?.ToString("u", null), item.Updated?.ToString("u", null)));
    }

    [Fact]
    public void Ids_SaidTwice_CompletedByTheAddressAndStable()
    {
        static string One(string guid, string link) => $"<item><guid isPermaLink='false'>{guid}</guid><link>https://a.example/{link}</link><title>{link}</title></item>";
        static IEnumerable<string> Ids(params string[] items) => TownHall.Read($"<rss><channel>{string.Concat(items)}</channel></rss>").Items.Select(i => i.Id);

        Assert.Equal(["x https://a.example/2", "x https://a.example/1"], Ids(One("x", "2"), One("x", "1")));
        Assert.Equal(["x https://a.example/3", "x https://a.example/2", "y"], Ids(One("x", "3"), One("x", "2"), One("y", "4")));
        Assert.Equal(["y", "y 2"], Ids(One("y", "4"), One("y", "4")));
    }

    [Fact]
    public void Ids_NotSaid_TheAddressElseTheText()
    {
        Assert.Equal("https://a.example/1", TownHall.Item("<link>https://a.example/1</link><title>a</title>").Id);
        var (one, same, other) = (TownHall.Item("<title>a</title>").Id, TownHall.Item("<title> a</title>").Id, TownHall.Item("<title>b</title>").Id);
        Assert.StartsWith("sha256:", one, StringComparison.Ordinal);
        Assert.Equal(one, same);
        Assert.NotEqual(one, other);
    }

    [Fact]
    public void Items_MoreThanAreKept_TheNewestStayInTheirOrder()
    {
        var feed = new StringBuilder("<rss version='2.0'><channel>");
        for (var i = 0; i < FeedReader.MostItems + 50; i++) feed.Append(System.Globalization.CultureInfo.InvariantCulture, $"<item><guid>{i}</guid><pubDate>{DateTimeOffset.UnixEpoch.AddDays(i):r}</pubDate></item>");

        var read = TownHall.Read(feed.Append("</channel></rss>").ToString());

        Assert.Equal((FeedReader.MostItems, 50, "50"), (read.Items.Count, read.OmittedItems, read.Items[0].Id));
        Assert.Equal(new FeedRepair(FeedRepairKind.Size, "50"), Assert.Single(read.Repairs));
    }
}
