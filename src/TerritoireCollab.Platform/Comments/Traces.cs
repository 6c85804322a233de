using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Comments;

/// <summary>What was done to a content, as its trace names it.</summary>
public static class TraceActions
{
    /// <summary>Put on top of lists.</summary>
    public const string Pinned = "pinned";
    /// <summary>Taken down.</summary>
    public const string Unpinned = "unpinned";
    /// <summary>Closed to comments.</summary>
    public const string Closed = "closed";
    /// <summary>Opened again.</summary>
    public const string Reopened = "reopened";
    /// <summary>Detail: name of the group it came from, or nothing when the readers may not know of that group.</summary>
    public const string Moved = "moved";
    /// <summary>Detail: short identifier of the new thread, then how many answers went there. Keeps their numbers.</summary>
    public const string SplitTo = "split-to";
    /// <summary>Detail: short identifier of the thread it came out of.</summary>
    public const string SplitFrom = "split-from";
    /// <summary>Detail: how many messages came.</summary>
    public const string MergedFrom = "merged-from";
}

/// <summary>Leaves a line among the comments of a content that says what an animator did to it. Traces have a number, and count neither as answers nor as unread.</summary>
public sealed class Traces(TimeProvider clock)
{
    /// <summary>Adds the trace to the save under way, inside the caller's transaction.</summary>
    /// <param name="db">The caller's context.</param>
    /// <param name="itemId">The content.</param>
    /// <param name="action">What was done: <see cref="TraceActions"/>.</param>
    /// <param name="detail">What the line shows of it.</param>
    /// <param name="cancellation">Stops the writing.</param>
    /// <param name="kept">What its tool reads of it and no page shows.</param>
    public async Task AddAsync(AppDbContext db, Guid itemId, string action, string detail, CancellationToken cancellation, string? kept = null)
    {
        await db.Items.Where(i => i.Id == itemId).ExecuteUpdateAsync(set => set.SetProperty(i => i.LastCommentNumber, i => i.LastCommentNumber + 1), cancellation);
        var number = await db.Items.Where(i => i.Id == itemId).Select(i => i.LastCommentNumber).FirstAsync(cancellation);
        var body = $"{action}|{detail}";
        db.Comments.Add(new Comment
        {
            ItemId = itemId,
            Number = number,
            RootNumber = number,
            Kind = CommentKind.Trace,
            AuthorId = db.Viewer.MemberId,
            Body = kept is null ? body : $"{body}|{kept}",
            BodyHtml = body,
            BodyRenderer = Bodies.Renderer,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        });
        // Whoever had read everything still has.
        await db.ReadMarks.Where(r => r.ItemId == itemId && r.Number == number - 1).ExecuteUpdateAsync(set => set.SetProperty(r => r.Number, number), cancellation);
    }
}
