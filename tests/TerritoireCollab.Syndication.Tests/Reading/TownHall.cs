using System.Text;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>Feeds as small town halls, prefectures and their suppliers write them. The places are invented.</summary>
internal static class TownHall
{
    /// <summary>SPIP: the namespace of content, a language, dates of Dublin Core, HTML in sections, a summary that is cut.</summary>
    public const string Spip = """
        <?xml version="1.0" encoding="iso-8859-15"?>
        <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom">
        <channel xml:lang="fr">
          <title>Mairie d’Œuilly-sur-Drôme</title>
          <link>https://www.oeuilly.example/</link>
          <description>L'actualité de la commune : 5 € l'entrée</description>
          <language>fr</language>
          <generator>SPIP - www.spip.net</generator>
          <atom:link href="https://www.oeuilly.example/spip.php?page=backend" rel="self" type="application/rss+xml" />
          <image><title>Mairie</title><url>https://www.oeuilly.example/IMG/logo.png</url><link>https://www.oeuilly.example/</link></image>
          <item xml:lang="fr">
            <title>Conseil municipal du 3&#160;mars &#8211; compte rendu</title>
            <link>https://www.oeuilly.example/spip.php?article412</link>
            <guid isPermaLink="true">https://www.oeuilly.example/spip.php?article412</guid>
            <dc:date>2026-03-04T08:30:00Z</dc:date>
            <dc:format>text/html</dc:format>
            <dc:language>fr</dc:language>
            <dc:creator>Secrétariat de mairie</dc:creator>
            <description>&lt;p&gt;Le conseil s'est réuni à 18 h.&lt;/p&gt; - &lt;a href="spip.php?rubrique3" rel="directory"&gt;Vie municipale&lt;/a&gt;</description>
            <content:encoded>&lt;p&gt;Le conseil s'est réuni à 18&nbsp;h. &lt;img src="IMG/jpg/salle.jpg" width="600" alt="La salle" onload="x()" /&gt;&lt;/p&gt;
              &lt;script&gt;compter()&lt;/script&gt;&lt;img src="https://stats.example/p.gif" width="1" height="1"&gt;</content:encoded>
            <dc:subject>Vie municipale</dc:subject>
            <enclosure url="https://www.oeuilly.example/IMG/pdf/pv.pdf" length="51200" type="application/pdf" />
          </item>
        </channel>
        </rss>
        """;

    /// <summary>A prefecture: dates in French, identifiers that are empty or all the same, bare ampersands, a reference of HTML.</summary>
    public const string Prefecture = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0">
        <channel>
          <title>Préfecture de Haute-Vallée : eau & sécheresse</title>
          <link>https://www.haute-vallee.example</link>
          <description>Les arr&ecirc;t&eacute;s</description>
          <item>
            <title>Arrêté n° 2026-118 & annexes</title>
            <link>/Actions-de-l-Etat/Eau/Arrete-118</link>
            <guid></guid>
            <pubDate>mar., 03 mars 2026 14:30:00 +0100</pubDate>
            <description>Restrictions d'usage</description>
          </item>
          <item>
            <title>Réunion publique</title>
            <link>/Actualites/Reunion</link>
            <guid>1</guid>
            <pubDate>lundi 2 mars 2026 à 18h30</pubDate>
          </item>
          <item>
            <title>Permanence</title>
            <link>/Actualites/Permanence</link>
            <guid>1</guid>
            <pubDate>bientôt</pubDate>
          </item>
        </channel>
        </rss>
        """;

    /// <summary>A community of towns, in Atom: xhtml, html and text, relative addresses, an author for all.</summary>
    public const string Community = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" xml:base="https://cc-vallees.example/actualites/">
          <id>tag:cc-vallees.example,2026:actualites</id>
          <title type="html">Vallées &amp;amp; plateaux &lt;b&gt;unis&lt;/b&gt;</title>
          <subtitle>Communauté de communes</subtitle>
          <link href="/" />
          <link rel="self" href="flux.atom" />
          <link rel="hub" href="https://hub.example/" />
          <icon>/favicon.ico</icon>
          <updated>2026-03-05T10:00:00+01:00</updated>
          <author><name>Service communication</name><email>com@cc-vallees.example</email></author>
          <entry>
            <id>tag:cc-vallees.example,2026:7</id>
            <title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Le <em>bus</em> du marché</div></title>
            <link rel="enclosure" href="horaires.pdf" type="application/pdf" length="2048" />
            <link href="bus" />
            <link rel="replies" href="bus#avis" type="text/html" />
            <published>2026-03-05T09:00:00+01:00</published>
            <updated>2026-03-05T10:00:00+01:00</updated>
            <category term="transport" label="Transports" />
            <summary>Départ à 8 h &lt; 9 h</summary>
            <content type="xhtml" xml:base="bus/"><div xmlns="http://www.w3.org/1999/xhtml"><p>Voir <a href="plan">le plan</a><br /></p></div></content>
          </entry>
          <entry>
            <id>tag:cc-vallees.example,2026:6</id>
            <title>Déchèterie fermée</title>
            <link href="https://cc-vallees.example/dechets" />
            <updated>2026-03-01T10:00:00Z</updated>
            <author><name>Service déchets</name></author>
            <source><title>SIVOM des Plateaux</title><link href="https://sivom.example/" /></source>
          </entry>
        </feed>
        """;

