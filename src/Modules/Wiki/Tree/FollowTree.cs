using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>Follows a page with all that stands under it, whatever is written there later.</summary>
internal sealed class FollowTree(AppDb database) : IMoreFollowers
{
    /// <inheritdoc />
    public string Kind => WikiModule.PageKind;

    /// <summary>Follows it, or no more.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or nobody is signed in.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, bool follows, CancellationToken cancellation) => viewer.IsMember ? database.TransactAsync(viewer, async (db, token) =>
    {
        var me = viewer.MemberId;
        var id = await db.Set<WikiPage>().Where(p => p.Item.ShortId == shortId).Select(p => (Guid?)p.Id).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        var mine = db.Set<TreeFollower>().Where(f => f.ItemId == id && f.MemberId == me);
        if (!follows) return await mine.ExecuteDeleteAsync(token) > 0;
        if (await mine.AnyAsync(token)) return false;

        db.Add(new TreeFollower { ItemId = id, MemberId = me });
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation) : throw new NotFoundException();

    /// <inheritdoc />
    public async Task<IReadOnlyCollection<Guid>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        if (!await db.Set<TreeFollower>().AnyAsync(f => f.Item.GroupId == item.GroupId, cancellation)) return [];

        var tree = await PageTree.ReadAsync(db, item.GroupId, cancellation);
        if (tree.Find(item.Id) is not { } node) return [];

        var over = tree.Above(node).Select(p => p.Id).Append(node.Id).ToList();
        return await db.Set<TreeFollower>().Where(f => over.Contains(f.ItemId)).Select(f => f.MemberId).Distinct().ToListAsync(cancellation);
    }
}
