using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Finds a find for a gesture that asks a permission.</summary>
internal static class FindRights
{
    /// <summary>The find's row and the viewer's standing in its group.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, in the trash, or not a find.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static async Task<(ContentItem Item, Standing Standing)> RequireFindAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, CancellationToken cancellation)
    {
        var (item, standing) = await rights.RequireItemAsync(db, permission, shortId, cancellation);
        return item.Kind == VeilleModule.FindKind ? (item, standing) : throw new NotFoundException();
    }

    /// <summary>Finds, those in the trash too, that the viewer could read were they not removed.</summary>
    public static IQueryable<Find> FindsWithTrash(this AppDbContext db) => db.Set<Find>().IgnoreQueryFilters([AppDbContext.DeletedFilter]);
}
