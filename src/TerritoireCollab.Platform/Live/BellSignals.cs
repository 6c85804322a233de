using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Live;

/// <summary>Signals their news to those who were told of something: last of the consumers, so that the bell counts all of it.</summary>
public sealed class BellSignals(LiveTopics live) : IActivityConsumer
{
    private readonly RecentIds _signalled = new();

    /// <inheritdoc />
    public int Order => 100;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (_signalled.Contains(activity.Id)) return;

        var told = await db.Notifications.Where(n => n.ActivityId == activity.Id).Select(n => n.MemberId).ToListAsync(cancellation);
        if (!_signalled.Add(activity.Id)) return;

        foreach (var member in told) await live.SignalAsync(LiveTopics.Member(member));
    }
}
