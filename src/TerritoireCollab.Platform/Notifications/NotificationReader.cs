using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;

namespace TerritoireCollab.Platform.Notifications;

/// <summary>Marks notifications as read, by the list or by seeing what they are about.</summary>
public sealed class MarkNotificationsRead(AppDb database, LiveTopics live, TimeProvider clock)
{
    /// <summary>Marks those about one content.</summary>
    public Task AboutAsync(Viewer viewer, Guid itemId, CancellationToken cancellation) => MarkAsync(viewer, itemId, cancellation);

    /// <summary>Marks all of the viewer's.</summary>
    public Task AllAsync(Viewer viewer, CancellationToken cancellation) => MarkAsync(viewer, null, cancellation);

    private async Task MarkAsync(Viewer viewer, Guid? itemId, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return;

        await using var db = database.Open(viewer);
        var marked = await db.Notifications
            .Where(n => n.MemberId == viewer.MemberId && n.ReadAt == null && (itemId == null || n.ItemId == itemId))
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, clock.GetUtcNow().UtcDateTime), cancellation);
        if (marked > 0) await live.SignalAsync(LiveTopics.Member(viewer.MemberId));
    }
}
