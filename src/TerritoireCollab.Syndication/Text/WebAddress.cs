namespace TerritoireCollab.Syndication.Text;

/// <summary>Addresses written into feeds: absolute, http or https, ASCII, without credentials.</summary>
internal static class WebAddress
{
    /// <summary>Gives the address back.</summary>
    /// <exception cref="ArgumentException">The address is relative or of another scheme.</exception>
    public static Uri Require(Uri address, string property)
    {
        ArgumentNullException.ThrowIfNull(address, property);
        if (!IsWeb(address))
            throw new ArgumentException($"Not an absolute http or https address: '{address.OriginalString}'.", property);

        return address;
    }

    /// <summary>The same, null allowed.</summary>
    public static Uri? RequireOrNull(Uri? address, string property)
        => address is null ? null : Require(address, property);

    /// <summary>The same for each of several addresses.</summary>
    public static IReadOnlyList<Uri> RequireAll(IReadOnlyList<Uri> addresses, string property)
    {
        ArgumentNullException.ThrowIfNull(addresses, property);
        return [.. addresses.Select(address => Require(address, property))];
    }

    /// <summary>What is written: RFC 3986 form, host in Punycode, user name and password left out.</summary>
    public static string Text(Uri address)
    {
        var host = address.HostNameType == UriHostNameType.Dns ? address.IdnHost : address.Host;
        var port = address.IsDefaultPort ? "" : FormattableString.Invariant($":{address.Port}");
        return string.Concat(address.Scheme, Uri.SchemeDelimiter, host, port) + address.PathAndQuery + address.Fragment;
    }

    // Without the scheme check a path such as "/page" would pass: on Unix .NET takes it for an absolute file address.
    private static bool IsWeb(Uri address)
        => address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps);
}
