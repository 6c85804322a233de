using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class RichTextTests
{
    private static readonly RichTextContext Context = new()
    {
        Mentions = new Dictionary<string, MentionTarget> { ["camille.exemple"] = new("Camille Exemple", "/annuaire/camille-exemple") },
        References = new Dictionary<string, ReferenceTarget> { ["7k3m9q2x"] = new("Le <plan> d’accès", "/c/7k3m9q2x") },
        Site = new Uri("https://drome.exemple.fr"),
    };

    [Theory]
    [InlineData("**gras** et *italique*", "<p><strong>gras</strong> et <em>italique</em></p>\n")]
    [InlineData("# Un\n## Deux\n##### Cinq", "<h3>Un</h3>\n<h4>Deux</h4>\n<h6>Cinq</h6>\n")]
    [InlineData("une ligne\nune autre", "<p>une ligne<br>\nune autre</p>\n")]
    [InlineData("~~raturé~~", "<p><del>raturé</del></p>\n")]
    [InlineData("- un\n- deux", "<ul>\n<li>un</li>\n<li>deux</li>\n</ul>\n")]
    [InlineData("3. trois", "<ol start=\"3\">\n<li>trois</li>\n</ol>\n")]
    [InlineData("- [x] fait\n- [ ] reste", "<ul>\n<li><span class=\"case case-faite\">☑</span> fait</li>\n<li><span class=\"case\">☐</span> reste</li>\n</ul>\n")]
    [InlineData("a | b\n--|:-:\n1 | 2", "<table>\n<thead>\n<tr>\n<th>a</th>\n<th class=\"aligne-centre\">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n<td class=\"aligne-centre\">2</td>\n</tr>\n</tbody>\n</table>\n")]
    [InlineData("```\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n")]
    [InlineData("<b>brut</b> & <script>x</script>", "<p>&lt;b&gt;brut&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>\n")]
    [InlineData("voir https://www.exemple.fr/a.", "<p>voir <a href=\"https://www.exemple.fr/a\" rel=\"nofollow noopener ugc\">https://www.exemple.fr/a</a>.</p>\n")]
    [InlineData("voir www.exemple.fr", "<p>voir <a href=\"https://www.exemple.fr\" rel=\"nofollow noopener ugc\">www.exemple.fr</a></p>\n")]
    [InlineData("«\u00A0https://www.exemple.fr\u00A0»", "<p>«\u00A0<a href=\"https://www.exemple.fr\" rel=\"nofollow noopener ugc\">https://www.exemple.fr</a>\u00A0»</p>\n")]
    [InlineData("https://x.test/a\u202F! https://x.test/b\u00A0;", "<p><a href=\"https://x.test/a\" rel=\"nofollow noopener ugc\">https://x.test/a</a>\u202F! <a href=\"https://x.test/b\" rel=\"nofollow noopener ugc\">https://x.test/b</a>\u00A0;</p>\n")]
    [InlineData("(https://x.test/a_(b)), **https://x.test/c**", "<p>(<a href=\"https://x.test/a_(b)\" rel=\"nofollow noopener ugc\">https://x.test/a_(b)</a>), <strong><a href=\"https://x.test/c\" rel=\"nofollow noopener ugc\">https://x.test/c</a></strong></p>\n")]
    [InlineData("[https://x.test](https://y.test)", "<p><a href=\"https://y.test\" rel=\"nofollow noopener ugc\">https://x.test</a></p>\n")]
    [InlineData("xhttps://x.test ftp://x.test www. www.x", "<p>xhttps://x.test ftp://x.test www. www.x</p>\n")]
    [InlineData("mailto:a@exemple.fr <https://x.test/é>", "<p><a href=\"mailto:a@exemple.fr\">mailto:a@exemple.fr</a> <a href=\"https://x.test/%C3%A9\" rel=\"nofollow noopener ugc\">https://x.test/é</a></p>\n")]
    [InlineData("[x](javascript:alert(1))", "<p>x</p>\n")]
    [InlineData("![Plan](/fichiers/plan.png)", "<p><img src=\"/fichiers/plan.png\" alt=\"Plan\" loading=\"lazy\"></p>\n")]
    [InlineData("![Vue](https://x.test/v.png)", "<p><a href=\"https://x.test/v.png\" rel=\"nofollow noopener ugc\">Vue</a></p>\n")]
    [InlineData("> cité", "<blockquote>\n<p>cité</p>\n</blockquote>\n")]
    [InlineData("", "")]
    public void Render_Markdown_GivesSanitisedHtml(string markdown, string expected)
    {
        var html = RichText.Render(markdown, RichTextContext.Empty);

        Assert.Equal(expected, html);
        SafeHtml.AssertSafe(html, markdown);
    }

    [Theory]
    [InlineData("Merci @camille.exemple.", "<p>Merci <a href=\"/annuaire/camille-exemple\" class=\"mention\">@Camille Exemple</a>.</p>\n")]
    [InlineData("Merci (@Camille.Exemplé)", "<p>Merci (<a href=\"/annuaire/camille-exemple\" class=\"mention\">@Camille Exemple</a>)</p>\n")]
    [InlineData("Merci @inconnue", "<p>Merci @inconnue</p>\n")]
    [InlineData("écrire à a@camille.exemple", "<p>écrire à a@camille.exemple</p>\n")]
    [InlineData("`@camille.exemple`", "<p><code>@camille.exemple</code></p>\n")]
    [InlineData("[@camille.exemple](/x)", "<p><a href=\"/x\">@camille.exemple</a></p>\n")]
    [InlineData("voir #7k3m9q2x !", "<p>voir <a href=\"/c/7k3m9q2x\" class=\"reference\">Le &lt;plan&gt; d’accès</a> !</p>\n")]
    [InlineData("#7K3M9Q2X", "<p><a href=\"/c/7k3m9q2x\" class=\"reference\">Le &lt;plan&gt; d’accès</a></p>\n")]
    [InlineData("#7k3m9q2y", "<p>#7k3m9q2y</p>\n")]
    [InlineData("a#7k3m9q2x #7k3m9q2xz", "<p>a#7k3m9q2x #7k3m9q2xz</p>\n")]
    [InlineData("https://drome.exemple.fr/c/7k3m9q2x", "<p><a href=\"/c/7k3m9q2x\">https://drome.exemple.fr/c/7k3m9q2x</a></p>\n")]
    [InlineData("https://drome.exemple.fr.evil.test/", "<p><a href=\"https://drome.exemple.fr.evil.test/\" rel=\"nofollow noopener ugc\">https://drome.exemple.fr.evil.test/</a></p>\n")]
    public void Render_Pointers_LinkOnlyWhatTheReaderMaySee(string markdown, string expected) =>
        Assert.Equal(expected, RichText.Render(markdown, Context));

    [Fact]
    public void Render_HostileTarget_IsEncodedAndChecked()
    {
        var hostile = new RichTextContext
        {
            Mentions = new Dictionary<string, MentionTarget> { ["x"] = new("<img src=x onerror=alert(1)>", "javascript:alert(1)") },
        };

        var html = RichText.Render("@x", hostile);

        Assert.Equal("<p>@&lt;img src=x onerror=alert(1)&gt;</p>\n", html);
    }

    [Fact]
    public void FindMentions_Text_GivesEachHandleOnceFoldedAndNotFromCode()
    {
        var found = RichText.FindMentions("@camille.exemple et @Élodie-Anne.b2, @camille.exemple ; `@code` a@b.fr @ami@serveur [@lien](/x)\n\n    @bloc\n");

        Assert.Equal(["camille.exemple", "elodie-anne.b2"], found);
    }

    [Fact]
    public void FindReferences_Text_GivesEachIdOnceAndNotFromCode()
    {
        var found = RichText.FindReferences("#7k3m9q2x, #00000000. #7K3M9Q2X `#11111111` #iloveyou #123 (#zzzzzzzz)\n\n```\n#22222222\n```\n");

        Assert.Equal(["7k3m9q2x", "00000000", "zzzzzzzz"], found);
    }

    [Fact]
    public void Check_Length_IsBounded()
    {
        Assert.Equal(RichTextCheck.Accepted, RichText.Check(string.Concat(Enumerable.Repeat("mot et ", RichText.MaxLength / 7))));
        Assert.Equal(RichTextCheck.TooLong, RichText.Check(new string('a', RichText.MaxLength + 1)));
    }

    [Theory]
    [InlineData("[a](", 20_000)]
    [InlineData("![a](", 20_000)]
    [InlineData("|\n", 20_000)]
    [InlineData("|\nwww.a", 14_000)]
    [InlineData("*a ", 30_000)]
    [InlineData("- ", 40_000)]
    [InlineData("1) ", 30_000)]
    [InlineData("> ", 40_000)]
    [InlineData(">", 300)]
    public void Check_CostlyShape_IsRefusedAndShownPlainly(string piece, int times)
    {
        var text = string.Concat(Enumerable.Repeat(piece, times));

        Assert.Equal(RichTextCheck.TooComplex, RichText.Check(text));
        Assert.StartsWith("<p>", RichText.Render(text, RichTextContext.Empty), StringComparison.Ordinal);
        Assert.Empty(RichText.FindMentions(text + "\n\n@camille"));
    }

    [Theory]
    [InlineData("http://a(")]
    [InlineData("www.a)")]
    [InlineData("mailto:a@")]
    [InlineData("<!--")]
    [InlineData("<a href=\"")]
    [InlineData("`")]
    [InlineData("&#x41;")]
    public void Check_LongRunOfSigns_IsJustText(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, RichText.MaxLength / piece.Length));

        Assert.Equal(RichTextCheck.Accepted, RichText.Check(text));
        SafeHtml.AssertSafe(RichText.Render(text, RichTextContext.Empty));
    }

    [Fact]
    public void Check_LargeHonestText_IsAccepted()
    {
        var table = "| Commune | Habitants | Site |\n|---|--:|---|\n" + string.Concat(Enumerable.Repeat("| Die | 4 700 | [site](https://x.test/) |\n", 1_000));
        var list = string.Concat(Enumerable.Repeat("- **Point** : [lien](https://x.test/) et *note*\n", 1_000));

        Assert.Equal(RichTextCheck.Accepted, RichText.Check(table));
        Assert.Equal(RichTextCheck.Accepted, RichText.Check(list));
        Assert.Equal(RichTextCheck.Accepted, RichText.Check(string.Concat(Enumerable.Repeat("* ", 60))));
    }

    [Fact]
    public void Render_RefusedText_IsShownAsEscapedParagraphs()
    {
        var text = "<script>un</script>\nsuite\n\ndeux " + new string('a', RichText.MaxLength);

        var html = RichText.Render(text, RichTextContext.Empty);

        Assert.StartsWith("<p>&lt;script&gt;un&lt;/script&gt;<br>\nsuite</p>\n<p>deux aaa", html, StringComparison.Ordinal);
    }
}
