using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Admin.Accounts;
using TerritoireCollab.Admin.Addresses;
using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Admin;

/// <summary>The gestures of administrators, as plain form posts.</summary>
internal static class AdminEndpoints
{
    private const string Members = "/administration/membres";
    private const string Mails = "/administration/courriels";

    public static void MapAdministration(this IEndpointRouteBuilder endpoints)
    {
        var member = endpoints.MapGroup(Members + "/{id:guid}");
        member.MapPost("/approuver", async (Guid id, [FromForm] string? retour, ApproveMember approve, CurrentViewer current, CancellationToken cancellation) =>
        {
            await approve.ExecuteAsync(current.Viewer, id, cancellation);
            return retour == "liste" ? Back("?etat=attente", "approuve") : Back($"/{id}", "approuve");
        });
        member.MapPost("/refuser", async (Guid id, [FromForm] string? retour, RefuseMember refuse, CurrentViewer current, CancellationToken cancellation) =>
        {
            await refuse.ExecuteAsync(current.Viewer, id, cancellation);
            return Back("?etat=attente", "refuse");
        });
        member.MapPost("/retablir", async (Guid id, [FromForm] string? retour, ReactivateMember reactivate, CurrentViewer current, CancellationToken cancellation) =>
        {
            await reactivate.ExecuteAsync(current.Viewer, id, cancellation);
            return Back($"/{id}", "retabli");
        });
        member.MapPost("/administration", async (Guid id, [FromForm] bool donnee, GiveAdministration give, CurrentViewer current, CancellationToken cancellation) =>
        {
            await give.ExecuteAsync(current.Viewer, id, donnee, cancellation);
            return id == current.Viewer.MemberId && !donnee ? Results.LocalRedirect("/") : Back($"/{id}", donnee ? "administrateur" : "simple-membre");
        });
        member.MapPost("/confirmation", async (Guid id, [FromForm] string? retour, ResendConfirmation resend, CurrentViewer current, CancellationToken cancellation) =>
        {
            await resend.ExecuteAsync(current.Viewer, id, cancellation);
            return Back($"/{id}", "confirmation");
        });
        member.MapPost("/sessions", async (Guid id, [FromForm] string? retour, CloseSessions close, CurrentViewer current, CancellationToken cancellation) =>
        {
            await close.ExecuteAsync(current.Viewer, id, cancellation);
            return Back($"/{id}", "sessions");
        });

        endpoints.MapPost(Mails + "/relancer", async ([FromForm] Guid? id, RetryMails retry, CurrentViewer current, CancellationToken cancellation) =>
        {
            await retry.ExecuteAsync(current.Viewer, id, cancellation);
            return Results.LocalRedirect(Mails + "?fait=relance");
        });
        endpoints.MapPost("/administration/adresses/reessayer", async ([FromForm] string adresse, ListAddresses addresses, CurrentViewer current, CancellationToken cancellation) =>
            Results.LocalRedirect("/administration/adresses?fait=" + (await addresses.RetryAsync(current.Viewer, adresse, cancellation) ? "reessai" : "rien")));
        endpoints.MapPost(Mails + "/abandonner", async ([FromForm] Guid id, DropMail drop, CurrentViewer current, CancellationToken cancellation) =>
        {
            await drop.ExecuteAsync(current.Viewer, id, cancellation);
            return Results.LocalRedirect(Mails + "?fait=abandon");
        });
        endpoints.MapPost(Mails + "/reprendre", async ([FromForm] bool partir, ResumeMails resume, CurrentViewer current, CancellationToken cancellation) =>
        {
            await resume.ExecuteAsync(current.Viewer, partir, cancellation);
            return Results.LocalRedirect(Mails + (partir ? "?fait=reprise" : "?fait=abandons"));
        });
    }

    private static IResult Back(string rest, string done) =>
        Results.LocalRedirect($"{Members}{rest}{(rest.Contains('?', StringComparison.Ordinal) ? '&' : '?')}fait={done}");
}
