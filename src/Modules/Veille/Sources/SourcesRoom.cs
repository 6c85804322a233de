using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Pages.Sources;

namespace TerritoireCollab.Veille.Sources;

/// <summary>What keeps the sources.</summary>
internal static class SourcesRoom
{
    public static void AddSources(this IServiceCollection services) => services
        .AddSingleton<FollowSources>().AddSingleton<ListSources>().AddSingleton<EditSource>().AddSingleton<ExportSources>().AddSingleton<LookForFeeds>().AddSingleton<PreviewPage>()
        .AddSingleton<IGroupNotice, FailureNotice>().AddSingleton<IRecurringJob, TellFailures>();

    public static void MapSources(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/groupes/{slug}/veille/sources/{id:guid}/gestes", ActAsync);
        endpoints.MapGet("/groupes/{slug}/veille/sources.opml", ExportAsync);
        endpoints.MapSourcesApi();
    }

    private static async Task<IResult> ActAsync(string slug, Guid id, [FromForm] string geste, EditSource edit, CurrentViewer current, CancellationToken cancellation)
    {
        var viewer = current.Viewer;
        switch (geste)
        {
            case SourceGestures.Mute or SourceGestures.Hear:
                await edit.MuteAsync(viewer, slug, id, geste == SourceGestures.Mute, cancellation);
                return To(slug, geste == SourceGestures.Mute ? SourceFlash.Muted : SourceFlash.Heard);
            case SourceGestures.Retry:
                await edit.RetryAsync(viewer, slug, id, cancellation);
                return To(slug, SourceFlash.Asked);
            case SourceGestures.FollowMove:
                await edit.FollowMoveAsync(viewer, slug, id, cancellation);
                return To(slug, SourceFlash.Moved);
            case SourceGestures.Remove:
                await edit.RemoveAsync(viewer, slug, id, cancellation);
                return To(slug, SourceFlash.Removed);
            default:
                return Results.BadRequest();
        }
    }

    private static async Task<IResult> ExportAsync(string slug, ExportSources export, CurrentViewer current, CancellationToken cancellation) =>
        Results.File(OpmlWriter.WriteUtf8(await export.ExecuteAsync(current.Viewer, slug, cancellation)), OpmlDocument.ContentType, $"sources-{slug}.opml");

    private static IResult To(string slug, string done) => Results.LocalRedirect($"/groupes/{slug}/veille/sources?fait={done}");
}

/// <summary>Gestures on a source, as forms post them.</summary>
internal static class SourceGestures
{
    public const string Mute = "couper";
    public const string Hear = "remettre";
    public const string Retry = "relancer";
    public const string FollowMove = "deplacer";
    public const string Remove = "retirer";
}
