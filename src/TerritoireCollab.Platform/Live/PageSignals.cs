using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Live;

/// <summary>
/// Signals what moved to whoever looks at it: after what the pages show was put right, and before notifications and mails are written,
/// which in a large group takes longer than everything before.
/// </summary>
public sealed class PageSignals(LiveTopics live) : IActivityConsumer
{
    private readonly RecentIds _signalled = new();

    /// <inheritdoc />
    public int Order => 8;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        // In this process an activity comes by the dispatcher, by the relay, or by both: it is signalled once.
        if (!_signalled.Add(activity.Id)) return;

        if (activity.ItemId is { } item) await live.SignalAsync(LiveTopics.Item(item));
        if (activity.GroupId is { } group) await live.SignalAsync(LiveTopics.Group(group));
        if (activity.SubjectId is { } subject) await live.SignalAsync(LiveTopics.Member(subject));
    }
}
