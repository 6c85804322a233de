using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Moves a thread to another group that the viewer animates. Links to it go on working, by its short identifier.</summary>
internal sealed class MoveTopic(AppDb database, Rights rights, ContentWriter writer, TopicTraces traces, ModuleCatalog modules)
{
    /// <summary>Moves the thread; its audience shrinks to what the other group allows.</summary>
    /// <exception cref="NotFoundException">The thread or the group is absent or invisible, or the group has no forum.</exception>
    /// <exception cref="ForbiddenException">Not an animator of both groups.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, string groupSlug, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, from) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, token);
        var to = await rights.RequireAsync(db, GroupPermissions.Moderate, groupSlug, token);
        if (!to.Has(modules.Tool(ForumModule.ToolKey)!)) throw new NotFoundException();
        if (to.GroupId == from.GroupId) return false;

        // The name of a hidden group is not told to the readers of another one.
        await traces.AddAsync(db, item.Id, TraceActions.Moved, from.Visibility == GroupVisibility.Hidden ? "" : from.Name, token);
        (item.GroupId, item.Audience, item.PinnedAt) = (to.GroupId, item.Audience < to.Ceiling ? item.Audience : to.Ceiling, null);
        item.Version++;
        await db.Activities.Where(a => a.ItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.GroupId, to.GroupId), token);
        await db.Notifications.Where(n => n.ItemId == item.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.GroupId, to.GroupId), token);
        writer.Record(db, ActivityKinds.ItemMoved, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
