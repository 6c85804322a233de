using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Pages;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Syndication;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Articles;

/// <summary>What articles answer besides their pages: gestures of one button on drafts, and cover pictures.</summary>
internal static class ArticlesEndpoints
{
    public static void MapArticles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/articles/brouillons/{id:guid}/gestes", ActAsync);
        endpoints.MapGet("/groupes/{slug}/articles/brouillons/{id:guid}/couverture", async (string slug, Guid id, ReadDraft drafts, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            await covers.AnswerAsync(http, await drafts.CoverAsync(current.Viewer, slug, id, cancellation)));
        endpoints.MapGet("/groupes/{slug}/articles/{segment}/couverture", CoverAsync);
        endpoints.MapGet("/groupes/{slug}/articles/dossiers/{series}/flux.{extension}", FeedAsync);
    }

    private static async Task<IResult> ActAsync(
        string slug, Guid id, [FromForm] string geste, DropDraft drop, ScheduleDraft schedule, PublishDraft publish, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case ArticleGestures.Drop:
                await drop.ExecuteAsync(current.Viewer, slug, id, cancellation);
                return Results.LocalRedirect($"{ArticleAddress.List(slug)}?fait={ArticleFlash.Dropped}");
            case ArticleGestures.Unschedule:
                await schedule.ExecuteAsync(current.Viewer, slug, id, null, cancellation);
                return Results.LocalRedirect($"{ArticleAddress.Draft(slug, id)}?fait={ArticleFlash.Unscheduled}");
            case ArticleGestures.Publish:
                try
                {
                    var (shortId, title) = await publish.ExecuteAsync(current.Viewer, slug, id, cancellation);
                    return Results.LocalRedirect($"{ArticleAddress.Of(slug, shortId, title)}?fait={ContentFlash.Published}");
                }
                catch (InvalidInputException)
                {
                    // Its form says what is missing, at the fields.
                    return Results.LocalRedirect($"{ArticleAddress.Draft(slug, id)}?fait={ArticleFlash.NotWhole}");
                }

            default:
                return Results.BadRequest();
        }
    }

    private static async Task FeedAsync(string slug, string series, string extension, HttpContext http, ReadSeries read, FeedViewer reader, CancellationToken cancellation)
    {
        if (!FeedFormat.TryFromExtension(extension, out var format)) throw new NotFoundException();

        var viewer = await reader.ViewerAsync(http, cancellation);
        await FeedEndpoints.WriteAsync(http, await read.FeedAsync(viewer, slug, series, http.Request.Path, cancellation), format, viewer.IsSignedIn);
    }

    private static async Task<IResult> CoverAsync(string slug, string segment, ArticleCovers articles, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var (file, isPublic) = await articles.FindAsync(current.Viewer, ShortIds.FromSegment(segment) ?? throw new NotFoundException(), cancellation);
        return await covers.AnswerAsync(http, file, isPublic);
    }
}
