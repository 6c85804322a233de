using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Articles.Writing;

/// <summary>Finds a draft for one of its authors: to everybody else it does not exist.</summary>
internal static class DraftRights
{
    /// <summary>The draft, tracked, with its authors and files.</summary>
    /// <exception cref="NotFoundException">Absent, in another group, or the viewer is none of its authors.</exception>
    public static async Task<ArticleDraft> RequireDraftAsync(AppDbContext db, Guid groupId, Guid id, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return await db.Set<ArticleDraft>().Include(d => d.Authors.OrderBy(a => a.Position)).ThenInclude(a => a.Member).Include(d => d.Files).ThenInclude(f => f.File).AsSplitQuery()
            .FirstOrDefaultAsync(d => d.Id == id && d.GroupId == groupId && d.Authors.Any(a => a.MemberId == me), cancellation) ?? throw new NotFoundException();
    }

    /// <summary>Holds the row until the transaction ends, so that what is read of it afterwards stays true.</summary>
    public static Task<int> LockDraftAsync(this AppDbContext db, Guid id, CancellationToken cancellation) =>
        db.Set<ArticleDraft>().Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.Version, d => d.Version), cancellation);
}
