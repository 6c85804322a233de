using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.RegularExpressions;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// The one client by which the platform asks other sites. The address connected to is checked at each connection, on every hop, whatever the
/// name said before; at most five redirects, twenty seconds and some megabytes; no cookie, no proxy but a configured one. What the network does
/// is a result, never an exception.
/// </summary>
public sealed partial class OutgoingClient : IDisposable
{
    /// <summary>Redirects that are followed.</summary>
    public const int MostRedirects = 5;

    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepConnection = TimeSpan.FromMinutes(2);

    private readonly FetchOptions _options;
    private readonly IHostResolver _resolver;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http;
    private readonly string _name;

    /// <summary>The client of this process.</summary>
    public OutgoingClient(FetchOptions options, PlatformOptions platform, MailOptions mail, IHostResolver resolver, TimeProvider clock)
    {
        (_options, _resolver, _clock) = (options, resolver, clock);
        _name = $"TerritoireCollab/{typeof(OutgoingClient).Assembly.GetName().Version?.ToString(3)} (+{platform.BaseUrl.AbsoluteUri}; {mail.From})";
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy is { } proxy ? new WebProxy(proxy) : null,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ConnectWithin,
            PooledConnectionLifetime = KeepConnection,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            MaxConnectionsPerServer = 8,
            MaxResponseHeadersLength = 64,
            ConnectCallback = ConnectAsync,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Asks.</summary>
    public async Task<FetchResult> FetchAsync(FetchRequest request, CancellationToken cancellation)
    {
        using var clock = new CancellationTokenSource(_options.Timeout, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellation);
        var at = request.Address;
        try
        {
            return await FollowAsync(request, next => at = next, both.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested && Outcome(failure, clock.IsCancellationRequested) is { } outcome)
        {
            return new FetchResult { Outcome = outcome, Address = at };
        }
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();

    private async Task<FetchResult> FollowAsync(FetchRequest request, Action<Uri> arrive, CancellationToken cancellation)
    {
        var (at, isPermanent, moved) = (request.Address, true, (Uri?)null);
        for (var hops = 0; ; hops++)
        {
            arrive(at);
            if (!AddressPolicy.MayAsk(at, _options.AllowPrivateNetworks)) return new FetchResult { Outcome = FetchOutcome.RefusedAddress, Address = at };
            if (_options.Proxy is not null) await CheckAsync(at.IdnHost, cancellation);

            using var message = Message(request, at);
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (request.Content is not null || Next(response, at) is not { } next) return await ResultAsync(request, response, at, moved, cancellation);
            if (hops == MostRedirects) return new FetchResult { Outcome = FetchOutcome.TooManyRedirects, Address = at, Status = (int)response.StatusCode };

            isPermanent &= response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect;
            if (isPermanent) moved = next;
            at = next;
        }
    }

    private HttpRequestMessage Message(FetchRequest request, Uri address)
    {
        var message = new HttpRequestMessage(request.Content is null ? HttpMethod.Get : HttpMethod.Post, address);
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value)) message.Headers.TryAddWithoutValidation(name, value);
        }

        Add("User-Agent", _name);
        Add("Accept", request.Accept);
        Add("Accept-Encoding", "gzip, deflate, br");
        Add("Accept-Language", "fr, en;q=0.5");
        Add("If-None-Match", request.ETag);
        Add("If-Modified-Since", request.LastModified);
        foreach (var (name, value) in request.Headers) Add(name, value);
        if (request.Content is { } content)
        {
            message.Content = new ReadOnlyMemoryContent(content);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(request.ContentType);
        }

        return message;
    }

    private static Uri? Next(HttpResponseMessage response, Uri at)
    {
        if (response.StatusCode is not (HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect)) return null;

        var location = response.Headers.TryGetValues("Location", out var values) ? values.First() : null;
        return location is not null && Uri.TryCreate(at, location, out var next) ? next : null;
    }

