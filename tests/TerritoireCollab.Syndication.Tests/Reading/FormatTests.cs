namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>What is understood of each format, on feeds as they are around here.</summary>
public sealed class FormatTests
{
    [Fact]
    public void Spip_Latin9WithModules_EverythingInItsPlace()
    {
        var feed = TownHall.Read(TownHall.Spip.Replace('’', '\''), "iso-8859-15", new() { Address = new("https://www.oeuilly.example/spip.php?page=backend") });

        Assert.Equal((FeedDialect.Rss2, "Mairie d'Œuilly-sur-Drôme", "https://www.oeuilly.example/", "fr"), (feed.Dialect, feed.Title, feed.Link?.AbsoluteUri, feed.Language));
        Assert.Equal("L'actualité de la commune : 5 € l'entrée", feed.Description);
        Assert.Equal(("https://www.oeuilly.example/IMG/logo.png", "https://www.oeuilly.example/spip.php?page=backend"), (feed.Picture?.AbsoluteUri, feed.Self?.AbsoluteUri));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("Conseil municipal du 3\u00A0mars – compte rendu", "https://www.oeuilly.example/spip.php?article412"), (item.Title, item.Link?.AbsoluteUri));
        Assert.Equal(item.Link?.AbsoluteUri, item.Id);
        Assert.Equal(Moment("2026-03-04T08:30:00Z"), item.Published);
        Assert.Equal(("Secrétariat de mairie", "Vie municipale"), (Assert.Single(item.Authors).Name, Assert.Single(item.Categories)));
        Assert.Equal("<p>Le conseil s'est réuni à 18 h.</p> - <a href=\"https://www.oeuilly.example/spip.php?rubrique3\" rel=\"nofollow noopener ugc\">Vie municipale</a>", item.Summary);
        Assert.Equal("<p>Le conseil s'est réuni à 18\u00A0h. <img src=\"https://www.oeuilly.example/IMG/jpg/salle.jpg\" alt=\"La salle\" width=\"600\" loading=\"lazy\"></p>", item.Content?.Trim());
        Assert.Equal(new FeedFile(new("https://www.oeuilly.example/IMG/pdf/pv.pdf"), "application/pdf", 51_200), Assert.Single(item.Enclosures));
    }

    [Fact]
    public void Prefecture_BareAmpersandsAndFrenchDates_ReadAndSaid()
    {
        var feed = TownHall.Read(TownHall.Prefecture);

        Assert.Equal(("Préfecture de Haute-Vallée : eau & sécheresse", "Les arrêtés"), (feed.Title, feed.Description));
        Assert.Equal(
            ["Arrêté n° 2026-118 & annexes | https://www.haute-vallee.example/Actions-de-l-Etat/Eau/Arrete-118 | 03/03 13:30", "Réunion publique | https://www.haute-vallee.example/Actualites/Reunion | 02/03 18:30", "Permanence | https://www.haute-vallee.example/Actualites/Permanence | "],
            feed.Items.Select(i => FormattableString.Invariant($"{i.Title} | {i.Link} | {i.Published:dd'/'MM HH:mm}")));
        Assert.Equal([FeedRepairKind.Markup, FeedRepairKind.RepeatedIds, FeedRepairKind.Dates], feed.Repairs.Select(r => r.Kind));
        Assert.Equal("bientôt", feed.Repairs[^1].Detail);
    }

    [Fact]
    public void Community_AtomWithBases_AddressesAbsoluteAndTextsByTheirType()
    {
        var feed = TownHall.Read(TownHall.Community);

        Assert.Equal((FeedDialect.Atom, "Vallées & plateaux unis", "Communauté de communes", "fr"), (feed.Dialect, feed.Title, feed.Description, feed.Language));
        Assert.Equal(("https://cc-vallees.example/", "https://cc-vallees.example/actualites/flux.atom", "https://cc-vallees.example/favicon.ico"), (feed.Link?.AbsoluteUri, feed.Self?.AbsoluteUri, feed.Icon?.AbsoluteUri));
        Assert.Equal("https://hub.example/", Assert.Single(feed.Hubs).AbsoluteUri);
        var bus = feed.Items[0];
        Assert.Equal(("tag:cc-vallees.example,2026:7", "Le bus du marché", "https://cc-vallees.example/actualites/bus"), (bus.Id, bus.Title, bus.Link?.AbsoluteUri));
        Assert.Equal((Moment("2026-03-05T08:00:00Z"), Moment("2026-03-05T09:00:00Z")), (bus.Published, bus.Updated));
        Assert.Equal(("Transports", "Départ à 8 h &lt; 9 h", "https://cc-vallees.example/actualites/bus#avis"), (Assert.Single(bus.Categories), bus.Summary, bus.Comments?.AbsoluteUri));
        Assert.Equal("<p>Voir <a href=\"https://cc-vallees.example/actualites/bus/plan\" rel=\"nofollow noopener ugc\">le plan</a><br></p>", bus.Content);
        Assert.Equal("https://cc-vallees.example/actualites/horaires.pdf", Assert.Single(bus.Enclosures).Url.AbsoluteUri);
    }

    [Fact]
    public void Author_OfTheFeed_SignsWhatNobodyElseSigns()
    {
        var items = TownHall.Read(TownHall.Community).Items;

        Assert.Equal(new FeedPerson("Service communication (com@cc-vallees.example)", "Service communication", "com@cc-vallees.example"), Assert.Single(items[0].Authors));
        Assert.Equal("Service déchets", Assert.Single(items[1].Authors).Text);
        Assert.Equal(("SIVOM des Plateaux", "https://sivom.example/"), (items[1].Source?.Title, items[1].Source?.Address?.AbsoluteUri));
    }

    [Theory]
    [InlineData("<managingEditor>redaction@a.example (La rédaction)</managingEditor>", "La rédaction")]
    [InlineData("<itunes:owner xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'><itunes:name>Radio Vallée</itunes:name></itunes:owner>", "Radio Vallée")]
    [InlineData("<author xmlns='http://www.google.com/schemas/play-podcasts/1.0'>Radio Vallée</author>", "Radio Vallée")]
    [InlineData("<webMaster>technique@a.example (La technique)</webMaster>", null)]
    public void Author_OfAChannel_SignsUnlessHeOnlyServes(string inner, string? expected) =>
        Assert.Equal(expected, Assert.Single(TownHall.Read($"<rss version='2.0'><channel>{inner}<item><title>a</title></item></channel></rss>").Items).Authors.SingleOrDefault()?.Name);

    [Fact]
    public void Rdf_WithModules_ItemsAndRhythm()
    {
        var feed = TownHall.Read(TownHall.Rdf, "iso-8859-1");

        Assert.Equal((FeedDialect.Rss1, "Office de tourisme", TimeSpan.FromHours(6)), (feed.Dialect, feed.Title, feed.RefreshInterval));
        var item = Assert.Single(feed.Items);
        Assert.Equal(("https://office.example/fete", "Fête de la châtaigne", "Sur la place", Moment("2026-10-11T00:00:00Z")), (item.Id, item.Title, item.Summary, item.Published));
        Assert.Equal(("L'office", "Fêtes"), (Assert.Single(item.Authors).Name, Assert.Single(item.Categories)));
    }

    [Fact]
    public void Json_WithAStrangeItem_TheOthersAreRead()
    {
        var feed = TownHall.Read(TownHall.Json);

        Assert.Equal((FeedDialect.Json, "Médiathèque <La Source>", "https://mediatheque.example/feed.json"), (feed.Dialect, feed.Title, feed.Self?.AbsoluteUri));
        Assert.Equal(
            ["42 | Heure du conte | https://mediatheque.example/heure-du-conte | <p>Dès <b>3 ans</b></p> | L’équipe", "deux |  | https://ailleurs.example/ | a &lt; b | Nadia Exemple"],
            feed.Items.Select(i => $"{i.Id} | {i.Title} | {i.Link} | {i.Content} | {i.Authors[0].Text}"));
        Assert.Equal(new FeedFile(new("https://mediatheque.example/affiche.pdf"), "application/pdf", 9_000), Assert.Single(feed.Items[0].Enclosures));
    }

    [Theory]
    [InlineData("<rss version='0.91'><channel><item><title>a</title></item></channel></rss>", FeedDialect.Rss09)]
    [InlineData("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/><item><title>a</title></item></rdf:RDF>", FeedDialect.Rss09)]
    [InlineData("<CHANNEL HREF='http://a.example/'><ITEM HREF='b'><TITLE>a</TITLE></ITEM></CHANNEL>", FeedDialect.Rss09)]
    [InlineData("<Channel xmlns='http://purl.org/net/rss1.1#'><items><item><title>a</title></item></items></Channel>", FeedDialect.Rss1)]
    [InlineData("<rss xmlns='http://ailleurs.example/rss'><channel><item><title>a</title></item></channel></rss>", FeedDialect.Rss2)]
    [InlineData("<RSS><CHANNEL><ITEM><TITLE>a</TITLE></ITEM></CHANNEL></RSS>", FeedDialect.Rss2)]
    [InlineData("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>a</title></entry></feed>", FeedDialect.Atom)]
    [InlineData("<feed><entry><title>a</title></entry></feed>", FeedDialect.Atom)]
    [InlineData("<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry><a:title>a</a:title></a:entry></a:feed>", FeedDialect.Atom)]
    [InlineData("<entry xmlns='http://www.w3.org/2005/Atom'><title>a</title></entry>", FeedDialect.Atom)]
    [InlineData("<enveloppe><rss version='2.0'><channel><item><title>a</title></item></channel></rss></enveloppe>", FeedDialect.Rss2)]
    [InlineData("{\"version\":\"https://jsonfeed.org/version/1\",\"items\":[{\"title\":\"a\"}]}", FeedDialect.Json)]
    public void Dialect_OfEachRoot_ToldAndItsItemRead(string document, FeedDialect expected)
    {
        var feed = TownHall.Read(document);

        Assert.Equal((expected, "a"), (feed.Dialect, Assert.Single(feed.Items).Title));
    }

    [Fact]
    public void Media_GroupsAndPodcasts_FilesPictureAndTexts()
    {
        var item = Assert.Single(TownHall.Read("""
            <rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><item>
              <media:group><media:content url="https://a.example/film.mp4" type="video/mp4" fileSize="12"/><media:thumbnail url="https://a.example/p.jpg"/><media:title>Le film</media:title><media:description>Tourné ici</media:description></media:group>
              <enclosure url="https://a.example/film.mp4" type="video/mp4" length="12"/>
              <itunes:author>Radio Vallée</itunes:author><itunes:keywords>eau, forêt</itunes:keywords>
            </item></channel></rss>
            """).Items);

        Assert.Equal(("Le film", "Tourné ici", "https://a.example/p.jpg", "Radio Vallée"), (item.Title, item.Summary, item.Picture?.AbsoluteUri, Assert.Single(item.Authors).Text));
        Assert.Equal(("https://a.example/film.mp4", 12L), (Assert.Single(item.Enclosures).Url.AbsoluteUri, item.Enclosures[0].Length!.Value));
        Assert.Equal(["eau", "forêt"], item.Categories);
    }

    private static DateTimeOffset? Moment(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
