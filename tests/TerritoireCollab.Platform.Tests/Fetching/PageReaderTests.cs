using System.Text;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>What a page says of itself.</summary>
public sealed class PageReaderTests
{
    private static readonly Uri Address = new("https://www.mairie.test/actualites/2026/budget?utm_source=x");

    [Fact]
    public void Page_ThatSaysEverything_Read()
    {
        var facts = Read("""
            <!doctype html><html lang="fr-FR"><head>
            <meta charset=utf-8><title>Budget | Mairie</title>
            <meta property="og:title" content="Le budget participatif est&nbsp;ouvert&#8239;!">
            <meta name=Description content="  Déposez
               vos idées. ">
            <meta property="og:site_name" content="Mairie de Valfleur">
            <meta property="og:image" content="/images/budget.jpg">
            <meta name="author" content="Service &eacute;conomie">
            <meta property="article:published_time" content="2026-11-20T08:00:00+01:00">
            <link rel="shortlink canonical" href="/actualites/2026/budget">
            </head><body><h1>Autre</h1></body></html>
            """);

        Assert.Equal(new PageFacts
        {
            Title = "Le budget participatif est\u00A0ouvert\u202F!",
            Description = "Déposez vos idées.",
            SiteName = "Mairie de Valfleur",
            Author = "Service économie",
            PublishedText = "2026-11-20T08:00:00+01:00",
            Language = "fr-FR",
            Canonical = new("https://www.mairie.test/actualites/2026/budget"),
            Picture = new("https://www.mairie.test/images/budget.jpg"),
        }, facts);
    }

    [Theory]
    [InlineData("<title>Un</title><h1>Deux</h1>", "Un")]
    [InlineData("<title> </title><h1>Deux <em>mots</em></h1><h1>Trois</h1>", "Deux mots")]
    [InlineData("<svg><title>Loupe</title></svg><title>Un</title>", "Un")]
    [InlineData("<title>Un</title><svg><title>Loupe</title></svg>", "Un")]
    [InlineData("<meta name=twitter:title content=T><title>Un</title>", "T")]
    [InlineData("<title>a &lt;b&gt; c</title>", "a <b> c")]
    [InlineData("<title>a <b>c</title>", "a <b>c")]
    [InlineData("<title>droite\u202Eehcuag</title>", "droiteehcuag")]
    [InlineData("<!-- <title>Non</title> --><script>'<title>Non</title>'</script><title>Oui</title>", "Oui")]
    [InlineData("<script type=application/ld+json>{\"@graph\":[{\"@type\":\"Article\",\"headline\":\"En JSON\"}]}</script>", "En JSON")]
    [InlineData("texte", null)]
    [InlineData("", null)]
    public void Title_WhereverItIs_Read(string html, string? title) => Assert.Equal(title, Read(html).Title);

    [Theory]
    [InlineData("""<script type="application/ld+json">{"datePublished":"2026-11-20","author":[{"name":"Ana"},{"name":"Bo"}]}</script>""", "2026-11-20", "Ana, Bo")]
    [InlineData("""<script type="application/ld+json">{"datePublished":</script><time datetime="2026-11-19">hier</time>""", "2026-11-19", null)]
    [InlineData("""<script type="application/ld+json">[1, "a", null, {"author": {"name": 5}}]</script><meta property="article:author" content="https://reseau.test/moi">""", null, null)]
    public void DateAndAuthor_WhereverTheyAre_Read(string html, string? date, string? author) => Assert.Equal((date, author), (Read(html).PublishedText, Read(html).Author));

    [Theory]
    [InlineData("https://www.mairie.test/a", "https://www.mairie.test/a")]
    [InlineData("http://mairie.test/a", "http://mairie.test/a")]
    [InlineData("https://voleur.test/actualites/2026/budget", null)]
    [InlineData("https://mairie.test.voleur.test/a", null)]
    [InlineData("https://x@www.mairie.test/a", null)]
    [InlineData("https://www.mairie.test/", null)]
    [InlineData("/", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("http://[", null)]
    public void Canonical_AtAnotherHostOrOfNoUse_NotBelieved(string canonical, string? read) =>
        Assert.Equal(read is null ? null : new Uri(read), Read($"<link rel=canonical href='{canonical}'>").Canonical);

    [Theory]
    [InlineData("data:image/png;base64,AAAA", null)]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("//cdn.test/i.png", "https://cdn.test/i.png")]
    public void Picture_NotOfTheWeb_LeftOut(string picture, string? read) => Assert.Equal(read is null ? null : new Uri(read), Read($"<meta property=og:image content='{picture}'>").Picture);

    [Theory]
    [InlineData("text/html; charset=iso-8859-1", "<title>\u00E9t\u00E9</title>", 1252)]
    [InlineData("text/html", "<meta http-equiv=content-type content='text/html; charset=ISO-8859-15'><title>\u00E9t\u00E9</title>", 28605)]
    [InlineData("text/html; charset=utf-8", "<title>\u00E9t\u00E9</title>", 1252)]
    [InlineData(null, "<title>\u00E9t\u00E9</title>", 65001)]
    [InlineData("text/html; charset=nimporte", "<title>\u00E9t\u00E9</title>", 65001)]
    [InlineData(null, "\uFEFF<title>\u00E9t\u00E9</title>", 1200)]
    public void Charset_SaidOrNot_Understood(string? contentType, string html, int codePage)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

        Assert.Equal("été", PageReader.Read(encoding.GetBytes(html), contentType, Address).Title);
    }

    [Fact]
    public void Page_CutWithinALetter_StillUtf8() => Assert.Equal("été", PageReader.Read("<title>été</title>é"u8[..^1], null, Address).Title);

    [Fact]
    public void Texts_WithoutEnd_Cut()
    {
        var facts = Read($"<title>{new string('t', 300_000)}</title><meta name=description content='{new string('d', 300_000)}'>");

        Assert.Equal((300, 1000), (facts.Title!.Length, facts.Description!.Length));
    }

    [Theory]
    [InlineData("<div>")]
    [InlineData("<b><p>")]
    [InlineData("<svg>")]
    [InlineData("<")]
    [InlineData("<!--")]
    [InlineData("&")]
    [InlineData("<script type=application/ld+json>[")]
    [InlineData("[")]
    [InlineData("<meta name=a content=b>")]
    public void Page_OfAShapeThatCosts_ReadInNoTime(string piece)
    {
        var html = Encoding.UTF8.GetBytes("<title>T</title>" + new StringBuilder().Insert(0, piece, 900_000 / piece.Length));

        var time = ThreadTime.Of(() => Assert.Equal("T", PageReader.Read(html, null, Address).Title));

        Assert.InRange(time, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    private static PageFacts Read(string html) => PageReader.Read(Encoding.UTF8.GetBytes(html), "text/html; charset=utf-8", Address);
}
