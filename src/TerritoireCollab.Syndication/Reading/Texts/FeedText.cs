using System.Text;
using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading.Texts;

/// <summary>A text of a feed before it is cleaned.</summary>
/// <param name="Value">HTML, or the text itself where it is plain.</param>
/// <param name="IsPlain">Whether its signs are letters and no markup.</param>
/// <param name="Base">What its relative addresses are relative to.</param>
internal readonly record struct FeedText(string Value, bool IsPlain, Uri? Base)
{
    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Value);

    /// <summary>Text of an element of RSS, which is HTML whatever it says of itself: escaped, in a CDATA section, or as elements.</summary>
    public static FeedText OfRss(XElement element, Uri? around)
    {
        var within = XmlBase.Of(element, around);
        return new(element.HasElements ? InnerHtml.Of(element, within, true) : element.Value, false, within);
    }

    /// <summary>A text construct of Atom 1.0 (RFC 4287 section 3.1) or 0.3, by its <c>type</c> and <c>mode</c>.</summary>
    /// <returns>The text; an empty one for what is no text, a picture in base64 for instance.</returns>
    public static FeedText OfAtom(XElement element, Uri? around)
    {
        var within = XmlBase.Of(element, around);
        var type = (element.Attribute("type")?.Value ?? "").Trim().ToLowerInvariant();
        var mode = (element.Attribute("mode")?.Value ?? "").Trim().ToLowerInvariant();
        if (element.HasElements) return new(Unwrapped(element, within), false, within);

        var value = element.Value;
        if (mode == "base64" || IsBinary(type)) return FromBase64(value) is { } decoded ? new(decoded, SaysPlain(type, decoded), within) : new("", true, within);

        return new(value, SaysPlain(type, value), within);
    }

    private static bool SaysPlain(string type, string value) => type switch
    {
        "html" or "xhtml" or "text/html" or "application/xhtml+xml" => false,
        "" => !LooksLikeMarkup(value),
        _ => type.StartsWith("text", StringComparison.Ordinal) || !type.Contains("html", StringComparison.Ordinal),
    };

    // Nobody said what it is: an end tag, a line break or a reference is a sign of HTML that was meant.
    private static bool LooksLikeMarkup(string value)
    {
        if (value.AsSpan().IndexOfAny('<', '&') < 0) return false;

        return value.Contains("</", StringComparison.Ordinal) || value.Contains("<br", StringComparison.OrdinalIgnoreCase) || value.Contains("<p>", StringComparison.OrdinalIgnoreCase)
            || value.Contains("<img ", StringComparison.OrdinalIgnoreCase) || HasReference(value);
    }

    private static bool HasReference(string value)
    {
        for (var at = value.IndexOf('&'); at >= 0; at = value.IndexOf('&', at + 1))
        {
            var end = at + 1;
            while (end < value.Length && end - at < 10 && (char.IsAsciiLetterOrDigit(value[end]) || (value[end] == '#' && end == at + 1))) end++;
            if (end > at + 1 && end < value.Length && value[end] == ';') return true;
        }

        return false;
    }

    private static bool IsBinary(string type) =>
        type.Contains('/', StringComparison.Ordinal) && !type.StartsWith("text/", StringComparison.Ordinal) && !type.EndsWith("+xml", StringComparison.Ordinal) && !type.EndsWith("/xml", StringComparison.Ordinal);

    private static string? FromBase64(string value)
    {
        try
        {
            return new UTF8Encoding(false, true).GetString(Convert.FromBase64String(value.Trim()));
        }
        catch (Exception wrong) when (wrong is FormatException or DecoderFallbackException)
        {
            // A picture, or nothing at all.
            return null;
        }
    }

    // The division that Atom asks for around XHTML says nothing.
    private static string Unwrapped(XElement element, Uri? within)
    {
        var only = element.Elements().Take(2).ToList() is [var single] && single.Name.LocalName == "div" && element.Nodes().All(n => n == single || n is XText text && string.IsNullOrWhiteSpace(text.Value)) ? single : null;
        if (only is null) return InnerHtml.Of(element, within, false);

        var inner = XmlBase.Of(only, within);
        return inner == within ? InnerHtml.Of(only, within, false) : InnerHtml.Of(element, within, false);
    }
}
