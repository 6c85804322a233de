using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Platform.Live;

/// <summary>Guards the sockets: members who are signed in, from our own pages.</summary>
public static class OwnPages
{
    /// <summary>Refuses who is not signed in (401), and pages of other sites (403).</summary>
    // A browser asks no permission before it opens a socket to another site, and sends the cookies along: the origin is checked here.
    public static void ForOwnPages(this IEndpointConventionBuilder sockets) => sockets.Add(endpoint =>
    {
        if (endpoint.RequestDelegate is { } next) endpoint.RequestDelegate = http => GuardAsync(http, next);
    });

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
