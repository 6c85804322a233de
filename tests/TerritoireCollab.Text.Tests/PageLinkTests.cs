using TerritoireCollab.Platform.Text;
using Xunit;

namespace TerritoireCollab.Text.Tests;

/// <summary>Links to pages by their title, as they are found in a text and drawn.</summary>
public sealed class PageLinkTests
{
    [Theory]
    [InlineData("Voir [[Fibre à Crest]].", "Fibre à Crest", null, null)]
    [InlineData("Voir [[ Fibre | le chantier ]].", "Fibre", null, "le chantier")]
    [InlineData("Voir [[Fibre#7k3m9q2x]].", "Fibre", "7k3m9q2x", null)]
    [InlineData("Voir [[#7k3m9q2x|ici]].", "", "7k3m9q2x", "ici")]
    [InlineData("Voir [[Article #12345]].", "Article #12345", null, null)]
    [InlineData("# Titre\r\n\r\n- un\r\n- é [[Fibre]]\r\n", "Fibre", null, null)]
    public void Find_Link_WithItsPlaceInTheSource(string markdown, string title, string? id, string? text)
    {
        var link = Assert.Single(RichText.FindPageLinks(markdown));

        Assert.Equal((title, id, text), (link.Title, link.ShortId, link.Text));
        Assert.StartsWith("[[", markdown[link.Start..], StringComparison.Ordinal);
        Assert.EndsWith("]]", markdown[..(link.Start + link.Length)], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("`[[Fibre]]`")]
    [InlineData("```\n[[Fibre]]\n```")]
    [InlineData("    [[Fibre]]")]
    [InlineData("[[1]](https://exemple.invalid)")]
    [InlineData("[[]]")]
    [InlineData("[[Fibre\nà Crest]]")]
    [InlineData("[un [[Fibre]] lien](/groupes)")]
    public void Find_NoLink_NothingFound(string markdown) => Assert.Empty(RichText.FindPageLinks(markdown));

    [Theory]
    [InlineData("[[Fibre#7k3m9q2x]]", "<p><a href=\"/c/7k3m9q2x\" class=\"lien-page\">Fibre</a></p>")]
    [InlineData("[[Fibre#7k3m9q2x|ici]]", "<p><a href=\"/c/7k3m9q2x\" class=\"lien-page-dit\">ici</a></p>")]
    [InlineData("[[<b>Fibre</b>]]", "<p><span class=\"lien-a-ecrire\">&lt;b&gt;Fibre&lt;/b&gt;</span></p>")]
    [InlineData("[[1]](https://exemple.invalid/)", "[1]</a></p>")]
    public void Render_Link_HarmlessAndAsItsWriterKnewIt(string markdown, string html) =>
        Assert.EndsWith(html, RichText.Render(markdown, RichTextContext.Empty).Trim(), StringComparison.Ordinal);

    [Fact]
    public void Find_ManyBrackets_TakesNoTime()
    {
        var text = string.Concat(Enumerable.Repeat("[[a", 30_000));

        Assert.Empty(RichText.FindPageLinks(text));
    }
}
