using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Inbox.Live;

/// <summary>The socket of the bell. It only sends: a browser can call nothing on it.</summary>
internal sealed class LiveHub(LiveBells bells) : Hub
{
    /// <summary>Its address.</summary>
    public const string Address = "/signaux";

    /// <inheritdoc />
    public override Task OnConnectedAsync()
    {
        if (Context.GetHttpContext()?.Features.Get<SignedIn>() is not { } member || !bells.TryOpen(Context, member)) Context.Abort();
        return base.OnConnectedAsync();
    }
}

/// <summary>Maps the socket.</summary>
internal static class LiveEndpoint
{
    public static void MapLive(this IEndpointRouteBuilder endpoints) => endpoints
        .MapHub<LiveHub>(LiveHub.Address, o => o.Transports = HttpTransportType.WebSockets)
        .Add(endpoint =>
        {
            if (endpoint.RequestDelegate is { } next) endpoint.RequestDelegate = http => GuardAsync(http, next);
        });

    // A browser asks no permission before it opens a socket to another site, and sends the cookies along: the origin is checked here.
    private static Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        var refusal = http.Features.Get<SignedIn>() is null ? StatusCodes.Status401Unauthorized : IsOwnOrigin(http) ? 0 : StatusCodes.Status403Forbidden;
        if (refusal == 0) return next(http);

        http.Response.StatusCode = refusal;
        return Task.CompletedTask;
    }

    private static bool IsOwnOrigin(HttpContext http)
    {
        var origin = http.Request.Headers.Origin.ToString();
        if (origin.Length == 0) return true;

        return Uri.TryCreate(origin, UriKind.Absolute, out var address)
            && (Matches(address, $"{http.Request.Scheme}://{http.Request.Host}") || Matches(address, http.RequestServices.GetRequiredService<PlatformOptions>().BaseUrl.AbsoluteUri));
    }

    private static bool Matches(Uri origin, string own) => Uri.TryCreate(own, UriKind.Absolute, out var address)
        && Uri.Compare(origin, address, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0;
}
