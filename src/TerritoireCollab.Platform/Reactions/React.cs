using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Reactions;

/// <summary>Gives a reaction to a content (number 0) or to one of its comments, or takes it back.</summary>
public sealed class React(AppDb database, Rights rights, TimeProvider clock)
{
    /// <summary>Gives the reaction, or takes it back when <paramref name="given"/> is false. Doing so twice changes nothing.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not a member who writes.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, int number, ReactionKind kind, bool given, CancellationToken cancellation) =>
        database.TransactAsync(viewer, (db, token) => SetAsync(db, shortId, number, kind, given, token), cancellation);

    private async Task<bool> SetAsync(AppDbContext db, string shortId, int number, ReactionKind kind, bool given, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.React, shortId, cancellation);
        var comment = number == 0 ? null : await db.Comments.FirstOrDefaultAsync(c => c.ItemId == item.Id && c.Number == number && c.Kind == CommentKind.Message, cancellation) ?? throw new NotFoundException();
        var target = comment?.Id ?? item.Id;
        var me = db.Viewer.MemberId;
        var present = await db.Reactions.FirstOrDefaultAsync(r => r.TargetId == target && r.MemberId == me && r.Kind == kind, cancellation);
        if (present is not null == given) return false;

        if (present is null)
        {
            db.Reactions.Add(new Reaction { TargetId = target, ItemId = item.Id, MemberId = me, Kind = kind, At = clock.GetUtcNow().UtcDateTime });
            db.Activities.Add(new Activity
            {
                Kind = ActivityKinds.Reacted, ItemId = item.Id, CommentId = comment?.Id, GroupId = item.GroupId, ActorId = me,
                SubjectId = comment?.AuthorId ?? item.AuthorId, At = clock.GetUtcNow().UtcDateTime,
            });
        }
        else db.Reactions.Remove(present);
        await db.SaveChangesAsync(cancellation);

        var step = given ? 1 : -1;
        var (thanks, useful) = (kind == ReactionKind.Thanks ? step : 0, kind == ReactionKind.Useful ? step : 0);
        if (comment is null)
            await db.Items.Where(i => i.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.ThanksCount, i => i.ThanksCount + thanks).SetProperty(i => i.UsefulCount, i => i.UsefulCount + useful), cancellation);
        else
            await db.Comments.Where(c => c.Id == comment.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.ThanksCount, c => c.ThanksCount + thanks).SetProperty(c => c.UsefulCount, c => c.UsefulCount + useful), cancellation);
        return true;
    }
}
