using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Sends a trial to an outlet, whether it is paused or not, and tells what came of it. On Mastodon the account alone sees it.</summary>
internal sealed class TryOutlet(AppDb database, Rights rights, ModuleCatalog modules, AskOutlet ask)
{
    /// <summary>Sends it.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, the viewer does not curate it, or no such outlet.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public async Task<(OutletKind Kind, OutletAnswer Answer)> ExecuteAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.RequireBoardAsync(db, modules, groupSlug, cancellation);
        var outlet = await db.Set<Outlet>().AsNoTracking().FirstOrDefaultAsync(o => o.GroupId == standing.GroupId && o.Id == id, cancellation) ?? throw new NotFoundException();
        var name = await db.Set<VeilleProfile>().Where(p => p.GroupId == standing.GroupId).Select(p => p.Name).FirstOrDefaultAsync(cancellation);
        return (outlet.Kind, await ask.TryAsync(outlet, name ?? standing.Name, cancellation));
    }
}
