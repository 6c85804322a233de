using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Bookmarks.Exchange;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Own;
using TerritoireCollab.Bookmarks.Pages;
using TerritoireCollab.Bookmarks.Quotes;
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
        endpoints.MapPost("/groupes/{slug}/favoris/{shortId}/passages/{id:guid}/gestes", ActOnQuoteAsync);
        endpoints.MapPost("/moi/favoris/copies/garder", KeepCopyAsync);
        endpoints.MapPost("/moi/favoris/copies/{id:guid}/retirer", RemoveCopyAsync);
    }

    private static async Task<IResult> ActOnQuoteAsync(string slug, string shortId, Guid id, [FromForm] string geste, RemoveQuote remove, CurrentViewer current, CancellationToken cancellation)
    {
        var place = $"/groupes/{slug}/favoris/{shortId}";
        switch (geste)
        {
            case BookmarkFlash.TakeQuoteOff:
                await remove.ExecuteAsync(current.Viewer, shortId, id, cancellation);
                return Results.LocalRedirect($"{place}?fait={BookmarkFlash.QuoteRemoved}&passage={id:N}#passages");
            case BookmarkFlash.PutQuoteBack:
                await remove.UndoAsync(current.Viewer, shortId, id, cancellation);
                return Results.LocalRedirect($"{place}?fait={BookmarkFlash.QuoteRestored}#p-{id:N}");
            default:
                return Results.BadRequest();
        }
    }

    private static async Task<IResult> KeepCopyAsync([FromForm] string? adresse, [FromForm] string? retour, KeepCopy keep, CurrentViewer current, CancellationToken cancellation)
    {
        var target = LocalAddress.OrNull(retour) ?? "/moi/favoris/copies";
        try
        {
            var code = CopyFlash.CodeOf(await keep.ExecuteAsync(current.Viewer, adresse, cancellation));
            return Results.LocalRedirect($"{target}{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}copie={code}");
        }
        catch (InvalidInputException)
        {
            // No form of ours sends an address that is none.
            throw new NotFoundException();
        }
    }

    // Whoever takes a form is asked for its token.
    private static async Task<IResult> RemoveCopyAsync(Guid id, IFormCollection form, RemoveCopy remove, CurrentViewer current, CancellationToken cancellation)
    {
        await remove.ExecuteAsync(current.Viewer, id, cancellation);
        return Results.LocalRedirect($"/moi/favoris/copies?copie={CopyFlash.Removed}");
    }

    private static async Task<IResult> ActAsync([FromForm] string? geste, RemoveOwnBookmark remove, ListOwnBookmarks list, KeepCopy copies, CurrentViewer current, CancellationToken cancellation)
    {
        var (what, which) = geste?.Split(':') is [var verb, var id] ? (verb, id) : ("", "");
        if (what == "copier")
            return Results.LocalRedirect("/moi/favoris?copie=" + CopyFlash.CodeOf(await copies.ExecuteAsync(current.Viewer, (await list.OneAsync(current.Viewer, which, cancellation)).Address, cancellation)));

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
