using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pages.Editorials;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>What éditos answer besides their pages: the trash, and their feeds, with ETag and 304.</summary>
internal static class EditorialEndpoints
{
    public static void MapEditorialEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/veille/editos/{shortId}/gestes", ActAsync);
        endpoints.MapGet("/veille/editos.{extension}", (string extension, HttpContext http, EditorialFeed feed, FeedViewer reader, CancellationToken cancellation) =>
            FeedAsync(null, extension, http, feed, reader, cancellation));
        endpoints.MapGet("/groupes/{slug}/veille/editos.{extension}", (string slug, string extension, HttpContext http, EditorialFeed feed, FeedViewer reader, CancellationToken cancellation) =>
            FeedAsync(slug, extension, http, feed, reader, cancellation));
    }

    private static async Task<IResult> ActAsync(string slug, string shortId, [FromForm] string geste, RemoveEditorial remove, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case EditorialGestures.Remove:
                var group = await remove.ExecuteAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{VeilleAddress.Editorials(group)}?fait={EditorialFlash.Removed}&edito={shortId}");
            case EditorialGestures.Restore:
                var home = await remove.UndoAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{VeilleAddress.Editorials(home)}/{shortId}?fait={EditorialFlash.Restored}");
            default:
                return Results.BadRequest();
        }
    }

    private static async Task FeedAsync(string? slug, string extension, HttpContext http, EditorialFeed feed, FeedViewer reader, CancellationToken cancellation)
    {
        if (!FeedFormat.TryFromExtension(extension, out var format)) throw new NotFoundException();

        var viewer = await reader.ViewerAsync(http, cancellation);
        await FeedEndpoints.WriteAsync(http, await feed.ExecuteAsync(viewer, slug, http.Request.Path, cancellation), format, viewer.IsSignedIn);
    }
}