    private async Task<FetchResult> ResultAsync(FetchRequest request, HttpResponseMessage response, Uri at, Uri? moved, CancellationToken cancellation)
    {
        var now = _clock.GetUtcNow();
        var result = new FetchResult
        {
            Outcome = response.StatusCode switch
            {
                HttpStatusCode.NotModified => FetchOutcome.NotModified,
                HttpStatusCode.Gone => FetchOutcome.Gone,
                >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => FetchOutcome.Ok,
                _ => FetchOutcome.HttpError,
            },
            Address = at,
            Status = (int)response.StatusCode,
            ContentType = Field(response, "Content-Type"),
            ContentLocation = Field(response, "Content-Location"),
            ETag = Field(response, "ETag"),
            LastModified = Field(response, "Last-Modified"),
            RetryAfter = response.Headers.RetryAfter switch { { Delta: { } delta } => now + delta, { Date: { } date } => date, _ => null },
            FreshUntil = response.Headers.CacheControl?.MaxAge is { } age ? now + age : response.Content.Headers.Expires,
            MovedTo = moved,
            Links = [.. Link().Matches(Field(response, "Link") ?? "").Select(m => (m.Groups[2].Value, m.Groups[1].Value))],
        };
        if (result.Outcome != FetchOutcome.Ok) return result;

        return await ReadAsync(response, request.MostBytes, cancellation) is { } body ? result with { Body = body } : result with { Outcome = FetchOutcome.TooLarge };
    }

    private static string? Field(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    // Counted as it is decompressed: a few bytes may stand for gigabytes.
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellation)
    {
        await using var wire = await response.Content.ReadAsStreamAsync(cancellation);
        var body = wire;
        foreach (var coding in response.Content.Headers.ContentEncoding.Reverse().Take(2))
            body = coding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                _ => body,
            };

        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int count; (count = await body.ReadAsync(buffer, cancellation)) > 0;)
        {
            if (read.Length + count > most) return null;
            read.Write(buffer, 0, count);
        }

        return read.GetBuffer().AsMemory(0, (int)read.Length);
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var target = context.DnsEndPoint;
        var addresses = await CheckAsync(target.Host, cancellation, isProxy: _options.Proxy is { } proxy && proxy.IdnHost == target.Host && proxy.Port == target.Port);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A name that leads to a forbidden address beside a public one is refused whole: which of them would be taken is for others to decide.
    private async Task<IPAddress[]> CheckAsync(string host, CancellationToken cancellation, bool isProxy = false)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await _resolver.ResolveAsync(host, cancellation);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        return _options.AllowPrivateNetworks || isProxy || addresses.All(AddressPolicy.IsPublic) ? addresses : throw new RefusedAddressException();
    }

    private static FetchOutcome? Outcome(Exception failure, bool isLate)
    {
        if (isLate) return FetchOutcome.TimedOut;

        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            switch (cause)
            {
                case RefusedAddressException:
                    return FetchOutcome.RefusedAddress;
                case AuthenticationException:
                    return FetchOutcome.TlsFailure;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain or SocketError.NoRecovery }:
                    return FetchOutcome.NameNotFound;
                case SocketException { SocketErrorCode: SocketError.TimedOut } or TimeoutException:
                    return FetchOutcome.TimedOut;
                case SocketException { SocketErrorCode: not SocketError.ConnectionReset }:
                    return FetchOutcome.ConnectionFailed;
            }
        }

        return failure switch
        {
            // The connection was not made within its own five seconds.
            OperationCanceledException => FetchOutcome.TimedOut,
            HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => FetchOutcome.TlsFailure,
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => FetchOutcome.ConnectionFailed,
            HttpRequestException or IOException or InvalidDataException or FormatException or InvalidOperationException or NotSupportedException or UriFormatException or ArgumentException => FetchOutcome.BadAnswer,
            _ => null,
        };
    }

    [GeneratedRegex("""<([^<>]{1,2000})>\s*;[^,<]*?\brel\s*=\s*"?([A-Za-z-]+)""", RegexOptions.CultureInvariant)]
    private static partial Regex Link();

    private sealed class RefusedAddressException : IOException;
}
