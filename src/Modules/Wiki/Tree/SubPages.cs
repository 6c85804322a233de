using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>
/// What becomes of the pages under a page. Removed alone, it leaves them where it stood; what went along with it comes back with it. Moved to
/// another group, it takes them along.
/// </summary>
internal sealed class SubPages(ContentWriter writer, Rights rights) : IContentCompanion
{
    /// <inheritdoc />
    public string Kind => WikiModule.PageKind;

    /// <inheritdoc />
    public async Task RemovedAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var parent = await db.Set<WikiPage>().IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(p => p.Id == item.Id).Select(p => p.ParentId).FirstAsync(cancellation);
        foreach (var child in await db.Set<WikiPage>().Where(p => p.ParentId == item.Id).ToListAsync(cancellation)) (child.ParentId, child.LiftedFrom) = (parent, item.Id);
    }

    /// <summary>Puts all that stands under the page into the trash with it.</summary>
    /// <exception cref="ForbiddenException">Some of it is not the viewer's to remove.</exception>
    public async Task TakeAlongAsync(AppDbContext db, ContentItem item, Standing standing, CancellationToken cancellation)
    {
        var tree = await PageTree.ReadAsync(db, item.GroupId, cancellation);
        if (tree.Find(item.Id) is not { } node) return;

        var under = tree.From(node).Select(p => p.Page.Id).Where(id => id != item.Id).ToList();
        foreach (var page in await db.Set<WikiPage>().Include(p => p.Item).Where(p => under.Contains(p.Id)).ToListAsync(cancellation))
        {
            rights.Require(GroupPermissions.RemoveItem, standing, page.Item.AuthorId);
            page.RemovedWith = item.Id;
            writer.Remove(db, page.Item);
        }
    }

    /// <inheritdoc />
    public async Task RestoredAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var all = db.Set<WikiPage>().IgnoreQueryFilters([AppDbContext.DeletedFilter]);
        var back = await all.FirstAsync(p => p.Id == item.Id, cancellation);
        back.RemovedWith = null;
        foreach (var page in await all.Include(p => p.Item).Where(p => p.RemovedWith == item.Id && p.Item.GroupId == item.GroupId).ToListAsync(cancellation))
        {
            page.RemovedWith = null;
            if (page.Item.DeletedAt is not null) writer.Restore(db, page.Item);
        }

        // Those that nobody has moved since go back under it.
        foreach (var child in await db.Set<WikiPage>().Where(p => p.LiftedFrom == item.Id && p.ParentId == back.ParentId).ToListAsync(cancellation)) (child.ParentId, child.LiftedFrom) = (item.Id, null);
    }

    /// <inheritdoc />
    /// <exception cref="InvalidInputException">A page of the other group has the title of one that moves.</exception>
    public async Task MovedAsync(AppDbContext db, ContentItem item, Guid from, CancellationToken cancellation)
    {
        var ceiling = await ContentWriter.HoldCeilingAsync(db, item.GroupId, cancellation);
        var root = await db.Set<WikiPage>().FirstAsync(p => p.Id == item.Id, cancellation);
        var rank = await db.Set<WikiPage>().Where(p => p.Item.GroupId == item.GroupId && p.ParentId == null && p.Id != item.Id).MaxAsync(p => (int?)p.Rank, cancellation) ?? -1;
        (root.ParentId, root.LiftedFrom, root.Rank) = (null, null, rank + 1);

        // The row of the page itself is not saved yet: the tree is still the one that it leaves.
        var tree = await PageTree.ReadAsync(db, from, cancellation);
        if (tree.Find(item.Id) is not { } node) return;

        var moved = tree.From(node).Select(p => p.Page).ToList();
        await RequireTitlesAsync(db, item.GroupId, moved, cancellation);
        var under = moved.Select(p => p.Id).Where(id => id != item.Id).ToList();
        foreach (var page in await db.Items.Where(i => under.Contains(i.Id)).ToListAsync(cancellation))
        {
            (page.GroupId, page.PinnedAt) = (item.GroupId, null);
            page.Audience = page.Audience <= ceiling ? page.Audience : ceiling;
            page.Version++;
            writer.Record(db, ActivityKinds.ItemMoved, page, quiet: true);
        }

        await db.Activities.Where(a => a.ItemId != null && under.Contains(a.ItemId.Value)).ExecuteUpdateAsync(set => set.SetProperty(a => a.GroupId, item.GroupId), cancellation);
        await db.Notifications.Where(n => n.ItemId != null && under.Contains(n.ItemId.Value)).ExecuteUpdateAsync(set => set.SetProperty(n => n.GroupId, item.GroupId), cancellation);
    }

    // As where a page is written: a link by title must lead to one page.
    private static async Task RequireTitlesAsync(AppDbContext db, Guid groupId, List<PageNode> moved, CancellationToken cancellation)
    {
        var titles = moved.Select(p => PageTitle.Fold(p.Title)).Where(t => t.Length > 0).ToList();
        var taken = await db.Set<WikiPage>().Where(p => p.Item.GroupId == groupId && titles.Contains(p.FoldedTitle)).OrderBy(p => p.FoldedTitle).Select(p => p.Item.Title).FirstOrDefaultAsync(cancellation);
        if (taken is not null) throw new InvalidInputException("To", WikiTexts.MoveTitleTaken.With(taken));
    }
}

/// <summary>What the page that asks before a removal shows.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Page">The page.</param>
/// <param name="Under">Pages under it, at any depth.</param>
/// <param name="MayTakeAlong">Whether all of them are the viewer's to remove.</param>
public sealed record RemoveView(Standing Standing, PageNode Page, IReadOnlyList<PageNode> Under, bool MayTakeAlong);

/// <summary>Puts a page into the trash, alone or with what stands under it.</summary>
internal sealed class RemovePage(AppDb database, Rights rights, ContentWriter writer, SubPages subPages)
{
    /// <summary>What would be removed.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    public async Task<RemoveView> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.RemoveItem, shortId, cancellation);
        var tree = await PageTree.ReadAsync(db, item.GroupId, cancellation);
        var node = tree.Find(item.Id) ?? throw new NotFoundException();
        var under = tree.From(node).Select(p => p.Page).Where(p => p.Id != node.Id).ToList();
        return new(standing, node, under, under.TrueForAll(p => rights.Allows(GroupPermissions.RemoveItem, standing, p.AuthorId)));
    }

    /// <summary>Removes the page, and returns the address form of its group.</summary>
    /// <param name="viewer">Who removes.</param>
    /// <param name="shortId">Short identifier.</param>
    /// <param name="withUnder">Whether what stands under it goes along; otherwise it goes up to where the page stood.</param>
    /// <param name="cancellation">Stops the removal.</param>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator, or some of what would go along is others'.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, bool withUnder, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var groupId = await db.Items.Where(i => i.ShortId == shortId).Select(i => i.GroupId).FirstOrDefaultAsync(token);
        if (groupId != Guid.Empty) await TreeLock.TakeAsync(db, groupId, token);
        await db.LockAsync(shortId, token);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.RemoveItem, shortId, token);
        if (item.Kind != WikiModule.PageKind) throw new NotFoundException();

        if (withUnder) await subPages.TakeAlongAsync(db, item, standing, token);
        else await subPages.RemovedAsync(db, item, token);
        writer.Remove(db, item);
        await db.SaveChangesAsync(token);
        return standing.Slug;
    }, cancellation);
}
