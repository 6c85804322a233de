using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Subscriptions;
using T = TerritoireCollab.Forum.Resources.ForumTexts;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Puts all the messages of a thread at the end of another one of the same group. The emptied thread leads on to it.</summary>
internal sealed class MergeTopic(AppDb database, Rights rights, ContentWriter writer, Traces traces)
{
    /// <summary>Name of the field that a refusal is reported under.</summary>
    public const string Field = "Into";

    /// <summary>Merges the thread <paramref name="shortId"/> into the thread <paramref name="into"/>.</summary>
    /// <exception cref="NotFoundException">The thread is absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    /// <exception cref="InvalidInputException">Into a thread that is absent or invisible, the same, of another group, or read by more people.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, string into, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync([shortId, into], token);
        var (from, _) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, token);
        var to = await TargetAsync(db, into, token);
        new Rules()
            .Check(from.Id != to.Id && from.GroupId == to.GroupId, Field, T.MergeElsewhere)
            .Check(to.Audience <= from.Audience, Field, T.MergeWider).Demand();

        var topic = await db.Set<Topic>().AsNoTracking().FirstAsync(t => t.Id == from.Id, token);
        var moved = await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(c => c.ItemId == from.Id).OrderBy(c => c.Number).ToListAsync(token);
        var before = (From: from.LastCommentNumber, To: to.LastCommentNumber);
        await HandOverAsync(db, from, to, token);

        var head = Head(from, topic, to.Id, before.To + 1);
        var elsewhere = SplitBefore(moved);
        var numbers = NumberMap.Write([(0, head.Number), .. moved.MoveTo(to.Id, head.Number + 1)]);
        db.Comments.Add(head);
        to.LastCommentNumber = before.To + 1 + moved.Count;
        to.CommentCount += 1 + from.CommentCount;
        to.AttachmentCount += from.AttachmentCount;
        if (from.LastActivityAt > to.LastActivityAt) (to.LastActivityAt, to.LastActorId) = (from.LastActivityAt, from.LastActorId);
        to.Version++;
        (from.CommentCount, from.AttachmentCount, from.ThanksCount, from.UsefulCount) = (0, 0, 0, 0);
        await db.SaveChangesAsync(token);

        await KeepReadAsync(db, from.Id, to, before, token);
        await traces.AddAsync(db, to.Id, TraceActions.MergedFrom, from.Title, token);
        await traces.AddAsync(db, from.Id, Comment.MergedInto.TrimEnd('|'), to.ShortId, token, $"{numbers}|{elsewhere}");
        writer.Record(db, ActivityKinds.ItemMoved, to, quiet: true);
        await db.SaveChangesAsync(token);
        writer.Remove(db, from);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    // It may have gone since the list was drawn that it was chosen from.
    private async Task<ContentItem> TargetAsync(AppDbContext db, string into, CancellationToken cancellation)
    {
        try
        {
            return (await rights.RequireTopicAsync(db, GroupPermissions.Moderate, into, cancellation)).Item;
        }
        catch (NotFoundException)
        {
            throw new InvalidInputException(Field, T.MergeGone);
        }
    }

    // The message keeps the key of the thread it opened, so that its reactions and its history stay attached.
    private static Comment Head(ContentItem from, Topic topic, Guid itemId, int number) => new()
    {
        Id = from.Id,
        ItemId = itemId,
        Number = number,
        RootNumber = number,
        AuthorId = from.AuthorId,
        OrganisationId = from.OrganisationId,
        Body = topic.Body,
        BodyHtml = topic.BodyHtml,
        BodyRenderer = topic.BodyRenderer,
        CreatedAt = from.CreatedAt,
        EditedAt = topic.EditedAt,
        ThanksCount = from.ThanksCount,
        UsefulCount = from.UsefulCount,
    };

    // The emptied thread goes on leading to what was split off it before: its traces go to the other thread, where such numbers mean something else.
    private static string SplitBefore(List<Comment> moved)
    {
        var splits = moved.Where(c => c.Kind == CommentKind.Trace && c.Body.StartsWith(TraceActions.SplitTo + "|", StringComparison.Ordinal)).ToList();
        var kept = splits.Select(s => s.Body.Split('|')).Where(s => s.Length > 3).Select(s => $"{s[1]}={s[3]}").ToList();
        foreach (var split in splits) split.Body = split.BodyHtml;
        return string.Join(';', kept);
    }

    private static async Task HandOverAsync(AppDbContext db, ContentItem from, ContentItem to, CancellationToken cancellation)
    {
        await db.Attachments.Where(a => a.ItemId == from.Id && a.CommentId == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.CommentId, from.Id), cancellation);
        await db.Attachments.Where(a => a.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ItemId, to.Id), cancellation);
        await db.PostedByMail.Where(m => m.ItemId == from.Id && m.CommentId == null).ExecuteUpdateAsync(set => set.SetProperty(m => m.CommentId, from.Id), cancellation);
        await db.PostedByMail.Where(m => m.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.ItemId, to.Id), cancellation);
        await db.Reactions.Where(r => r.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to.Id), cancellation);
        await db.Revisions.Where(r => r.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to.Id), cancellation);
        await db.SearchDocuments.Where(d => d.ItemId == from.Id).ExecuteDeleteAsync(cancellation);
        await db.Notifications.Where(n => n.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(n => n.ItemId, to.Id), cancellation);
        await db.Activities.Where(a => a.ItemId == from.Id && a.Kind == ActivityKinds.ItemCreated)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Kind, ActivityKinds.CommentCreated).SetProperty(a => a.CommentId, from.Id), cancellation);
        await db.Activities.Where(a => a.ItemId == from.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ItemId, to.Id), cancellation);

        var followers = await db.Subscriptions.AsNoTracking().Where(s => s.ItemId == from.Id && s.Following == Following.Followed && !db.Subscriptions.Any(o => o.ItemId == to.Id && o.MemberId == s.MemberId))
            .Select(s => s.MemberId).ToListAsync(cancellation);
        db.Subscriptions.AddRange(followers.Select(m => new Subscription { ItemId = to.Id, MemberId = m, Following = Following.Followed }));
    }

    // Whoever had read both to the end has read the result.
    private static Task<int> KeepReadAsync(AppDbContext db, Guid from, ContentItem to, (int From, int To) before, CancellationToken cancellation) =>
        db.ReadMarks.Where(r => r.ItemId == to.Id && r.Number >= before.To && db.ReadMarks.Any(o => o.ItemId == from && o.MemberId == r.MemberId && o.Number >= before.From))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Number, to.LastCommentNumber), cancellation);
}
