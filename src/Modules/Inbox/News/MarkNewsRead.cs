using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.News;

/// <summary>Marks as read: one notification, or all of them with all that is new in the viewer's groups.</summary>
internal sealed class MarkNewsRead(AppDb database, MarkNotificationsRead notifications, LiveTopics live, TimeProvider clock)
{
    /// <summary>How far back « tout » reaches: what is older is not shown as new anywhere.</summary>
    private static readonly TimeSpan Reach = TimeSpan.FromDays(60);
    private const int Most = 1000;

    /// <summary>Marks one notification of the viewer's.</summary>
    public async Task OneAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var marked = await db.Notifications.Where(n => n.Id == id && n.MemberId == viewer.MemberId && n.ReadAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, clock.GetUtcNow().UtcDateTime), cancellation);
        if (marked > 0) await live.SignalAsync(LiveTopics.Member(viewer.MemberId));
    }

    /// <summary>Marks every notification, and every content of the viewer's groups that moved of late.</summary>
    public async Task AllAsync(Viewer viewer, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await notifications.AllAsync(viewer, cancellation);
        await using var db = database.Open(viewer);
        var (me, now) = (viewer.MemberId, clock.GetUtcNow().UtcDateTime);
        var since = now - Reach;
        var moved = await db.Items
            .Where(i => i.LastActivityAt > since && db.Memberships.Any(m => m.GroupId == i.GroupId && m.MemberId == me && m.State == MembershipState.Active))
            .OrderByDescending(i => i.LastActivityAt).Take(Most).Select(i => new { i.Id, i.LastCommentNumber }).ToListAsync(cancellation);
        var ids = moved.Select(m => m.Id).ToList();
        var marks = await db.ReadMarks.Where(r => r.MemberId == me && ids.Contains(r.ItemId)).ToDictionaryAsync(r => r.ItemId, cancellation);
        foreach (var item in moved)
        {
            if (!marks.TryGetValue(item.Id, out var mark)) db.ReadMarks.Add(new ReadMark { ItemId = item.Id, MemberId = me, Number = item.LastCommentNumber, At = now });
            else if (mark.Number < item.LastCommentNumber) (mark.Number, mark.At) = (item.LastCommentNumber, now);
        }

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // One of them was opened in another tab at that moment. Pressing again marks the rest.
        }
    }
}
