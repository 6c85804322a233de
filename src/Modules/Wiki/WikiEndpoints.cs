using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Syndication;
using TerritoireCollab.Wiki.Exchange;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Pages;
using TerritoireCollab.Wiki.Tree;
using TerritoireCollab.Wiki.Versions;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki;

/// <summary>What the pages answer besides what is read: files, pictures, gestures of one button.</summary>
internal static class WikiEndpoints
{
    public static void MapWiki(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/pages/titres", SuggestAsync);
        endpoints.MapGet("/groupes/{slug}/pages/{segment}/export.{extension}", ExportAsync);
        endpoints.MapGet("/groupes/{slug}/pages/{segment}/flux.{extension}", FeedAsync);
        endpoints.MapPost("/groupes/{slug}/pages/{segment}/images", KeepImageAsync);
        endpoints.MapPost("/groupes/{slug}/pages/suivi", FollowWholeAsync);
        endpoints.MapPost("/groupes/{slug}/pages/{segment}/suivi", FollowAsync);
        endpoints.MapPost("/groupes/{slug}/pages/{segment}/versions/{number:int}/retablir", RestoreAsync);
        endpoints.MapPost("/groupes/{slug}/pages/{segment}/versions/{number:int}/nom", NameAsync);
    }

    private static async Task<IResult> ExportAsync(string segment, string extension, ExportPage export, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var file = await export.ExecuteAsync(current.Viewer, Id(segment), extension, cancellation);
        // A text of people, opened from the folder of downloads and never as a page of this site.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-cache";
        return Results.File(file.Bytes, file.ContentType, file.Name);
    }

    private static async Task FeedAsync(string segment, string extension, FeedTree feeds, FeedViewer reader, HttpContext http, CancellationToken cancellation)
    {
        if (!FeedFormat.TryFromExtension(extension, out var format)) throw new NotFoundException();

        var viewer = await reader.ViewerAsync(http, cancellation);
        await FeedEndpoints.WriteAsync(http, await feeds.ReadAsync(viewer, Id(segment), http.Request.Path, cancellation), format, viewer.IsSignedIn);
    }

    // As the script of the forms reads proposals: what is shown, what is written, what stands beside it.
    private static async Task<IResult> SuggestAsync(string slug, string? q, SuggestTitles suggest, CurrentViewer current, CancellationToken cancellation) =>
        Results.Json((await suggest.ExecuteAsync(current.Viewer, slug, q, cancellation)).Select(t => new { texte = t.Title, cle = PageTitle.Linkable(t.Title), note = t.Over }));

    private static async Task<IResult> KeepImageAsync(string segment, [FromForm] IFormFile fichier, ReceiveFiles receive, KeepImages keep, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        _ = fichier;
        var kept = await keep.ExecuteAsync(current.Viewer, Id(segment), await receive.ExecuteAsync(http, "fichier", cancellation), cancellation);
        return Results.Json(new { adresse = kept.Address, nom = kept.Name, markdown = kept.Markdown });
    }

    private static async Task<IResult> FollowWholeAsync(string slug, [FromForm] bool suivre, FollowWiki follow, CurrentViewer current, CancellationToken cancellation)
    {
        await follow.ExecuteAsync(current.Viewer, slug, suivre, cancellation);
        return Results.LocalRedirect($"/groupes/{slug}/pages?fait={(suivre ? PageFlash.WikiFollowed : PageFlash.WikiLeft)}");
    }

    private static async Task<IResult> FollowAsync(string slug, string segment, [FromForm] bool suivre, FollowTree follow, CurrentViewer current, CancellationToken cancellation)
    {
        await follow.ExecuteAsync(current.Viewer, Id(segment), suivre, cancellation);
        return Results.LocalRedirect($"{PageAddress.Short(slug, Id(segment))}?fait={(suivre ? PageFlash.TreeFollowed : PageFlash.TreeLeft)}");
    }

    private static async Task<IResult> RestoreAsync(string slug, string segment, int number, [FromForm] string? geste, RestoreVersion restore, CurrentViewer current, CancellationToken cancellation)
    {
        // The form is bound so that its token is checked.
        _ = geste;
        try
        {
            await restore.ExecuteAsync(current.Viewer, Id(segment), number, cancellation);
            return Results.LocalRedirect($"{PageAddress.Short(slug, Id(segment))}?fait={PageFlash.Restored}");
        }
        catch (InvalidInputException)
        {
            return Results.LocalRedirect($"{PageAddress.Short(slug, Id(segment))}/versions/{number}?fait={PageFlash.NotRestored}");
        }
    }

    private static async Task<IResult> NameAsync(string slug, string segment, int number, [FromForm] string? nom, NameVersion name, CurrentViewer current, CancellationToken cancellation)
    {
        try
        {
            await name.ExecuteAsync(current.Viewer, Id(segment), number, nom, cancellation);
            return Results.LocalRedirect($"{PageAddress.Short(slug, Id(segment))}/versions/{number}?fait={PageFlash.Named}");
        }
        catch (InvalidInputException)
        {
            return Results.LocalRedirect($"{PageAddress.Short(slug, Id(segment))}/versions/{number}?fait={PageFlash.NotNamed}");
        }
    }

    private static string Id(string segment) => ShortIds.FromSegment(segment) ?? throw new NotFoundException();
}
