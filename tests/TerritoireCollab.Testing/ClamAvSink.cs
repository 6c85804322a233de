using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TerritoireCollab.Testing;

/// <summary>A clamd that speaks INSTREAM as the real one: it finds the test string of EICAR, takes so many bytes at most, and can be away.</summary>
public sealed class ClamAvSink : IAsyncDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly string? _path;
    private int _asked;

    /// <summary>Starts one on a free port of this machine, or on a socket at <paramref name="path"/>.</summary>
    public ClamAvSink(string? path = null)
    {
        _path = path;
        _listener = path is null ? new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        _listener.Bind(path is null ? new IPEndPoint(IPAddress.Loopback, 0) : new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _serving = ServeAsync();
    }

    /// <summary>The test string that every antivirus finds, put together here so that none finds it in the sources.</summary>
    public static string Eicar { get; } = string.Concat("X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!", "$H+H*");

    /// <summary>What it takes for a threat.</summary>
    public string Threat { get; init; } = Eicar;

    /// <summary>What to configure.</summary>
    public string Address => _path ?? $"127.0.0.1:{((IPEndPoint)_listener.LocalEndPoint!).Port}";

    /// <summary>Largest stream taken.</summary>
    public long StreamMaxLength { get; set; } = 25 * 1024 * 1024;

    /// <summary>Whether it hangs up on everybody.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
        if (_path is not null) File.Delete(_path);
    }

    private async Task ServeAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            using var socket = await _listener.AcceptAsync(_stop.Token);
            if (IsAway) continue;

            Interlocked.Increment(ref _asked);
            await using var stream = new NetworkStream(socket);
            await AnswerAsync(stream, _stop.Token);
        }
    }

    private async Task AnswerAsync(NetworkStream stream, CancellationToken cancellation)
    {
        var command = new byte["zINSTREAM\0".Length];
        await stream.ReadExactlyAsync(command, cancellation);
        if (Encoding.ASCII.GetString(command) != "zINSTREAM\0")
        {
            await stream.WriteAsync("UNKNOWN COMMAND\0"u8.ToArray(), cancellation);
            return;
        }

        using var content = new MemoryStream();
        var head = new byte[4];
        while (true)
        {
            await stream.ReadExactlyAsync(head, cancellation);
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length == 0) break;
            if (content.Length + length > StreamMaxLength)
            {
                await stream.WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray(), cancellation);
                return;
            }

            var piece = new byte[length];
            await stream.ReadExactlyAsync(piece, cancellation);
            content.Write(piece);
        }

        var found = Encoding.Latin1.GetString(content.ToArray()).Contains(Threat, StringComparison.Ordinal);
        await stream.WriteAsync(found ? "stream: Eicar-Signature FOUND\0"u8.ToArray() : "stream: OK\0"u8.ToArray(), cancellation);
    }
}
