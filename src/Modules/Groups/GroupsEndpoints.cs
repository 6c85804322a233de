using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Groups.Editing;
using TerritoireCollab.Groups.Home;
using TerritoireCollab.Groups.Invitations;
using TerritoireCollab.Groups.Memberships;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Groups;

/// <summary>The gestures of groups that need one button: form posts that lead back to a page, and downloads.</summary>
internal static class GroupsEndpoints
{
    private const int LongestPost = 10_000;

    // Forms without a field: the framework asks for the token by itself only where it reads one.
    private static readonly RequireAntiforgeryTokenAttribute Token = new(true);

    public static void MapGroups(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/adhesion", JoinAsync);
        endpoints.MapPost("/groupes/{slug}/depart", LeaveAsync).WithMetadata(Token);
        endpoints.MapPost("/groupes/{slug}/rythme", ChooseMailLevelAsync);
        endpoints.MapPost("/groupes/{slug}/charte", AcceptCharterAsync);
        endpoints.MapPost("/groupes/{slug}/demandes", AnswerAsync);
        endpoints.MapPost("/groupes/{slug}/membres/lot", ChangeManyAsync);
        endpoints.MapPost("/groupes/{slug}/membres/{member:guid}/role", ChangeRoleAsync);
        endpoints.MapPost("/groupes/{slug}/membres/{member:guid}/retrait", RemoveAsync).WithMetadata(Token);
        endpoints.MapPost("/groupes/{slug}/membres/{member:guid}/cession", HandOverAsync).WithMetadata(Token);
        endpoints.MapPost("/groupes/{slug}/membres/{member:guid}/reessayer", RetryAddressAsync).WithMetadata(Token);
        endpoints.MapPost("/groupes/{slug}/archivage", ArchiveAsync);
        endpoints.MapPost("/groupes/{slug}/invitations/membre", InviteMemberAsync);
        endpoints.MapPost("/groupes/{slug}/invitations/liste", WorkInvitationsAsync);
        endpoints.MapPost(StopInvitations.Address + "{token}", StopInvitationsAsync).TakesUnsubscribing(LongestPost);
        endpoints.MapPost("/groupes/{slug}/accueil/blocs", ArrangeAsync);
        endpoints.MapPost("/groupes/{slug}/lancement/gestes", LaunchAsync);
        endpoints.MapGet("/groupes/{slug}/encart", (string slug, HttpContext http, PublicBlock block, CancellationToken cancellation) => block.AnswerAsync(http, slug, cancellation));
        endpoints.MapGet("/groupes/{slug}/membres.csv", ExportAsync);
        endpoints.MapGet("/groupes/{slug}/couverture", (string slug, GroupPictures pictures, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            PictureAsync(slug, GroupPicture.Cover, pictures, covers, current, http, cancellation));
        endpoints.MapGet("/groupes/{slug}/logo", (string slug, GroupPictures pictures, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
            PictureAsync(slug, GroupPicture.Logo, pictures, covers, current, http, cancellation));
    }

    private static async Task<IResult> JoinAsync(string slug, [FromForm] string? reponse, [FromForm] bool? charte, [FromForm] string? retour, JoinGroup join, CurrentViewer current, CancellationToken cancellation)
    {
        // Leads back to the group whether there is one or not.
        if (current.Member is null) return Results.LocalRedirect($"/connexion?retour={Uri.EscapeDataString($"/groupes/{slug}")}");

        try
        {
            var outcome = await join.ExecuteAsync(current.Viewer, slug, new JoinInput(reponse, charte == true), cancellation);
            return LocalAddress.OrNull(retour) is { } back ? Results.LocalRedirect(back) : To(slug, outcome == JoinOutcome.Joined ? "rejoint" : "demande");
        }
        catch (InvalidInputException)
        {
            // Something is asked first: the page shows it.
            return Results.LocalRedirect($"/groupes/{slug}/rejoindre");
        }
    }

    private static async Task<IResult> LeaveAsync(string slug, LeaveGroup leave, CurrentViewer current, CancellationToken cancellation) =>
        await leave.ExecuteAsync(current.Viewer, slug, cancellation) ? To(slug, "parti") : Results.LocalRedirect("/groupes?fait=parti");

    private static async Task<IResult> ChooseMailLevelAsync(string slug, [FromForm] MailLevel niveau, ChooseMailLevel choose, CurrentViewer current, CancellationToken cancellation)
    {
        await choose.ExecuteAsync(current.Viewer, slug, niveau, cancellation);
        return To(slug, "rythme");
    }

    private static async Task<IResult> AcceptCharterAsync(string slug, [FromForm] int version, ChooseMailLevel choose, CurrentViewer current, CancellationToken cancellation)
    {
        return To(slug, await choose.AcceptCharterAsync(current.Viewer, slug, version, cancellation) ? "charte" : "charte-changee");
    }

    private static async Task<IResult> AnswerAsync(string slug, [FromForm] Guid? accepter, [FromForm] Guid? refuser, [FromForm] string? mot, AnswerRequest answer, CurrentViewer current, CancellationToken cancellation)
    {
        var member = accepter ?? refuser ?? throw new NotFoundException();
        var answered = await answer.ExecuteAsync(current.Viewer, slug, new AnswerRequestInput(member, accepter is not null, mot), cancellation);
        return To($"{slug}/membres", !answered ? "deja" : accepter is not null ? "accepte" : "refuse");
    }

    private static async Task<IResult> ChangeRoleAsync(string slug, Guid member, [FromForm] GroupRole role, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        await manage.ChangeRoleAsync(current.Viewer, slug, member, role, cancellation);
        return To($"{slug}/membres", "role");
    }

    private static async Task<IResult> ChangeManyAsync(string slug, [FromForm] Guid[]? membre, [FromForm] GroupRole? role, [FromForm] string? retirer, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        if (retirer is null && role is null) throw new NotFoundException();

        var changed = await manage.ChangeManyAsync(current.Viewer, slug, membre ?? [], retirer is null ? role : null, cancellation);
        return Results.LocalRedirect($"/groupes/{slug}/membres?combien={changed}");
    }

    private static async Task<IResult> RemoveAsync(string slug, Guid member, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        return To($"{slug}/membres", await manage.RemoveAsync(current.Viewer, slug, member, cancellation) ? "retire" : "deja-parti");
    }

    private static async Task<IResult> HandOverAsync(string slug, Guid member, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        await manage.HandOverAsync(current.Viewer, slug, member, cancellation);
        return To($"{slug}/membres", "cede");
    }

    private static async Task<IResult> RetryAddressAsync(string slug, Guid member, ListUnreached unreached, CurrentViewer current, CancellationToken cancellation) =>
        To($"{slug}/adresses", await unreached.RetryAsync(current.Viewer, slug, member, cancellation) ? "reessai" : "pas-de-reessai");

    private static async Task<IResult> ArchiveAsync(string slug, [FromForm] bool archiver, ArchiveGroup archive, CurrentViewer current, CancellationToken cancellation)
    {
        await archive.ExecuteAsync(current.Viewer, slug, archiver, cancellation);
        return To(slug, archiver ? "archive" : "desarchive");
    }

    private static async Task<IResult> InviteMemberAsync(string slug, [FromForm] string? inviter, [FromForm] string? ajouter, ManageInvitations invitations, ManageMember manage, CurrentViewer current, CancellationToken cancellation)
    {
        if (ajouter is not null) return To($"{slug}/invitations", await manage.AddAsync(current.Viewer, slug, ajouter, GroupRole.Member, cancellation) ? "ajoute" : "deja-membre");

        return To($"{slug}/invitations", await invitations.InviteMemberAsync(current.Viewer, slug, inviter ?? "", cancellation) ? "invite" : "deja-invite");
    }

    private static async Task<IResult> WorkInvitationsAsync(string slug, [FromForm] Guid? renvoyer, [FromForm] Guid? retirer, ManageInvitations invitations, CurrentViewer current, CancellationToken cancellation)
    {
        if (retirer is { } withdrawn)
            return To($"{slug}/invitations", await invitations.WithdrawAsync(current.Viewer, slug, withdrawn, cancellation) ? "retiree" : "deja-repondue");

        return To($"{slug}/invitations", await invitations.SendAgainAsync(current.Viewer, slug, renvoyer ?? throw new NotFoundException(), cancellation) ? "renvoyee" : "vient-de-partir");
    }

    private static async Task<IResult> StopInvitationsAsync(string token, HttpContext http, StopInvitations stops, CancellationToken cancellation)
    {
        var post = await UnsubscribePost.ReadAsync(http, cancellation);
        if (post.Form["geste"] == "reprendre") await stops.ResumeAsync(token, cancellation);
        else await stops.StopAsync(token, cancellation);
        return post.Answer(StopInvitations.Address + token);
    }

    private static async Task<IResult> ArrangeAsync(string slug, [FromForm] string geste, ArrangeHome home, CurrentViewer current, CancellationToken cancellation)
    {
        if (geste.Split(':') is not [var verb, var tool]) return Results.BadRequest();

        switch (verb)
        {
            case "monter" or "descendre":
                await home.MoveAsync(current.Viewer, slug, tool, verb == "monter" ? -1 : 1, cancellation);
                break;
            case "masquer" or "montrer":
                await home.ShowAsync(current.Viewer, slug, tool, verb == "montrer", cancellation);
                break;
            default:
                return Results.BadRequest();
        }

        return To($"{slug}/accueil", "blocs");
    }

    private static async Task<IResult> LaunchAsync(string slug, [FromForm] string geste, LaunchKit kit, CurrentViewer current, CancellationToken cancellation)
    {
        switch (geste.Split(':'))
        {
            case ["cocher" or "decocher", var step]:
                await kit.TickAsync(current.Viewer, slug, step, geste.StartsWith("cocher", StringComparison.Ordinal), cancellation);
                return To($"{slug}/lancement", "coche");
            case ["terminer"]:
                await kit.EndAsync(current.Viewer, slug, cancellation);
                return To(slug, "lance");
            default:
                return Results.BadRequest();
        }
    }

    private static async Task<IResult> ExportAsync(string slug, ListMembers members, CurrentViewer current, HttpContext http, CancellationToken cancellation)
    {
        var bytes = await members.ExportAsync(current.Viewer, slug, cancellation);
        http.Response.Headers.CacheControl = "private, no-store";
        return Results.File(bytes, CsvText.ContentType, $"membres-{slug}.csv");
    }

    private static async Task<IResult> PictureAsync(string slug, GroupPicture which, GroupPictures pictures, CoverPictures covers, CurrentViewer current, HttpContext http, CancellationToken cancellation) =>
        await covers.AnswerAsync(http, await pictures.FindAsync(current.Viewer, slug, which, cancellation));

    private static IResult To(string place, string done) => Results.LocalRedirect($"/groupes/{place}?fait={done}");
}
