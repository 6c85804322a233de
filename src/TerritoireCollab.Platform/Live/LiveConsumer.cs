using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Live;

/// <summary>Signals what moved to whoever looks at it: last of the consumers, so that those who read again find everything in place.</summary>
public sealed class LiveConsumer(LiveTopics live) : IActivityConsumer
{
    private const int MostRemembered = 2000;
    private readonly ConcurrentQueue<Guid> _order = new();
    private readonly ConcurrentDictionary<Guid, bool> _signalled = new();

    /// <inheritdoc />
    public int Order => 100;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (_signalled.ContainsKey(activity.Id)) return;

        var told = await db.Notifications.Where(n => n.ActivityId == activity.Id).Select(n => n.MemberId).ToListAsync(cancellation);
        if (!Remember(activity.Id)) return;

        if (activity.ItemId is { } item) await live.SignalAsync(LiveTopics.Item(item));
        if (activity.SubjectId is { } subject) await live.SignalAsync(LiveTopics.Member(subject));
        foreach (var member in told) await live.SignalAsync(LiveTopics.Member(member));
    }

    // In this process an activity comes by the dispatcher, by the relay, or by both: it is signalled once.
    private bool Remember(Guid id)
    {
        if (!_signalled.TryAdd(id, true)) return false;

        _order.Enqueue(id);
        if (_order.Count > MostRemembered && _order.TryDequeue(out var oldest)) _signalled.TryRemove(oldest, out _);
        return true;
    }
}
