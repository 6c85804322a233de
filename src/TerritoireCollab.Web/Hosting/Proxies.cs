using System.Net;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;
using IPNetwork = System.Net.IPNetwork;

namespace TerritoireCollab.Web.Hosting;

/// <summary>
/// What is believed of the way a request came (ASVS 4.1.3): <c>X-Forwarded-For</c> and <c>-Proto</c> from the proxies that
/// <c>Territoire:Proxy:KnownProxies</c> lists, from nobody otherwise; and the host names under which the platform is known.
/// </summary>
internal static class Proxies
{
    private const string Key = "Territoire:Proxy:KnownProxies";

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>), as a list or separated by commas.</summary>
    /// <exception cref="BadConfigurationException">One cannot be read.</exception>
    public static void AddProxies(this IServiceCollection services, IConfiguration configuration, PlatformOptions platform)
    {
        var networks = Known(configuration).ToList();
        if (networks.Count > 0)
            services.Configure<ForwardedHeadersOptions>(o =>
            {
                o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
                o.ForwardLimit = null;
                o.KnownProxies.Clear();
                o.KnownIPNetworks.Clear();
                foreach (var network in networks) o.KnownIPNetworks.Add(network);
            });

        // Until the address is chosen, a demonstration may be opened from any machine; a list of the operator's own always holds.
        var isChosen = !string.IsNullOrWhiteSpace(configuration["Territoire:BaseUrl"]);
        if (isChosen && configuration["AllowedHosts"] is null or "" or "*")
            services.PostConfigure<HostFilteringOptions>(o => o.AllowedHosts = [platform.BaseUrl.Host, "localhost", "127.0.0.1", "[::1]"]);
    }

    /// <summary>First of all, so that everything after it sees the member's own address.</summary>
    public static void UseProxies(this WebApplication app)
    {
        if (Known(app.Configuration).Any()) app.UseForwardedHeaders();
    }

    private static IEnumerable<IPNetwork> Known(IConfiguration configuration)
    {
        var section = configuration.GetSection(Key);
        var listed = section.GetChildren().Select(c => c.Value).Prepend(section.Value);
        return listed.SelectMany(v => (v ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)).Select(Read);
    }

    private static IPNetwork Read(string text)
    {
        if (IPNetwork.TryParse(text, out var network)) return network;
        return IPAddress.TryParse(text, out var address)
            ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
            : throw new BadConfigurationException(HostTexts.ConfigBad.With(Key, HostTexts.ConfigNotANetwork.With(text)));
    }
}
