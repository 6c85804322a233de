using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Comments;

/// <summary>Says that what a comment says of a passage is settled, or that it is not.</summary>
public sealed class SettleComment(AppDb database, Rights rights, IEnumerable<IAnnotatedText> texts, ContentWriter writer, TimeProvider clock)
{
    /// <summary>Settles the comment of that number when <paramref name="settled"/>; doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or about no passage.</exception>
    /// <exception cref="ForbiddenException">Neither its author, nor an animator, nor somebody who writes the text.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int number, bool settled, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var comment = await db.Comments.Include(c => c.Item).FirstOrDefaultAsync(c => c.Item.ShortId == shortId && c.Number == number && c.Quote != null, token) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, comment.Item.GroupId, token);
        if (!await MayWriteAsync(db, comment.Item, standing, token)) rights.Require(GroupPermissions.EditComment, standing, comment.AuthorId);
        if (comment.ResolvedAt is not null == settled) return false;

        (comment.ResolvedAt, comment.ResolvedById) = settled ? (clock.GetUtcNow().UtcDateTime, viewer.MemberId) : ((DateTime?)null, (Guid?)null);
        writer.Record(db, ActivityKinds.CommentEdited, comment.Item, comment.Id, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private async Task<bool> MayWriteAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation) =>
        texts.FirstOrDefault(t => t.Kind == item.Kind) is { } text && await text.MayWriteAsync(db, item, standing, cancellation);
}
