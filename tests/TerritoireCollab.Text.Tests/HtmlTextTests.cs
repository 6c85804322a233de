using TerritoireCollab.Markup;
using Xunit;

namespace TerritoireCollab.Text.Tests;

public sealed class HtmlTextTests
{
    [Theory]
    [InlineData("rien à changer", "rien à changer")]
    [InlineData("R&amp;D &eacute;t&eacute;", "R&D été")]
    [InlineData("Le <b>pont</b><br>rouvre<p>demain", "Le pont rouvre demain")]
    [InlineData("<script>x</script><style>y</style>Avis<svg><text>z</text></svg>", "Avis")]
    [InlineData("La balise <titre> et </titre>", "La balise <titre> et </titre>")]
    [InlineData("un <o:p>mot</o:p> <font color=red>rouge</font>", "un mot rouge")]
    [InlineData("<object>un objet</object> <iframe>un <b>cadre</b></iframe>", "un objet un cadre")]
    [InlineData("1 < 2 <3", "1 < 2 <3")]
    [InlineData("<a", "<a")]
    public void Line_OfForeignHtml_TextWithoutMarkup(string html, string expected) =>
        Assert.Equal(expected, string.Join(' ', HtmlText.Line(html).Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    [Fact]
    public void Tags_OfAPage_AsABrowserReadsThem()
    {
        const string Page = "<LINK Rel=alternate HREF='a?b&amp;c' href=z><!-- <link href=non> --><script>'<link href=non>'</script><base href=\"d\"><p>";

        Assert.Equal(["link alternate a?b&c", "base  d"], HtmlTag.Read(Page, "link", "base").Select(tag => $"{tag.Name} {tag.Value("rel")} {tag.Value("href")}"));
    }
}
