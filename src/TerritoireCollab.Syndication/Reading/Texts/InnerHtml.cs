using System.Text;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading.Texts;

/// <summary>Elements that stand in a feed as they are, written as HTML for the sanitiser.</summary>
internal sealed class InnerHtml(Uri? outer, bool sectionsAreHtml)
{
    private static readonly HashSet<string> Void = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link", "meta", "param", "source", "track", "wbr",
    };

    private readonly StringBuilder _html = new();

    /// <summary>What an element holds.</summary>
    /// <param name="element">The element.</param>
    /// <param name="around">Base of the element: where one inside says another, its addresses are written absolute.</param>
    /// <param name="sectionsAreHtml">Whether what CDATA sections hold is HTML that nobody escaped, as in RSS, or letters.</param>
    public static string Of(XElement element, Uri? around, bool sectionsAreHtml)
    {
        var writer = new InnerHtml(around, sectionsAreHtml);
        foreach (var node in element.Nodes()) writer.Write(node, around);
        return writer._html.ToString();
    }

    private void Write(XNode node, Uri? around)
    {
        switch (node)
        {
            case XCData section when sectionsAreHtml:
                _html.Append(section.Value);
                break;
            case XText text:
                Encode(text.Value);
                break;
            case XElement element:
                Write(element, XmlBase.Of(element, around));
                break;
        }
    }

    private void Write(XElement element, Uri? around)
    {
        var name = element.Name.LocalName;
        _html.Append('<').Append(name);
        foreach (var attribute in element.Attributes())
        {
            if (attribute.IsNamespaceDeclaration) continue;

            var local = attribute.Name.LocalName;
            var moved = around != outer && local is "href" or "src" or "cite" or "poster" ? XmlBase.Resolve(attribute.Value, around)?.AbsoluteUri : null;
            _html.Append(' ').Append(local).Append("=\"");
            Encode(moved ?? attribute.Value);
            _html.Append('"');
        }

        _html.Append('>');
        if (Void.Contains(name) && element.IsEmpty) return;

        foreach (var node in element.Nodes()) Write(node, around);
        _html.Append("</").Append(name).Append('>');
    }

    private void Encode(string text)
    {
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAny("&<>\""); at >= 0; at = rest.IndexOfAny("&<>\""))
        {
            _html.Append(rest[..at]).Append(rest[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            rest = rest[(at + 1)..];
        }

        _html.Append(rest);
    }
}
