using System.Net;
using System.Net.Sockets;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>The network under the outgoing client: names and connections. It decides nothing; tests put a small internet in its place.</summary>
public interface IFetchNetwork
{
    /// <summary>Addresses of a name; empty when it has none.</summary>
    /// <exception cref="SocketException">It could not be found out.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation);

    /// <summary>Connects to exactly this address.</summary>
    /// <exception cref="SocketException">Nobody answers.</exception>
    Task<Stream> ConnectAsync(IPEndPoint target, CancellationToken cancellation);
}

/// <summary>The system's resolver and sockets.</summary>
public sealed class SystemNetwork : IFetchNetwork
{
    /// <inheritdoc />
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation) => await Dns.GetHostAddressesAsync(name, cancellation);

    /// <inheritdoc />
    public async Task<Stream> ConnectAsync(IPEndPoint target, CancellationToken cancellation)
    {
        var socket = new Socket(target.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(target, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
