using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Keeps one answer as the answer to the question, or none.</summary>
internal sealed class AcceptAnswer(AppDb database, Rights rights, ContentWriter writer)
{
    /// <summary>Keeps the answer of that number; null to keep none.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or the thread asks nothing.</exception>
    /// <exception cref="ForbiddenException">Neither the author of the question nor an animator.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int? number, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireTopicAsync(db, GroupPermissions.EditItem, shortId, token);
        var exists = number is null || await db.Comments.AnyAsync(c => c.ItemId == item.Id && c.Number == number && c.Kind == CommentKind.Message, token);
        var set = exists ? await db.Set<Topic>().Where(t => t.Id == item.Id && t.IsQuestion).ExecuteUpdateAsync(s => s.SetProperty(t => t.AcceptedNumber, number), token) : 0;
        if (set == 0) throw new NotFoundException();

        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
