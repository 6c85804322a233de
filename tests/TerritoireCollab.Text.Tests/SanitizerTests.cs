using System.Text;
using System.Text.RegularExpressions;
using TerritoireCollab.Markup;
using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class SanitizerTests
{
    public static TheoryData<string> Attacks { get; } =
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.test/x.js></SCRIPT>",
        "<scr<script>ipt>alert(1)</scr</script>ipt>",
        "<script/>alert(1)",
        "<img src=x onerror=alert(1)>",
        "<img src=x:alert(1) onerror=eval(src)>",
        "<img/src='x'/onerror='alert(1)'>",
        "<img src=\"javascript:alert(1)\">",
        "<img src=/fichiers/../deconnexion>",
        "<img src=\"/fichiers/%2e%2e/x\">",
        "<image src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text y=20>clic</text></a></svg>",
        "<svg><style><img title=\"</style><img src=x onerror=alert(1)>\"></style></svg>",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
        "<math><annotation-xml encoding=\"text/html\"><style><img src=x onerror=alert(1)></style></annotation-xml></math>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></p></noscript>",
        "<template><script>alert(1)</script></template>",
        "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\"></textarea>",
        "<title><img title=\"</title><img src=x onerror=alert(1)>\"></title>",
        "<xmp><p title=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
        "<style>@import '//evil.test/x.css';</style>",
        "<style><!--</style><script>alert(1)//--></script>",
        "<a href=\"javascript:alert(1)\">clic</a>",
        "<a href=\" \u0001jAvAsCrIpT:alert(1)\">clic</a>",
        "<a href=\"java\tscript:alert(1)\">clic</a>",
        "<a href=\"java&#10;script:alert(1)\">clic</a>",
        "<a href=\"&#106;avascript&colon;alert(1)\">clic</a>",
        "<a href=\"vbscript:msgbox(1)\">clic</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">clic</a>",
        "<a href=\"//evil.test\">clic</a>",
        "<a href=\"/\\evil.test\">clic</a>",
        "<a href=\"/\t/evil.test\">clic</a>",
        "<a href=\"https:evil.test\">clic</a>",
        "<a href=\"https://banque.test@evil.test/\">clic</a>",
        "<a href=\"https://x.test/\" onmouseover=alert(1) style=\"position:fixed\" id=x name=y target=_blank>clic</a>",
        "<a href='https://x.test/\"onmouseover=\"alert(1)'>clic</a>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<iframe><img src=x onerror=alert(1)></iframe>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<embed src=\"javascript:alert(1)\">",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>clic</button><input autofocus onfocus=alert(1)></form>",
        "<base href=\"//evil.test/\"><a href=\"/x\">clic</a>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<link rel=stylesheet href=//evil.test/x.css>",
        "<video src=x onerror=alert(1)><source onerror=alert(1)></video>",
        "<details open ontoggle=alert(1)>x</details>",
        "<marquee onstart=alert(1)>x</marquee>",
        "<body onload=alert(1)>x",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<p id=location name=cookie>x</p>",
        "<img name=getElementById src=/fichiers/a.png id=body>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<!--!><script>alert(1)</script>-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<?xml version=\"1.0\"?><script>alert(1)</script>",
        "<plaintext><script>alert(1)</script>",
        "<a><b><a><table><a><tr><a><td><a href=/x>y</a>",
        "<table><script>alert(1)</script><tr><td><img src=x onerror=alert(1)>",
        "<select><template><img src=x onerror=alert(1)></template></select>",
        "<option><iframe></select><b><script>alert(1)</script>",
        "<p<img src=x onerror=alert(1)>",
        "<\u0000script>alert(1)</script>",
        "<img src=x onerror\u0000=alert(1)>",
        "<a href=\"/x\" class=\"mention evil\" class=\"z\">y</a>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Clean_Attack_LeavesNothingThatRuns(string html) => SafeHtml.AssertSafe(Sanitizer.Clean(html), html);

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Render_AttackTypedAsMarkdown_LeavesNothingThatRuns(string text)
    {
        SafeHtml.AssertSafe(RichText.Render(text, RichTextContext.Empty), text);
        SafeHtml.AssertSafe(RichText.Render($"[x]({text}) ![x]({text}) <{text}>\n\n[a]\n\n[a]: {text}", RichTextContext.Empty), text);
    }

    [Theory]
    [InlineData("<p>Bonjour <b>à</b> <em>tous</em></p>", "<p>Bonjour <b>à</b> <em>tous</em></p>")]
    [InlineData("<p>un<p>deux", "<p>un</p><p>deux</p>")]
    [InlineData("<h1>Titre</h1><h2>Sous-titre</h2><h4>x</h4>", "<h3>Titre</h3><h3>Sous-titre</h3><h4>x</h4>")]
    [InlineData("<section><p>a</p></section>", "<div><p>a</p></div>")]
    [InlineData("<font color=red>rouge</font> <unknown>x</unknown>", "rouge x")]
    [InlineData("<p></p><p>a</p><div><b></b></div>", "<p>a</p>")]
    [InlineData("<ul>a<li>b<li>c<ul><li>d</ul></ul>", "<ul><li>a</li><li>b</li><li>c<ul><li>d</li></ul></li></ul>")]
    [InlineData("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>")]
    [InlineData("<li>seul<li>autre", "<div>seul</div><div>autre</div>")]
    [InlineData("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>")]
    [InlineData("<table><tr><th scope=col align=right>a<td colspan=2>b</table>", "<table><tbody><tr><th class=\"aligne-droite\" scope=\"col\">a</th><td colspan=\"2\">b</td></tr></tbody></table>")]
    [InlineData("<table>x<td>y</table>", "<table><tbody><tr><td>x</td><td>y</td></tr></tbody></table>")]
    [InlineData("<p>a<table><tr><td>b</table>c", "<p>a</p><table><tbody><tr><td>b</td></tr></tbody></table>c")]
    [InlineData("<a href=/x>un <a href=/y>deux</a>", "<a href=\"/x\">un </a><a href=\"/y\">deux</a>")]
    [InlineData("<b><p>a</b>b</p>", "<b><p>a</p></b>b")]
    [InlineData("<pre>\n\n  a\n b</pre>", "<pre>  a\n b</pre>")]
    [InlineData("a &lt;b&gt; &amp;amp; &eacute;&nbsp;!", "a &lt;b&gt; &amp;amp; é\u00A0!")]
    [InlineData("a\u0001b\u0000c\uFFFEd", "abcd")]
    [InlineData("<ol start=5><li>a</ol>", "<ol start=\"5\"><li>a</li></ol>")]
    [InlineData("<ol start=-5x><li>a</ol>", "<ol><li>a</li></ol>")]
    [InlineData("<p lang=en>hello</p><p lang='\"x'>y</p>", "<p lang=\"en\">hello</p><p>y</p>")]
    [InlineData("<abbr title='Établissement public'>EPCI</abbr>", "<abbr title=\"Établissement public\">EPCI</abbr>")]
    [InlineData("<span>a</span><span class='case x'>b</span>", "a<span class=\"case\">b</span>")]
    public void Clean_Markup_IsWellNestedAndKeepsItsMeaning(string html, string expected)
    {
        var clean = Sanitizer.Clean(html);

        Assert.Equal(expected, clean);
        SafeHtml.AssertSafe(clean, html);
    }

    [Theory]
    [InlineData("https://www.exemple.fr/a?b=1&c=2", "<a href=\"https://www.exemple.fr/a?b=1&amp;c=2\" rel=\"nofollow noopener ugc\">x</a>")]
    [InlineData(" HTTPS://Exemple.fr/a b ", "<a href=\"https://Exemple.fr/a%20b\" rel=\"nofollow noopener ugc\">x</a>")]
    [InlineData("mailto:contact@exemple.fr", "<a href=\"mailto:contact@exemple.fr\">x</a>")]
    [InlineData("/groupes/numerique", "<a href=\"/groupes/numerique\">x</a>")]
    [InlineData("ftp://exemple.fr/", "x")]
    [InlineData("tel:+33475000000", "x")]
    [InlineData("page.html", "x")]
    [InlineData("#ancre", "x")]
    [InlineData("", "x")]
    public void Clean_Link_KeepsOnlySafeAddresses(string address, string expected) =>
        Assert.Equal(expected, Sanitizer.Clean($"<a href=\"{address.Replace("&", "&amp;", StringComparison.Ordinal)}\" target=_blank>x</a>"));

    [Theory]
    [InlineData("page.html", "https://flux.test/blog/page.html")]
    [InlineData("/page", "https://flux.test/page")]
    [InlineData("//autre.test/x", "https://autre.test/x")]
    [InlineData("?p=2", "https://flux.test/blog/?p=2")]
    public void Clean_RelativeLinkOfForeignDocument_BecomesAbsolute(string address, string expected)
    {
        var site = new Uri("https://flux.test/blog/");

        var clean = Sanitizer.Clean($"<a href=\"{address}\">x</a>", site);

        Assert.Equal($"<a href=\"{expected}\" rel=\"nofollow noopener ugc\">x</a>", clean);
        Assert.Equal(clean, Sanitizer.Clean(clean, site));
    }

    [Theory]
    [InlineData("<img src=/fichiers/7/plan.png alt=Plan width=300 height=abc onclick=x>", "<img src=\"/fichiers/7/plan.png\" alt=\"Plan\" width=\"300\" loading=\"lazy\">")]
    [InlineData("<img src=/pieces/a.jpg>", "<img src=\"/pieces/a.jpg\" alt=\"\" loading=\"lazy\">")]
    [InlineData("<img src=https://x.test/photos/mairie.jpg?w=2 alt='La mairie'>", "<a href=\"https://x.test/photos/mairie.jpg?w=2\" rel=\"nofollow noopener ugc\">La mairie</a>")]
    [InlineData("<img src=https://x.test/photos/mairie.jpg?w=2>", "<a href=\"https://x.test/photos/mairie.jpg?w=2\" rel=\"nofollow noopener ugc\">mairie.jpg</a>")]
    [InlineData("<img src=https://x.test/pixel.gif width=1 height=1>", "")]
    [InlineData("<img src=data:image/png;base64,AAAA alt=Dessin>", "Dessin")]
    [InlineData("<a href=/x><img src=https://x.test/a.png alt=Dessin></a>", "<a href=\"/x\">Dessin</a>")]
    [InlineData("<iframe src=https://video.test/v/12 title=Film></iframe>", "<a href=\"https://video.test/v/12\" rel=\"nofollow noopener ugc\">Film</a>")]
    public void Clean_Picture_IsOwnOrBecomesALink(string html, string expected)
    {
        var clean = Sanitizer.Clean(html);

        Assert.Equal(expected, clean);
        SafeHtml.AssertSafe(clean, html);
    }

    [Fact]
    public void Clean_PictureOfForeignDocument_IsNeverTakenForOurs() =>
        Assert.Equal(
            "<a href=\"https://flux.test/fichiers/a.png\" rel=\"nofollow noopener ugc\">a.png</a>",
            Sanitizer.Clean("<img src=/fichiers/a.png>", new Uri("https://flux.test/")));

    [Theory]
    [InlineData("<img src=../photos/pont.jpg alt='Le pont' onerror=x>", "<img src=\"https://mairie.test/photos/pont.jpg\" alt=\"Le pont\" loading=\"lazy\">")]
    [InlineData("<img src='http://autre.test/a.png' width=600 height=400>", "<img src=\"http://autre.test/a.png\" alt=\"\" width=\"600\" height=\"400\" loading=\"lazy\">")]
    [InlineData("<img src='data:image/gif;base64,AA' data-src=/tard.jpg>", "<img src=\"https://mairie.test/tard.jpg\" alt=\"\" loading=\"lazy\">")]
    [InlineData("<img srcset='/petite.jpg 300w, /grande.jpg 900w'>", "<img src=\"https://mairie.test/petite.jpg\" alt=\"\" loading=\"lazy\">")]
    // Those that count readers.
    [InlineData("a<img src=/compteur.gif width=1 height=1>", "a")]
    [InlineData("a<img src=/compteur.gif style='width: 1px; height: 1px'>", "a")]
    [InlineData("a<img src=https://pixel.wp.com/b.gif?host=x>", "a")]
    [InlineData("a<img src=http://feeds.feedburner.com/~r/mairie/~4/abc>", "a")]
    // What is no picture of the web.
    [InlineData("a<img src='javascript:alert(1)'>", "a")]
    [InlineData("a<img src='mailto:a@b.test'>", "a")]
    public void Clean_ForeignPictureToKeep_StaysUnlessItCounts(string html, string expected) =>
        Assert.Equal(expected, Sanitizer.Clean(html, new SanitizerOptions { BaseUri = new("https://mairie.test/actualites/"), KeepPictures = true }));

    [Theory]
    [InlineData("a<iframe src=/video/12 title='Le film'></iframe>b", "a<a href=\"https://mairie.test/video/12\" rel=\"nofollow noopener ugc\">Le film</a>b")]
    [InlineData("a<iframe src=/video/12>voir <b>ici</b></iframe>b", "avoir <b>ici</b>b")]
    [InlineData("a<iframe src=https://pub.test/></iframe>b", "ab")]
    [InlineData("a<iframe src=/video/12><script>x</script>", "a<a href=\"https://mairie.test/video/12\" rel=\"nofollow noopener ugc\">12</a>")]
    [InlineData("<math><mi>E</mi>=<mi>m</mi></math> <svg onload=x><text>axe</text><style>y</style></svg>", "E=m axe")]
    [InlineData("a<object data=x.swf><p>sans greffon</p></object>b", "a<p>sans greffon</p>b")]
    public void Clean_ForeignFrameOrObject_WhatItHoldsForUsStays(string html, string expected) =>
        Assert.Equal(expected, Sanitizer.Clean(html, new SanitizerOptions { BaseUri = new("https://mairie.test/actualites/"), KeepPictures = true }));

    [Fact]
    public void Clean_ForeignTextWithoutItsAddress_NoPathIsTakenForOurs() =>
        Assert.Equal("lien, <a href=\"https://x.test/\" rel=\"nofollow noopener ugc\">autre</a>", Sanitizer.Clean("<a href=/moi>lien</a>, <a href=https://x.test/>autre</a><img src=/fichiers/a.png>", new SanitizerOptions { KeepPictures = true }));

    [Fact]
    public void Clean_HalfSurrogate_BecomesReplacementCharacter() => Assert.Equal("a\uFFFDb😀", Sanitizer.Clean("a\uD83Db😀"));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<blockquote><b>")]
    [InlineData("<dl><dd>")]
    public void Clean_EndlessNesting_IsFlattened(string opening)
    {
        for (var depth = 30; depth < 45; depth++)
        {
            var html = string.Concat(Enumerable.Repeat(opening, depth)) + "fond<a href=/x>y</a><ul>z</ul><table>t</table><img src=https://x.test/a.png>";
            var clean = Sanitizer.Clean(html);
            Assert.Contains("fond", clean, StringComparison.Ordinal);
            Assert.InRange(Depth(clean), 29, 40);
            SafeHtml.AssertSafe(clean, html);
        }
    }

    [Fact]
    public void Clean_RandomTagSoup_IsSafeAndIdempotent()
    {
        string[] pieces = [.. "a b p div h1 h3 ul ol li dl dt dd table caption thead tr td th pre code blockquote span img br hr svg math style script title textarea template noscript iframe object select form body html plaintext foreignObject mtext xmp font"
            .Split(' ').SelectMany(name => new[] { $"<{name}>", $"<{name} href=/x class=mention onclick=x src=//y>", $"</{name}>" })];
        string[] texts = ["x", " ", "\n", "&lt;", "&", "<", "--", "<!--", "-->", "]]>", "<![CDATA[", "\0", "😀", "\uD800", "&nbsp", "&#1;", "\""];
        var random = new Random(20261128);
        for (var round = 0; round < 3_000; round++)
        {
            var soup = new StringBuilder();
            for (var i = random.Next(1, 25); i > 0; i--)
            {
                var from = random.Next(3) == 0 ? texts : pieces;
                soup.Append(from[random.Next(from.Length)]);
            }

            SafeHtml.AssertSafe(Sanitizer.Clean(soup.ToString()), soup.ToString());
            SafeHtml.AssertForeignSafe(soup.ToString());
        }
    }

    [Fact]
    public void Clean_DocumentBeyondTheLimit_IsCut() =>
        Assert.Equal(Sanitizer.MaxLength, Sanitizer.Clean(new string('a', Sanitizer.MaxLength + 5)).Length);

    [Fact]
    public void WithAbsoluteLinks_SiteRelativeAddresses_GetTheSite()
    {
        var html = Sanitizer.Clean("<a href=/a>un</a> <a href=https://x.test/>deux</a> <img src=/pieces/b.png alt='&lt;a href=\"/'> href=\"/texte");

        var absolute = Sanitizer.WithAbsoluteLinks(html, new Uri("https://drome.exemple.fr/sous/"));

        Assert.Equal(
            "<a href=\"https://drome.exemple.fr/a\">un</a> <a href=\"https://x.test/\" rel=\"nofollow noopener ugc\">deux</a> "
            + "<img src=\"https://drome.exemple.fr/pieces/b.png\" alt=\"&lt;a href=&quot;/\" loading=\"lazy\"> href=\"/texte",
            absolute);
    }

    private static int Depth(string clean)
    {
        var depth = 0;
        var deepest = 0;
        foreach (Match tag in Regex.Matches(clean, "<(/?)([a-z0-9]+)"))
        {
            var isVoid = tag.Groups[2].Value is "br" or "hr" or "img" or "wbr";
            depth += isVoid ? 0 : tag.Groups[1].Length > 0 ? -1 : 1;
            deepest = Math.Max(deepest, depth);
        }

        Assert.Equal(0, depth);
        return deepest;
    }
}
