using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>What a hub asks back before it sends anything.</summary>
/// <param name="Mode">« subscribe », « unsubscribe » or « denied ».</param>
/// <param name="Topic">Address of the feed.</param>
/// <param name="Challenge">What is to be repeated; null for a refusal.</param>
/// <param name="Lease">How long the hub will send; null when it does not say.</param>
public sealed record HubQuestion(string Mode, string Topic, string? Challenge, TimeSpan? Lease);

/// <summary>The subscriber's side of WebSub (W3C recommendation of 23 January 2018): a hub tells what is new in a feed as soon as it is published.</summary>
public static class WebSub
{
    /// <summary>Hash functions for signatures, the weakest first. SHA-1 is among them since the recommendation names it and older hubs know no other: its weakness, collisions, does not touch HMAC.</summary>
    private static readonly (string Name, int Length, Func<byte[], byte[], byte[]> Compute)[] Methods =
    [
        ("sha1", 20, SignSha1),
        ("sha256", 32, (key, body) => HMACSHA256.HashData(key, body)),
        ("sha384", 48, (key, body) => HMACSHA384.HashData(key, body)),
        ("sha512", 64, (key, body) => HMACSHA512.HashData(key, body)),
    ];

    /// <summary>Longest challenge that is repeated, in characters: nobody writes a page through us.</summary>
    public const int MaxChallenge = 512;

    /// <summary>The lease asked for.</summary>
    public static readonly TimeSpan WishedLease = TimeSpan.FromDays(10);

    private static readonly TimeSpan ShortestLease = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(90);

    /// <summary>Whether a hub may be trusted with a secret: under TLS, or on this machine where that is allowed. Feeds of other hubs are polled.</summary>
    public static bool IsUsable(Uri hub, bool allowPrivate)
    {
        ArgumentNullException.ThrowIfNull(hub);
        return hub.IsAbsoluteUri && (hub.Scheme == Uri.UriSchemeHttps || (allowPrivate && hub is { IsLoopback: true, Scheme: "http" }));
    }

    /// <summary>A new secret, below the 200 bytes that the recommendation allows.</summary>
    public static string NewSecret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Asks a hub for what is new in a feed. The hub answers 202 and asks back at the callback.</summary>
    /// <param name="hub">Address of a usable hub.</param>
    /// <param name="callback">Address at which we are asked back and told; unguessable, a subscription each.</param>
    /// <param name="topic">The feed as it names itself (rel=self).</param>
    /// <param name="secret">With what the hub signs.</param>
    public static FetchRequest Subscribe(Uri hub, Uri callback, Uri topic, string secret)
    {
        ArgumentNullException.ThrowIfNull(hub);
        ArgumentException.ThrowIfNullOrEmpty(secret);
        (string, string)[] form =
        [
            .. Form("subscribe", callback, topic),
            ("hub.lease_seconds", WishedLease.TotalSeconds.ToString(CultureInfo.InvariantCulture)),
            ("hub.secret", secret),
        ];
        return Post(hub, form);
    }

    /// <summary>Asks a hub to send no more.</summary>
    public static FetchRequest Unsubscribe(Uri hub, Uri callback, Uri topic) => Post(hub, Form("unsubscribe", callback, topic));

    /// <summary>Reads what a hub asks back; null when it is no question of a hub.</summary>
    /// <param name="query">Value of a query parameter of the GET, null when it is not there once.</param>
    public static HubQuestion? Read(Func<string, string?> query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (mode, topic, challenge) = (query("hub.mode"), query("hub.topic"), query("hub.challenge"));
        if (mode is not ("subscribe" or "unsubscribe" or "denied") || topic is not { Length: > 0 and <= AddressPolicy.MaxLength }) return null;
        if (mode == "denied") return new(mode, topic, null, null);
        return challenge is { Length: > 0 and <= MaxChallenge } ? new(mode, topic, challenge, Lease(query("hub.lease_seconds"))) : null;
    }

    /// <summary>What to answer, as plain text with 200; null for 404: we never asked for that.</summary>
    /// <param name="question">What the hub asks.</param>
    /// <param name="topic">The feed of this callback.</param>
    /// <param name="wantsIt">Whether we asked to subscribe; false when we asked to be left alone.</param>
    public static string? Answer(HubQuestion question, Uri topic, bool wantsIt)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(topic);
        var isOurs = question.Topic == topic.AbsoluteUri || question.Topic == topic.OriginalString;
        return isOurs && question.Mode == (wantsIt ? "subscribe" : "unsubscribe") ? question.Challenge : null;
    }

    /// <summary>When to subscribe again: a little before the lease ends, since a hub that was down may be asked twice.</summary>
    public static DateTime RenewAt(DateTime now, TimeSpan? lease)
    {
        var granted = lease ?? WishedLease;
        var bounded = granted < ShortestLease ? ShortestLease : granted > LongestLease ? LongestLease : granted;
        return now + (bounded * 0.9);
    }

    /// <summary>
    /// Whether a body was signed with our secret. When it was not, the answer to the hub is 202 all the same (section 8), so that nobody learns
    /// the secret by trying, and the body is thrown away.
    /// </summary>
    /// <param name="header">Value of X-Hub-Signature: <c>sha256=hex</c>.</param>
    /// <param name="secret">Our secret.</param>
    /// <param name="body">The body as it came.</param>
    public static bool IsSigned(string? header, string secret, ReadOnlySpan<byte> body)
    {
        ArgumentException.ThrowIfNullOrEmpty(secret);
        if (header?.Split('=', 2) is not [var name, var hex]) return false;

        var method = Array.Find(Methods, m => m.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));
        if (method.Compute is null || hex.Trim().Length != method.Length * 2) return false;

        Span<byte> given = stackalloc byte[64];
        if (Convert.FromHexString(hex.Trim(), given, out _, out var length) != System.Buffers.OperationStatus.Done) return false;
        return CryptographicOperations.FixedTimeEquals(given[..length], method.Compute(Encoding.UTF8.GetBytes(secret), body.ToArray()));
    }

    /// <summary>The signature of a body, as a hub writes it.</summary>
    /// <param name="method">sha1, sha256, sha384 or sha512.</param>
    /// <param name="secret">The secret that both know.</param>
    /// <param name="body">The body.</param>
    public static string Sign(string method, string secret, ReadOnlySpan<byte> body) =>
        $"{method}={Convert.ToHexStringLower(Array.Find(Methods, m => m.Name == method).Compute(Encoding.UTF8.GetBytes(secret), body.ToArray()))}";

    private static TimeSpan? Lease(string? text) =>
        double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(Math.Min(seconds, LongestLease.TotalSeconds)) : null;

    private static (string, string)[] Form(string mode, Uri callback, Uri topic)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ArgumentNullException.ThrowIfNull(topic);
        return [("hub.mode", mode), ("hub.callback", callback.AbsoluteUri), ("hub.topic", topic.AbsoluteUri)];
    }

    private static FetchRequest Post(Uri hub, IEnumerable<(string Name, string Value)> form) => new(hub)
    {
        Method = HttpMethod.Post,
        ContentType = "application/x-www-form-urlencoded",
        Content = Encoding.ASCII.GetBytes(string.Join('&', form.Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value)}"))),
    };

#pragma warning disable CA5350 // Named by the recommendation; HMAC does not depend on what SHA-1 has lost.
    private static byte[] SignSha1(byte[] key, byte[] body) => HMACSHA1.HashData(key, body);
#pragma warning restore CA5350
}