    /// <summary>An old site, in RSS 1.0.</summary>
    public const string Rdf = """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
          <channel rdf:about="https://office.example/backend.rdf">
            <title>Office de tourisme</title><link>https://office.example/</link><description>Agenda</description>
            <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
            <items><rdf:Seq><rdf:li rdf:resource="https://office.example/fete" /></rdf:Seq></items>
          </channel>
          <item rdf:about="https://office.example/fete">
            <title>Fête de la châtaigne</title><link>https://office.example/fete</link>
            <description>Sur la place</description><dc:date>2026-10-11</dc:date><dc:creator>L'office</dc:creator><dc:subject>Fêtes</dc:subject>
          </item>
        </rdf:RDF>
        """;

    /// <summary>A generator of static sites, in JSON.</summary>
    public const string Json = """
        {
          "version": "https://jsonfeed.org/version/1.1", "title": "Médiathèque <La Source>", "home_page_url": "https://mediatheque.example/", "feed_url": "https://mediatheque.example/feed.json",
          "language": "fr", "authors": [{"name": "L’équipe"}], "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
          "items": [
            {"id": 42, "url": "/heure-du-conte", "title": "Heure du conte", "content_html": "<p>Dès <b>3 ans</b></p><script>x</script>", "date_published": "2026-03-04T10:00:00+01:00", "tags": ["enfants"],
             "attachments": [{"url": "/affiche.pdf", "mime_type": "application/pdf", "size_in_bytes": 9000}, {"mime_type": "x"}]},
            "sans objet",
            {"id": "deux", "content_text": "a < b", "external_url": "https://ailleurs.example/", "authors": [{"name": "Nadia Exemple"}]}
          ]
        }
        """;

    /// <summary>Every one of them.</summary>
    public static readonly string[] All = [Spip, Prefecture, Community, Rdf, Json];

    /// <summary>Reads a document written in UTF-8, or in the charset named.</summary>
    public static FeedReading Read(string document, string charset = "utf-8", FeedOrigin? origin = null)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return FeedReader.Read(Encoding.GetEncoding(charset).GetBytes(document), origin) ?? throw new InvalidOperationException("It is no feed.");
    }

    /// <summary>An RSS feed of one item.</summary>
    public static FeedItem Item(string inner, string? address = null) =>
        Assert.Single(Read($"<rss version='2.0'><channel><title>t</title><item>{inner}</item></channel></rss>", origin: address is null ? null : new() { Address = new(address) }).Items);

    /// <summary>An Atom feed of one entry.</summary>
    public static FeedItem Entry(string inner) => Assert.Single(Read($"<feed xmlns='http://www.w3.org/2005/Atom'><entry>{inner}</entry></feed>").Items);
}
