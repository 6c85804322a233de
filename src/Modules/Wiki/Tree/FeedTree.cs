using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Syndication;
using TerritoireCollab.Wiki.Faces;
using TerritoireCollab.Wiki.Resources;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>The feed of a page with those under it, changed last first: the twin of the group's feed of pages.</summary>
internal sealed class FeedTree(AppDb database, GroupFeed feeds)
{
    /// <summary>The feed.</summary>
    /// <exception cref="NotFoundException">No such page for the viewer.</exception>
    public async Task<Feed> ReadAsync(Viewer viewer, string shortId, string self, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var page = await db.Set<WikiPage>().Where(p => p.Item.ShortId == shortId).Select(p => new { p.Id, p.Item.GroupId, p.Item.Title, p.Item.Group!.Slug }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var tree = await PageTree.ReadAsync(db, page.GroupId, cancellation);
        var contents = tree.From(tree.Find(page.Id) ?? throw new NotFoundException()).Select(p => p.Page).OrderByDescending(p => p.ChangedAt).Take(GroupFeed.MostEntries).Select(p => p.Id).ToList();
        var part = new FeedPart(PageAddress.Of(page.Slug, shortId, page.Title), _ => WikiTexts.FollowedTree.With(page.Title), (of, _) => of.Items.Where(i => contents.Contains(i.Id)).Select(i => i.Id));
        return await feeds.ReadAsync(viewer, page.Slug, WikiModule.ToolKey, self, part, cancellation);
    }
}
