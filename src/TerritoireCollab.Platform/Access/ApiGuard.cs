using Microsoft.AspNetCore.Http;

namespace TerritoireCollab.Platform.Access;

/// <summary>
/// Guards the API: somebody must be signed in; a read key does not write; and a browser's cookie writes only from our own script,
/// which sends a header that no foreign form can.
/// </summary>
public sealed class ApiGuard : IEndpointFilter
{
    /// <inheritdoc />
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Features.Get<SignedIn>() is null)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return await next(context);

        var mayWrite = http.Features.Get<BearerKey>() is { } key ? key.MayWrite : http.Request.Headers.ContainsKey("X-Requested-With");
        return mayWrite ? await next(context) : Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
