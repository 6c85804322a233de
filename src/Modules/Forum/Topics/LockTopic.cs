using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Closes a thread to answers, or opens it again.</summary>
internal sealed class LockTopic(AppDb database, Rights rights, ContentWriter writer, TopicTraces traces, TimeProvider clock)
{
    /// <summary>Closes the thread when <paramref name="locked"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool locked, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, token);
        if (item.LockedAt is not null == locked) return false;

        DateTime? at = locked ? clock.GetUtcNow().UtcDateTime : null;
        await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.LockedAt, at), token);
        await traces.AddAsync(db, item.Id, locked ? TraceActions.Closed : TraceActions.Reopened, "", token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
