using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using TerritoireCollab.Coediting;

namespace TerritoireCollab.Testing;

/// <summary>An editor of a shared text as the script is one: it speaks to the socket of the product, and keeps what was not acknowledged.</summary>
public sealed class SharedEditor : IAsyncDisposable
{
    private const char RecordEnd = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly Dictionary<string, TaskCompletionSource<JsonElement>> _calls = [];
    private readonly Lock _turn = new();
    private readonly List<(Func<SharedEditor, bool> Holds, TaskCompletionSource Done)> _awaited = [];
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int From, JsonElement Updates)> _early = [];
    private int _last;

    private SharedEditor(string client) => Client = client;

    /// <summary>Its own name.</summary>
    public string Client { get; }

    /// <summary>The text with what is not acknowledged; null before it has joined, and where it may not.</summary>
    public EditorCopy? Copy { get; private set; }

    /// <summary>The text.</summary>
    public string Text
    {
        get
        {
            lock (_turn) return Copy?.Text ?? "";
        }
    }

    /// <summary>Whether it may write.</summary>
    public bool MayWrite { get; private set; }

    /// <summary>Whether the version that it had leads nowhere any more.</summary>
    public bool IsFar { get; private set; }

    /// <summary>Names of those on the page, with its own.</summary>
    public IReadOnlyList<string> People { get; private set; } = [];

    /// <summary>Cursors that were shown: who, and where.</summary>
    public List<(string Client, int Head)> Cursors { get; } = [];

    /// <summary>Ends when the line is cut.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Called at each change that is heard, with the name of the editor it came from.</summary>
    public Action<string>? OnUpdate { get; set; }

    /// <summary>Opens the line of a member; the text is not joined yet.</summary>
    /// <exception cref="WebSocketException">Refused.</exception>
    public static async Task<SharedEditor> ConnectAsync(Uri site, string? session, string? client = null, string? origin = null)
    {
        var editor = new SharedEditor(client ?? Guid.NewGuid().ToString("N")[..12]);
        editor._socket.Options.CollectHttpResponseDetails = true;
        if (session is not null) editor._socket.Options.SetRequestHeader("Cookie", $"session={session}");
        if (origin is not null) editor._socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await editor._socket.ConnectAsync(new UriBuilder(new Uri(site, "coedition")) { Scheme = "ws" }.Uri, default);
        }
        catch (WebSocketException refusal)
        {
            refusal.Data["status"] = editor._socket.HttpStatusCode;
            throw;
        }

        await editor.SendAsync("""{"protocol":"json","version":1}""");
        _ = editor.ReadAllAsync();
        return editor;
    }

    /// <summary>Opens a text as that member.</summary>
    /// <param name="site">The product.</param>
    /// <param name="session">The member's session.</param>
    /// <param name="page">The content.</param>
    /// <param name="kept">What an earlier line had not sent, or null.</param>
    public static async Task<SharedEditor> OpenAsync(Uri site, string session, string page, EditorCopy? kept = null)
    {
        var editor = await ConnectAsync(site, session, kept?.ClientId);
        await editor.JoinAsync(page, kept);
        return editor;
    }

    /// <summary>With what status the line of that session is refused, or null where it is not.</summary>
    public static async Task<HttpStatusCode?> RefusalAsync(Uri site, string? session, string? origin)
    {
        try
        {
            await using var editor = await ConnectAsync(site, session, null, origin);
            return null;
        }
        catch (WebSocketException refusal)
        {
            return (HttpStatusCode)refusal.Data["status"]!;
        }
    }

    /// <summary>Joins a text. False where the member may not read it.</summary>
    public async Task<bool> JoinAsync(string page, EditorCopy? kept = null)
    {
        var welcome = await CallAsync("Rejoindre", page, Client, kept?.Version);
        if (welcome.ValueKind == JsonValueKind.Null) return false;

        lock (_turn)
        {
            MayWrite = welcome.GetProperty("ecrit").GetBoolean();
            IsFar = welcome.GetProperty("loin").GetBoolean();
            People = Names(welcome.GetProperty("presents"));
            if (kept is not null && !IsFar)
            {
                Copy = kept;
                Receive(kept.Version, welcome.GetProperty("ajouts"));
            }
            else
            {
                Copy = new(Client, welcome.GetProperty("texte").GetString()!, welcome.GetProperty("version").GetInt32());
            }

            // What was accepted between the welcome and its arrival.
            foreach (var (from, updates) in _early) Receive(from, updates);
        }

        return true;
    }

    /// <summary>Types, and sends it.</summary>
    /// <returns>What the platform says of it.</returns>
    public Task<int> TypeAsync(int from, int deleted, string text)
    {
        lock (_turn) Copy!.Type(from, deleted, text);
        return PushAsync();
    }

    /// <summary>Types at the end, and sends it.</summary>
    public Task<int> AppendAsync(string text)
    {
        lock (_turn) Copy!.Type(Copy.Text.Length, 0, text);
        return PushAsync();
    }

    /// <summary>Types without sending, as on a line that is cut.</summary>
    public void Note(int from, int deleted, string text)
    {
        lock (_turn) Copy!.Type(from, deleted, text);
    }

    /// <summary>Sends what is not acknowledged.</summary>
    public async Task<int> PushAsync()
    {
        IReadOnlyList<ClientUpdate> waiting;
        int version;
        lock (_turn) (waiting, version) = (Copy!.Sendable(), Copy.Version);
        if (waiting.Count == 0) return 0;

        return (await CallAsync("Pousser", version, waiting[0].Sequence, waiting.Select(w => JsonSerializer.Deserialize<JsonElement>(ChangeSetJson.Write(w.Changes))).ToArray())).GetInt32();
    }

    /// <summary>Puts a text into the shared one.</summary>
    public async Task<int> MergeAsync(string original, string mine) => (await CallAsync("Fusionner", original, mine)).GetInt32();

    /// <summary>Calls a method of the hub.</summary>
    /// <exception cref="InvalidOperationException">It answers with an error.</exception>
    public async Task<JsonElement> CallAsync(string method, params object?[] values)
    {
        var answer = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        string id;
        lock (_turn)
        {
            id = $"{++_last}";
            _calls[id] = answer;
        }

        await SendAsync(JsonSerializer.Serialize(new { type = 1, invocationId = id, target = method, arguments = values }));
        return await answer.Task.WaitAsync(Patience);
    }

    /// <summary>Calls a method and waits for no answer.</summary>
    public Task TellAsync(string method, params object?[] values) => SendAsync(JsonSerializer.Serialize(new { type = 1, target = method, arguments = values }));

    /// <summary>Waits until something holds; looked at whenever something is heard.</summary>
    public Task UntilAsync(Func<SharedEditor, bool> holds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_turn)
        {
            if (holds(this)) return Task.CompletedTask;
            _awaited.Add((holds, done));
        }

        return done.Task.WaitAsync(Patience);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        if (_socket.State != WebSocketState.None) await _closed.Task.WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _writing.Dispose();
    }

    private async Task SendAsync(string record)
    {
        await _writing.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(record + RecordEnd), WebSocketMessageType.Text, true, default);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task ReadAllAsync()
    {
        var buffer = new byte[64 * 1024];
        var unread = new MemoryStream();
        try
        {
            while (true)
            {
                var got = await _socket.ReceiveAsync(buffer, default);
                if (got.MessageType == WebSocketMessageType.Close) break;
                unread.Write(buffer, 0, got.Count);
                if (!got.EndOfMessage) continue;

                foreach (var record in Encoding.UTF8.GetString(unread.GetBuffer(), 0, (int)unread.Length).Split(RecordEnd, StringSplitOptions.RemoveEmptyEntries)) Hear(record);
                unread.SetLength(0);
            }
        }
        catch (Exception failure) when (failure is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            End(new InvalidOperationException("The line was cut.", failure));
            return;
        }
        catch (Exception failure)
        {
            // What was heard makes no sense: whoever waits is told.
            End(failure);
            return;
        }

        End(new InvalidOperationException("The line was closed."));
    }

    private void End(Exception reason)
    {
        lock (_turn)
        {
            foreach (var call in _calls.Values) call.TrySetException(reason);
            foreach (var (_, done) in _awaited) done.TrySetException(reason);
        }

        _closed.TrySetResult();
    }

    private void Hear(string record)
    {
        using var document = JsonDocument.Parse(record);
        var message = document.RootElement;
        var type = message.TryGetProperty("type", out var number) ? number.GetInt32() : 0;
        lock (_turn)
        {
            if (type == 3) Answer(message);
            if (type == 1) Called(message.GetProperty("target").GetString()!, message.GetProperty("arguments"));
            foreach (var awaited in _awaited.Where(a => a.Holds(this)).ToList())
            {
                _awaited.Remove(awaited);
                awaited.Done.TrySetResult();
            }
        }

    }

    private void Answer(JsonElement message)
    {
        if (!_calls.Remove(message.GetProperty("invocationId").GetString()!, out var call)) return;
        if (message.TryGetProperty("error", out var error)) call.TrySetException(new InvalidOperationException(error.GetString()));
        else call.TrySetResult(message.TryGetProperty("result", out var result) ? result.Clone() : default);
    }

    private void Called(string target, JsonElement values)
    {
        switch (target)
        {
            case "ajouts" when Copy is null: _early.Add((values[0].GetInt32(), values[1].Clone())); break;
            case "ajouts": Receive(values[0].GetInt32(), values[1]); break;
            case "presents": People = Names(values[0]); break;
            case "droits": MayWrite = values[0].GetBoolean(); break;
            case "curseur": Cursors.Add((values[0].GetString()!, values[3].GetInt32())); break;
        }
    }

    private void Receive(int from, JsonElement updates)
    {
        var accepted = updates.EnumerateArray().Select((u, i) => new AcceptedUpdate(from + i + 1, u.GetProperty("client").GetString()!, 0, ChangeSetJson.Read(u.GetProperty("changes"))!)).ToList();
        Copy!.Receive(accepted);
        foreach (var update in accepted) OnUpdate?.Invoke(update.ClientId);
    }

    private static List<string> Names(JsonElement people) => [.. people.EnumerateArray().Select(p => p.GetProperty("nom").GetString()!)];
}
