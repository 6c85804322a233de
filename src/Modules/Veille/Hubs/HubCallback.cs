using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Hubs;

/// <summary>
/// What hubs say to us. The address that they call is unguessable and one subscription's alone; what they send counts only when it is signed.
/// It is never read: a push is a reason to ask the source, whose own answer alone makes news.
/// </summary>
internal sealed class HubCallback(AppDb database, HubSecrets secrets, FetchWake wake, TimeProvider clock)
{
    /// <summary>Largest push that is taken, in bytes: what a feed may weigh.</summary>
    public const int MostBytes = FetchRequest.DefaultMaxBytes;

    private const int TokenLength = 32;

    // However often a hub tells us.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);

    /// <summary>Where the hub of that token calls, from the root.</summary>
    public static string Address(string token) => $"/veille/hub/{token}";

    /// <summary>Answers a hub that asks back: what to repeat, or nothing when it tells that it refuses; null when we asked for nothing of that kind.</summary>
    public async Task<string?> VerifyAsync(string token, HubQuestion question, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        if (await FindAsync(db, token, cancellation) is not { } hub) return null;

        var (now, topic) = (clock.GetUtcNow().UtcDateTime, new Uri(hub.Topic));
        if (question.Mode == "denied")
        {
            if (question.Topic != hub.Topic || hub.State == HubState.Leaving) return null;

            (hub.State, hub.NextAskAt, hub.LeaseUntil) = (HubState.Denied, now + AskHubs.AfterRefusal, null);
            await db.SaveChangesAsync(cancellation);
            return "";
        }

        if (WebSub.Answer(question, topic, hub.State is not HubState.Leaving) is not { } answer) return null;

        if (hub.State == HubState.Leaving) db.Remove(hub);
        else (hub.State, hub.LeaseUntil, hub.NextAskAt, hub.Failures) = (HubState.Active, now + (question.Lease ?? WebSub.WishedLease), WebSub.RenewAt(now, question.Lease), 0);
        await db.SaveChangesAsync(cancellation);
        return answer;
    }

    /// <summary>Whether somebody may push there.</summary>
    public async Task<bool> ExistsAsync(string token, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await FindAsync(db, token, cancellation) is not null;
    }

    /// <summary>Takes what a hub pushes: rightly signed, it has the source asked at once, or as soon as it may be.</summary>
    public async Task PushAsync(string token, string? signature, ReadOnlyMemory<byte> body, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        if (await FindAsync(db, token, cancellation) is not { State: HubState.Asked or HubState.Active } hub) return;
        if (secrets.Open(hub.Secret) is not { } secret || !WebSub.IsSigned(signature, secret, body.Span)) return;

        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<SourceHub>().Where(h => h.SourceId == hub.SourceId).ExecuteUpdateAsync(set => set.SetProperty(h => h.LastPushAt, now), cancellation);
        var last = await db.Set<Source>().Where(s => s.Id == hub.SourceId).Select(s => s.LastFetchAt).FirstOrDefaultAsync(cancellation);
        var next = last is { } at && at + ShortestPause > now ? at + ShortestPause : now;
        await db.Set<Source>().Where(s => s.Id == hub.SourceId && s.NextFetchAt > next).ExecuteUpdateAsync(set => set.SetProperty(s => s.NextFetchAt, next), cancellation);
        wake.Wake();
    }

    private static async Task<SourceHub?> FindAsync(AppDbContext db, string token, CancellationToken cancellation) =>
        token.Length == TokenLength ? await db.Set<SourceHub>().FirstOrDefaultAsync(h => h.Token == token, cancellation) : null;
}
