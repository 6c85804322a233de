using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Veille.Demo;

/// <summary>A document of a site, as it is sent.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="ContentType">Value of <c>Content-Type</c>.</param>
internal sealed record FeedPrint(byte[] Bytes, string ContentType);

/// <summary>
/// Prints the feeds of the demo territory in the manner of the sites that they come from, faults included: what reads them is what reads real ones.
/// </summary>
internal static class FeedPress
{
    private const string Latin9Own = "€ŠšŽžŒœŸ";
    private const string Latin9Lost = "¤¦¨´¸¼½¾";

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Months = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];
    private static readonly string[] Days = ["dim.", "lun.", "mar.", "mer.", "jeu.", "ven.", "sam."];

    // How an article goes on after its beginning, whatever it is about.
    private static readonly string[] Sequels =
    [
        "Le projet a été présenté aux élus et aux habitants au cours d’une réunion publique. Les questions ont surtout porté sur le calendrier, le coût pour la commune et l’aide aux personnes qui n’ont pas d’ordinateur chez elles.",
        "Une première étape est prévue dans les trois mois. Un point sera fait ensuite avec les communes voisines, qui pourront rejoindre la démarche sans frais d’entrée et à leur rythme.",
        "« Nous avons préféré commencer petit et montrer ce qui marche », dit la personne chargée du dossier. Deux agents ont été formés, et une permanence est tenue chaque mercredi matin à l’accueil.",
        "Le budget tient dans l’enveloppe votée au printemps. L’essentiel paie le temps des agents ; le matériel a été repris, réparé et installé sur place.",
        "Les associations du canton ont été consultées. Elles demandent que les documents restent aussi disponibles sur papier, ce qui a été accepté.",
        "Un bilan sera publié à la fin de l’année, chiffres à l’appui. D’ici là, les remarques peuvent être déposées en mairie ou envoyées par courriel.",
    ];

    /// <summary>How the page of a site without a feed is read.</summary>
    public static PageSelectors Selectors { get; } = new(".actualite") { Title = "h3", Date = ".date", Summary = "p" };

    /// <summary>The feed of <paramref name="source"/> with <paramref name="news"/>, newest first.</summary>
    public static FeedPrint Print(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone) => source.Style switch
    {
        FeedStyle.Spip => new(Latin9(Spip(source, news, zone)), "text/xml"),
        FeedStyle.WordPress => new(Utf8(WordPress(source, news)), "application/rss+xml; charset=UTF-8"),
        FeedStyle.Atom => new(Utf8(Atom(source, news, zone)), "application/atom+xml; charset=utf-8"),
        FeedStyle.Rdf => new(Utf8(Rdf(source, news, zone)), "application/rdf+xml"),
        FeedStyle.Json => new(JsonFeed(source, news, zone), "application/feed+json"),
        FeedStyle.Rss091 => new(Utf8(Rss091(source, news)), "application/xml"),
        FeedStyle.FrenchDates => new(Utf8(Rss(source, news, n => $"<pubDate>{French(n.At, zone)}</pubDate>")), "application/rss+xml"),
        FeedStyle.Windows1252 => new(Windows1252(Rss(source, news, n => $"<pubDate>{Rfc822(n.At)}</pubDate>", declaration: "")), "text/xml"),
        FeedStyle.BareAmpersand => new(Utf8(Rss(source, news, n => $"<pubDate>{Rfc822(n.At)}</pubDate>").Replace("&amp;", "&", StringComparison.Ordinal)), "application/rss+xml"),
        FeedStyle.CutTail => new(Utf8(Cut(Rss(source, news, n => $"<pubDate>{Rfc822(n.At)}</pubDate>"))), "application/rss+xml"),
        FeedStyle.NoDates => new(Utf8(Rss(source, news, _ => "")), "application/rss+xml"),
        _ => Page(source, news, zone),
    };

    /// <summary>The front page of the site, which says where its feed is when it has one.</summary>
    public static FeedPrint Home(FeedText source) => new(Utf8($"""
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>{Text(source.Name)}</title>
        <meta name="description" content="{Text(source.Description)}">
        {(source.Style == FeedStyle.Page ? "" : $"<link rel=\"alternate\" type=\"{TypeOf(source.Style)}\" title=\"{Text(source.Name)}\" href=\"{Text(source.Path)}\">")}</head>
        <body><h1>{Text(source.Name)}</h1><p>{Text(source.Description)}</p></body></html>
        """), "text/html; charset=utf-8");

    /// <summary>The page of a piece of news.</summary>
    /// <param name="news">The news.</param>
    /// <param name="rights">What its site lets be done with it.</param>
    public static FeedPrint Article(DatedNews news, FeedRights rights) => new(Utf8($"""
        <!DOCTYPE html>
        <html lang="fr"><head><meta charset="utf-8"><title>{Text(news.Text.Title)}</title>
        <meta property="og:title" content="{Text(news.Text.Title)}"><meta property="og:description" content="{Text(news.Text.Excerpt)}">
        <meta property="article:published_time" content="{news.At:yyyy-MM-ddTHH:mm:ssZ}">{(news.Picture is { } picture ? $"<meta property=\"og:image\" content=\"{Text(picture.AbsoluteUri)}\">" : "")}<link rel="canonical" href="{Text(news.Address.AbsoluteUri)}">{Say(rights)}</head>
        <body><nav><a href="/">Accueil</a></nav><article><h1>{Text(news.Text.Title)}</h1><p>{Text(news.Text.Excerpt)}</p>{string.Concat(Sequel(news.Number).Select(p => $"<p>{p}</p>"))}</article></body></html>
        """), "text/html; charset=utf-8");

    private static IEnumerable<string> Sequel(int number) => Enumerable.Range(0, 3).Select(i => Sequels[(number + (i * 2)) % Sequels.Length]).Distinct();

    private static string Say(FeedRights rights) => rights switch
    {
        FeedRights.Subscribers => "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"isAccessibleForFree\":false}</script>",
        FeedRights.Reserved => "<meta name=\"robots\" content=\"noarchive\">",
        _ => "",
    };

    // A page of news without any feed, as small communes have: a list, dates in words.
    private static FeedPrint Page(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone)
    {
        var items = news.Select(n =>
            $"<li class=\"actualite\"><h3><a href=\"{Text(n.Address.Host == source.Host ? n.Address.PathAndQuery : n.Address.AbsoluteUri)}\">{Text(n.Text.Title)}</a></h3><span class=\"date\">{InWords(n.At, zone)}</span><p>{Text(n.Text.Excerpt)}</p></li>");
        return new(Utf8($"<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>{Text(source.Name)}</title></head>\n<body><h1>{Text(source.Name)}</h1>\n<ul class=\"actualites\">\n{string.Join('\n', items)}\n</ul></body></html>\n"), "text/html; charset=utf-8");
    }

    private static string Spip(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone)
    {
        var items = news.Select(n => $"""
            <item xml:lang="fr">
            		<title>{Nbsp(n.Text.Title)}</title>
            		<link>{Text(n.Address.AbsoluteUri)}</link>
            		<guid isPermaLink="true"></guid>
            		<dc:date>{Rfc3339(n.At, zone)}</dc:date>
            		<dc:format>text/html</dc:format>
            		<dc:language>fr</dc:language>
            		<description>{Nbsp(n.Text.Excerpt)}</description>
            	</item>
            """);
        return $"""
            <?xml version="1.0" encoding="iso-8859-15"?>
            <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
            <channel xml:lang="fr">
            	<title>{Nbsp(source.Name)}</title>
            	<link>{Text(source.Site)}</link>
            	<description>{Nbsp(source.Description)}</description>
            	<language>fr</language>
            	<generator>SPIP - www.spip.net</generator>
            {string.Join('\n', items)}
            </channel>
            </rss>
            """;
    }

    private static string WordPress(FeedText source, IReadOnlyList<DatedNews> news)
    {
        var items = news.Select(n => FormattableString.Invariant($"""
            <item>
              <title>{Text(n.Text.Title)}</title>
              <link>{Text(n.Address.AbsoluteUri)}</link>
              <dc:creator><![CDATA[{n.Author ?? source.Name}]]></dc:creator>
              <pubDate>{Rfc822(n.At)}</pubDate>
              <category><![CDATA[Numérique]]></category>
              <category><![CDATA[Drôme]]></category>
              <guid isPermaLink="false">https://{n.Address.Host}/?p={n.Number + 7000}</guid>
              <description><![CDATA[<p>{Text(n.Text.Excerpt)}</p>]]></description>
              <content:encoded><![CDATA[<p>{Text(n.Text.Excerpt)}</p><p>L’article complet se lit sur le site.</p>]]></content:encoded>
            </item>
            """));
        return $"""
            <?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
            <channel>
            <title>{Text(source.Name)}</title>
            <atom:link href="{Text(source.Address)}" rel="self" type="application/rss+xml" />
            <link>{Text(source.Site)}</link>
            <description>{Text(source.Description)}</description>
            <language>fr-FR</language>
            <sy:updatePeriod>hourly</sy:updatePeriod>
            {string.Join('\n', items)}
            </channel></rss>
            """;
    }

    private static string Atom(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone)
    {
        var entries = news.Select(n => FormattableString.Invariant($"""
            <entry>
              <id>tag:{n.Address.Host},2020:article-{n.Number}</id>
              <title type="text">{Text(n.Text.Title)}</title>
              <link rel="alternate" type="text/html" href="{Text(n.Address.AbsoluteUri)}"/>
              <published>{Rfc3339(n.At, zone)}</published>
              <updated>{Rfc3339(n.At, zone)}</updated>
              <author><name>{Text(n.Author ?? source.Name)}</name></author>
              <summary type="html">&lt;p&gt;{Text(Text(n.Text.Excerpt))}&lt;/p&gt;</summary>
            </entry>
            """));
        var updated = news.Count == 0 ? "" : $"<updated>{Rfc3339(news[0].At, zone)}</updated>";
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr">
            <id>{Text(source.Address)}</id>
            <title>{Text(source.Name)}</title>
            <subtitle>{Text(source.Description)}</subtitle>
            <link rel="self" href="{Text(source.Address)}"/>
            <link rel="alternate" type="text/html" href="{Text(source.Site)}"/>
            {updated}
            {string.Join('\n', entries)}
            </feed>
            """;
    }

    private static string Rdf(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone)
    {
        var places = news.Select(n => $"<rdf:li rdf:resource=\"{Text(n.Address.AbsoluteUri)}\"/>");
        var items = news.Select(n => $"""
            <item rdf:about="{Text(n.Address.AbsoluteUri)}">
              <title>{Text(n.Text.Title)}</title>
              <link>{Text(n.Address.AbsoluteUri)}</link>
              <description>{Text(n.Text.Excerpt)}</description>
              <dc:date>{Rfc3339(n.At, zone)}</dc:date>
            </item>
            """);
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
            <channel rdf:about="{Text(source.Address)}">
            <title>{Text(source.Name)}</title>
            <link>{Text(source.Site)}</link>
            <description>{Text(source.Description)}</description>
            <items><rdf:Seq>{string.Concat(places)}</rdf:Seq></items>
            </channel>
            {string.Join('\n', items)}
            </rdf:RDF>
            """;
    }

    private static byte[] JsonFeed(FeedText source, IReadOnlyList<DatedNews> news, TimeZoneInfo zone) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "https://jsonfeed.org/version/1.1",
        title = source.Name,
        home_page_url = source.Site,
        feed_url = source.Address,
        description = source.Description,
        language = "fr",
        items = news.Select(n => new
        {
            id = FormattableString.Invariant($"{n.Number}"),
            url = n.Address.AbsoluteUri,
            title = n.Text.Title,
            content_text = n.Text.Excerpt,
            date_published = Rfc3339(n.At, zone),
        }),
    }, Json);

    private static string Rss091(FeedText source, IReadOnlyList<DatedNews> news)
    {
        var items = news.Select(n => $"<item><title>{Text(n.Text.Title)}</title><link>{Text(n.Address.AbsoluteUri)}</link><description>{Text(n.Text.Excerpt)}</description></item>");
        return $"""
            <?xml version="1.0" encoding="utf-8"?>
            <rss version="0.91"><channel>
            <title>{Text(source.Name)}</title><link>{Text(source.Site)}</link><description>{Text(source.Description)}</description><language>fr</language>
            {string.Join('\n', items)}
            </channel></rss>
            """;
    }

    private static string Rss(FeedText source, IReadOnlyList<DatedNews> news, Func<DatedNews, string> date, string declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
    {
        var items = news.Select(n => $"""
            <item>
            <title>{Text(n.Text.Title)}</title>
            <link>{Text(n.Address.AbsoluteUri)}</link>
            {date(n)}
            <description>{Text(n.Text.Excerpt)}</description>
            </item>
            """);
        return $"""
            {declaration}<rss version="2.0"><channel>
            <title>{Text(source.Name)}</title>
            <link>{Text(source.Site)}</link>
            <description>{Text(source.Description)}</description>
            <language>fr</language>
            {string.Join('\n', items)}
            </channel></rss>
            """;
    }

    private static string Cut(string feed) => feed.LastIndexOf("</description>", StringComparison.Ordinal) is var end and > 12 ? feed[..(end - 12)] : feed;

    private static string TypeOf(FeedStyle style) => style switch
    {
        FeedStyle.Atom => "application/atom+xml",
        FeedStyle.Rdf => "application/rdf+xml",
        FeedStyle.Json => "application/feed+json",
        _ => "application/rss+xml",
    };

    private static string Text(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string Nbsp(string text) => Text(text).Replace("\u202f", "&nbsp;", StringComparison.Ordinal).Replace("\u00a0", "&nbsp;", StringComparison.Ordinal);

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    // What the character set has not goes in by its number, as that software does it.
    private static byte[] Latin9(string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(28605)!;
        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if ((letter <= 0xff && !Latin9Lost.Contains(letter, StringComparison.Ordinal)) || Latin9Own.Contains(letter, StringComparison.Ordinal)) safe.Append(letter);
            else safe.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
        }

        return encoding.GetBytes(safe.ToString());
    }

    private static byte[] Windows1252(string text) => CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text.Replace('\u202f', '\u00a0'));

    private static string Rfc822(DateTime at) => at.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string Rfc3339(DateTime at, TimeZoneInfo zone) => Local(at, zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string French(DateTime at, TimeZoneInfo zone)
    {
        var local = Local(at, zone);
        return $"{Days[(int)local.DayOfWeek]}, {local.Day:D2} {Months[local.Month - 1]} {local.ToString("yyyy HH:mm:ss", CultureInfo.InvariantCulture)} {local.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)}";
    }

    private static string InWords(DateTime at, TimeZoneInfo zone) => Local(at, zone).ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("fr-FR"));

    private static DateTimeOffset Local(DateTime at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(new DateTimeOffset(at, TimeSpan.Zero), zone);
}
