using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pages.Outlets;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>What announces outside the platform.</summary>
internal static class OutletsRoom
{
    public static void AddOutlets(this IServiceCollection services) => services
        .AddSingleton<OutletSecrets>().AddSingleton<KeepOutlets>().AddSingleton<TryOutlet>().AddSingleton<AskOutlet>()
        .AddSingleton<IAnnounced, AnnouncedIssue>().AddSingleton<IAnnounced, AnnouncedEditorial>()
        .AddSingleton<AnnounceWake>().AddSingleton<IActivityConsumer, QueueAnnouncements>()
        .AddSingleton<SendAnnouncements>().AddSingleton<IWorker>(p => p.GetRequiredService<SendAnnouncements>())
        .AddSingleton<TellAnimators>().AddSingleton<IMailCheck, OutletMailCheck>();

    public static void MapOutlets(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("/groupes/{slug}/veille/annonces/{id:guid}/gestes", ActAsync);

    private static async Task<IResult> ActAsync(string slug, Guid id, [FromForm] string geste, [FromForm] Guid? annonce, KeepOutlets keep, TryOutlet trial, CurrentViewer current, CancellationToken cancellation)
    {
        var viewer = current.Viewer;
        switch (geste)
        {
            case OutletGestures.Try:
                var (kind, answer) = await trial.ExecuteAsync(viewer, slug, id, cancellation);
                // What came of it goes by the address as a word of ours: nothing that the other side wrote.
                return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{VeilleAddress.Outlets(slug)}?essai={answer.Fault}&sorte={kind}&statut={answer.Status}"));
            case OutletGestures.Pause or OutletGestures.Resume:
                await keep.PauseAsync(viewer, slug, id, geste == OutletGestures.Pause, cancellation);
                return To(slug, geste == OutletGestures.Pause ? OutletFlash.Paused : OutletFlash.Resumed);
            case OutletGestures.Remove:
                await keep.RemoveAsync(viewer, slug, id, cancellation);
                return To(slug, OutletFlash.Removed);
            case OutletGestures.Retry when annonce is { } announcement:
                await keep.RetryAsync(viewer, slug, announcement, cancellation);
                return To(slug, OutletFlash.Retried);
            default:
                return Results.BadRequest();
        }
    }

    private static IResult To(string slug, string done) => Results.LocalRedirect($"{VeilleAddress.Outlets(slug)}?fait={done}");
}

/// <summary>Gestures on an outlet, as forms post them.</summary>
internal static class OutletGestures
{
    public const string Try = "essayer";
    public const string Pause = "suspendre";
    public const string Resume = "reprendre";
    public const string Remove = "retirer";
    public const string Retry = "relancer";
}
