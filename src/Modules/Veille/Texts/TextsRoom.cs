using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Texts;

/// <summary>What reads whole texts.</summary>
internal static class TextsRoom
{
    public static void AddTexts(this IServiceCollection services) => services.AddSingleton<AskRobots>().AddSingleton<ReadFullText>();

    public static void MapTexts(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/groupes/{slug}/veille/cartes/{id:guid}/texte/lire", AskAsync);

    // Whoever takes a form is asked for its token.
    private static async Task<IResult> AskAsync(string slug, Guid id, IFormCollection form, ReadFullText texts, CurrentViewer current, CancellationToken cancellation)
    {
        await texts.AskAsync(current.Viewer, slug, id, cancellation);
        return Results.LocalRedirect(VeilleAddress.FullText(slug, id));
    }
}
