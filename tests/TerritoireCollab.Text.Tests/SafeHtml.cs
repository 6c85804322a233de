using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TerritoireCollab.Markup;
using Xunit;

namespace TerritoireCollab.Text.Tests;

/// <summary>
/// A second opinion on sanitised HTML: it is parsed as a browser would and every element, attribute and address is
/// compared with lists written here, not with the sanitizer's.
/// </summary>
internal static class SafeHtml
{
    private static readonly HashSet<string> Elements = [.. (
        "a abbr b blockquote br caption cite code dd del dfn div dl dt em figcaption figure h3 h4 h5 h6 hr i img ins kbd li mark "
        + "ol p pre q s samp small span strong sub sup table tbody td tfoot th thead tr u ul var wbr").Split(' ')];

    private static readonly HashSet<string> Attributes = [.. "alt class colspan height href lang loading rel rowspan scope src start title width".Split(' ')];

    private static readonly HashSet<string> Classes = [.. "mention reference case case-faite aligne-droite aligne-centre lien-page lien-page-dit lien-a-ecrire".Split(' ')];

    private static readonly SanitizerOptions Foreign = new() { BaseUri = new("https://flux.test/rep/"), KeepPictures = true };

    /// <summary>Asserts the same of a foreign text cleaned with its pictures, and of that once it is cleaned to be shown.</summary>
    public static void AssertForeignSafe(string input)
    {
        var html = Sanitizer.Clean(input, Foreign);
        var document = new HtmlParser().ParseDocument("<!doctype html><html><head></head><body>" + html + "</body></html>");
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.True(Elements.Contains(element.LocalName), element.LocalName + ": " + html);
            AssertAttributes(element, html, IsSafeAddress);
        }

        Assert.Equal(html, Sanitizer.Clean(html, Foreign));
        AssertSafe(Sanitizer.Clean(html), input);
    }

    /// <summary>Asserts that nothing in the text can run, and that reading it twice changes nothing.</summary>
    public static void AssertSafe(string html, string? input = null)
    {
        var about = $"{html}\n--- from ---\n{input}";
        var document = new HtmlParser().ParseDocument("<!doctype html><html><head></head><body>" + html + "</body></html>");
        Assert.True(document.Head!.ChildNodes.Length == 0, "something in head: " + about);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.True(Elements.Contains(element.LocalName), element.LocalName + ": " + about);
            Assert.True(element.NamespaceUri == "http://www.w3.org/1999/xhtml", "foreign namespace: " + about);
            AssertAttributes(element, about, IsOwnFile);
        }

        Assert.True(document.Descendants().All(node => node.NodeType != NodeType.Comment), "comment: " + about);
        Assert.Equal(html, Sanitizer.Clean(html));
        Assert.Equal(html, Sanitizer.Clean(document.Body.InnerHtml));
    }

    private static void AssertAttributes(IElement element, string about, Func<string, bool> isPicture)
    {
        foreach (var attribute in element.Attributes)
        {
            Assert.True(Attributes.Contains(attribute.Name), attribute.Name + ": " + about);
            Assert.True(attribute.Name != "href" || IsSafeAddress(attribute.Value), "href: " + about);
            Assert.True(attribute.Name != "src" || isPicture(attribute.Value), "src: " + about);
            Assert.True(attribute.Name != "class" || attribute.Value.Split(' ').All(Classes.Contains), "class: " + about);
        }
    }

    private static bool IsSafeAddress(string address)
    {
        // Browsers drop these before they look for the scheme.
        var seen = string.Concat(address.Where(letter => letter > ' '));
        if (seen.StartsWith('/'))
        {
            return !seen.StartsWith("//", StringComparison.Ordinal) && !seen.StartsWith("/\\", StringComparison.Ordinal);
        }

        return seen.StartsWith("https://", StringComparison.Ordinal)
            || seen.StartsWith("http://", StringComparison.Ordinal)
            || seen.StartsWith("mailto:", StringComparison.Ordinal);
    }

    private static bool IsOwnFile(string address) =>
        (address.StartsWith("/fichiers/", StringComparison.Ordinal) || address.StartsWith("/pieces/", StringComparison.Ordinal))
        && !address.Contains("..", StringComparison.Ordinal);
}
