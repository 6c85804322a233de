using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Alike;

/// <summary>Gestures on the sources of a card, as <c>name:news</c>.</summary>
internal static class AlikeGestures
{
    public const string Part = "separer";
    public const string Join = "reunir";
}

/// <summary>What tells which sources carry the same news, and parts those that do not.</summary>
internal static class AlikeRoom
{
    public static void AddAlike(this IServiceCollection services) => services.AddSingleton<ReadCarriers>().AddSingleton<PartNews>();

    public static void MapAlike(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/groupes/{slug}/veille/cartes/{id:guid}/sources/gestes", ActAsync);

    private static async Task<IResult> ActAsync(string slug, Guid id, [FromForm] string geste, PartNews part, CurrentViewer current, CancellationToken cancellation)
    {
        if (geste.Split(':') is not [var verb, var key] || !Guid.TryParse(key, out var news)) return Results.BadRequest();

        PartOutcome? done = verb switch
        {
            AlikeGestures.Part => await part.ExecuteAsync(current.Viewer, slug, id, news, cancellation),
            AlikeGestures.Join => await part.JoinAsync(current.Viewer, slug, id, news, cancellation),
            _ => null,
        };
        return done is { } outcome ? Results.LocalRedirect($"{VeilleAddress.CardSources(slug, id)}?fait={AlikeFlash.Code(outcome)}&actualite={news:N}") : Results.BadRequest();
    }
}
