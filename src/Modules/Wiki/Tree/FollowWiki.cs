using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>Follows all pages of a group, whatever is written there later.</summary>
internal sealed class FollowWiki(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>Follows them, or no more.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no pages, or is not the viewer's: nobody is told of a group that he is not in.</exception>
    public Task ExecuteAsync(Viewer viewer, string groupSlug, bool follows, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, groupSlug, token);
        if (!standing.IsMember || !standing.Has(modules.Tool(WikiModule.ToolKey)!)) throw new NotFoundException();

        var mine = db.Set<WikiFollower>().Where(f => f.GroupId == standing.GroupId && f.MemberId == viewer.MemberId);
        if (!follows) return await mine.ExecuteDeleteAsync(token) > 0;
        if (await mine.AnyAsync(token)) return false;

        db.Add(new WikiFollower { GroupId = standing.GroupId, MemberId = viewer.MemberId });
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
