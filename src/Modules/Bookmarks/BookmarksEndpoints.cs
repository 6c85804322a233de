using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Bookmarks.Exchange;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Bookmarks.Pages;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Bookmarks;

/// <summary>What bookmarks answer besides their pages: the files that take them elsewhere.</summary>
internal static class BookmarksEndpoints
{
    public static void MapBookmarks(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/favoris/favoris.{format:regex(^(html|csv|opml)$)}", async (string slug, string format, ExportBookmarks export, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            Answer(http, await export.ExecuteAsync(current.Viewer, slug, format, cancellation)));
        endpoints.MapGet("/moi/favoris/favoris.{format:regex(^(html|csv|opml)$)}", async (string format, ExportOwnBookmarks export, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            Answer(http, await export.ExecuteAsync(current.Viewer, format, cancellation)));
        endpoints.MapPost("/moi/favoris/gestes", ActAsync);
        endpoints.MapPost("/favoris/titre", AskAsync);
    }

    private static async Task<IResult> ActAsync([FromForm] string? geste, RemoveOwnBookmark remove, CurrentViewer current, CancellationToken cancellation)
    {
        var (what, which) = geste?.Split(':') is [var verb, var id] ? (verb, id) : ("", "");
        if (what == "retirer") await remove.ExecuteAsync(current.Viewer, which, cancellation);
        else if (what == "remettre") await remove.RestoreAsync(current.Viewer, which, cancellation);
        else throw new NotFoundException();

        return Results.LocalRedirect($"/moi/favoris?fait={(what == "retirer" ? BookmarkFlash.Removed : BookmarkFlash.Restored)}&lien={Uri.EscapeDataString(which)}");
    }

    // Behind the token of the form: no other site asks pages through this one.
    private static async Task<IResult> AskAsync([FromForm] string? adresse, [FromForm] string? groupe, AskAboutPage ask, CurrentViewer current, CancellationToken cancellation)
    {
        try
        {
            return Results.Json(await ask.ExecuteAsync(current.Viewer, groupe, adresse, cancellation));
        }
        catch (InvalidInputException invalid)
        {
            return Results.Json(new AskedPage(null, invalid.Rules[0].Message, null, null));
        }
    }

    private static IResult Answer(HttpContext http, ExportedFile file)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        // Never a page of this site, whatever it holds.
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.File(file.Bytes, file.ContentType, file.Name);
    }
}
