using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Inbox.Digests;
using TerritoireCollab.Inbox.Live;
using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Inbox.News;
using TerritoireCollab.Inbox.Receipts;
using TerritoireCollab.Inbox.Settings;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Inbox;

/// <summary>What the inbox answers besides its pages.</summary>
internal static class InboxEndpoints
{
    private const int LongestPost = 32 * 1024;

    public static void MapInbox(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapLive();
        endpoints.MapPost("/moi/nouveautes/lu", MarkOneAsync);
        endpoints.MapPost("/moi/nouveautes/tout-lu", MarkAllAsync);
        endpoints.MapPost("/moi/notifications/groupes", SetLevelsAsync);
        endpoints.MapPost("/moi/notifications/fil", ForgetThreadAsync);
        endpoints.MapPost("/moi/adresse/reessayer", ConfirmAddressAsync);
        endpoints.MapGet("/contenus/{shortId}/distribution.csv", ExportReceiptAsync);
        endpoints.MapPost("/moi/lettre/fil", MuteInLetterAsync);
        endpoints.MapPost("/moi/lettre/groupe", StopInLetterAsync);
        endpoints.MapPost("/moi/lettre/annuler", PutBackInLetterAsync);

        // The page of that address answers GET; this comes first, since what it does leads back there.
        endpoints.MapPost(MailActs.Path + "{token}", DoActAsync).WithOrder(-1).WithMetadata(new RequestSizeLimitAttribute(LongestPost));
        endpoints.MapPost(MailActionTokens.Path + "{token}", ActOnMailAsync).TakesUnsubscribing(LongestPost);
    }

    private static async Task<IResult> MarkOneAsync([FromForm] Guid id, MarkNewsRead mark, CurrentViewer current, CancellationToken cancellation)
    {
        await mark.OneAsync(Require(current), id, cancellation);
        return Results.LocalRedirect("/moi/nouveautes");
    }

    private static async Task<IResult> MarkAllAsync([FromForm] string? retour, MarkNewsRead mark, CurrentViewer current, CancellationToken cancellation)
    {
        await mark.AllAsync(Require(current), cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? "/moi/nouveautes?fait=tout-lu");
    }

    private static async Task<IResult> SetLevelsAsync(IFormCollection form, SetMailLevels levels, CurrentViewer current, CancellationToken cancellation)
    {
        await levels.ExecuteAsync(Require(current), SetMailLevels.Read(form), cancellation);
        return Results.LocalRedirect("/moi/notifications?fait=niveaux");
    }

    private static async Task<IResult> ForgetThreadAsync([FromForm] string fil, ForgetThread forget, CurrentViewer current, CancellationToken cancellation)
    {
        await forget.ExecuteAsync(Require(current), fil, cancellation);
        return Results.LocalRedirect("/moi/notifications?fait=fil");
    }

    private static async Task<IResult> ConfirmAddressAsync([FromForm] string? retour, ConfirmAddress confirm, CurrentViewer current, CancellationToken cancellation)
    {
        await confirm.ExecuteAsync(Require(current), cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? "/");
    }

    private static async Task<IResult> ExportReceiptAsync(string shortId, ReadReceipt receipt, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var bytes = await receipt.ExportAsync(Require(current), shortId, cancellation);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(bytes, CsvText.ContentType, $"distribution-{shortId}.csv");
    }

    private static async Task<IResult> MuteInLetterAsync([FromForm] string fil, LightenLetter lighten, CurrentViewer current, CancellationToken cancellation)
    {
        var before = await lighten.MuteAsync(Require(current), fil, cancellation);
        return Results.LocalRedirect($"/moi/lettre?fait=fil&de={Uri.EscapeDataString(fil)}&avant={before}");
    }

    private static async Task<IResult> StopInLetterAsync([FromForm] string groupe, LightenLetter lighten, CurrentViewer current, CancellationToken cancellation)
    {
        var before = await lighten.StopAsync(Require(current), groupe, cancellation);
        return Results.LocalRedirect($"/moi/lettre?fait=groupe&de={Uri.EscapeDataString(groupe)}&avant={before}");
    }

    private static async Task<IResult> PutBackInLetterAsync(
        [FromForm] string? fil, [FromForm] string? groupe, [FromForm] string? avant, LightenLetter lighten, CurrentViewer current, CancellationToken cancellation)
    {
        if (fil is not null) await lighten.PutBackAsync(Require(current), fil, Enum.TryParse<Following>(avant, out var before) && Enum.IsDefined(before) ? before : null, cancellation);
        else if (groupe is not null && Enum.TryParse<MailLevel>(avant, out var level)) await lighten.PutBackAsync(Require(current), groupe, level, cancellation);
        return Results.LocalRedirect("/moi/lettre?fait=annule");
    }

    private static async Task<IResult> ActOnMailAsync(string token, HttpContext http, ActOnMail act, CurrentViewer current, CancellationToken cancellation)
    {
        var post = await UnsubscribePost.ReadAsync(http, cancellation);
        if (post.IsOneClick)
        {
            await act.ActAsync(current.Viewer, token, cancellation);
            return Results.Ok();
        }

        var page = $"{MailActionTokens.Path}{token}?fait=";
        try
        {
            return Results.LocalRedirect(page + await DoAsync(post.Form, token, act, current.Viewer, cancellation));
        }
        catch (ForbiddenException)
        {
            // The page says why: without a session, a refusal would look like an address that does not exist.
            return Results.LocalRedirect(page + "refus");
        }
    }

    private static async Task<string> DoAsync(IFormCollection form, string token, ActOnMail act, Viewer viewer, CancellationToken cancellation)
    {
        switch (form["geste"].ToString())
        {
            case "annuler":
                await act.UndoAsync(viewer, token, form["avant"], cancellation);
                return "annule";
            case "regler":
                await act.SetAsync(viewer, token, SetMailLevels.Read(form), cancellation);
                return "niveaux";
            default:
                return $"oui&avant={await act.ActAsync(viewer, token, cancellation)}";
        }
    }

    private static async Task<IResult> DoActAsync(string token, [FromForm] string? geste, MailActs acts, CurrentViewer current, CancellationToken cancellation)
    {
        var page = $"{MailActs.Path}{token}?fait=";
        try
        {
            if (geste != "annuler") return Results.LocalRedirect(page + (await acts.DoAsync(current.Viewer, token, cancellation) ? "oui" : "deja"));

            await acts.UndoAsync(current.Viewer, token, cancellation);
            return Results.LocalRedirect(page + "annule");
        }
        catch (ForbiddenException)
        {
            // The page says so, if there is still one to show.
            return Results.LocalRedirect(page + "refus");
        }
    }

    private static Viewer Require(CurrentViewer current) => current.Viewer.IsMember ? current.Viewer : throw new NotFoundException();
}
