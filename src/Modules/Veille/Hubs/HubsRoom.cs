using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>What has the sources that name a hub told as they speak (WebSub).</summary>
internal static class HubsRoom
{
    public static void AddHubs(this IServiceCollection services) => services
        .AddSingleton<HubSecrets>().AddSingleton<NoteOffers>().AddSingleton<HubCallback>().AddSingleton<AskHubs>().AddSingleton<IWorker>(p => p.GetRequiredService<AskHubs>());

    public static void MapHubs(this IEndpointRouteBuilder endpoints)
    {
        var callback = HubCallback.Address("{token}");
        endpoints.MapGet(callback, VerifyAsync);
        endpoints.MapPost(callback, PushAsync).DisableAntiforgery().WithMetadata(new RequestSizeLimitAttribute(HubCallback.MostBytes));
    }

    private static async Task<IResult> VerifyAsync(string token, HttpRequest request, HubCallback callback, CancellationToken cancellation)
    {
        if (WebSub.Read(name => request.Query[name] is [var only] ? only : null) is not { } question) return Results.NotFound();

        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return await callback.VerifyAsync(token, question, cancellation) is { } answer ? Results.Text(answer, "text/plain", Encoding.UTF8) : Results.NotFound();
    }

    // What is not signed is answered like what is, so that nobody learns the secret by trying; an address that is none tells a hub to stop.
    private static async Task<IResult> PushAsync(string token, HttpRequest request, HubCallback callback, CancellationToken cancellation)
    {
        if (!await callback.ExistsAsync(token, cancellation)) return Results.StatusCode(StatusCodes.Status410Gone);

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellation);
        await callback.PushAsync(token, request.Headers["X-Hub-Signature"], body.GetBuffer().AsMemory(0, (int)body.Length), cancellation);
        return Results.Accepted();
    }
}
