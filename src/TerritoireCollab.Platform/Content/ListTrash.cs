using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>Something in the trash.</summary>
/// <param name="ShortId">The content.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Number of the comment removed; null when the content was.</param>
/// <param name="Extract">Its beginning.</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="RemovedAt">When it was removed.</param>
/// <param name="Undo">Where its form is sent to take it out; null for contents and comments, which have gestures of their own.</param>
public sealed record TrashRow(string ShortId, string Kind, string Title, int? Number, string Extract, string Author, DateTime RemovedAt, string? Undo = null);

/// <summary>The trash of a tool in a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Rows">The latest removals.</param>
public sealed record TrashView(Standing Standing, Tool Tool, IReadOnlyList<TrashRow> Rows);

/// <summary>Lists what was removed from a tool of a group: everything to animators, their own to authors.</summary>
public sealed class ListTrash(AppDb database, Rights rights, ModuleCatalog modules, IEnumerable<ITrashShelf> shelves)
{
    private readonly Dictionary<string, ITrashShelf> _shelves = shelves.ToDictionary(s => s.Tool);

    private const int Most = 50;
    private const int ExtractLength = 160;

    /// <summary>The latest removals.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, the viewer is not one of its members, or the tool has no trash.</exception>
    public async Task<TrashView> ExecuteAsync(Viewer viewer, string groupSlug, string toolKey, CancellationToken cancellation)
    {
        var kinds = modules.Kinds.Where(k => k.Tool == toolKey && !k.HasOwnGestures).Select(k => k.Key).ToList();
        if (kinds.Count == 0 || modules.Tool(toolKey) is not { } tool) throw new NotFoundException();

        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.IsMember) throw new NotFoundException();

        var (group, me, all) = (standing.GroupId, viewer.MemberId, standing.IsAnimator);
        var items = await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking()
            .Where(i => i.GroupId == group && kinds.Contains(i.Kind) && i.DeletedAt != null && (all || i.AuthorId == me))
            .Where(i => !db.Comments.Any(c => c.ItemId == i.Id && c.Kind == CommentKind.Trace && c.Body.StartsWith(Comment.MergedInto)))
            .OrderByDescending(i => i.DeletedAt).Take(Most)
            .Select(i => new TrashRow(i.ShortId, i.Kind, i.Title, null, i.Excerpt, i.Author!.Name, i.DeletedAt!.Value)).ToListAsync(cancellation);
        var comments = await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter]).AsNoTracking()
            .Where(c => c.Item.GroupId == group && kinds.Contains(c.Item.Kind) && c.Item.DeletedAt == null && c.DeletedAt != null && (all || c.AuthorId == me))
            .OrderByDescending(c => c.DeletedAt).Take(Most)
            .Select(c => new TrashRow(c.Item.ShortId, c.Item.Kind, c.Item.Title, c.Number, c.Body, c.Author!.Name, c.DeletedAt!.Value)).ToListAsync(cancellation);
        var rows = items.Concat(comments.Select(c => c with { Extract = Excerpt.Of(c.Extract, ExtractLength) })).OrderByDescending(r => r.RemovedAt).Take(Most);
        // A folder stands before what went with it, and is not crowded out by it.
        var besides = _shelves.TryGetValue(toolKey, out var shelf) ? await shelf.ListAsync(db, standing, cancellation) : [];
        return new(standing, tool, [.. besides.Concat(rows).OrderByDescending(r => r.RemovedAt)]);
    }
}
