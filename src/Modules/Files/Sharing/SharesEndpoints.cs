using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Files.Sharing;

/// <summary>Links by which somebody without an account gets a file: taking them back, and the file itself.</summary>
internal static class SharesEndpoints
{
    private const int LongestPost = 16 * 1024;

    public static void MapShares(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/fichiers/{segment}/partages/{id:guid}/reprendre", RevokeAsync);
        endpoints.MapPost("/partage/{token}/fichier", DownloadAsync).WithMetadata(new RequestSizeLimitAttribute(LongestPost));
    }

    private static async Task<IResult> RevokeAsync(string slug, string segment, Guid id, [FromForm] string? geste, ShareFile share, CurrentViewer current, CancellationToken cancellation)
    {
        // The form is bound so that its token is checked.
        _ = geste;
        var shortId = ShortIds.FromSegment(segment) ?? throw new NotFoundException();
        await share.RevokeAsync(current.Viewer, shortId, id, cancellation);
        return Results.LocalRedirect($"/groupes/{slug}/fichiers/{shortId}/partager?fait=repris");
    }

    // By a button, never by the address alone: programs that look at the links of mails would use up a link that serves a number of times.
    private static async Task<IResult> DownloadAsync(string token, [FromForm] string? motDePasse, OpenShare open, HttpContext http, CancellationToken cancellation)
    {
        var answer = await open.DownloadAsync(token, motDePasse, http, cancellation);
        return answer.File ?? Results.LocalRedirect($"/partage/{Uri.EscapeDataString(token)}?refus={(answer.IsPaused ? "pause" : "mot-de-passe")}");
    }
}
