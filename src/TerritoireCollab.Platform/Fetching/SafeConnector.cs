using System.Net;
using System.Net.Sockets;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>A connection was not made: the outcome says why.</summary>
internal sealed class ConnectionRefusedException(FetchOutcome outcome, Exception? cause = null) : IOException(outcome.ToString(), cause)
{
    public FetchOutcome Outcome { get; } = outcome;
}

/// <summary>
/// Makes every connection of the outgoing client. The name is resolved here, all its addresses are judged, and the connection goes to one of
/// them by number: whatever a name answers the next moment, it cannot lead elsewhere. Whatever goes wrong, there is no connection.
/// </summary>
internal sealed class SafeConnector(FetchOptions options, IFetchNetwork network, TimeProvider clock)
{
    /// <summary>Connects for the handler.</summary>
    /// <exception cref="ConnectionRefusedException">There is none.</exception>
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint target, CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(options.ConnectTime, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            var addresses = IsProxy(target) ? await ResolveAsync(target.Host, both.Token) : await AllowedAsync(target.Host, target.Port, both.Token);
            return await ConnectAsync(addresses, target.Port, both.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ConnectionRefusedException(FetchOutcome.TimedOut);
        }
    }

    /// <summary>The addresses of a host, if all of them may be connected to: one that may not is no accident.</summary>
    /// <exception cref="ConnectionRefusedException">There is none, or one is refused.</exception>
    public async Task<IReadOnlyList<IPAddress>> AllowedAsync(string host, int port, CancellationToken cancellation)
    {
        var addresses = await ResolveAsync(host, cancellation);
        return addresses.All(a => AddressPolicy.MayConnect(a, port, options.AllowPrivateNetworks)) ? addresses : throw new ConnectionRefusedException(FetchOutcome.RefusedAddress);
    }

    private bool IsProxy(DnsEndPoint target) => options.Proxy is { } proxy && target.Port == proxy.Port && target.Host.Equals(proxy.IdnHost, StringComparison.OrdinalIgnoreCase);

    private async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host.Trim('[', ']').TrimEnd('.'), out var number)) return [number];

        IReadOnlyList<IPAddress> addresses;
        try
        {
            addresses = await network.ResolveAsync(host, cancellation);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            throw new ConnectionRefusedException(FetchOutcome.NameNotFound, failure);
        }

        return addresses.Count > 0 ? addresses : throw new ConnectionRefusedException(FetchOutcome.NameNotFound);
    }

    private async Task<Stream> ConnectAsync(IReadOnlyList<IPAddress> addresses, int port, CancellationToken cancellation)
    {
        SocketException? last = null;
        // IPv4 first: an IPv6 route that is announced and broken stays silent, and would use up the time.
        foreach (var address in addresses.OrderBy(a => a.AddressFamily == AddressFamily.InterNetwork ? 0 : 1))
        {
            try
            {
                return await network.ConnectAsync(new IPEndPoint(address, port), cancellation);
            }
            catch (SocketException failure)
            {
                last = failure;
            }
        }

        throw new ConnectionRefusedException(FetchOutcome.ConnectionFailed, last);
    }
}
