using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Files.Archives;
using TerritoireCollab.Files.Faces;
using TerritoireCollab.Files.Folders;
using TerritoireCollab.Files.Pages;
using TerritoireCollab.Files.Quota;
using TerritoireCollab.Files.Shelf;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Files;

/// <summary>What the files answer besides their pages: downloads, archives, gestures of one button.</summary>
internal static class FilesEndpoints
{
    private const int MostSelected = 500;

    public static void MapFiles(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/fichiers/{segment}/telecharger", (string segment, DownloadFile download, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            download.ExecuteAsync(current.Viewer, Id(segment), http, cancellation));
        endpoints.MapGet("/groupes/{slug}/fichiers/{segment}/versions/{number:int}/telecharger", (string segment, int number, DownloadFile download, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            download.VersionAsync(current.Viewer, Id(segment), number, http, cancellation));
        endpoints.MapGet("/groupes/{slug}/fichiers/{segment}/apercu", (string segment, DownloadFile download, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            download.PictureAsync(current.Viewer, Id(segment), http, cancellation));
        endpoints.MapGet("/groupes/{slug}/fichiers/{segment}/apercu/{number:int}", (string segment, int number, DownloadFile download, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            download.PageAsync(current.Viewer, Id(segment), number, http, cancellation));
        endpoints.MapPost("/groupes/{slug}/fichiers/{segment}/versions/{number:int}/retablir", RestoreAsync);
        endpoints.MapPost("/groupes/{slug}/fichiers/{segment}/ranger", MoveAsync);
        endpoints.MapGet("/groupes/{slug}/fichiers/archive.zip", FolderArchiveAsync);
        endpoints.MapPost("/groupes/{slug}/fichiers/selection", SelectionAsync);
        endpoints.MapPost("/groupes/{slug}/fichiers/dossiers/{folder}/retirer", RemoveFolderAsync);
        endpoints.MapPost("/groupes/{slug}/fichiers/dossiers/{folder}/retablir", RestoreFolderAsync);
        endpoints.MapPost("/administration/fichiers/{slug}", ChooseQuotaAsync);
    }

    private static async Task<IResult> RestoreAsync(string slug, string segment, int number, [FromForm] string? geste, AddVersion versions, CurrentViewer current, CancellationToken cancellation)
    {
        // The form is bound so that its token is checked.
        _ = geste;
        await versions.RestoreAsync(current.Viewer, Id(segment), number, cancellation);
        return Results.LocalRedirect($"{FileAddress.List(slug)}/{Id(segment)}?fait={FileFlash.Restored}");
    }

    private static async Task<IResult> MoveAsync(string slug, string segment, [FromForm] string? dossier, MoveFiles move, CurrentViewer current, CancellationToken cancellation)
    {
        await move.ExecuteAsync(current.Viewer, slug, [Id(segment)], dossier, cancellation);
        return Results.LocalRedirect($"{FileAddress.List(slug)}/{Id(segment)}?fait={FileFlash.Placed}");
    }

    private static async Task<IResult> FolderArchiveAsync(string slug, string? dossier, SendArchive send, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        try
        {
            return Streamed(http, send, await send.OfFolderAsync(current.Viewer, slug, dossier, cancellation));
        }
        catch (InvalidInputException)
        {
            return Results.LocalRedirect(With(FileAddress.Folder(slug, dossier), FileFlash.NothingPacked));
        }
    }

    private static async Task<IResult> SelectionAsync(
        string slug, [FromForm] string geste, [FromForm] string? dossier, [FromForm] string? vers, [FromForm] string[]? fichier, [FromForm] string[]? dossiers, SendArchive send, TreatSelection selection, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var chosen = new FileSelection(Ids(fichier), Ids(dossiers));
        var back = FileAddress.Folder(slug, ShortIds.FromSegment(dossier));
        if (chosen.IsEmpty) return Results.LocalRedirect(With(back, FileFlash.NothingChosen));

        switch (geste)
        {
            case FileFlash.Pack:
                try
                {
                    return Streamed(http, send, await send.OfFilesAsync(current.Viewer, slug, chosen.Files, chosen.Folders, cancellation));
                }
                catch (InvalidInputException)
                {
                    return Results.LocalRedirect(With(back, FileFlash.NothingPacked));
                }

            case FileFlash.Move:
                var moved = await selection.MoveAsync(current.Viewer, slug, chosen, vers, cancellation);
                return Results.LocalRedirect(With(FileAddress.Folder(slug, ShortIds.FromSegment(vers)), FileFlash.Moved, moved.Files) + Rest(moved));
            case FileFlash.Remove:
                var removed = await selection.RemoveAsync(current.Viewer, slug, chosen, cancellation);
                return Results.LocalRedirect(With(back, FileFlash.Removed, removed.Files) + Rest(removed));
            default:
                return Results.BadRequest();
        }
    }

    private static IReadOnlyList<string> Ids(string[]? sent) => [.. (sent ?? []).Select(f => ShortIds.FromSegment(f)).OfType<string>().Distinct().Take(MostSelected)];

    private static string Rest(SelectionTreated treated) => (treated.Folders > 0 ? $"&dossiers={treated.Folders}" : "") + (treated.Kept > 0 ? $"&restes={treated.Kept}" : "");

    private static async Task<IResult> RemoveFolderAsync(string slug, string folder, [FromForm] string? geste, RemoveFolder remove, CurrentViewer current, CancellationToken cancellation)
    {
        _ = geste;
        var (around, files) = await remove.ExecuteAsync(current.Viewer, slug, folder, cancellation);
        return Results.LocalRedirect(With(FileAddress.Folder(slug, around), FileFlash.FolderRemoved, files) + $"&retire={folder}");
    }

    private static async Task<IResult> RestoreFolderAsync(string slug, string folder, [FromForm] string? geste, RemoveFolder remove, CurrentViewer current, CancellationToken cancellation)
    {
        _ = geste;
        return Results.LocalRedirect(With(FileAddress.Folder(slug, await remove.UndoAsync(current.Viewer, slug, folder, cancellation)), FileFlash.FolderRestored));
    }

    private static async Task<IResult> ChooseQuotaAsync(string slug, [FromForm] string? megaoctets, ListQuotas quotas, CurrentViewer current, CancellationToken cancellation)
    {
        try
        {
            var typed = string.IsNullOrWhiteSpace(megaoctets) ? (long?)null : long.TryParse(megaoctets.Replace(" ", "", StringComparison.Ordinal), out var number) ? number : -1;
            await quotas.ChooseAsync(current.Viewer, slug, typed, cancellation);
            return Results.LocalRedirect("/administration/fichiers?fait=place");
        }
        catch (InvalidInputException)
        {
            return Results.LocalRedirect("/administration/fichiers?fait=refus");
        }
    }

    private static IResult Streamed(HttpContext http, SendArchive send, ArchivePlan plan)
    {
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        http.Response.Headers.CacheControl = "private, no-store";
        // Sent as it is packed: a layer that waits for more would hold it all.
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        return Results.Stream(output => send.WriteAsync(plan, output, http.RequestAborted), "application/zip", plan.Name);
    }

    private static string With(string address, string done, int? count = null) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fait={done}" + (count is { } n ? $"&nombre={n}" : "");

    private static string Id(string segment) => ShortIds.FromSegment(segment) ?? throw new NotFoundException();
}
