using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class FeedFormatTests
{
    [Fact]
    public void All_ExtensionsAndContentTypes_AreThoseOfTheContract()
    {
        Assert.Equal(
            [
                "rss application/rss+xml; charset=utf-8",
                "rdf application/rdf+xml; charset=utf-8",
                "atom application/atom+xml; charset=utf-8",
                "json application/feed+json; charset=utf-8",
            ],
            FeedFormat.All.Select(format => $"{format.Extension} {format.ContentType}"));
        Assert.Equal("text/x-opml; charset=utf-8", OpmlDocument.ContentType);
    }

    [Theory]
    [InlineData("rss", "RSS 2.0")]
    [InlineData(".rdf", "RSS 1.0 (RDF)")]
    [InlineData("ATOM", "Atom 1.0")]
    [InlineData(".Json", "JSON Feed 1.1")]
    public void TryFromExtension_Known_GivesFormat(string extension, string expected)
    {
        Assert.True(FeedFormat.TryFromExtension(extension, out var format));
        Assert.Equal(expected, format.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("xml")]
    [InlineData("opml")]
    public void TryFromExtension_Unknown_GivesNothing(string? extension)
    {
        Assert.False(FeedFormat.TryFromExtension(extension, out var format));
        Assert.Null(format);
    }

    [Fact]
    public void TryFromContentType_EachOwn_ComesBack()
        => Assert.All(FeedFormat.All, format =>
        {
            Assert.True(FeedFormat.TryFromContentType(format.ContentType, out var found));
            Assert.Same(format, found);
        });

    [Theory]
    [InlineData(null)]
    [InlineData("text/html")]
    [InlineData("application/xml")]
    public void TryFromContentType_Unknown_GivesNothing(string? contentType)
        => Assert.False(FeedFormat.TryFromContentType(contentType, out _));

    [Theory]
    [InlineData("rss", "rss")]
    [InlineData("rdf", "RDF")]
    [InlineData("atom", "feed")]
    public void Write_EachXmlFormat_HasItsRoot(string extension, string root)
    {
        Assert.True(FeedFormat.TryFromExtension(extension, out var format));
        Assert.Equal(root, ReadXml(Full, format).Name.LocalName);
    }
}
