using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// Whether a page has the shape of a page. Trees are walked by calls within calls: one nested deep enough would end the process, so it is counted
/// before a tree is made, and again in the tree.
/// </summary>
internal static class PageShape
{
    // They close themselves, or one another, so they nest only inside others that are counted.
    private static readonly HashSet<string> Shallow = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp",
    };

    /// <summary>Whether the tags of a page open at most so many elements, at most so deep.</summary>
    public static bool IsOrdinary(string html, int maxElements, int maxDepth)
    {
        // An end tag closes only what is open: others are passed over, as the parser does.
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var (elements, depth) = (0, 0);
        foreach (var token in Sanitizer.Read(html))
        {
            if (token.Type == HtmlTokenType.StartTag)
            {
                if (++elements > maxElements) return false;
                // A closing bar means something in drawings and formulas alone.
                if (Shallow.Contains(token.Name) || (((HtmlTagToken)token).IsSelfClosing && (open.GetValueOrDefault("svg") > 0 || open.GetValueOrDefault("math") > 0))) continue;
                if (++depth > maxDepth) return false;
                open[token.Name] = open.GetValueOrDefault(token.Name) + 1;
            }
            else if (token.Type == HtmlTokenType.EndTag && open.TryGetValue(token.Name, out var times) && times > 0)
            {
                open[token.Name] = times - 1;
                depth--;
            }
        }

        return true;
    }

    /// <summary>The same of a tree, without a call within a call.</summary>
    public static bool IsOrdinary(IDocument document, int maxElements, int maxDepth)
    {
        var (elements, depth) = (0, 0);
        for (INode? node = document; node is not null;)
        {
            if (++elements > maxElements * 4 || depth > maxDepth) return false;
            if (node.FirstChild is { } child)
            {
                (node, depth) = (child, depth + 1);
                continue;
            }

            while (node is not null && node.NextSibling is null) (node, depth) = (node.Parent, depth - 1);
            node = node?.NextSibling;
        }

        return true;
    }
}
