using System.Diagnostics.CodeAnalysis;

namespace TerritoireCollab.Veille.Sources;

/// <summary>Addresses that may be asked, as people type them.</summary>
internal static class SourceAddress
{
    /// <summary>
    /// The address to ask, without fragment: http or https, « https » where nothing was typed before the name, no user name nor password,
    /// not longer than <see cref="Source.AddressLength"/>. Whether it is of the web at large is seen when it is connected to.
    /// </summary>
    public static bool TryParse(string? typed, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        var text = typed?.Trim() ?? "";
        // What some readers put before the address of a feed.
        if (text.StartsWith("feed:", StringComparison.OrdinalIgnoreCase)) text = text[5..].TrimStart('/') is var rest && rest.Contains("://", StringComparison.Ordinal) ? rest : "http://" + rest;
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var parsed) || (parsed.Scheme != Uri.UriSchemeHttp && parsed.Scheme != Uri.UriSchemeHttps)) return false;
        if (parsed.UserInfo.Length > 0 || !parsed.Host.Contains('.', StringComparison.Ordinal) && parsed.HostNameType == UriHostNameType.Dns && !parsed.IsLoopback) return false;

        var clean = new Uri(parsed.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped));
        if (clean.AbsoluteUri.Length > Source.AddressLength) return false;

        address = clean;
        return true;
    }
}
