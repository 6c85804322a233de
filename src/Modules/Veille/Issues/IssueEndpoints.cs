using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pages.Issues;

namespace TerritoireCollab.Veille.Issues;

/// <summary>What the revue answers besides its pages: gestures of one button, and the territory's feeds and lists, with ETag and 304.</summary>
internal static class IssueEndpoints
{
    public static void MapRevue(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/veille/revues/{shortId}/gestes", ActAsync);
        endpoints.MapGet("/groupes/{slug}/veille/revue/couverture", async (string slug, PrepareIssue prepare, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            await covers.AnswerAsync(http, await prepare.CoverAsync(current.Viewer, slug, cancellation)));
        endpoints.MapGet("/groupes/{slug}/veille/revues/{segment}/couverture", (string slug, string segment, ReadIssue issues, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            CoverAsync(slug, segment, issues, covers, current, http, cancellation));
        endpoints.MapGet("/veille/revues/{segment}/couverture", (string segment, ReadIssue issues, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            CoverAsync(null, segment, issues, covers, current, http, cancellation));
        endpoints.MapGet("/veille/flux.{extension}", (string extension, HttpContext http, RevueFeeds feeds, FeedViewer reader, CancellationToken cancellation) =>
            FeedAsync(extension, http, reader, (viewer, self) => feeds.SelectionAsync(viewer, self, cancellation), cancellation));
        endpoints.MapGet("/veille/revues.{extension}", (string extension, HttpContext http, RevueFeeds feeds, FeedViewer reader, CancellationToken cancellation) =>
            FeedAsync(extension, http, reader, (viewer, self) => feeds.IssuesAsync(viewer, self, cancellation), cancellation));
        endpoints.MapGet("/veille/selection.opml", (HttpContext http, RevueFeeds feeds, FeedViewer reader, CancellationToken cancellation) =>
            ListAsync(http, reader, viewer => feeds.SelectionListAsync(viewer, cancellation), cancellation));
        endpoints.MapGet("/veille/sources.opml", (HttpContext http, RevueFeeds feeds, FeedViewer reader, CancellationToken cancellation) =>
            ListAsync(http, reader, viewer => feeds.SourcesAsync(viewer, cancellation), cancellation));
    }

    private static async Task<IResult> CoverAsync(string? slug, string segment, ReadIssue issues, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var (file, isPublic) = await issues.CoverAsync(current.Viewer, slug, segment, cancellation);
        return await covers.AnswerAsync(http, file, isPublic);
    }

    private static async Task<IResult> ActAsync(string slug, string shortId, [FromForm] string geste, RemoveIssue remove, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case IssueGestures.Remove:
                var group = await remove.ExecuteAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{VeilleAddress.Archives(group)}?fait={IssueFlash.Removed}&revue={shortId}");
            case IssueGestures.Restore:
                await remove.UndoAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{VeilleAddress.Issue(slug, shortId)}?fait={IssueFlash.Restored}");
            default:
                return Results.BadRequest();
        }
    }

    private static async Task FeedAsync(string extension, HttpContext http, FeedViewer reader, Func<Viewer, string, Task<Feed>> read, CancellationToken cancellation)
    {
        if (!FeedFormat.TryFromExtension(extension, out var format)) throw new NotFoundException();

        var viewer = await reader.ViewerAsync(http, cancellation);
        await FeedEndpoints.WriteAsync(http, await read(viewer, http.Request.Path), format, viewer.IsSignedIn);
    }

    private static async Task ListAsync(HttpContext http, FeedViewer reader, Func<Viewer, Task<OpmlDocument>> read, CancellationToken cancellation)
    {
        var viewer = await reader.ViewerAsync(http, cancellation);
        var list = await read(viewer);
        await FeedEndpoints.WriteAsync(http, OpmlWriter.WriteUtf8(list), OpmlDocument.ContentType, list.DateModified ?? list.DateCreated, viewer.IsSignedIn);
    }
}
