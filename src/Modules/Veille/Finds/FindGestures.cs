using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pages.Finds;

namespace TerritoireCollab.Veille.Finds;

/// <summary>What finds answer besides their pages: the trash, and what a phone needs to share a page of the web to this platform.</summary>
internal static class FindGestures
{
    public const string Remove = "retirer";
    public const string Restore = "retablir";
    public const string RemovePicture = "sans-image";
    public const string AskPicture = "chercher-image";
    public const string TakeQuoteOff = "retirer-passage";
    public const string PutQuoteBack = "retablir-passage";

    public static void MapFindGestures(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/veille/trouvailles/{shortId}/gestes", ActAsync);
        endpoints.MapPost("/groupes/{slug}/veille/trouvailles/{shortId}/passages/{id:guid}/gestes", ActOnQuoteAsync);
        endpoints.MapGet("/groupes/{slug}/veille/trouvailles/{shortId}/image", PictureAsync);
        endpoints.MapGet("/site.webmanifest", ManifestAsync);
    }

    private static async Task<IResult> ActAsync(string slug, string shortId, [FromForm] string geste, RemoveFind remove, FetchPicture pictures, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case Remove:
                var group = await remove.ExecuteAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{VeilleAddress.Pool(group)}?fait={FindFlash.Removed}&trouvaille={shortId}");
            case Restore:
                var home = await remove.UndoAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"/groupes/{home}/veille/trouvailles/{shortId}?fait={FindFlash.Restored}");
            case RemovePicture:
                await pictures.RemoveAsync(current.Viewer, shortId, cancellation);
                return Back(slug, shortId, FindFlash.PictureRemoved);
            case AskPicture:
                return Back(slug, shortId, await pictures.AskAsync(current.Viewer, shortId, cancellation) ? FindFlash.PictureFound : FindFlash.PictureNotFound);
            default:
                return Results.BadRequest();
        }
    }

    private static async Task<IResult> ActOnQuoteAsync(string slug, string shortId, Guid id, [FromForm] string geste, RemoveQuote remove, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case TakeQuoteOff:
                await remove.ExecuteAsync(current.Viewer, shortId, id, cancellation);
                return Back(slug, shortId, FindFlash.QuoteRemoved, $"&passage={id:N}#passages");
            case PutQuoteBack:
                await remove.UndoAsync(current.Viewer, shortId, id, cancellation);
                return Back(slug, shortId, FindFlash.QuoteRestored, $"#p-{id:N}");
            default:
                return Results.BadRequest();
        }
    }

    private static IResult Back(string slug, string shortId, string done, string rest = "") => Results.LocalRedirect($"/groupes/{slug}/veille/trouvailles/{shortId}?fait={done}{rest}");

    // To whoever may read the find, under the guards of any file that others sent: it is theirs, and may hold what their decoders trip over.
    private static async Task<IResult> PictureAsync(string shortId, AppDb database, CoverPictures pictures, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        await using var db = database.Open(current.Viewer);
        return await pictures.AnswerAsync(http, await db.Set<Find>().Where(f => f.Item.ShortId == shortId).Select(f => db.Files.FirstOrDefault(p => p.Id == f.PictureId)).FirstOrDefaultAsync(cancellation));
    }

    // W3C Web Application Manifest, and the Web Share Target of its drafts: the sheet « Partager » of a phone then lists the platform.
    private static async Task<IResult> ManifestAsync(PlatformSettings settings, CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        return Results.Json(
            new
            {
                name = choices.Name,
                short_name = choices.Name,
                description = choices.Territory,
                start_url = "/",
                scope = "/",
                display = "minimal-ui",
                lang = "fr",
                icons = new[] { new { src = "/_content/TerritoireCollab.Ui/icone.svg", sizes = "any", type = "image/svg+xml" } },
                share_target = new { action = "/favoris/partager", method = "GET", @params = new { title = "title", text = "texte", url = "url" } },
            },
            contentType: "application/manifest+json");
    }
}
