using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Letters.Faces;
using TerritoireCollab.Letters.Pages;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Letters;

/// <summary>What letters answer besides their pages: the trash, and the mail as it will be.</summary>
internal static class LettersEndpoints
{
    public static void MapLetters(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/lettres/{shortId}/gestes", ActAsync);
        endpoints.MapPost("/groupes/{slug}/lettres/apercu", PreviewAsync);
    }

    private static async Task<IResult> ActAsync(string slug, string shortId, [FromForm] string geste, RemoveLetter remove, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste)
        {
            case LetterGestures.Remove:
                var group = await remove.ExecuteAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{LetterAddress.List(group)}?fait={LetterFlash.Removed}&lettre={shortId}");
            case LetterGestures.Restore:
                var home = await remove.UndoAsync(current.Viewer, shortId, cancellation);
                return Results.LocalRedirect($"{LetterAddress.Short(home, shortId)}?fait={LetterFlash.Restored}");
            default:
                return Results.BadRequest();
        }
    }

    // The same form as the one that sends, posted to a page of its own: what is typed stays where it is. A mail styles itself, and nothing in it may run.
    private static async Task<IResult> PreviewAsync(string slug, IFormCollection form, PreviewLetter preview, FileTickets tickets, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var files = tickets.Read(current.Viewer.MemberId, form[PostedLetter.KeptName]).Select(f => f.File.Name).Concat(form.Files.GetFiles("Files").Select(f => f.FileName).Where(n => n.Length > 0)).ToList();
        var mail = await preview.ExecuteAsync(current.Viewer, slug, form["Input.Title"].ToString(), form["Input.Body"].ToString(), files, cancellation);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox allow-popups allow-top-navigation-by-user-activation";
        http.Response.Headers.CacheControl = "private, no-store";
        return form["apercu"] == LetterGestures.AsText ? Results.Content(mail.Text, "text/plain", Encoding.UTF8) : Results.Content(mail.Html, "text/html", Encoding.UTF8);
    }
}
