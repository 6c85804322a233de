using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace TerritoireCollab.Testing.Fetching;

/// <summary>A post that the instance has.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Text">Its text.</param>
/// <param name="Visibility">Who sees it.</param>
/// <param name="Key">The Idempotency-Key with which it was written.</param>
public sealed record FakePost(string Id, string Text, string Visibility, string? Key);

/// <summary>
/// An instance of Mastodon as far as posting goes: a token, posts of at most 500 signs, and keys that it knows again for an hour, in which it
/// answers the post of before instead of writing another. It may be told to be ill.
/// </summary>
public sealed class FakeMastodon : IAsyncDisposable
{
    /// <summary>The token it takes.</summary>
    public const string Token = "jeton-qui-vaut-1234567890";

    private const int MostSigns = 500;
    private readonly TimeProvider _clock;
    private readonly RawServer _server;
    private readonly Dictionary<string, (FakePost Post, DateTimeOffset At)> _keys = [];
    private readonly Lock _lock = new();

    /// <summary>Puts it up.</summary>
    /// <param name="clock">How it knows that an hour has gone by.</param>
    public FakeMastodon(TimeProvider clock) => (_clock, _server) = (clock, new RawServer(AnswerAsync));

    /// <summary>Where it is.</summary>
    public string Address => $"http://127.0.0.1:{_server.Port}";

    /// <summary>Its posts, in order.</summary>
    public ConcurrentQueue<FakePost> Posts { get; } = new();

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<RawExchange> Exchanges => [.. _server.Exchanges];

    /// <summary>What it answers instead of what it should; nothing at first.</summary>
    public Func<RawExchange, Task>? Ill { get; set; }

    /// <summary>What it does, once a post is written, instead of saying so; nothing at first.</summary>
    public Func<RawExchange, Task>? Lost { get; set; }

    /// <summary>Takes back its token.</summary>
    public bool HasRevokedToken { get; set; }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(RawExchange exchange)
    {
        if (Ill is { } ill) return ill(exchange);
        if (exchange.Method != "POST" || exchange.Path != "/api/v1/statuses") return SayAsync(exchange, "404 Not Found", new { error = "Record not found" });
        if (HasRevokedToken || exchange.Header("Authorization") != $"Bearer {Token}") return SayAsync(exchange, "401 Unauthorized", new { error = "The access token is invalid" });

        var sent = JsonSerializer.Deserialize<JsonElement>(Encoding.Latin1.GetBytes(exchange.Body));
        var text = sent.GetProperty("status").GetString()!;
        if (string.IsNullOrWhiteSpace(text)) return SayAsync(exchange, "422 Unprocessable Content", new { error = "Validation failed: Text can't be blank" });
        if (Signs(text) > MostSigns) return SayAsync(exchange, "422 Unprocessable Content", new { error = "Validation failed: Text character limit of 500 exceeded" });

        var post = Write(text, sent.GetProperty("visibility").GetString()!, exchange.Header("Idempotency-Key"));
        return Lost is { } lost ? lost(exchange) : SayAsync(exchange, "200 OK", new { id = post.Id, url = $"{Address}/@revue/{post.Id}", visibility = post.Visibility, content = $"<p>{post.Text}</p>" });
    }

    private FakePost Write(string text, string visibility, string? key)
    {
        lock (_lock)
        {
            if (key is not null && _keys.TryGetValue(key, out var known) && _clock.GetUtcNow() < known.At.AddHours(1)) return known.Post;

            var post = new FakePost($"{1000 + Posts.Count}", text, visibility, key);
            Posts.Enqueue(post);
            if (key is not null) _keys[key] = (post, _clock.GetUtcNow());
            return post;
        }
    }

    // Any address counts for 23 signs.
    private static int Signs(string text) => text.Split([' ', '\n']).Sum(w => w.StartsWith("http", StringComparison.Ordinal) ? 23 : new System.Globalization.StringInfo(w).LengthInTextElements) + text.Count(c => c is ' ' or '\n');

    private static Task SayAsync(RawExchange exchange, string status, object body) =>
        exchange.WriteAsync($"{status}\nContent-Type: application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(body));
}
