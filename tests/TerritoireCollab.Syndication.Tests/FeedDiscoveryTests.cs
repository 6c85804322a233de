namespace TerritoireCollab.Syndication.Tests;

/// <summary>Feeds that a page names, and where they may be when it names none.</summary>
public sealed class FeedDiscoveryTests
{
    private static readonly Uri Page = new("https://mairie.example/actualites/page.html");

    [Theory]
    [InlineData("<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/flux.xml\">", "https://mairie.example/flux.xml")]
    [InlineData("<LINK REL=ALTERNATE TYPE=application/rss+xml HREF=flux.xml>", "https://mairie.example/actualites/flux.xml")]
    [InlineData("<link type='application/atom+xml; charset=utf-8' href='//autre.example/a' rel='nofollow Alternate'/>", "https://autre.example/a")]
    [InlineData("<base href='https://base.example/rep/'><link rel=alternate type=application/rdf+xml href=b.rdf>", "https://base.example/rep/b.rdf")]
    [InlineData("<link rel=alternate type=application/rss+xml href=b.xml><base href='https://base.example/'>", "https://base.example/b.xml")]
    [InlineData("<link rel=alternate type=application/feed+json href='?a=1&amp;b=2'>", "https://mairie.example/actualites/page.html?a=1&b=2")]
    [InlineData("<link rel=alternate type=application/json href=/feed.json>", "https://mairie.example/feed.json")]
    [InlineData("<link rel=alternate type=text/xml title=RSS href=/spip.php?page=backend>", "https://mairie.example/spip.php?page=backend")]
    [InlineData("<link rel=feed href=/f>", "https://mairie.example/f")]
    public void Link_HoweverWritten_Found(string html, string expected) => Assert.Equal(expected, Assert.Single(Find(html).Named).Address.AbsoluteUri);

    [Theory]
    [InlineData("<link rel=alternate type=application/json href=/wp-json/wp/v2/pages/2>")]
    [InlineData("<link rel=alternate type=application/json+oembed href=/wp-json/oembed/1.0/embed>")]
    [InlineData("<link rel=alternate type=text/xml+oembed href=/oembed?format=xml>")]
    [InlineData("<link rel=alternate hreflang=en href=/en/>")]
    [InlineData("<link rel=stylesheet type=application/rss+xml href=/a>")]
    [InlineData("<link rel=alternate type=application/rss+xml href='javascript:alert(1)'>")]
    [InlineData("<!-- <link rel=alternate type=application/rss+xml href=/a> -->")]
    [InlineData("<script>'<link rel=alternate type=application/rss+xml href=/a>'</script>")]
    public void Link_OfAnotherThing_NotTaken(string html) => Assert.Empty(Find(html + "<p>page</p>").Named);

    [Fact]
    public void Links_Several_EachOnceAndCommentsLast()
    {
        var named = Find("""
            <link rel="alternate" type="application/rss+xml" title="Mairie &raquo; Commentaires" href="/comments/feed/">
            <link rel="alternate" type="application/rss+xml" title="Mairie &raquo; Flux" href="/feed/">
            <link rel="alternate" type="application/atom+xml" title="Atom" href="/atom">
            <link rel="alternate" type="application/rss+xml" title="Encore" href="/feed/">
            """).Named;

        Assert.Equal(["/feed/ application/rss+xml Mairie » Flux", "/atom application/atom+xml Atom", "/comments/feed/ application/rss+xml Mairie » Commentaires"], named.Select(c => $"{c.Address.AbsolutePath} {c.Type} {c.Title}"));
    }

    [Fact]
    public void Guesses_OfAPageWithoutLinks_BesideItThenAtTheRoot()
    {
        var guesses = Find("<p>rien</p>").Guesses.Select(g => g.AbsoluteUri).ToList();

        Assert.Equal("https://mairie.example/actualites/feed/", guesses[0]);
        Assert.Contains("https://mairie.example/spip.php?page=backend", guesses);
        Assert.Contains("https://mairie.example/atom.xml", guesses);
        Assert.Equal(guesses.Count, guesses.Distinct().Count());
    }

    private static FeedCandidates Find(string html) => FeedDiscovery.Find(html, Page);
}
