using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Editing;

/// <summary>A picture that stands for a group.</summary>
internal enum GroupPicture
{
    /// <summary>The wide one, over its home page.</summary>
    Cover = 0,
    /// <summary>The emblem, beside its name.</summary>
    Logo = 1,
}

/// <summary>The pictures of a group: puts them, takes them away, shows them to whoever sees the home page.</summary>
internal sealed class GroupPictures(AppDb database, Rights rights, CoverPictures covers)
{
    /// <summary>Puts a picture, or takes it away when null.</summary>
    /// <exception cref="NotFoundException">Absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public Task SetAsync(Viewer viewer, string slug, GroupPicture which, byte[]? picture, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Edit, slug, token);
        var file = picture is null ? (Guid?)null : await covers.StoreAsync(db, picture, token);
        await db.SaveChangesAsync(token);
        await db.Groups.Where(g => g.Id == standing.GroupId).ExecuteUpdateAsync(set => set.SetProperty(Column(which), file).SetProperty(g => g.Version, g => g.Version + 1), token);
        return true;
    }, cancellation);

    /// <summary>The picture; null when the group is absent or hidden, or has none.</summary>
    public async Task<StoredFile?> FindAsync(Viewer viewer, string slug, GroupPicture which, CancellationToken cancellation)
    {
        if (!viewer.IsSignedIn) return null;

        await using var db = database.Open(viewer);
        var file = db.Groups.Where(g => g.Slug == slug).Select(Column(which));
        return await db.Files.AsNoTracking().FirstOrDefaultAsync(f => file.Contains(f.Id), cancellation);
    }

    private static Expression<Func<Group, Guid?>> Column(GroupPicture which) => which == GroupPicture.Cover ? g => g.CoverFileId : g => g.LogoFileId;
}
