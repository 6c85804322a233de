using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Inbox.Live;

/// <summary>
/// Keeps the bell of each open page. At a signal, and every 50 seconds at least, the session is checked and the count read again from
/// the database: a closed session or a suspended member hears nothing more. Several signals in a row are one reading.
/// </summary>
internal sealed partial class LiveBells(AppDb database, LiveTopics live, IHubContext<LiveHub> hub, TimeProvider clock, ILogger<LiveBells> log)
{
    /// <summary>Open pages of one member; the next one gets no bell.</summary>
    public const int MostPerMember = 10;

    /// <summary>Name of the message: its one argument is the count.</summary>
    public const string Message = "nouveautes";

    private static readonly TimeSpan Revalidation = TimeSpan.FromSeconds(50);
    private readonly ConcurrentDictionary<Guid, int> _open = new();

    /// <summary>Rings for <paramref name="member"/> on that connection until it ends.</summary>
    /// <returns>Whether there was room for one more.</returns>
    public bool TryOpen(HubCallerContext connection, SignedIn member)
    {
        if (_open.AddOrUpdate(member.Id, 1, (_, count) => count + 1) > MostPerMember)
        {
            Leave(member.Id);
            return false;
        }

        _ = RingAsync(connection, member);
        return true;
    }

    private async Task RingAsync(HubCallerContext connection, SignedIn member)
    {
        using var wake = new SemaphoreSlim(1, 1);
        Task WakeAsync()
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

        using var subscription = live.Subscribe(LiveTopics.Member(member.Id), WakeAsync);
        await using var timer = clock.CreateTimer(_ => _ = WakeAsync(), null, Revalidation, Revalidation);
        try
        {
            int? shown = null;
            while (true)
            {
                await wake.WaitAsync(connection.ConnectionAborted);
                if (await UnreadAsync(member, connection.ConnectionAborted) is not { } unread) break;
                if (unread == shown) continue;

                shown = unread;
                await hub.Clients.Client(connection.ConnectionId).SendAsync(Message, unread, connection.ConnectionAborted);
            }

            connection.Abort();
        }
        catch (OperationCanceledException) when (connection.ConnectionAborted.IsCancellationRequested)
        {
            // The page was left.
        }
        catch (Exception failure)
        {
            // The page opens a new one by itself.
            LogBellFailed(failure);
            connection.Abort();
        }
        finally
        {
            Leave(member.Id);
        }
    }

    /// <summary>What the member has not read; null when the session is over.</summary>
    private async Task<int?> UnreadAsync(SignedIn member, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.Member(member.Id));
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Sessions
            .Where(s => s.Id == member.SessionId && s.MemberId == member.Id && s.ClosedAt == null && s.ExpiresAt > now && s.Member!.State == MemberState.Active)
            .Select(s => (int?)db.Notifications.Count(n => n.MemberId == s.MemberId && n.ReadAt == null)).FirstOrDefaultAsync(cancellation);
    }

    private void Leave(Guid memberId)
    {
        if (_open.AddOrUpdate(memberId, 0, (_, count) => count - 1) <= 0) _open.TryRemove(new(memberId, 0));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A bell failed; its page opens another.")]
    private partial void LogBellFailed(Exception failure);
}
