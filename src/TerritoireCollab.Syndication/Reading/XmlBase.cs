using System.Xml.Linq;

namespace TerritoireCollab.Syndication.Reading;

/// <summary>What relative addresses are relative to: <c>xml:base</c>, then Content-Location, then the document's own address.</summary>
internal static class XmlBase
{
    private static readonly XName Attribute = XNamespace.Xml + "base";

    /// <summary>The base of a document.</summary>
    public static Uri? Of(FeedOrigin origin)
    {
        var address = origin.Address is { IsAbsoluteUri: true } known && IsWeb(known) ? known : null;
        return Resolve(origin.ContentLocation, address) ?? address;
    }

    /// <summary>The base inside an element.</summary>
    /// <param name="element">The element.</param>
    /// <param name="around">The base around it.</param>
    public static Uri? Of(XElement element, Uri? around) =>
        element.HasAttributes && element.Attribute(Attribute) is { } written ? Resolve(written.Value, around) ?? around : around;

    /// <summary>An absolute address of the web; null for any other, and for a relative one where the base is not known.</summary>
    public static Uri? Resolve(string? written, Uri? around)
    {
        if (Tidy(written) is not { } text) return null;

        if (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) return Web(text);

        // « C:\ » and « mailto: » are absolute; on Unix .NET takes « /page » for a file.
        var scheme = text.AsSpan().IndexOfAny(":/?#");
        if (scheme > 0 && text[scheme] == ':') return null;
        if (text.StartsWith("//", StringComparison.Ordinal)) return Web((around?.Scheme ?? Uri.UriSchemeHttps) + ":" + text);

        return around is not null && Uri.TryCreate(around, text, out var resolved) && IsWeb(resolved) ? resolved : null;
    }

    private static Uri? Web(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && IsWeb(address) && address.Host.Length > 0 ? address : null;

    private static bool IsWeb(Uri address) => address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps;

    // Line ends inside come from whoever folded the document, blanks inside from whoever named the file.
    private static string? Tidy(string? written)
    {
        var text = written.AsSpan().Trim();
        if (text.IsEmpty || text.Length > 4_000) return null;

        return text.ContainsAny(" \t\r\n")
            ? text.ToString().Replace("\t", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)
            : text.ToString();
    }
}
