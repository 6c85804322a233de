namespace TerritoireCollab.Platform.Fetching;

/// <summary>Section <c>Territoire:Fetch</c>: how the platform asks other sites.</summary>
public sealed record FetchOptions
{
    /// <summary>Whether addresses of private networks and any port may be asked: for tests and load measurements alone.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>The proxy that all requests go through, or null. Never taken from the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>How long one fetch may take, redirects and body included.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);
}
