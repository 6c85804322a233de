using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The network between a browser and an instance: it can be cut, and mended, to another instance if need be.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, bool> _open = new();
    private readonly Task _accepting;
    private Uri? _target;

    public Wire(Uri target)
    {
        _target = target;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>Where the browser goes.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    /// <summary>Closes every connection, and each new one at once.</summary>
    public void Cut()
    {
        _target = null;
        foreach (var client in _open.Keys) client.Close();
    }

    /// <summary>Lets pass again.</summary>
    public void Mend(Uri target) => _target = target;

    public async ValueTask DisposeAsync()
    {
        Cut();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = PassAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task PassAsync(TcpClient browser)
    {
        using var host = new TcpClient();
        _open[browser] = _open[host] = true;
        try
        {
            if (_target is not { } target) return;
            await host.ConnectAsync(target.Host, target.Port);
            await Task.WhenAny(browser.GetStream().CopyToAsync(host.GetStream()), host.GetStream().CopyToAsync(browser.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut.
        }
        finally
        {
            browser.Dispose();
            _open.TryRemove(browser, out _);
            _open.TryRemove(host, out _);
        }
    }
}
