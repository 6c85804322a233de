using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Testing.Fetching;

/// <summary>
/// An internet of a few names. Public addresses lead to servers of the test on this machine; every other connection is really made, to a server
/// that stands for all that may not be reached, and counts its sockets.
/// </summary>
public sealed class LittleInternet : IFetchNetwork, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Func<IReadOnlyList<IPAddress>>> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<IPAddress, int> _servers = new();
    private readonly RawServer _forbidden = RawServer.Saying("200 OK", "secret");
    private int _given;

    /// <summary>Connections asked for, in order.</summary>
    public ConcurrentQueue<IPEndPoint> Connections { get; } = new();

    /// <summary>Sockets that reached what may not be reached.</summary>
    public int ForbiddenSockets => _forbidden.Accepted;

    /// <summary>What a look-up waits for; nothing at first.</summary>
    public Func<CancellationToken, Task> Resolving { get; set; } = _ => Task.CompletedTask;

    /// <summary>A public address that leads to a server, at every port.</summary>
    public IPAddress Public(RawServer server)
    {
        var address = new IPAddress([93, 184, 215, (byte)Interlocked.Increment(ref _given)]);
        _servers[address] = server.Port;
        return address;
    }

    /// <summary>A name that leads to a server by a public address.</summary>
    public void Name(string name, RawServer server) => Name(name, Public(server));

    /// <summary>A name with these addresses.</summary>
    public void Name(string name, params IPAddress[] addresses) => _names[name] = () => addresses;

    /// <summary>A name whose addresses change from one look-up to the next.</summary>
    public void Name(string name, Func<IReadOnlyList<IPAddress>> addresses) => _names[name] = addresses;

    /// <inheritdoc />
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string name, CancellationToken cancellation)
    {
        await Resolving(cancellation);
        return _names.TryGetValue(name.TrimEnd('.'), out var addresses) ? addresses() : throw new SocketException((int)SocketError.HostNotFound);
    }

    /// <inheritdoc />
    public async Task<Stream> ConnectAsync(IPEndPoint target, CancellationToken cancellation)
    {
        Connections.Enqueue(target);
        var port = _servers.TryGetValue(target.Address, out var server) ? server : _forbidden.Port;
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        return new NetworkStream(socket, ownsSocket: true);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _forbidden.DisposeAsync();
}
