using System.Security.Cryptography.X509Certificates;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Section <c>Territoire:Fetch</c>, and the budgets of one fetch.</summary>
public sealed record FetchOptions
{
    /// <summary>By what name sites may speak of this platform, in robots.txt for example.</summary>
    public const string Product = "TerritoireCollab";

    /// <summary>Whether machines outside the public network may be asked: for tests and measurements. It lifts the rule about addresses, and at those machines the one about ports.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>The proxy through which everything leaves; none when null. The proxy of the environment is never used.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>What the platform calls itself: product, version, where it is and whom to write to.</summary>
    public string UserAgent { get; init; } = Product;

    /// <summary>Time to resolve a name and connect.</summary>
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Time of a whole fetch, redirects and body included.</summary>
    public TimeSpan WholeTime { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Most redirects followed.</summary>
    public int MaxRedirects { get; init; } = 5;

    /// <summary>Authorities believed in place of the system's: for a network that has its own, and for tests.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>An honest name: <c>TerritoireCollab/0.1.0 (+https://espace.exemple.fr; contact espace@exemple.fr)</c>.</summary>
    /// <param name="baseUrl">Where the platform is.</param>
    /// <param name="contact">A mailbox; left out when it cannot receive (.invalid) or would not fit in a comment of a header.</param>
    public static string NameOf(Uri baseUrl, string contact)
    {
        var version = typeof(FetchOptions).Assembly.GetName().Version!.ToString(3);
        var isUsable = System.Text.Ascii.IsValid(contact) && !contact.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase) && contact.IndexOfAny(['(', ')', '\\', '"']) < 0;
        return $"{Product}/{version} (+{baseUrl.GetLeftPart(UriPartial.Authority)}{(isUsable ? "; contact " + contact : "")})";
    }
}
