using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin.Accounts;

/// <summary>Keeps two administrators from taking the administration from each other at the same moment, which would leave nobody.</summary>
internal static class Administrators
{
    /// <summary>
    /// Holds the rows of all administrators until the caller's transaction ends, and makes sure that the viewer still is one. Each of two
    /// such transactions looks at rows that the other changes: without a row in common both would find somebody left.
    /// </summary>
    /// <exception cref="NotFoundException">The viewer is no administrator any more.</exception>
    public static async Task HoldAsync(AppDbContext db, CancellationToken cancellation)
    {
        await db.Members.Where(m => m.IsAdmin).ExecuteUpdateAsync(set => set.SetProperty(m => m.IsAdmin, true), cancellation);
        var me = db.Viewer.MemberId;
        if (!await db.Members.AnyAsync(m => m.Id == me && m.IsAdmin && m.State == MemberState.Active, cancellation)) throw new NotFoundException();
    }
}
