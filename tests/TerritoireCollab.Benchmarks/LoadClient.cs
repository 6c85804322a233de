using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TerritoireCollab.Benchmarks;

/// <summary>What a run measured.</summary>
/// <param name="PerSecond">Answers a second.</param>
/// <param name="Median">Median time, in milliseconds.</param>
/// <param name="P99">99th percentile, in milliseconds.</param>
/// <param name="Bytes">Mean size of an answer's body.</param>
/// <param name="Errors">Answers that were not 200.</param>
/// <param name="Count">Answers measured.</param>
internal sealed record Measure(double PerSecond, double Median, double P99, int Bytes, int Errors, int Count);

/// <summary>
/// A frugal HTTP/1.1 client, so that most of the two cores is the server's: keep-alive connections, prepared requests, bodies read and
/// thrown away. Each connection asks for a path at random among those given, with one of the sessions given.
/// </summary>
internal static class LoadClient
{
    /// <summary>Asks without a pause for so long, after a warm-up that does not count.</summary>
    public static Task<Measure> RunAsync(Uri server, IReadOnlyList<string> paths, IReadOnlyList<string> sessions, int connections, TimeSpan warmUp, TimeSpan duration) =>
        RunAsync(server, paths, sessions, connections, start => Stopwatch.GetElapsedTime(start) > warmUp, Task.Delay(warmUp + duration), TimeSpan.Zero, warmUp);

    /// <summary>Asks until <paramref name="end"/>, each connection with a pause after an answer, as people do.</summary>
    public static Task<Measure> RunAsync(Uri server, IReadOnlyList<string> paths, IReadOnlyList<string> sessions, int connections, Task end, TimeSpan pause) =>
        RunAsync(server, paths, sessions, connections, _ => true, end, pause, TimeSpan.Zero);

    private static async Task<Measure> RunAsync(Uri server, IReadOnlyList<string> paths, IReadOnlyList<string> sessions, int connections, Func<long, bool> counts, Task end, TimeSpan pause, TimeSpan before)
    {
        var results = new List<(double Ms, int Bytes, bool Ok)>[connections];
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(i => Task.Run(() => ConnectionAsync(server, paths, sessions, new Random(i), () => counts(start), end, pause, results[i] = []))));
        await end;
        var seconds = (Stopwatch.GetElapsedTime(start) - before).TotalSeconds;
        var all = results.SelectMany(r => r).ToList();
        var times = all.Select(r => r.Ms).Order().ToList();
        return new(all.Count / seconds, times[times.Count / 2], times[(int)(times.Count * 0.99)], (int)all.Average(r => r.Bytes), all.Count(r => !r.Ok), all.Count);
    }

    private static async Task ConnectionAsync(Uri server, IReadOnlyList<string> paths, IReadOnlyList<string> sessions, Random random, Func<bool> counts, Task end, TimeSpan pause, List<(double, int, bool)> results)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port));
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 18);
        while (!end.IsCompleted)
        {
            var cookie = sessions.Count == 0 ? "" : $"Cookie: session={sessions[random.Next(sessions.Count)]}\r\n";
            var request = Encoding.ASCII.GetBytes($"GET {paths[random.Next(paths.Count)]} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\n{cookie}\r\n");
            var sent = Stopwatch.GetTimestamp();
            await socket.SendAsync(request);
            var (bytes, ok) = await ReadAsync(socket, buffer);
            if (counts()) results.Add((Stopwatch.GetElapsedTime(sent).TotalMilliseconds, bytes, ok));
            if (pause > TimeSpan.Zero) await Task.Delay(pause);
        }
    }

    private static async Task<(int Bytes, bool Ok)> ReadAsync(Socket socket, byte[] buffer)
    {
        var length = 0;
        var head = -1;
        while (head < 0)
        {
            length += await ReceiveAsync(socket, buffer.AsMemory(length));
            head = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
        }

        var headers = Encoding.ASCII.GetString(buffer, 0, head);
        var body = head + 4;
        if (Header(headers, "Content-Length") is { } announced)
        {
            var total = body + int.Parse(announced, CultureInfo.InvariantCulture);
            while (length < total) length += await ReceiveAsync(socket, buffer.AsMemory(length));
        }
        else
        {
            while (!buffer.AsSpan(body, length - body).EndsWith("\r\n0\r\n\r\n"u8)) length += await ReceiveAsync(socket, buffer.AsMemory(length));
        }

        return (length - body, headers.StartsWith("HTTP/1.1 200", StringComparison.Ordinal));
    }

    private static async Task<int> ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        var read = await socket.ReceiveAsync(buffer);
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private static string? Header(string headers, string name)
    {
        var at = headers.IndexOf($"\r\n{name}:", StringComparison.OrdinalIgnoreCase);
        if (at < 0) return null;

        var from = at + name.Length + 3;
        var end = headers.IndexOf("\r\n", from, StringComparison.Ordinal);
        return (end < 0 ? headers[from..] : headers[from..end]).Trim();
    }
}
