using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Gateway.Listing;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Gateway;

/// <summary>What the gateway answers besides its pages.</summary>
internal static class GatewayEndpoints
{
    private const string Received = "/administration/courriels/recus";

    public static void MapGateway(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Received + "/{id:guid}.eml", RawAsync);
        endpoints.MapPost(Received + "/retraiter", async ([FromForm] Guid id, ListReceived received, CurrentViewer current, CancellationToken cancellation) =>
        {
            await received.RetryAsync(current.Viewer, id, cancellation);
            return Results.LocalRedirect(Received + "?fait=retraite");
        });
        endpoints.MapPost(Received + "/regler", async ([FromForm] Guid id, ListReceived received, CurrentViewer current, CancellationToken cancellation) =>
        {
            await received.SettleAsync(current.Viewer, id, cancellation);
            return Results.LocalRedirect(Received + "?fait=regle");
        });
        endpoints.MapPost("/groupes/{slug}/courriels/regler", async (string slug, [FromForm] Guid id, GroupTasks tasks, CurrentViewer current, CancellationToken cancellation) =>
        {
            await tasks.SettleAsync(current.Viewer, slug, id, cancellation);
            return Results.LocalRedirect($"/groupes/{slug}/courriels?fait=regle");
        });
    }

    // Whatever the mail holds, the browser saves it as text: nothing of it runs or is shown.
    private static async Task<IResult> RawAsync(Guid id, ListReceived received, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var raw = await received.RawAsync(current.Viewer, id, cancellation);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(raw, "text/plain", $"courriel-{id:N}.eml");
    }
}
