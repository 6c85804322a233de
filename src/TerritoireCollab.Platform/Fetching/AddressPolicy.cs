using System.Net;
using System.Net.Sockets;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// Which places the platform may connect to on behalf of somebody who typed an address: public ones of the web. Decided on the address that
/// is connected to, never on a name (OWASP, Server-Side Request Forgery Prevention; registries of RFC 6890 and its updates).
/// </summary>
public static class AddressPolicy
{
    private static readonly int[] Ports = [80, 443, 8080, 8443];

    // Networks of IPv4 that are not the public Internet.
    private static readonly IPNetwork[] Refused4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32");

    // Of IPv6, what is given out to the public is 2000::/3, but for these.
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] Refused6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    // An address of IPv4 behind one of IPv6: what counts is where it leads to.
    private static readonly (IPNetwork Network, int At)[] Embedding = [(IPNetwork.Parse("64:ff9b::/96"), 12), (IPNetwork.Parse("2002::/16"), 2)];

    /// <summary>Whether the platform may connect to that address.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return IsPublic(address.MapToIPv4());
        if (address.AddressFamily == AddressFamily.InterNetwork) return !Refused4.Any(n => n.Contains(address));
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.ScopeId != 0) return false;

        foreach (var (network, at) in Embedding)
            if (network.Contains(address)) return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(at, 4))) && network.PrefixLength == 96;
        return Public6.Contains(address) && !Refused6.Any(n => n.Contains(address));
    }

    /// <summary>
    /// Whether that address may be asked at all, wherever its name leads to: http or https, a usual port of the web, no user name nor password,
    /// and nothing in it that another program would read as the end of a line.
    /// </summary>
    /// <param name="address">Absolute.</param>
    /// <param name="anyPort">Whether any port will do.</param>
    public static bool MayAsk(Uri address, bool anyPort = false) =>
        address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
        && address.UserInfo.Length == 0
        && address.IdnHost.Length > 0
        && (anyPort || Ports.Contains(address.Port))
        && !address.OriginalString.Contains("%0d", StringComparison.OrdinalIgnoreCase)
        && !address.OriginalString.Contains("%0a", StringComparison.OrdinalIgnoreCase);

    private static IPNetwork[] Networks(params string[] networks) => [.. networks.Select(IPNetwork.Parse)];
}
