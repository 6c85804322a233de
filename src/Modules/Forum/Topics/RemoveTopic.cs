using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Puts a thread into the trash, and takes it out.</summary>
internal sealed class RemoveTopic(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Puts the thread into the trash and returns the address form of its group.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireTopicAsync(db, GroupPermissions.RemoveItem, shortId, token);
        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);

    /// <summary>Takes the thread out of the trash.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        // What was merged elsewhere does not come back: its messages are there.
        var topic = await db.TopicsWithTrash().Include(t => t.Item)
            .FirstOrDefaultAsync(t => t.Item.ShortId == shortId && !db.Comments.Any(c => c.ItemId == t.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)), token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, topic.Item.GroupId, token);
        if (!rights.Allows(GroupPermissions.RemoveItem, standing, topic.Item.AuthorId)) throw new NotFoundException();
        if (topic.Item.DeletedAt is null) return false;

        writer.Restore(db, topic.Item);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
