using System.Text;

namespace TerritoireCollab.Syndication.Tests;

/// <summary>Lists of feeds as programs really write them.</summary>
public sealed class OpmlReaderTests
{
    private const string Sound = """
        <?xml version="1.0" encoding="UTF-8"?>
        <opml version="2.0">
          <head><title>Veille &amp; territoire</title></head>
          <body>
            <outline text="Communes">
              <outline text="Numérique">
                <outline type="rss" text="Mairie de Valbois" xmlUrl="https://valbois.example/rss.xml" htmlUrl="https://valbois.example/" />
              </outline>
              <outline type="rss" title="Le Haut-Pays" xmlUrl="https://haut-pays.example/feed" />
            </outline>
            <outline type="rss" text="" xmlUrl="https://seul.example/atom" />
            <outline text="Un dossier vide" />
          </body>
        </opml>
        """;

    [Fact]
    public void Folders_Nested_PathFromTheRootOfEachFeed()
    {
        var list = Read(Sound)!;

        Assert.Equal(("Veille & territoire", 2), (list.Title, list.FolderCount));
        Assert.Equal(
            ["Communes > Numérique : Mairie de Valbois = https://valbois.example/rss.xml (https://valbois.example/)", "Communes : Le Haut-Pays = https://haut-pays.example/feed ()", " :  = https://seul.example/atom ()"],
            list.Feeds.Select(f => $"{string.Join(" > ", f.Folder)} : {f.Title} = {f.FeedAddress} ({f.SiteAddress})"));
        Assert.Empty(list.Repairs);
    }

    [Theory]
    // Names of elements and attributes in any case.
    [InlineData("<OPML><Body><Outline TEXT='Un' XMLURL='https://un.example/'/></Body></OPML>")]
    // A bare ampersand, « < » in a value, HTML's entities, attributes without quotes or twice.
    [InlineData("<opml><body><outline text='Un' xmlUrl='https://un.example/?a=1&b=2'/></body></opml>")]
    [InlineData("<opml><body><outline text='1 < 2' xmlUrl='https://un.example/'/></body></opml>")]
    [InlineData("<opml><head><title>&eacute;t&eacute;</title></head><body><outline text='Un' xmlUrl='https://un.example/'/></body></opml>")]
    [InlineData("<opml><body><outline text=Un xmlUrl=https://un.example/ text='Deux'></outline></body></opml>")]
    // Cut, closed out of order, never closed, with a prefix that nobody declared.
    [InlineData("<opml><body><outline text='Un' xmlUrl='https://un.example/'/>")]
    [InlineData("<opml><body><outline text='Un' xmlUrl='https://un.example/'/><outline text='cou")]
    [InlineData("<opml><body><outline text='Un' xmlUrl='https://un.example/'></body></outline></opml>")]
    [InlineData("<opml><body><x:y><![CDATA[<]]></x:y><outline text='Un' xmlUrl='https://un.example/'></opml>")]
    // Before and after the document, and what must never be expanded.
    [InlineData("\n  <?xml version='1.0'?><opml><body><outline text='Un' xmlUrl='https://un.example/'/></body></opml>")]
    [InlineData("<opml><body><outline text='Un' xmlUrl='https://un.example/'/></body></opml> fin")]
    [InlineData("<!DOCTYPE opml [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><opml><head><title>&x;</title></head><body><outline text='Un' xmlUrl='https://un.example/'/></body></opml>")]
    // Signs that XML forbids.
    [InlineData("<opml><body><outline text='U\u0001n' xmlUrl='https://un.example/'/></body></opml>")]
    public void Document_NotWellFormed_ItsFeedIsRead(string text)
    {
        var feed = Assert.Single(Read(text)!.Feeds);

        Assert.StartsWith("https://un.example/", feed.FeedAddress, StringComparison.Ordinal);
        Assert.DoesNotContain("root:", Read(text)!.Title ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public void Repair_OfABrokenDocument_NamesItsLine() => Assert.StartsWith("2:", Assert.Single(Read("<opml><body>\n<outline text='&' xmlUrl='https://un.example/'/></body></opml>")!.Repairs), StringComparison.Ordinal);

    [Theory]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='iso-8859-1'?>", null)]
    [InlineData("windows-1252", "", "text/x-opml; charset=windows-1252")]
    [InlineData("windows-1252", "", null)]
    [InlineData("windows-1252", "<?xml version='1.0' encoding='UTF-8'?>", null)]
    [InlineData("utf-8", "<?xml version='1.0' encoding='nimporte-quoi'?>", null)]
    [InlineData("utf-8", "<?xml version='1.0' encoding='utf-7'?>", null)]
    [InlineData("utf-16", "<?xml version='1.0' encoding='UTF-16'?>", null)]
    [InlineData("iso-8859-15", "<?xml version='1.0' encoding='ISO-8859-15'?>", "text/xml")]
    public void Charset_SaidOrNotOrWrongly_LettersAreRight(string written, string declaration, string? contentType)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var bytes = Encoding.GetEncoding(written).GetBytes(declaration + "<opml><head><title>Été à Crest</title></head><body/></opml>");

        Assert.Equal("Été à Crest", OpmlReader.Read(bytes, contentType)!.Title);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bonjour")]
    [InlineData("<html><body><p>Page</p></body></html>")]
    [InlineData("<rss version='2.0'><channel/></rss>")]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1.1\"}")]
    public void Document_OfAnotherKind_Null(string text) => Assert.Null(Read(text));

    [Fact]
    public void Outlines_NestedWithoutEnd_RefusedAndNothingOverflows()
    {
        var deep = string.Concat(Enumerable.Repeat("<outline text='x'>", 100_000));

        Assert.Null(Read($"<opml><body>{deep}"));
        Assert.Null(Read($"<opml><body>{deep}{string.Concat(Enumerable.Repeat("</outline>", 100_000))}</body></opml>"));
        Assert.Null(Read($"<opml><head><title>{new string('x', 11_000_000)}</title></head></opml>"));
    }

    [Fact]
    public void Outline_WithHundredsOfThousandsOfAttributes_FirstOnesRead()
    {
        var attributes = string.Join(' ', Enumerable.Range(0, 300_000).Select(i => $"a{i}=1"));

        Assert.Equal("https://un.example/", Assert.Single(Read($"<opml><body><outline text='Un & deux' xmlUrl='https://un.example/' {attributes}/></body></opml>")!.Feeds).FeedAddress);
    }

    [Fact]
    public void List_WrittenByUs_ReadsTheSame()
    {
        var written = OpmlWriter.WriteUtf8(new OpmlDocument
        {
            Title = "Sources « veille »",
            DateCreated = DateTimeOffset.UnixEpoch,
            Outlines = [new OpmlFolder { Text = "Eau & forêts", Children = [new OpmlSubscription { Text = "L’Eygues <vive>", FeedAddress = new("https://eygues.example/rss?a=1&b=2"), SiteAddress = new("https://eygues.example/") }] }],
        });

        var read = OpmlReader.Read(written)!;

        Assert.Equal(("Sources « veille »", 1), (read.Title, read.FolderCount));
        Assert.Equivalent(new OpmlFeed("L’Eygues <vive>", "https://eygues.example/rss?a=1&b=2", "https://eygues.example/", ["Eau & forêts"]), Assert.Single(read.Feeds));
    }

    private static OpmlReading? Read(string text) => OpmlReader.Read(Encoding.UTF8.GetBytes(text));
}
