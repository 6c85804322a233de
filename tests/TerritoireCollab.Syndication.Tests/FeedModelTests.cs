using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class FeedModelTests
{
    public static TheoryData<string> BadAddresses => ["page.html", "/page", "//demo.example/page", "?a=1", "#b", "ftp://demo.example/f", "javascript:alert(1)", "mailto:a@demo.example", "file:///etc/passwd", "data:text/html,x"];

    [Theory]
    [MemberData(nameof(BadAddresses))]
    public void Address_NotAbsoluteHttp_IsRefusedEverywhere(string text)
    {
        var bad = new Uri(text, UriKind.RelativeOrAbsolute);

        Refused("Link", () => Empty with { Link = bad });
        Refused("Self", () => Empty with { Self = bad });
        Refused("Image", () => Empty with { Image = bad });
        Refused("Icon", () => Empty with { Icon = bad });
        Refused("Hubs", () => Empty with { Hubs = [bad] });
        Refused("Link", () => Entry with { Link = bad });
        Refused("Comments", () => Entry with { Comments = bad });
        Refused("Url", () => Entry.Enclosures[0] with { Url = bad });
        Refused("Address", () => Entry.Source! with { Address = bad });
        Refused("FeedAddress", () => new OpmlSubscription { Text = "A", FeedAddress = bad });
        Refused("SiteAddress", () => new OpmlSubscription { Text = "A", FeedAddress = Empty.Self, SiteAddress = bad });
    }

    [Theory]
    [InlineData("")]
    [InlineData("12")]
    [InlineData("/articles/12")]
    [InlineData("urn:")]
    [InlineData("tag:demo.example,2026:a b")]
    [InlineData("tag:demo.example,2026:é")]
    [InlineData("urn:x:\u0001")]
    [InlineData("javascript:alert(1)")]
    public void Id_NotAbsolute_IsRefused(string id)
    {
        Refused("Id", () => Empty with { Id = id });
        Refused("Id", () => Entry with { Id = id });
    }

    [Theory]
    [InlineData("https://DEMO.example", "https://demo.example/")]
    [InlineData("https://demo.example:443/a b?q=é#é", "https://demo.example/a%20b?q=%C3%A9#%C3%A9")]
    [InlineData("http://demo.example:8080/%7Ea", "http://demo.example:8080/~a")]
    [InlineData("https://mairie-été.example/", "https://xn--mairie-t-h1ab.example/")]
    [InlineData("https://camille:secret@demo.example/", "https://demo.example/")]
    [InlineData("http://[::1]:5080/x", "http://[::1]:5080/x")]
    public void Address_Written_IsCanonicalAscii(string given, string expected)
    {
        var entry = Entry with { Id = given, Link = new Uri(given) };

        Assert.Equal(expected, Item(entry).Element("link")!.Value);
        Assert.Equal(expected, Item(entry).Element("guid")!.Value);
        Assert.Equal("true", Item(entry).Element("guid")!.Attribute("isPermaLink")!.Value);
        Assert.Equal(expected, AtomEntry(entry).Element(Atom + "id")!.Value);
        Assert.Equal(expected, JsonItem(entry).Text("url"));
    }

    [Fact]
    public void Address_LoneSurrogate_IsWrittenEncoded()
        => Assert.Equal("https://demo.example/%EF%BF%BD", Item(Entry with { Link = new Uri("https://demo.example/\uD800") }).Element("link")!.Value);

    [Fact]
    public void Entries_SameId_AreRefused()
        => Refused("entries", () => Empty with { Entries = [Numbered(1), Numbered(1) with { Title = "Autre" }] });

    [Fact]
    public void Entries_AnyOrder_BecomeNewestFirst()
    {
        var feed = Empty with { Entries = [Numbered(3), Numbered(1), Numbered(2), Numbered(4) with { Published = Noon.AddMinutes(-1) }] };

        Assert.Equal(["Article 1", "Article 4", "Article 2", "Article 3"], feed.Entries.Select(entry => entry.Title));
        Assert.Equal(["Article 1", "Article 4", "Article 2", "Article 3"], Channel(feed).Elements("item").Select(item => item.Element("title")!.Value));
    }

    [Fact]
    public void Entries_ListChangedLater_FeedDoesNot()
    {
        var entries = new List<FeedEntry> { Numbered(1) };
        var feed = Empty with { Entries = entries };
        entries.Clear();

        Assert.Single(feed.Entries);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("fr-FR")]
    [InlineData("zh-Hant-TW")]
    public void Language_Shaped_IsKept(string tag) => Assert.Equal(tag, Channel(Empty with { Language = tag }).Element("language")!.Value);

    [Theory]
    [InlineData("")]
    [InlineData("f")]
    [InlineData("français")]
    [InlineData("fr_FR")]
    [InlineData("fr-")]
    public void Language_NotShaped_IsRefused(string tag) => Refused("Language", () => Empty with { Language = tag });

    [Theory]
    [InlineData("")]
    [InlineData("pdf")]
    [InlineData("application/")]
    [InlineData("a/b/c")]
    [InlineData("texte é/plain")]
    public void EnclosureType_NotShaped_IsRefused(string type) => Refused("Type", () => Entry.Enclosures[0] with { Type = type });

    [Fact]
    public void EnclosureType_Parameters_AreDropped()
        => Assert.Equal("text/html", (Entry.Enclosures[0] with { Type = "text/html; charset=utf-8" }).Type);

    [Fact]
    public void EnclosureLength_Negative_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Entry.Enclosures[0] with { Length = -1 });

    [Fact]
    public void RefreshInterval_UnderAMinute_IsRefused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => Empty with { RefreshInterval = TimeSpan.FromSeconds(59) });

    [Fact]
    public void Title_NothingLegible_IsTheAddress()
    {
        Assert.Equal("https://demo.example/veille", Channel(Empty with { Title = "\u0000 \n" }).Element("title")!.Value);
        Assert.Equal("https://demo.example/veille/articles/12", Item(Entry with { Title = "" }).Element("title")!.Value);
        Assert.Equal("https://gazette.example/feed.xml", Item(Entry with { Source = Entry.Source! with { Title = "\uFFFF" } }).Element("source")!.Value);
    }

    [Fact]
    public void Title_ManyLines_BecomesOneAndNoBreakSpacesStay()
        => Assert.Equal("Que faire\u202F? «\u00A0Agir\u00A0»", (Entry with { Title = "  Que faire\u202F?\r\n\t «\u00A0Agir\u00A0» " }).Title);

    [Fact]
    public void Categories_EmptyAndRepeated_AreDropped()
        => Assert.Equal(["Eau", "Énergie"], (Entry with { Categories = ["Eau", " ", "\u0002", "Énergie", "Eau "] }).Categories);

    private static void Refused(string property, Func<object> make)
        => Assert.Equal(property, Assert.ThrowsAny<ArgumentException>(make).ParamName);
}
