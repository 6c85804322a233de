using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using TerritoireCollab.Documents.Writing;

namespace TerritoireCollab.Documents.Tests.Writing;

public sealed class HtmlFileTests
{
    [Fact]
    public void Write_Minutes_AccessibleStructure()
    {
        var page = Page(Samples.Of(Samples.Minutes));

        Assert.Equal(["h1 Compte rendu du 12 mars", "h2 Présents", "h3 Décisions", "h4 Citation"], page.Descendants().Where(e => Regex.IsMatch(e.Name.LocalName, "^h[1-6]$")).Select(e => $"{e.Name.LocalName} {e.Value}"));
        Assert.Equal("fr-FR", (string?)page.Root!.Attribute("lang"));
        Assert.Equal("Compte rendu du 12 mars", page.Descendants("title").Single().Value);
        Assert.Equal(["col", "col", "col"], page.Descendants("th").Select(e => (string?)e.Attribute("scope")));
        Assert.Equal("Le pont", (string?)page.Descendants("img").Single().Attribute("alt"));
        Assert.Equal("3", (string?)page.Descendants("ol").Single(e => e.Attribute("start") is not null).Attribute("start"));
        Assert.Equal(["☑ Convoquer", "☐ Rédiger"], page.Descendants("ul").Single(e => (string?)e.Attribute("class") == "tasks").Elements("li").Select(e => e.Value));
        Assert.Equal(["https://exemple.test/sentier?a=1&b=2", "https://territoire.test/groupes/chemins"], page.Descendants("a").Select(e => (string?)e.Attribute("href")));
        Assert.Equal("if (a < b && c)   // trois blancs\n\ttabulation", page.Descendants("pre").Single().Value);
    }

    [Fact]
    public void Write_Minutes_NothingFetchedAndNoScript()
    {
        var page = Page(Samples.Of(Samples.Minutes));

        Assert.StartsWith("data:image/png;base64,", (string?)page.Descendants("img").Single().Attribute("src"), StringComparison.Ordinal);
        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "script" or "link" or "iframe");
        Assert.DoesNotContain("url(", page.Descendants("style").Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_TextThatLooksLikeMarkup_StaysText()
    {
        var file = Text(Samples.Of("</style><script>alert(1)</script> `<img onerror=x>`") with { Title = "</title><script>" });

        Assert.DoesNotContain("<script", file, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", file, StringComparison.Ordinal);
        Assert.StartsWith("<!DOCTYPE html", file, StringComparison.Ordinal);
        Assert.DoesNotContain("&gt;", Regex.Match(file, "<style>(.*?)</style>", RegexOptions.Singleline).Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_Styles_OneElementEach()
    {
        var document = Samples.Of("") with { ShowsTitle = false, Blocks = [new WrittenHeading(1, [new WrittenText("T")]), new WrittenParagraph([new WrittenText("a", WrittenStyle.Bold | WrittenStyle.Italic | WrittenStyle.Strike | WrittenStyle.Code)]), new WrittenParagraph([])] };

        Assert.Contains("<main><h1>T</h1><p><strong><em><s><code>a</code></s></em></strong></p><p></p></main>", Text(document), StringComparison.Ordinal);
    }

    private static string Text(WrittenDocument document)
    {
        using var file = new ForwardOnly();
        HtmlFileWriter.Write(document, file);
        return Encoding.UTF8.GetString(file.Written.ToArray());
    }

    private static XDocument Page(WrittenDocument document) => XDocument.Parse(Text(document), LoadOptions.PreserveWhitespace);
}
