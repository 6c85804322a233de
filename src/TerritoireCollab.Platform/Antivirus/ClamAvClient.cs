using System.Buffers.Binary;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TerritoireCollab.Platform.Antivirus;

/// <summary>Where clamd listens.</summary>
/// <param name="Host">Name or address of its machine, or path of its socket when <paramref name="Port"/> is 0.</param>
/// <param name="Port">Port, or 0.</param>
public sealed record ClamAvAddress(string Host, int Port)
{
    /// <summary>Reads <c>host:port</c>, <c>unix:/path</c> or <c>/path</c>; null when it is none of these.</summary>
    public static ClamAvAddress? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var path = text.StartsWith("unix:", StringComparison.Ordinal) ? text[5..] : text;
        if (path.StartsWith('/')) return path.Length > 1 ? new(path, 0) : null;

        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65_535
            && Uri.CheckHostName(text[..colon].Trim('[', ']')) != UriHostNameType.Unknown ? new(text[..colon].Trim('[', ']'), port) : null;
    }
}

/// <summary>What clamd says of a file.</summary>
/// <param name="IsChecked">Whether it looked at all of it.</param>
/// <param name="Threat">What it found, by its own name; null when nothing.</param>
public sealed record ClamAvVerdict(bool IsChecked, string? Threat);

/// <summary>The antivirus is out of reach, or answers what nobody understands.</summary>
public sealed class ClamAvUnavailableException : Exception
{
    /// <summary>With what happened.</summary>
    public ClamAvUnavailableException(string message, Exception? cause = null) : base(message, cause)
    {
    }
}

/// <summary>Asks clamd about bytes by its command INSTREAM: the bytes go over the socket in pieces that each begin with their length.</summary>
public sealed class ClamAvClient(ClamAvAddress address)
{
    private const int PieceLength = 64 * 1024;
    private const int LongestAnswer = 4096;
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Answering = TimeSpan.FromMinutes(10);

    /// <summary>Asks about <paramref name="content"/>.</summary>
    /// <exception cref="ClamAvUnavailableException">No answer, or none that is understood.</exception>
    public async Task<ClamAvVerdict> CheckAsync(Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Answering);
        try
        {
            using var socket = await ConnectAsync(timeout.Token);
            await using var connection = new NetworkStream(socket);
            // Listened to from the start: it says so as soon as a file is too large, and hangs up.
            var answer = AnswerAsync(connection, timeout.Token);
            await SendAsync(connection, content, answer, timeout.Token);
            return Verdict(await answer);
        }
        catch (Exception failure) when (failure is SocketException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new ClamAvUnavailableException("clamd cannot be reached or does not answer.", failure);
        }
    }

    private async Task<Socket> ConnectAsync(CancellationToken cancellation)
    {
        var socket = address.Port == 0 ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(Connecting);
        try
        {
            if (address.Port == 0) await socket.ConnectAsync(new UnixDomainSocketEndPoint(address.Host), timeout.Token);
            else await socket.ConnectAsync(address.Host, address.Port, timeout.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task SendAsync(NetworkStream connection, Stream content, Task<string> answer, CancellationToken cancellation)
    {
        var piece = new byte[4 + PieceLength];
        try
        {
            await connection.WriteAsync("zINSTREAM\0"u8.ToArray(), cancellation);
            for (int read; !answer.IsCompleted && (read = await content.ReadAsync(piece.AsMemory(4), cancellation)) > 0;)
            {
                BinaryPrimitives.WriteInt32BigEndian(piece, read);
                await connection.WriteAsync(piece.AsMemory(0, 4 + read), cancellation);
            }

            if (!answer.IsCompleted) await connection.WriteAsync(new byte[4], cancellation);
        }
        catch (IOException failure) when (failure.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
        {
            // It has said enough and hung up: its answer says why.
        }
    }

    private static async Task<string> AnswerAsync(NetworkStream connection, CancellationToken cancellation)
    {
        var answer = new byte[LongestAnswer];
        var length = 0;
        // One answer, which ends by a zero.
        for (int read; length < answer.Length && !answer.AsSpan(0, length).Contains((byte)0) && (read = await connection.ReadAsync(answer.AsMemory(length), cancellation)) > 0;) length += read;
        return Encoding.UTF8.GetString(answer, 0, length).TrimEnd('\0', '\n');
    }

    private static ClamAvVerdict Verdict(string answer)
    {
        const string found = " FOUND";
        if (answer.EndsWith(": OK", StringComparison.Ordinal)) return new(true, null);
        if (answer.EndsWith(found, StringComparison.Ordinal)) return new(true, answer[(answer.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var at ? at + 2 : 0)..^found.Length]);
        return answer.Contains("size limit exceeded", StringComparison.OrdinalIgnoreCase) ? new(false, null) : throw new ClamAvUnavailableException($"clamd answers « {answer} ».");
    }
}
