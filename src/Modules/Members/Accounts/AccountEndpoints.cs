using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Members.Accounts;

/// <summary>Gestures of the account that are no page; a signal has pages that are open under a closed session find out at once. A form parameter, even unused, makes each a form post whose antiforgery token is checked.</summary>
internal static class AccountEndpoints
{
    private const string AccountPage = "/moi/compte";

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/deconnexion", SignOutAsync);
        endpoints.MapPost("/moi/compte/sessions/{id:guid}/fermer", CloseSessionAsync);
        endpoints.MapPost("/moi/compte/sessions/autres/fermer", CloseOthersAsync);
        endpoints.MapPost("/moi/compte/cles/{id:guid}/revoquer", RevokeKeyAsync);
    }

    private static async Task<IResult> SignOutAsync([FromForm] string? retour, Sessions sessions, CurrentViewer current, SecurityLog security, HttpContext http, CancellationToken cancellation)
    {
        if (current.Member is { } member)
        {
            await sessions.CloseAsync(http, member, cancellation);
            await security.WriteAsync("deconnexion", member.Id, cancellation: cancellation);
        }

        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? "/connexion?fait=deconnexion");
    }

    private static async Task<IResult> CloseSessionAsync(Guid id, [FromForm] string? retour, Sessions sessions, CurrentViewer current, LiveTopics live, SecurityLog security, CancellationToken cancellation)
    {
        var member = current.Member ?? throw new NotFoundException();
        await sessions.CloseOneAsync(member.Id, id, cancellation);
        await live.SignalAsync(LiveTopics.Member(member.Id));
        await security.WriteAsync("session.fermee", member.Id, cancellation: cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? $"{AccountPage}?fait=session");
    }

    private static async Task<IResult> CloseOthersAsync([FromForm] string? retour, Sessions sessions, CurrentViewer current, LiveTopics live, SecurityLog security, CancellationToken cancellation)
    {
        var member = current.Member ?? throw new NotFoundException();
        await sessions.CloseOthersAsync(member.Id, member.SessionId, cancellation);
        await live.SignalAsync(LiveTopics.Member(member.Id));
        await security.WriteAsync("session.autres-fermees", member.Id, cancellation: cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? $"{AccountPage}?fait=sessions");
    }

    private static async Task<IResult> RevokeKeyAsync(Guid id, [FromForm] string? retour, AccessKeys keys, CurrentViewer current, SecurityLog security, CancellationToken cancellation)
    {
        var member = current.Member ?? throw new NotFoundException();
        await keys.RevokeAsync(current.Viewer, id, cancellation);
        await security.WriteAsync("cle.revoquee", member.Id, cancellation: cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? $"{AccountPage}?fait=cle");
    }
}
