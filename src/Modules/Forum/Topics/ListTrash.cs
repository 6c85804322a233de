using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Something in the trash.</summary>
/// <param name="ShortId">Thread.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Number of the answer removed; null when the thread was.</param>
/// <param name="Extract">Its beginning.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="RemovedAt">When it was removed.</param>
public sealed record TrashRow(string ShortId, string Title, int? Number, string Extract, string Author, DateTime RemovedAt);

/// <summary>The trash of a group's forum.</summary>
public sealed record TrashView(Standing Standing, IReadOnlyList<TrashRow> Rows);

/// <summary>Lists what was removed from a group's forum: everything to animators, their own to authors.</summary>
internal sealed class ListTrash(AppDb database, Rights rights)
{
    private const int Most = 50;
    private const int ExtractLength = 160;

    /// <summary>The latest removals.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or the viewer is not one of its members.</exception>
    public async Task<TrashView> ExecuteAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.IsMember) throw new NotFoundException();

        var (group, me, all) = (standing.GroupId, viewer.MemberId, standing.IsAnimator);
        var topics = await db.TopicsWithTrash().AsNoTracking()
            .Where(t => t.Item.GroupId == group && t.Item.DeletedAt != null && (all || t.Item.AuthorId == me))
            .Where(t => !db.Comments.Any(c => c.ItemId == t.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)))
            .OrderByDescending(t => t.Item.DeletedAt).Take(Most)
            .Select(t => new TrashRow(t.Item.ShortId, t.Item.Title, null, t.Item.Excerpt, t.Item.Author!.Name, t.Item.DeletedAt!.Value)).ToListAsync(cancellation);
        var answers = await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking()
            .Where(c => c.Item.GroupId == group && c.Item.Kind == ForumModule.TopicKind && c.Item.DeletedAt == null && c.DeletedAt != null && (all || c.AuthorId == me))
            .OrderByDescending(c => c.DeletedAt).Take(Most)
            .Select(c => new TrashRow(c.Item.ShortId, c.Item.Title, c.Number, c.Body, c.Author!.Name, c.DeletedAt!.Value)).ToListAsync(cancellation);
        return new(standing, [.. topics.Concat(answers.Select(a => a with { Extract = Excerpt.Of(a.Extract, ExtractLength) })).OrderByDescending(r => r.RemovedAt).Take(Most)]);
    }
}
