using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Veille.Sorting;

/// <summary>What keeps the rules.</summary>
internal static class SortingRoom
{
    public static void AddSorting(this IServiceCollection services) => services.AddSingleton<KeepRules>();

    public static void MapSorting(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/groupes/{slug}/veille/regles/retirer", RemoveAsync);

    private static async Task<IResult> RemoveAsync(string slug, [FromForm] Guid regle, KeepRules rules, CurrentViewer current, CancellationToken cancellation)
    {
        await rules.RemoveAsync(current.Viewer, slug, regle, cancellation);
        return Results.LocalRedirect($"/groupes/{slug}/veille/regles?fait=retiree");
    }
}
