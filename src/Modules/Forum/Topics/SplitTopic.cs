using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Text;
using T = TerritoireCollab.Forum.Resources.ForumTexts;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Answers to take out of a thread.</summary>
/// <param name="Title">Title of the new thread.</param>
/// <param name="Numbers">Their numbers; what answers them goes along.</param>
public sealed record SplitTopicInput(string Title, IReadOnlyList<int> Numbers);

/// <summary>Makes a thread of answers taken out of another one. The first of them becomes its first message.</summary>
internal sealed class SplitTopic(AppDb database, Rights rights, ContentWriter writer, Traces traces)
{
    private const int Most = 500;

    /// <summary>Makes the new thread and returns its short identifier.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    /// <exception cref="InvalidInputException">No title, or no answer chosen.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, SplitTopicInput input, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireTopicAsync(db, GroupPermissions.Moderate, shortId, token);
        var wanted = input.Numbers.Take(Most).ToList();
        var moved = await db.Comments
            .Where(c => c.ItemId == item.Id && c.Kind == CommentKind.Message && (wanted.Contains(c.Number) || wanted.Contains(c.RootNumber)))
            .OrderBy(c => c.Number).ToListAsync(token);
        new Rules().Text(input.Title, nameof(input.Title), ContentItem.TitleLength).Check(moved.Count > 0, nameof(input.Numbers), T.SplitNothing).Demand();

        var last = moved[^1].Number;
        var created = await CreateAsync(db, item, moved, input.Title.Trim(), token);
        var numbers = NumberMap.Write(await HandOverAsync(db, item, created, moved, last, token));
        await traces.AddAsync(db, item.Id, TraceActions.SplitTo, $"{created.ShortId}|{moved.Count}", token, numbers);
        await traces.AddAsync(db, created.Id, TraceActions.SplitFrom, item.ShortId, token);
        writer.Record(db, ActivityKinds.ItemMoved, item, quiet: true);
        writer.Record(db, ActivityKinds.ItemMoved, created, quiet: true);
        await db.SaveChangesAsync(token);
        return created.ShortId;
    }, cancellation);

    private static async Task<ContentItem> CreateAsync(AppDbContext db, ContentItem from, List<Comment> moved, string title, CancellationToken cancellation)
    {
        // The new thread takes the key of the answer that opens it, so that its reactions and its history stay attached.
        var first = moved[0];
        var item = new ContentItem
        {
            Id = first.Id,
            ShortId = ShortIds.New(),
            Kind = ForumModule.TopicKind,
            GroupId = from.GroupId,
            AuthorId = first.AuthorId,
            OrganisationId = first.OrganisationId,
            Audience = from.Audience,
            Title = title,
            Excerpt = Excerpt.Of(first.Body, ContentItem.ExcerptLength),
            CreatedAt = first.CreatedAt,
            UpdatedAt = first.EditedAt ?? first.CreatedAt,
            LastActivityAt = moved.Max(c => c.CreatedAt),
            LastActorId = moved[^1].AuthorId,
            LastCommentNumber = moved.Count - 1,
            CommentCount = moved.Count - 1,
            ThanksCount = first.ThanksCount,
            UsefulCount = first.UsefulCount,
        };
        db.Add(new Topic { Id = item.Id, Item = item, Body = first.Body, BodyHtml = first.BodyHtml, BodyRenderer = first.BodyRenderer, EditedAt = first.EditedAt });
        await db.SaveChangesAsync(cancellation);
        return item;
    }

    private static async Task<IReadOnlyList<(int Old, int New)>> HandOverAsync(AppDbContext db, ContentItem from, ContentItem to, List<Comment> moved, int last, CancellationToken cancellation)
    {
        var ids = moved.ConvertAll(c => c.Id);
        var files = await db.Attachments.Where(a => a.CommentId != null && ids.Contains(a.CommentId.Value)).ExecuteUpdateAsync(set => set.SetProperty(a => a.ItemId, to.Id), cancellation);
        await db.Attachments.Where(a => a.CommentId == to.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.CommentId, (Guid?)null), cancellation);
        await db.PostedByMail.Where(m => m.CommentId != null && ids.Contains(m.CommentId.Value)).ExecuteUpdateAsync(set => set.SetProperty(m => m.ItemId, to.Id), cancellation);
        await db.PostedByMail.Where(m => m.CommentId == to.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.CommentId, (Guid?)null), cancellation);
        await db.Reactions.Where(r => ids.Contains(r.TargetId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to.Id), cancellation);
        await db.Revisions.Where(r => ids.Contains(r.TargetId)).ExecuteUpdateAsync(set => set.SetProperty(r => r.ItemId, to.Id), cancellation);
        await db.SearchDocuments.Where(d => ids.Contains(d.TargetId)).ExecuteDeleteAsync(cancellation);
        await db.Notifications.Where(n => n.Activity!.CommentId != null && ids.Contains(n.Activity.CommentId.Value)).ExecuteUpdateAsync(set => set.SetProperty(n => n.ItemId, to.Id), cancellation);
        await db.Activities.Where(a => a.CommentId != null && ids.Contains(a.CommentId.Value)).ExecuteUpdateAsync(set => set.SetProperty(a => a.ItemId, to.Id), cancellation);
        await db.Activities.Where(a => a.CommentId == to.Id && a.Kind == ActivityKinds.CommentCreated)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Kind, ActivityKinds.ItemCreated).SetProperty(a => a.CommentId, (Guid?)null), cancellation);
        await db.Set<Topic>().Where(t => t.Id == from.Id && t.AcceptedNumber != null && moved.Select(c => c.Number).Contains(t.AcceptedNumber.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(t => t.AcceptedNumber, (int?)null), cancellation);

        foreach (var author in moved.Select(c => c.AuthorId).Distinct()) db.Subscriptions.Add(new Subscription { ItemId = to.Id, MemberId = author, Following = Following.Followed });
        var readers = await db.ReadMarks.Where(r => r.ItemId == from.Id && r.Number >= last).Select(r => new { r.MemberId, r.At }).ToListAsync(cancellation);
        db.ReadMarks.AddRange(readers.Select(r => new ReadMark { ItemId = to.Id, MemberId = r.MemberId, Number = to.LastCommentNumber, At = r.At }));

        db.Comments.Remove(moved[0]);
        IReadOnlyList<(int Old, int New)> numbers = [(moved[0].Number, 0), .. moved.GetRange(1, moved.Count - 1).MoveTo(to.Id, 1)];
        to.AttachmentCount = files;
        from.AttachmentCount -= files;
        from.CommentCount -= moved.Count;
        await db.SaveChangesAsync(cancellation);
        return numbers;
    }
}
