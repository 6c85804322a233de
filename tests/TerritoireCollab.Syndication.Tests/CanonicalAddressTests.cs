namespace TerritoireCollab.Syndication.Tests;

/// <summary>One page, many addresses.</summary>
public sealed class CanonicalAddressTests
{
    [Theory]
    [InlineData("https://a.example/page?utm_source=lettre&utm_medium=email", "https://a.example/page")]
    [InlineData("https://a.example/page?id=123&UTM_Source=x&fbclid=abc", "https://a.example/page?id=123")]
    [InlineData("https://a.example/page?id=1&utm_source=x#partie", "https://a.example/page?id=1#partie")]
    [InlineData("https://a.example/page#xtor=RSS-1", "https://a.example/page")]
    [InlineData("https://a.example/page?ref=rss&source=newsletter", "https://a.example/page")]
    [InlineData("https://a.example/page?ref=site.example", "https://a.example/page")]
    [InlineData("https://a.example/page?mtm_campaign=x&at_medium=y&pk_kwd=z", "https://a.example/page")]
    // What says something stays, as it was written.
    [InlineData("https://a.example/Page?ref=chapitre-2&source=insee&q=a%20b", "https://a.example/Page?ref=chapitre-2&source=insee&q=a%20b")]
    [InlineData("https://a.example/spip.php?article12&lang=fr", "https://a.example/spip.php?article12&lang=fr")]
    [InlineData("ftp://a.example/x?utm_source=y", "ftp://a.example/x?utm_source=y")]
    public void WithoutTracking_Marks_Gone(string address, string expected) => Assert.Equal(expected, CanonicalAddress.WithoutTracking(new(address), new Uri("https://site.example/flux")).OriginalString);

    [Theory]
    [InlineData("http://www.a.example/page", "https://a.example/page/")]
    [InlineData("https://A.Example:443/page?b=2&a=1", "https://a.example/page?a=1&b=2")]
    [InlineData("https://m.a.example/page", "https://a.example/page")]
    [InlineData("https://amp.a.example/page", "https://a.example/page")]
    [InlineData("https://a.example/page/amp/", "https://a.example/page")]
    [InlineData("https://a.example/page.amp.html", "https://a.example/page.html")]
    [InlineData("https://a.example/page?amp=1", "https://a.example/page")]
    [InlineData("https://www.google.com/amp/s/a.example/page", "https://a.example/page")]
    [InlineData("https://a-example.cdn.ampproject.org/c/s/a.example/page", "https://a.example/page")]
    [InlineData("https://a.example/page#commentaires", "https://a.example/page")]
    [InlineData("https://a.example/%7epaul/%c3%a9t%c3%a9", "https://a.example/~paul/été")]
    [InlineData("https://a.example/?q=a+b", "https://a.example/?q=a%20b")]
    [InlineData("https://a.example/index.php", "https://a.example/")]
    [InlineData("https://a.example/rep//page;jsessionid=12AB?", "https://a.example/rep/page")]
    [InlineData("https://mairie-crest.example/utm?utm_source=a", "https://mairie-crest.example/utm")]
    [InlineData("https://été.example/a", "https://xn--t-9fab.example/a")]
    public void Of_TwoAddressesOfOnePage_TheSame(string one, string other) => Assert.Equal(CanonicalAddress.Of(new(one)), CanonicalAddress.Of(new(other)));

    [Theory]
    [InlineData("https://a.example/page?id=1", "https://a.example/page?id=2")]
    [InlineData("https://a.example/Page", "https://a.example/page")]
    [InlineData("https://a.example/#!/a", "https://a.example/#!/b")]
    [InlineData("https://a.example/#/a", "https://a.example/#/b")]
    [InlineData("https://a.example:8080/", "https://a.example/")]
    [InlineData("https://m.example/", "https://example.org/")]
    [InlineData("https://b.a.example/", "https://a.example/")]
    [InlineData("https://a.example/a%2Fb", "https://a.example/a/b")]
    public void Of_TwoPages_Different(string one, string other) => Assert.NotEqual(CanonicalAddress.Of(new(one)), CanonicalAddress.Of(new(other)));
}
