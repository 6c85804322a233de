using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>A start tag of a page, read as a browser reads it: any case, any quotes, references decoded; not those in comments or scripts.</summary>
public sealed class HtmlTag
{
    private readonly HtmlTagToken _token;

    private HtmlTag(HtmlTagToken token) => _token = token;

    /// <summary>Name of the element, in lower case.</summary>
    public string Name => _token.Name;

    /// <summary>The start tags of some names, in order. Of a long page only its beginning is read: <see cref="Sanitizer.MaxLength"/>.</summary>
    public static IEnumerable<HtmlTag> Read(string html, params string[] names)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Sanitizer.Read(html).OfType<HtmlTagToken>().Where(token => token.Type == HtmlTokenType.StartTag && names.Contains(token.Name)).Select(token => new HtmlTag(token));
    }

    /// <summary>Value of an attribute; of two of that name the first counts.</summary>
    public string? Value(string name)
    {
        var attributes = _token.Attributes;
        for (var i = 0; i < attributes.Count; i++)
            if (attributes[i].Name == name) return attributes[i].Value;
        return null;
    }
}
