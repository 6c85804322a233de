using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>
/// Asks hubs to tell us, asks again before their lease ends, and takes leave. A hub answers 202 and asks back at our callback
/// (<see cref="HubCallback"/>), sometimes before it has answered: what is written here afterwards never undoes what was written there.
/// Whatever becomes of it, sources are polled at their own rhythm.
/// </summary>
internal sealed class AskHubs(AppDb database, OutgoingClient client, HubSecrets secrets, FetchPool pool, FetchOptions options, PlatformOptions platform, TimeProvider clock) : IWorker
{
    /// <summary>When a hub that said no is asked again.</summary>
    public static readonly TimeSpan AfterRefusal = TimeSpan.FromDays(30);

    private const int MostAtOnce = 50;
    private const int MostFarewells = 3;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        // No hub reaches a platform that is known under an address of this machine.
        if (platform.BaseUrl.IsLoopback && !options.AllowPrivateNetworks) return 0;

        await LeaveUnfollowedAsync(cancellation);
        var asked = 0;
        for (var due = await DueAsync(cancellation); due.Count > 0; due = await DueAsync(cancellation))
        {
            List<FetchTask> tasks = [];
            foreach (var hub in due)
                if (await ClaimAsync(hub, cancellation)) tasks.Add(new(new Uri(hub.Hub), token => AskAsync(hub, token)));
            // Of hubs that stay silent, those that are left come again when their claim ends.
            asked += tasks.Count - (await pool.RunAsync(tasks, cancellation)).Count;
        }

        return asked;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Sweep, clock, cancellation);

    private async Task LeaveUnfollowedAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<SourceHub>().Where(h => h.State != HubState.Leaving && !db.Set<GroupSource>().Any(g => g.SourceId == h.SourceId && !g.IsMuted))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.State, HubState.Leaving).SetProperty(h => h.NextAskAt, now).SetProperty(h => h.Failures, 0), cancellation);
    }

    private async Task<List<SourceHub>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Set<SourceHub>().AsNoTracking().Where(h => h.NextAskAt <= now).OrderBy(h => h.NextAskAt).Take(MostAtOnce).ToListAsync(cancellation);
    }

    // By the moment that was read: of several processes one has it.
    private async Task<bool> ClaimAsync(SourceHub hub, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var (read, claimed) = (hub.NextAskAt, clock.GetUtcNow().UtcDateTime + Lease);
        (hub.NextAskAt, hub.Failures) = (claimed, hub.Failures + 1);
        return await db.Set<SourceHub>().Where(h => h.SourceId == hub.SourceId && h.NextAskAt == read)
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.NextAskAt, claimed).SetProperty(h => h.Failures, hub.Failures), cancellation) == 1;
    }

    private async Task<FetchOutcome> AskAsync(SourceHub hub, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var mine = db.Set<SourceHub>().Where(h => h.SourceId == hub.SourceId && h.NextAskAt == hub.NextAskAt);
        if (hub.State == HubState.Leaving && hub.Failures > MostFarewells)
        {
            await mine.ExecuteDeleteAsync(cancellation);
            return FetchOutcome.Ok;
        }

        if (secrets.Open(hub.Secret) is not { } secret)
        {
            // The keys that sealed it are lost: what the hub sends cannot be checked any more.
            (secret, var renewed) = secrets.New();
            await mine.ExecuteUpdateAsync(set => set.SetProperty(h => h.Secret, renewed), cancellation);
        }

        var (address, topic, callback) = (new Uri(hub.Hub), new Uri(hub.Topic), platform.Absolute(HubCallback.Address(hub.Token)));
        var result = await client.FetchAsync(hub.State == HubState.Leaving ? WebSub.Unsubscribe(address, callback, topic) : WebSub.Subscribe(address, callback, topic, secret), cancellation);
        await NoteAsync(mine, hub, result, cancellation);
        return result.Outcome;
    }

    // Until the hub has asked back, it counts as one that fails: asked less and less often, or when it wishes.
    private async Task NoteAsync(IQueryable<SourceHub> mine, SourceHub hub, FetchResult result, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var state = result.Outcome == FetchOutcome.Ok && hub.State is (HubState.Wanted or HubState.Denied) ? HubState.Asked : hub.State;
        var next = FetchRhythm.Next(new RhythmInput(now, result.Outcome == FetchOutcome.Ok ? FetchOutcome.HttpError : result.Outcome) { Failures = hub.Failures, RetryAfter = result.RetryAfter }) ?? now + AfterRefusal;
        await mine.ExecuteUpdateAsync(set => set.SetProperty(h => h.State, state).SetProperty(h => h.NextAskAt, next), cancellation);
    }
}
