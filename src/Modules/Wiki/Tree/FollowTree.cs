using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>Follows a page with all that stands under it, whatever is written there later; tells who follows a page so, or with all pages of its group.</summary>
internal sealed class FollowTree(AppDb database) : IMoreFollowers
{
    private const string TreeKey = "arborescence:";
    private const string WikiKey = "pages:";

    /// <inheritdoc />
    public string Kind => WikiModule.PageKind;

    /// <summary>Follows the page, or no more.</summary>
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
    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var why = await OfWholeAsync(db, item, cancellation);
        if (!await db.Set<TreeFollower>().AnyAsync(f => f.Item.GroupId == item.GroupId, cancellation)) return why;

        var tree = await PageTree.ReadAsync(db, item.GroupId, cancellation);
        if (tree.Find(item.Id) is not { } node) return why;

        var over = tree.Above(node).Append(node).ToList();
        var ids = over.ConvertAll(p => p.Id);
        var followers = await db.Set<TreeFollower>().Where(f => ids.Contains(f.ItemId)).Select(f => new { f.ItemId, f.MemberId }).ToListAsync(cancellation);
        // The nearest page says most about why.
        foreach (var follower in followers.OrderBy(f => ids.IndexOf(f.ItemId))) why[follower.MemberId] = WikiTexts.WhyTree.With(tree.Find(follower.ItemId)!.Title);
        return why;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<FollowedPlace>> OfViewerAsync(AppDbContext db, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var groups = from f in db.Set<WikiFollower>() where f.MemberId == me join g in db.Groups on f.GroupId equals g.Id select new { ShortId = (string?)null, Title = (string?)null, g.Slug, g.Name };
        var pages = from f in db.Set<TreeFollower>() where f.MemberId == me join g in db.Groups on f.Item.GroupId equals g.Id select new { ShortId = (string?)f.Item.ShortId, Title = (string?)f.Item.Title, g.Slug, g.Name };
        var places = await groups.Concat(pages).ToListAsync(cancellation);
        return
        [
            .. places.OrderBy(p => p.ShortId is not null).ThenBy(p => p.Title ?? p.Name, StringComparer.CurrentCulture).Select(p => p is { ShortId: { } shortId, Title: { } title }
                ? new FollowedPlace(TreeKey + shortId, WikiTexts.FollowedTree.With(title), PageAddress.Of(p.Slug, shortId, title)[1..], p.Name)
                : new FollowedPlace(WikiKey + p.Slug, WikiTexts.FollowedWiki, $"groupes/{p.Slug}/pages", p.Name)),
        ];
    }

    /// <inheritdoc />
    public async Task LeaveAsync(AppDbContext db, string key, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        if (key.StartsWith(WikiKey, StringComparison.Ordinal))
        {
            var slug = key[WikiKey.Length..];
            await db.Set<WikiFollower>().Where(f => f.MemberId == me && db.Groups.Any(g => g.Id == f.GroupId && g.Slug == slug)).ExecuteDeleteAsync(cancellation);
        }
        else if (key.StartsWith(TreeKey, StringComparison.Ordinal))
        {
            var shortId = key[TreeKey.Length..];
            await db.Set<TreeFollower>().Where(f => f.MemberId == me && f.Item.ShortId == shortId).ExecuteDeleteAsync(cancellation);
        }
    }

    private static async Task<Dictionary<Guid, string>> OfWholeAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var followers = await db.Set<WikiFollower>().Where(f => f.GroupId == item.GroupId).Select(f => f.MemberId).ToListAsync(cancellation);
        if (followers.Count == 0) return [];

        var why = WikiTexts.WhyWiki.With(await db.Groups.Where(g => g.Id == item.GroupId).Select(g => g.Name).FirstAsync(cancellation));
        return followers.ToDictionary(f => f, _ => why);
    }
}
