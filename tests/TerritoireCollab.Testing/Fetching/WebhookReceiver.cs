using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TerritoireCollab.Testing.Fetching;

/// <summary>
/// A program that gets webhooks as docs/webhooks.md says to write one: it verifies signature and moment before it reads, and answers twice
/// alike for what it got before.
/// </summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);
    private readonly TimeProvider _clock;
    private readonly RawServer _server;

    /// <summary>Puts it up.</summary>
    /// <param name="clock">Its clock.</param>
    public WebhookReceiver(TimeProvider clock) => (_clock, _server) = (clock, new RawServer(AnswerAsync));

    /// <summary>Where it is.</summary>
    public string Address => $"http://127.0.0.1:{_server.Port}/crochet?cle=1";

    /// <summary>The secret, as the platform shows it once.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Documents that were signed, by their identifier.</summary>
    public ConcurrentDictionary<string, JsonElement> Documents { get; } = new();

    /// <summary>What it was asked, in order.</summary>
    public IReadOnlyList<RawExchange> Exchanges => [.. _server.Exchanges];

    /// <summary>What it answers once it has verified; 204 at first.</summary>
    public Func<RawExchange, Task> Answer { get; set; } = e => e.WriteAsync("204 No Content", []);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(RawExchange exchange)
    {
        var body = Encoding.Latin1.GetBytes(exchange.Body);
        var (id, at) = (exchange.Header("webhook-id"), exchange.Header("webhook-timestamp"));
        if (id is null || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var second)) return exchange.WriteAsync("400 Bad Request", []);
        if ((_clock.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(second)).Duration() > Tolerance) return exchange.WriteAsync("400 Bad Request", []);

        var key = Convert.FromBase64String(Secret["whsec_".Length..]);
        using var hmac = new HMACSHA256(key);
        var signed = Convert.ToBase64String(hmac.ComputeHash([.. Encoding.ASCII.GetBytes($"{id}.{at}."), .. body]));
        if (!(exchange.Header("webhook-signature") ?? "").Split(' ').Contains("v1," + signed)) return exchange.WriteAsync("401 Unauthorized", []);

        Documents[id] = JsonSerializer.Deserialize<JsonElement>(body);
        return Answer(exchange);
    }
}
