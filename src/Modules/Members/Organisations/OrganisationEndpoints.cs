using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Members.Organisations;

/// <summary>One-button gestures on the viewer's organisations.</summary>
internal static class OrganisationEndpoints
{
    public static void MapOrganisations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/moi/structures/{id:guid}/principale", PrincipalAsync);
        endpoints.MapPost("/moi/structures/{id:guid}/fin", EndAsync);
        endpoints.MapPost("/moi/structures/{id:guid}/reprise", ReopenAsync);
    }

    private static async Task<IResult> PrincipalAsync(Guid id, [FromForm] string? retour, MyAffiliations affiliations, CurrentViewer current, CancellationToken cancellation)
    {
        await affiliations.MakePrincipalAsync(current.Viewer, id, cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? "/moi/structures?fait=principale");
    }

    private static async Task<IResult> EndAsync(Guid id, [FromForm] string? retour, MyAffiliations affiliations, CurrentViewer current, CancellationToken cancellation)
    {
        await affiliations.EndAsync(current.Viewer, id, cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? $"/moi/structures?fait=fin&id={id}");
    }

    private static async Task<IResult> ReopenAsync(Guid id, [FromForm] string? retour, MyAffiliations affiliations, CurrentViewer current, CancellationToken cancellation)
    {
        await affiliations.ReopenAsync(current.Viewer, id, cancellation);
        return Results.LocalRedirect(LocalAddress.OrNull(retour) ?? "/moi/structures?fait=reprise");
    }
}
