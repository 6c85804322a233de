using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Veille.Faces;

namespace TerritoireCollab.Veille.Board;

/// <summary>
/// What an open board hears, as server-sent events: that the board moved, who else looks at it, that its animator may see it no more. An event
/// carries nothing of the cards: the page asks for itself again. At each signal, and every 25 seconds at least, session and rights are read anew.
/// </summary>
internal sealed partial class BoardSignals(WatchBoard watch, LiveTopics live, TimeProvider clock, IHostApplicationLifetime life, ILogger<BoardSignals> log)
{
    /// <summary>Open boards of one member in one group; the next one hears nothing.</summary>
    public const int MostPerMember = 10;

    private static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(25);
    private readonly ConcurrentDictionary<(Guid Group, Guid Member), int> _open = new();

    /// <summary>The stream of that member; ends when the page is left, when the rights end and when the host stops.</summary>
    /// <exception cref="NotFoundException">There is no such board to the member.</exception>
    public async Task<IResult> ListenAsync(SignedIn member, string groupSlug, HttpContext http)
    {
        var viewer = Viewer.Member(member.Id, member.IsAdmin);
        var first = await watch.ExecuteAsync(viewer, member.SessionId, groupSlug, http.RequestAborted);
        if (first.GroupId is not { } groupId) throw new NotFoundException();

        // « No content » tells a browser not to try again.
        if (_open.GetValueOrDefault((groupId, member.Id)) >= MostPerMember) return Results.NoContent();

        http.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(EventsAsync(viewer, member.SessionId, groupSlug, groupId, http.RequestAborted));
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(Viewer viewer, Guid sessionId, string groupSlug, Guid groupId, [EnumeratorCancellation] CancellationToken left)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(left, life.ApplicationStopping);
        using var wake = new SemaphoreSlim(1, 1);
        using var moved = live.Subscribe(LiveTopics.Group(groupId), () => Wake(wake));
        using var concerned = live.Subscribe(LiveTopics.Member(viewer.MemberId), () => Wake(wake));
        await using var timer = clock.CreateTimer(_ => _ = Wake(wake), null, Revalidation, Revalidation);
        var place = (groupId, viewer.MemberId);
        _open.AddOrUpdate(place, 1, (_, count) => count + 1);
        try
        {
            BoardLook? shown = null;
            var told = DateTimeOffset.MinValue;
            while (await WokenAsync(wake, stop.Token))
            {
                if (clock.GetUtcNow() - told >= WatchBoard.Beat && await TellAsync(viewer, groupSlug, isHere: true, stop.Token)) told = clock.GetUtcNow();
                if (await LookAsync(viewer, sessionId, groupSlug, stop.Token) is not { } look) yield break;

                if (!look.IsOpen)
                {
                    yield return new(look.IsSignedOut ? "connexion?retour=" + Uri.EscapeDataString(VeilleAddress.Board(groupSlug)) : $"groupes/{groupSlug}", "parti");
                    yield break;
                }

                if (shown is null || !shown.Others.SequenceEqual(look.Others)) yield return new(JsonSerializer.Serialize(look.Others), "presence");
                // The first time too: something may have moved between the page and this stream.
                yield return new("", shown?.Stamp == look.Stamp ? "calme" : "bouge");
                shown = look;
            }
        }
        finally
        {
            if (_open.AddOrUpdate(place, 0, (_, count) => count - 1) <= 0)
            {
                _open.TryRemove(new(place, 0));
                await TellAsync(viewer, groupSlug, isHere: false, CancellationToken.None);
            }
        }
    }

    private static Task Wake(SemaphoreSlim wake)
    {
        try
        {
            wake.Release();
        }
        catch (Exception failure) when (failure is SemaphoreFullException or ObjectDisposedException)
        {
            // Awake already, or gone.
        }

        return Task.CompletedTask;
    }

    private static async Task<bool> WokenAsync(SemaphoreSlim wake, CancellationToken stop)
    {
        try
        {
            await wake.WaitAsync(stop);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<BoardLook?> LookAsync(Viewer viewer, Guid sessionId, string groupSlug, CancellationToken stop)
    {
        try
        {
            return await watch.ExecuteAsync(viewer, sessionId, groupSlug, stop);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // The page opens another stream by itself.
            if (!stop.IsCancellationRequested) LogFailed(failure);
            return null;
        }
    }

    private async Task<bool> TellAsync(Viewer viewer, string groupSlug, bool isHere, CancellationToken stop)
    {
        try
        {
            await watch.TellAsync(viewer, groupSlug, isHere, stop);
            return true;
        }
        catch (Exception failure) when (failure is NotFoundException or ForbiddenException or OperationCanceledException)
        {
            // Whoever lost the board is no longer seen at it.
            return false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A stream of a board failed; its page opens another.")]
    private partial void LogFailed(Exception failure);
}

/// <summary>Maps the stream.</summary>
internal static class BoardSignalsEndpoint
{
    public static void MapBoardSignals(this IEndpointRouteBuilder endpoints) => endpoints.MapGet("/groupes/{slug}/veille/tableau/signaux", ListenAsync);

    private static Task<IResult> ListenAsync(string slug, BoardSignals signals, CurrentViewer current, HttpContext http) =>
        current.Member is { } member ? signals.ListenAsync(member, slug, http) : throw new NotFoundException();
}
