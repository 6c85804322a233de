using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Veille;

/// <summary>Finds the group whose veille is asked for.</summary>
internal static class VeilleRights
{
    /// <summary>Where the viewer stands in a group that has its veille on.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    public static async Task<Standing> VeilleOfAsync(this Rights rights, AppDbContext db, ModuleCatalog modules, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return standing.Has(modules.Tool(VeilleModule.ToolKey)!) ? standing : throw new NotFoundException();
    }

    /// <summary>The same, for what only the members of the group read: the pool, its sources.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer is no member.</exception>
    public static async Task<Standing> PoolOfAsync(this Rights rights, AppDbContext db, ModuleCatalog modules, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        return standing.IsMember || standing.Viewer.SeesAll ? standing : throw new NotFoundException();
    }
}
