using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TerritoireCollab.Testing.Fetching;

/// <summary>A server that may be as rude as it likes: it reads a request and writes whatever bytes the test says, then closes.</summary>
public sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly Func<RawExchange, Task> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;
    private int _accepted;

    /// <summary>Listens on a free port of this machine.</summary>
    public RawServer(Func<RawExchange, Task> answer, X509Certificate2? certificate = null)
    {
        (_answer, _certificate) = (answer, certificate);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>A server with the same answer for everything: status line and headers, then a body.</summary>
    public static RawServer Saying(string head, string body = "") => new(e => e.WriteAsync(head, Encoding.UTF8.GetBytes(body)));

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>How many sockets it accepted.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<RawExchange> Exchanges { get; } = new();

    /// <summary>Paths it was asked for, in order.</summary>
    public IReadOnlyList<string> Paths => [.. Exchanges.Select(e => e.Path)];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections);
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                var client = await _listener.AcceptTcpClientAsync(_closing.Token);
                Interlocked.Increment(ref _accepted);
                _connections.Add(ServeAsync(client));
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Closed, or closed before it was asked again.
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var ends = client;
        try
        {
            await using Stream stream = _certificate is null ? client.GetStream() : await SecureAsync(client.GetStream(), _certificate);
            if (await ReadAsync(stream) is not { } exchange) return;

            Exchanges.Enqueue(exchange);
            await _answer(exchange);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client has had enough, or the test is over.
        }
    }

    private static async Task<SslStream> SecureAsync(NetworkStream stream, X509Certificate2 certificate)
    {
        var secured = new SslStream(stream);
        // Offline: the server's own side would complete the chain by the network, and count as the client under test.
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = SslStreamCertificateContext.Create(certificate, null, offline: true) });
        return secured;
    }

    private async Task<RawExchange?> ReadAsync(Stream stream)
    {
        var received = new List<byte>();
        var buffer = new byte[4096];
        while (true)
        {
            var text = Encoding.Latin1.GetString([.. received]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                var exchange = new RawExchange(stream, text[..end], text[(end + 4)..], _closing.Token);
                if (exchange.Body.Length >= int.Parse(exchange.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture)) return exchange;
            }

            var read = await stream.ReadAsync(buffer, _closing.Token);
            if (read == 0) return null;

            received.AddRange(buffer.AsSpan(0, read));
        }
    }
}

/// <summary>One request, and the line on which to answer.</summary>
public sealed class RawExchange(Stream stream, string head, string body, CancellationToken closing)
{
    /// <summary>Request line and headers.</summary>
    public string Head { get; } = head;

    /// <summary>What came after them.</summary>
    public string Body { get; } = body;

    /// <summary>The test is over.</summary>
    public CancellationToken Closing { get; } = closing;

    /// <summary>Method.</summary>
    public string Method => Head.Split(' ')[0];

    /// <summary>Path and query.</summary>
    public string Path => Head.Split(' ')[1];

    /// <summary>A header; null when it is not there.</summary>
    public string? Header(string name) =>
        Head.Split("\r\n").Skip(1).Where(l => l.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 1)..].Trim()).FirstOrDefault();

    /// <summary>Writes bytes as they are.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes) => await stream.WriteAsync(bytes, Closing);

    /// <summary>Writes text as it is.</summary>
    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Writes an answer whole: <paramref name="head"/> is « 200 OK », then headers, a line each.</summary>
    public async Task WriteAsync(string head, byte[] body)
    {
        await WriteAsync($"HTTP/1.1 {head.ReplaceLineEndings("\r\n").TrimEnd()}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n");
        await WriteAsync(body);
    }

    /// <summary>Says nothing until the test is over or <paramref name="until"/> is.</summary>
    public Task StayAsync(Task? until = null) => (until ?? Task.Delay(Timeout.Infinite, Closing)).WaitAsync(Closing);
}
