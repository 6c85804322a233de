using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Veille.Board;

/// <summary>Finds the group whose board is asked for. To all but those who curate there is no such place.</summary>
internal static class BoardRights
{
    /// <summary>The standing of somebody who curates the veille of that group; in an archived group the board is still read.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer does not curate it.</exception>
    public static async Task<Standing> BoardOfAsync(this Rights rights, AppDbContext db, ModuleCatalog modules, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        return rights.Allows(VeilleModule.Curate with { InArchive = true }, standing) ? standing : throw new NotFoundException();
    }

    /// <summary>The same, for whoever changes something.</summary>
    /// <exception cref="NotFoundException">As above.</exception>
    /// <exception cref="ForbiddenException">The group is archived.</exception>
    public static async Task<Standing> RequireBoardAsync(this Rights rights, AppDbContext db, ModuleCatalog modules, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.BoardOfAsync(db, modules, groupSlug, cancellation);
        rights.Require(VeilleModule.Curate, standing);
        return standing;
    }
}
