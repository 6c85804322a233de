using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Why an address is not asked, told before anything is connected to: it depends on its text alone.</summary>
public enum AddressRefusal
{
    /// <summary>It may be asked, as far as its text tells.</summary>
    None = 0,
    /// <summary>It is no address.</summary>
    Unreadable = 1,
    /// <summary>Neither http nor https.</summary>
    Scheme = 2,
    /// <summary>It carries an account.</summary>
    Account = 3,
    /// <summary>Not a port of the web.</summary>
    Port = 4,
    /// <summary>It is the number of a machine that is not on the public network.</summary>
    NotPublic = 5,
}

/// <summary>
/// Which addresses the platform asks when somebody else wrote them. The text of an address tells its scheme, port and account; where it leads
/// is only known when connecting, so <see cref="IsPublic"/> is asked about each IP address connected to, never about a name.
/// </summary>
public static partial class AddressPolicy
{
    /// <summary>Longest address, in characters.</summary>
    public const int MaxLength = 2048;

    /// <summary>Ports of the web, and the two on which it is often served besides.</summary>
    public static IReadOnlyList<int> Ports { get; } = [80, 443, 8080, 8443];

    // IANA registry of special-purpose IPv4 addresses (RFC 6890), with multicast, the retired relays of 6to4 (RFC 7526),
    // and the one public-looking address at which Azure answers its own machines.
    private static readonly IPNetwork[] ClosedIPv4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
        }.Select(IPNetwork.Parse),
    ];

    // Only this block of IPv6 is handed out to the public network (RFC 4291, IANA): loopback, local, mapped, multicast are outside it.
    private static readonly IPNetwork OpenIPv6 = IPNetwork.Parse("2000::/3");

    // Inside it: protocols such as Teredo, benchmarks and ORCHID; documentation; 6to4, which may lead to any IPv4 address.
    private static readonly IPNetwork[] ClosedIPv6 = [.. new[] { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20" }.Select(IPNetwork.Parse)];

    // Where a network has IPv6 alone, the IPv4 web is reached through this prefix (RFC 6052).
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an IP address belongs to a machine of the public network.</summary>
    public static bool IsPublic(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork) return !Array.Exists(ClosedIPv4, n => n.Contains(address));

        // A zone is about links of this machine; and the networks compare without it.
        if (address.ScopeId != 0) return false;
        if (Translated.Contains(address)) return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return OpenIPv6.Contains(address) && !Array.Exists(ClosedIPv6, n => n.Contains(address));
    }

    /// <summary>Reads an address that a person typed: blanks around it, <c>feed:</c> before it and a forgotten scheme are understood.</summary>
    public static bool TryRead(string? text, [NotNullWhen(true)] out Uri? address)
    {
        address = null;
        var typed = (text ?? "").Trim();
        if (typed.Length is 0 or > MaxLength || typed.Any(char.IsControl)) return false;

        if (FeedScheme().Match(typed) is { Success: true } feed) typed = feed.Groups["web"].Success ? typed[5..] : "http://" + typed[feed.Length..];
        else if (HostAlone().IsMatch(typed)) typed = "https://" + typed;

        // « http:host » and « http:///host » are read as addresses by some programs and as paths by others: by none here.
        return WebStart().IsMatch(typed) && Uri.TryCreate(typed, UriKind.Absolute, out address) && address.IdnHost.Length > 0;
    }

    /// <summary>Whether the text of an address lets it be asked.</summary>
    /// <param name="address">An absolute address.</param>
    /// <param name="allowPrivate">Whether machines that are not on the public network may be asked, at whatever port.</param>
    public static AddressRefusal Check(Uri address, bool allowPrivate = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || address.OriginalString.Length > MaxLength * 2 || address.Host.Length == 0) return AddressRefusal.Unreadable;
        if (address.Scheme is not ("http" or "https")) return AddressRefusal.Scheme;
        if (address.UserInfo.Length > 0) return AddressRefusal.Account;
        if (LineBreak().IsMatch(address.PathAndQuery)) return AddressRefusal.Unreadable;

        var isOpen = Numeric(address) is not { } number || IsPublic(number);
        if (!isOpen && !allowPrivate) return AddressRefusal.NotPublic;
        return Ports.Contains(address.Port) || (allowPrivate && (!isOpen || Numeric(address) is null)) ? AddressRefusal.None : AddressRefusal.Port;
    }

    // The port of a name is judged again where it leads: only a private machine may be asked at any, and only if private ones are allowed.
    internal static bool MayConnect(IPAddress address, int port, bool allowPrivate) =>
        IsPublic(address) ? Ports.Contains(port) : allowPrivate;

    // « 127.0.0.1. » is a name for the system's parser and a number for its resolver.
    private static IPAddress? Numeric(Uri address) => IPAddress.TryParse(address.IdnHost.TrimEnd('.'), out var number) ? number : null;

    [GeneratedRegex(@"^feed:(?<web>https?://)?(//)?", RegexOptions.IgnoreCase)]
    private static partial Regex FeedScheme();

    [GeneratedRegex(@"^[^\s/\\?#:@.]+(\.[^\s/\\?#:@.]+)+\.?(:\d{1,5})?([/?#]|$)")]
    private static partial Regex HostAlone();

    [GeneratedRegex(@"^https?://[^/\\]", RegexOptions.IgnoreCase)]
    private static partial Regex WebStart();

    [GeneratedRegex("%0[ad]", RegexOptions.IgnoreCase)]
    private static partial Regex LineBreak();
}
