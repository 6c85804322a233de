using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Puts a thread on top of the list, or takes it down.</summary>
internal sealed class PinTopic(AppDb database, Rights rights, ContentWriter writer, TopicTraces traces, TimeProvider clock)
{
    /// <summary>Pins the thread when <paramref name="pinned"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool pinned, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, token);
        if (item.PinnedAt is not null == pinned) return false;

        DateTime? at = pinned ? clock.GetUtcNow().UtcDateTime : null;
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.PinnedAt, at).SetProperty(i => i.IsPinned, pinned), token);
        await traces.AddAsync(db, item.Id, pinned ? TraceActions.Pinned : TraceActions.Unpinned, "", token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
