using System.Text;
using System.Xml.Linq;
using static TerritoireCollab.Syndication.Tests.Sample;

namespace TerritoireCollab.Syndication.Tests;

public class OpmlTests
{
    private static readonly OpmlSubscription Gazette = new()
    {
        Text = "La Gazette & co",
        FeedAddress = new Uri("https://camille:secret@gazette.example/feed.xml?a=1&b=2"),
        SiteAddress = new Uri("https://gazette.example/"),
        Description = "Un journal fictif",
        Categories = ["Presse", "Ville, campagne"],
    };

    private static readonly OpmlDocument Document = new()
    {
        Title = "Sources de la veille",
        DateCreated = Noon,
        DateModified = Noon.AddDays(1),
        OwnerName = "Groupe veille <veille@demo.example>",
        Outlines = [new OpmlFolder { Text = "Presse", Children = [new OpmlFolder { Text = "Locale", Children = [Gazette] }] }, Gazette],
    };

    [Fact]
    public void Head_Full_HasExactValues()
    {
        var opml = Read(Document);
        var head = opml.Element("head")!;

        Assert.Equal("opml", opml.Name);
        Assert.Equal("2.0", opml.Attribute("version")!.Value);
        Assert.Equal(["title", "dateCreated", "dateModified", "ownerName"], head.Names());
        Assert.Equal(
            ["Sources de la veille", "Sun, 22 Nov 2026 11:00:00 GMT", "Mon, 23 Nov 2026 11:00:00 GMT", "Groupe veille"],
            head.Elements().Select(element => element.Value));
    }

    [Fact]
    public void Head_Minimal_HasTitleAndDate()
        => Assert.Equal(["title", "dateCreated"], Read(Document with { DateModified = null, OwnerName = null }).Element("head")!.Names());

    [Fact]
    public void Subscription_Full_HasExactAttributes()
    {
        var outline = Read(Document).Element("body")!.Elements("outline").Last();

        Assert.Equal(
            [
                "text=La Gazette & co", "title=La Gazette & co", "type=rss",
                "xmlUrl=https://gazette.example/feed.xml?a=1&b=2", "htmlUrl=https://gazette.example/",
                "description=Un journal fictif", "category=Presse,Ville campagne",
            ],
            outline.Attributes().Select(attribute => $"{attribute.Name}={attribute.Value}"));
    }

    [Fact]
    public void Subscription_Credentials_AreNeverWritten()
        => Assert.DoesNotContain("secret", Encoding.UTF8.GetString(OpmlWriter.WriteUtf8(Document)), StringComparison.Ordinal);

    [Fact]
    public void Subscription_Minimal_HasNoEmptyAttribute()
    {
        var bare = new OpmlSubscription { Text = "A", FeedAddress = new Uri("https://a.example/f") };

        Assert.Equal(["text", "title", "type", "xmlUrl"], Read(Document with { Outlines = [bare] }).Descendants("outline").Single().Attributes().Select(attribute => attribute.Name.LocalName));
    }

    [Fact]
    public void Folders_Nested_KeepTheirPlaces()
    {
        var body = Read(Document).Element("body")!;

        Assert.Equal(["Presse", "La Gazette & co"], Texts(body));
        Assert.Equal(["Locale"], Texts(body.Elements().First()));
        Assert.Equal(["La Gazette & co"], Texts(body.Elements().First().Elements().First()));
        Assert.Null(body.Elements().First().Attribute("type"));
    }

    [Fact]
    public void Body_NoOutline_IsNotEmpty()
        => Assert.Equal(["Sources de la veille"], Texts(Read(Document with { Outlines = [] }).Element("body")!));

    [Fact]
    public void Outlines_Any_AllHaveText()
        => Assert.All(Read(Document).Descendants("outline"), outline => Assert.NotEmpty(outline.Attribute("text")!.Value));

    [Fact]
    public void Text_NothingLegible_IsRefused()
        => Assert.Equal("Text", Assert.Throws<ArgumentException>(() => new OpmlFolder { Text = " \u0001\n" }).ParamName);

    [Fact]
    public void Title_NothingLegible_IsRefused()
        => Assert.Equal("Title", Assert.Throws<ArgumentException>(() => Document with { Title = "\uFFFE" }).ParamName);

    [Fact]
    public void Folders_DeepestAllowed_IsWritten()
        => Assert.Equal(OpmlFolder.MaximumDepth, Read(Document with { Outlines = [Nest(OpmlFolder.MaximumDepth)] }).Descendants("outline").Count());

    [Fact]
    public void Folders_TooDeep_AreRefused()
        => Assert.Throws<ArgumentException>(() => Nest(OpmlFolder.MaximumDepth + 1));

    [Fact]
    public void Attribute_HostileText_IsReadBackOnOneLine()
    {
        var folder = new OpmlFolder { Text = "a\u0000 \"<b>\"\r\n& 'c' \uD83D\uDE00\uD800" };

        Assert.Equal(["a \"<b>\" & 'c' \uD83D\uDE00"], Texts(Read(Document with { Outlines = [folder] }).Element("body")!));
    }

    private static OpmlFolder Nest(int depth)
        => Enumerable.Range(1, depth - 1).Aggregate(new OpmlFolder { Text = "0" }, (inner, level) => new OpmlFolder { Text = $"{level}", Children = [inner] });

    private static string[] Texts(XElement parent) => [.. parent.Elements("outline").Select(outline => outline.Attribute("text")!.Value)];

    private static XElement Read(OpmlDocument document) => XDocument.Load(new MemoryStream(OpmlWriter.WriteUtf8(document))).Root!;
}
