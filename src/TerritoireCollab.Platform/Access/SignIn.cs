using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Access;

/// <summary>Reads who sends a request: by session cookie, or by bearer key under <c>/api</c> and where files are sent piece by piece.</summary>
public static class SignInMiddleware
{
    /// <summary>Adds it; before the endpoints, after the static files.</summary>
    public static void UseSignIn(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        var cancellation = http.RequestAborted;
        if (await ReadAsync(http, cancellation) is { } member)
        {
            http.Features.Set(member);
            http.User = Sessions.Principal(member);
        }

        await next(http);
    });

    private static async Task<SignedIn?> ReadAsync(HttpContext http, CancellationToken cancellation)
    {
        if (!TakesKeys(http.Request.Path) || http.Request.Headers.Authorization.ToString() is not { Length: > 7 } header || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return await http.RequestServices.GetService<Sessions>().ReadAsync(http, cancellation);

        if (await http.RequestServices.GetService<AccessKeys>().ResolveAsync(header[7..].Trim(), cancellation) is not { Scope: not AccessKeyScope.Feeds } key) return null;

        http.Features.Set(new BearerKey(key.Scope == AccessKeyScope.ApiWrite));
        return new SignedIn { Id = key.Viewer.MemberId, SessionId = Guid.Empty, Name = "", Handle = "", IsAdmin = key.Viewer.IsAdmin, Welcomed = true, Unread = 0 };
    }

    private static bool TakesKeys(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/depots");

    private static T GetService<T>(this IServiceProvider services) where T : notnull => (T)(services.GetService(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T)} is not registered."));
}

/// <summary>The request came with an API key.</summary>
/// <param name="MayWrite">Whether the key writes too.</param>
public sealed record BearerKey(bool MayWrite);
