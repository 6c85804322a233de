using System.Net;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Names to addresses. A seam: tests answer for names of their own, and for one that changes its mind between two questions.</summary>
public interface IHostResolver
{
    /// <summary>The addresses of a name.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known, or nobody can tell.</exception>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>Names as the machine resolves them.</summary>
internal sealed class SystemResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) => Dns.GetHostAddressesAsync(host, cancellation);
}
