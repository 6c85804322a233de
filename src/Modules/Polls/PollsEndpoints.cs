using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Polls.Closing;
using TerritoireCollab.Polls.Faces;
using TerritoireCollab.Polls.Pages;
using TerritoireCollab.Polls.Results;

namespace TerritoireCollab.Polls;

/// <summary>What polls answer besides their pages: the table of results, gestures of one button.</summary>
internal static class PollsEndpoints
{
    // Forms without a field: the framework asks for the token by itself only where it reads one.
    private static readonly RequireAntiforgeryTokenAttribute Token = new(true);

    public static void MapPolls(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/groupes/{slug}/sondages/{shortId}/resultats.csv", TableAsync);
        endpoints.MapPost("/groupes/{slug}/sondages/{shortId}/relancer", RemindAsync).WithMetadata(Token);
        endpoints.MapGet("/groupes/{slug}/sondages/{shortId}/evenement", EventAsync);
        endpoints.MapPost("/groupes/{slug}/sondages/{shortId}/confirmer", ConfirmAsync);
    }

    private static async Task<IResult> TableAsync(string slug, string shortId, WriteResults results, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var (fileName, bytes) = await results.CsvAsync(current.Viewer, shortId, cancellation);
        http.Response.Headers.CacheControl = "private, no-store";
        return Microsoft.AspNetCore.Http.Results.File(bytes, CsvText.ContentType, fileName);
    }

    private static async Task<IResult> RemindAsync(string slug, string shortId, LeadPoll lead, CurrentViewer current, CancellationToken cancellation)
    {
        var written = await lead.RemindAsync(current.Viewer, shortId, cancellation);
        return Back(slug, shortId, written switch { -1 => PollFlash.RemindedAlready, 0 => PollFlash.NobodyToRemind, _ => PollFlash.Reminded });
    }

    // The mail that tells of a date leaves before its event is announced; until then, and for whoever may not read it, the poll says what there is to know.
    private static async Task<IResult> EventAsync(string shortId, PollAgenda agenda, CurrentViewer current, CancellationToken cancellation) =>
        Microsoft.AspNetCore.Http.Results.LocalRedirect(await agenda.EventAsync(current.Viewer, shortId, cancellation));

    // The event is announced by the agenda's own form, which begins with the date and leads back to the poll.
    private static async Task<IResult> ConfirmAsync(string slug, string shortId, [FromForm] int date, LeadPoll lead, PollAgenda agenda, CurrentViewer current, CancellationToken cancellation)
    {
        var option = await lead.ConfirmAsync(current.Viewer, shortId, date, cancellation);
        return await agenda.AddressAsync(current.Viewer, shortId, option, cancellation) is { } address ? Microsoft.AspNetCore.Http.Results.LocalRedirect(address) : Back(slug, shortId, PollFlash.Confirmed);
    }

    private static IResult Back(string slug, string shortId, string code) => Microsoft.AspNetCore.Http.Results.LocalRedirect($"{PollAddress.Short(slug, shortId)}?fait={code}");
}
