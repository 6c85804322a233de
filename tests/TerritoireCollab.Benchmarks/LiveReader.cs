using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace TerritoireCollab.Benchmarks;

/// <summary>
/// Somebody who keeps a live page open: fetches it, starts its circuit as the browser's script does (hub protocol « blazorpack », a
/// few kinds of MessagePack values), acknowledges each render and notes when it came. Nothing is drawn.
/// </summary>
internal sealed partial class LiveReader : IAsyncDisposable
{
    private const byte EndOfHandshake = 0x1e;
    private static readonly TimeSpan Ping = TimeSpan.FromSeconds(10);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _stop = new();
    private TaskCompletionSource<long> _rendered = NewRender();

    private LiveReader()
    {
    }

    /// <summary>Opens the page and waits for its first render.</summary>
    public static async Task<LiveReader> OpenAsync(Product product, HttpClient http, string path)
    {
        var html = await http.GetStringAsync(new Uri(product.Address, path));
        var islands = string.Join(',', Island().Matches(html).Select(m => m.Groups[1].Value));
        var state = State().Match(html).Groups[1].Value;
        if (islands.Length == 0) throw new InvalidOperationException($"{path} has no live part.");

        var reader = new LiveReader();
        reader._socket.Options.SetRequestHeader("Cookie", http.DefaultRequestHeaders.GetValues("Cookie").Single());
        reader._socket.Options.SetRequestHeader("Origin", product.Address.GetLeftPart(UriPartial.Authority));
        await reader._socket.ConnectAsync(new Uri($"ws://{product.Address.Authority}/_blazor"), default);
        await reader._socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"), WebSocketMessageType.Binary, true, default);
        var first = reader._rendered.Task;
        _ = reader.ReadAsync();
        _ = reader.PingAsync();
        await reader.InvokeAsync("0", "StartCircuit", product.Address.ToString(), new Uri(product.Address, path).ToString(), $"[{islands}]", state);
        await first.WaitAsync(TimeSpan.FromSeconds(20));
        return reader;
    }

    /// <summary>When the next render comes, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</summary>
    public Task<long> NextRender()
    {
        var next = NewRender();
        _rendered = next;
        return next.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        _socket.Dispose();
    }

    private static TaskCompletionSource<long> NewRender() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(Ping);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token)) await SendAsync([0x91, 6]);
        }
        catch (OperationCanceledException)
        {
            // The page was left.
        }
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[1 << 16];
        using var message = new MemoryStream();
        var shook = false;
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close) throw new IOException("The server closed the circuit.");
                message.Write(buffer, 0, received.Count);
                if (!received.EndOfMessage) continue;

                var bytes = message.ToArray();
                message.SetLength(0);
                var at = shook ? 0 : Array.IndexOf(bytes, EndOfHandshake) + 1;
                shook = true;
                while (at < bytes.Length)
                {
                    var length = ReadLength(bytes, ref at);
                    await HandleAsync(bytes.AsMemory(at, length));
                    at += length;
                }
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or IOException or WebSocketException or ObjectDisposedException)
        {
            _rendered.TrySetException(failure);
        }
    }

    // An invocation is [1, headers, id, target, arguments, streams]; a render has its number as its first argument.
    private async Task HandleAsync(ReadOnlyMemory<byte> message)
    {
        if (RenderOf(message.Span) is not { } batch) return;

        _rendered.TrySetResult(System.Diagnostics.Stopwatch.GetTimestamp());
        await InvokeAsync(null, "OnRenderCompleted", batch, null);
    }

    private static long? RenderOf(ReadOnlySpan<byte> message)
    {
        var target = "JS.RenderBatch"u8;
        var at = message.IndexOf(target);
        if (message.Length < 2 || message[1] != 1 || at < 0) return null;

        var number = message[(at + target.Length + 1)..];
        return number[0] switch
        {
            < 0x80 => number[0],
            0xcc => number[1],
            0xcd or 0xd1 => BinaryPrimitives.ReadInt16BigEndian(number[1..]),
            0xce or 0xd2 => BinaryPrimitives.ReadInt32BigEndian(number[1..]),
            _ => BinaryPrimitives.ReadInt64BigEndian(number[1..]),
        };
    }

    private Task InvokeAsync(string? id, string target, params object?[] arguments)
    {
        using var message = new MemoryStream();
        message.Write([0x96, 1, 0x80]);
        WriteText(message, id);
        WriteText(message, target);
        message.WriteByte((byte)(0x90 | arguments.Length));
        foreach (var argument in arguments)
        {
            if (argument is long number) WriteNumber(message, number);
            else WriteText(message, (string?)argument);
        }

        message.WriteByte(0x90);
        return SendAsync(message.ToArray());
    }

    private static void WriteNumber(MemoryStream message, long number)
    {
        Span<byte> bytes = stackalloc byte[9];
        bytes[0] = 0xd3;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], number);
        message.Write(bytes);
    }

    private static void WriteText(MemoryStream message, string? text)
    {
        if (text is null)
        {
            message.WriteByte(0xc0);
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        Span<byte> head = stackalloc byte[5];
        head[0] = 0xdb;
        BinaryPrimitives.WriteInt32BigEndian(head[1..], bytes.Length);
        message.Write(head);
        message.Write(bytes);
    }

    private async Task SendAsync(byte[] body)
    {
        var framed = new List<byte>(body.Length + 5);
        var length = (uint)body.Length;
        for (; length > 0x7f; length >>= 7) framed.Add((byte)(length | 0x80));
        framed.Add((byte)length);
        framed.AddRange(body);
        await _sending.WaitAsync(_stop.Token);
        try
        {
            await _socket.SendAsync(framed.ToArray(), WebSocketMessageType.Binary, true, _stop.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    private static int ReadLength(byte[] bytes, ref int at)
    {
        var (length, shift) = (0, 0);
        byte part;
        do
        {
            part = bytes[at++];
            length |= (part & 0x7f) << shift;
            shift += 7;
        }
        while ((part & 0x80) != 0);
        return length;
    }

    [GeneratedRegex("<!--Blazor:(\\{\"type\":\"server\".*?\\})-->")]
    private static partial Regex Island();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
