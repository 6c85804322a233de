using System.Diagnostics.CodeAnalysis;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>Addresses of calendars, as people copy them.</summary>
internal static class CalendarAddress
{
    /// <summary>
    /// The address to ask: https; <c>webcal://</c> is https, and so is a name alone; no account in it. Without encryption only where private networks may be
    /// asked, for tests. Whether it is of the web at large is seen when it is connected to.
    /// </summary>
    public static bool TryParse(string? typed, FetchOptions options, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        var text = typed?.Trim() ?? "";
        foreach (var scheme in (ReadOnlySpan<string>)["webcals://", "webcal://"])
            if (text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)) text = "https://" + text[scheme.Length..];
        if (!AddressPolicy.TryRead(text, out var read)) return false;
        if (read.Scheme != Uri.UriSchemeHttps && !(options.AllowPrivateNetworks && read.Scheme == Uri.UriSchemeHttp)) return false;

        var clean = new Uri(read.GetComponents(UriComponents.HttpRequestUrl | UriComponents.UserInfo, UriFormat.UriEscaped));
        if (AddressPolicy.Check(clean, options.AllowPrivateNetworks) != AddressRefusal.None || clean.AbsoluteUri.Length > OutsideCalendar.AddressLength) return false;

        address = clean;
        return true;
    }
}
