using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// The only way out of the platform by HTTP. Addresses come from members, from feeds and from foreign servers: each is judged where it leads,
/// at every hop; time, size and redirects are bounded; nothing of the platform or of its members is sent along. What the network does is a
/// result, never an exception.
/// </summary>
public sealed class OutgoingClient : IDisposable
{
    // Enough to let a connection be used again after a redirect, and no more.
    private const int DrainedBytes = 16 * 1024;
    private const int MaxErrorBody = 64 * 1024;

    private readonly FetchOptions _options;
    private readonly TimeProvider _clock;
    private readonly SafeConnector _connector;
    private readonly HttpMessageInvoker _http;

    /// <summary>Prepares the client; it connects to nothing yet.</summary>
    public OutgoingClient(FetchOptions options, IFetchNetwork network, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _clock, _connector) = (options, clock, new SafeConnector(options, network, clock));
        _http = new HttpMessageInvoker(Handler(options, _connector));
    }

    /// <summary>Asks, and follows where it leads.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var timer = new CancellationTokenSource(_options.WholeTime, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var walk = new RedirectWalk(request.Address, _options);
        try
        {
            while (true)
            {
                if (await VisitAsync(walk, request, both.Token) is { } result) return result;
            }
        }
        catch (Exception failure) when (OutcomeOf(failure, timer) is { } outcome)
        {
            cancellation.ThrowIfCancellationRequested();
            return walk.End(outcome);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    // One hop; null when it leads to the next.
    private async Task<FetchResult?> VisitAsync(RedirectWalk walk, FetchRequest request, CancellationToken cancellation)
    {
        if (AddressPolicy.Check(walk.Address, _options.AllowPrivateNetworks) != AddressRefusal.None) return walk.End(FetchOutcome.RefusedAddress);

        // A proxy resolves for itself: what is asked of it is judged here first, and a name that cannot be judged is not asked.
        if (_options.Proxy is not null) await _connector.AllowedAsync(walk.Address.IdnHost, walk.Address.Port, cancellation);

        using var message = Message(walk, request);
        using var answer = await _http.SendAsync(message, cancellation);
        walk.Answered();
        return (int)answer.StatusCode is 301 or 302 or 303 or 307 or 308 && answer.Headers.Contains("Location") && walk.Follows(answer, request)
            ? walk.Step(answer)
            : await ReadAsync(walk, answer, request, cancellation);
    }

    private HttpRequestMessage Message(RedirectWalk walk, FetchRequest request)
    {
        var message = new HttpRequestMessage(request.Method, walk.Address) { Version = HttpVersion.Version11 };
        Set(message.Headers, "User-Agent", _options.UserAgent);
        Set(message.Headers, "Accept", Accept(request.Kind));
        Set(message.Headers, "Accept-Encoding", "gzip, deflate, br");
        if (request.IsRead)
        {
            if (request.ETag is not null) Set(message.Headers, "If-None-Match", request.ETag);
            if (request.LastModified is not null) Set(message.Headers, "If-Modified-Since", request.LastModified);
        }

        if (request.Content is { } content)
        {
            message.Content = new ReadOnlyMemoryContent(content);
            Set(message.Content.Headers, "Content-Type", request.ContentType);
        }

        if (walk.IsAtOrigin) foreach (var (name, value) in request.Headers) Set(message.Headers, name, value);
        return message;
    }

    private async Task<FetchResult> ReadAsync(RedirectWalk walk, HttpResponseMessage answer, FetchRequest request, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow().UtcDateTime;
        var outcome = (int)answer.StatusCode switch
        {
            >= 200 and < 300 => FetchOutcome.Ok,
            // An answer to a condition that was not set.
            304 => request is { IsConditional: true, IsRead: true } ? FetchOutcome.NotModified : FetchOutcome.BadAnswer,
            410 => FetchOutcome.Gone,
            _ => FetchOutcome.HttpError,
        };
        var result = walk.End(outcome) with
        {
            Status = (int)answer.StatusCode,
            ContentType = AnswerHeaders.Text(answer.Content.Headers, "Content-Type"),
            ContentLocation = AnswerHeaders.Address(answer.Content.Headers, "Content-Location", walk.Address),
            ETag = AnswerHeaders.Text(answer.Headers, "ETag"),
            LastModified = AnswerHeaders.Text(answer.Content.Headers, "Last-Modified"),
            RetryAfter = AnswerHeaders.RetryAfter(answer, now),
            FreshUntil = AnswerHeaders.FreshUntil(answer, now),
            Hubs = AnswerHeaders.Links(answer, "hub", walk.Address),
            Self = AnswerHeaders.Links(answer, "self", walk.Address) is [var self, ..] ? self : null,
            Robots = AnswerHeaders.All(answer.Headers, "X-Robots-Tag"),
            Reservation = AnswerHeaders.Text(answer.Headers, "TDM-Reservation"),
        };

        // A program says in the body why it refuses; a page of error says nothing to us.
        if (outcome != FetchOutcome.Ok && request.IsRead) return result;

        var (max, cuts) = outcome == FetchOutcome.Ok ? (request.MaxBytes, request.Cut) : (Math.Min(request.MaxBytes, MaxErrorBody), true);
        if (!cuts && answer.Content.Headers.ContentLength > max) return result with { Outcome = FetchOutcome.TooLarge };

        var (body, isLonger) = await BoundedBody.ReadAsync(answer.Content, max, cancellation);
        return isLonger && !cuts ? result with { Outcome = FetchOutcome.TooLarge } : result with { Body = body, IsCut = isLonger };
    }

    private static FetchOutcome? OutcomeOf(Exception failure, CancellationTokenSource timer)
    {
        if (timer.IsCancellationRequested) return FetchOutcome.TimedOut;

        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is ConnectionRefusedException refused) return refused.Outcome;
            if (cause is AuthenticationException) return FetchOutcome.TlsFailure;
            if (cause is OperationCanceledException or TimeoutException) return FetchOutcome.TimedOut;
        }

        return failure switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => FetchOutcome.TlsFailure,
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError } => FetchOutcome.ConnectionFailed,
            // The rest is what was read: cut short, no HTTP, headers without end, badly packed.
            HttpRequestException or IOException or InvalidDataException => FetchOutcome.BadAnswer,
            _ => null,
        };
    }

    private static void Set(HttpHeaders headers, string name, string value) => headers.TryAddWithoutValidation(name, value);

    private static string Accept(FetchKind kind) => kind switch
    {
        FetchKind.Feed => "application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, text/html;q=0.5, */*;q=0.3",
        FetchKind.Page => "text/html, application/xhtml+xml, */*;q=0.3",
        FetchKind.Json => "application/json, */*;q=0.3",
        _ => "*/*",
    };

    private static SocketsHttpHandler Handler(FetchOptions options, SafeConnector connector) => new()
    {
        ConnectCallback = (context, cancellation) => connector.ConnectAsync(context.DnsEndPoint, cancellation),
        UseProxy = options.Proxy is not null,
        Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) { BypassProxyOnLocal = false, Credentials = Account(proxy) } : null,
        UseCookies = false,
        AllowAutoRedirect = false,
        // Unpacked by us, within a bound.
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        // Ends a handshake that nobody waits for any more.
        ConnectTimeout = options.ConnectTime + options.WholeTime,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        MaxResponseDrainSize = DrainedBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        // A validator goes back as it came, and some are not ASCII.
        RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        ResponseHeaderEncodingSelector = (_, _) => Encoding.UTF8,
        SslOptions =
        {
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            CertificateChainPolicy = ChainPolicy(options),
        },
    };

    // A certificate names addresses from which to complete or check it. Nobody judges those, so they are never asked.
    private static X509ChainPolicy ChainPolicy(FetchOptions options)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };
        if (options.Authorities is not { } authorities) return policy;

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static NetworkCredential? Account(Uri proxy) => proxy.UserInfo.Split(':', 2) is [{ Length: > 0 } name, var password] ? new(Uri.UnescapeDataString(name), Uri.UnescapeDataString(password)) : null;
}
