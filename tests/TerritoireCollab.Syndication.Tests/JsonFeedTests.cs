using System.Text.Json;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class JsonFeedTests
{
    [Fact]
    public void Feed_Full_HasExactValues()
    {
        var feed = ReadJson(Full);

        Assert.Equal(
            ["version", "title", "home_page_url", "feed_url", "description", "icon", "favicon", "authors", "language", "hubs", "items"],
            feed.Properties());
        Assert.Equal("https://jsonfeed.org/version/1.1", feed.Text("version"));
        Assert.Equal("Veille numérique", feed.Text("title"));
        Assert.Equal("https://demo.example/veille", feed.Text("home_page_url"));
        Assert.Equal("https://demo.example/veille/flux.rss", feed.Text("feed_url"));
        Assert.Equal("La sélection de la semaine", feed.Text("description"));
        Assert.Equal("https://demo.example/logo.png", feed.Text("icon"));
        Assert.Equal("https://demo.example/icone.png", feed.Text("favicon"));
        Assert.Equal("Groupe veille", Assert.Single(feed.GetProperty("authors").EnumerateArray()).Text("name"));
        Assert.Equal("fr", feed.Text("language"));
        var hub = Assert.Single(feed.GetProperty("hubs").EnumerateArray());
        Assert.Equal("WebSub", hub.Text("type"));
        Assert.Equal("https://hub.example/", hub.Text("url"));
    }

    [Fact]
    public void Feed_NoEntry_HasRequiredPropertiesAndAnEmptyArray()
    {
        var feed = ReadJson(Empty);

        Assert.Equal(["version", "title", "home_page_url", "feed_url", "description", "authors", "language", "items"], feed.Properties());
        Assert.Equal(0, feed.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void Item_Full_HasExactValues()
    {
        var item = JsonItem(Entry);

        Assert.Equal(
            ["id", "url", "title", "content_html", "summary", "date_published", "date_modified", "authors", "tags", "attachments", "_source"],
            item.Properties());
        Assert.Equal(JsonValueKind.String, item.GetProperty("id").ValueKind);
        Assert.Equal("urn:uuid:0198c1f0-0000-7000-8000-0000000000aa", item.Text("id"));
        Assert.Equal("https://demo.example/veille/articles/12", item.Text("url"));
        Assert.Equal("Un accueil <b>neuf</b> & ouvert", item.Text("title"));
        Assert.Equal("<p>Bonjour&nbsp;!</p>", item.Text("content_html"));
        Assert.Equal("Moins de 5 < 10 & « plus »", item.Text("summary"));
        Assert.Equal("2026-11-22T11:00:00Z", item.Text("date_published"));
        Assert.Equal("2026-11-23T11:00:00Z", item.Text("date_modified"));
        Assert.Equal(["Camille Fictive", "Alix Inventé"], item.GetProperty("authors").EnumerateArray().Select(author => author.Text("name")));
        Assert.Equal(["Inclusion", "Médiation"], item.GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal("La Gazette fictive", item.GetProperty("_source").Text("title"));
        Assert.Equal("https://gazette.example/feed.xml", item.GetProperty("_source").Text("url"));
    }

    [Fact]
    public void Item_Attachments_HaveUrlTypeAndKnownSize()
    {
        var attachments = JsonItem(Entry).GetProperty("attachments");

        Assert.Equal(2, attachments.GetArrayLength());
        Assert.Equal("https://demo.example/f/1.pdf", attachments[0].Text("url"));
        Assert.Equal("application/pdf", attachments[0].Text("mime_type"));
        Assert.Equal(1234, attachments[0].GetProperty("size_in_bytes").GetInt64());
        Assert.Equal(["url", "mime_type"], attachments[1].Properties());
    }

    [Theory]
    [InlineData("Un résumé", "Un résumé")]
    [InlineData(null, "Article 1")]
    public void Item_NoHtml_HasContentText(string? summary, string expected)
    {
        var item = JsonItem(Numbered(1) with { Summary = summary });

        Assert.Equal(expected, item.Text("content_text"));
        Assert.False(item.TryGetProperty("content_html", out _));
        Assert.Equal(summary is not null, item.TryGetProperty("summary", out _));
    }

    [Fact]
    public void Text_French_ReadableWithMarkupEscaped()
    {
        var raw = Raw(Empty with { Title = "Éditos </script>" }, FeedFormat.Json);

        Assert.Contains("Éditos", raw, StringComparison.Ordinal);
        Assert.DoesNotContain("</script>", raw, StringComparison.Ordinal);
        Assert.Equal("Éditos </script>", ReadJson(Empty with { Title = "Éditos </script>" }).Text("title"));
    }
}
