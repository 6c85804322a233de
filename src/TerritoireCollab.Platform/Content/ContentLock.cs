using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Content;

/// <summary>
/// Takes the rows of contents until the transaction ends. Under « read committed » what is read before such a lock may be gone when it is
/// written: a handler that counts, numbers or moves what hangs on a content takes its row first, then reads.
/// </summary>
public static class ContentLock
{
    /// <summary>
    /// Takes the rows of those contents, as far as the viewer may read them, those in the trash too. Always in the same order, so that two
    /// transactions that want the same two rows never wait for one another.
    /// </summary>
    public static async Task LockAsync(this AppDbContext db, IEnumerable<string> shortIds, CancellationToken cancellation)
    {
        foreach (var shortId in shortIds.Distinct().Order(StringComparer.Ordinal))
            await db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(i => i.ShortId == shortId).ExecuteUpdateAsync(set => set.SetProperty(i => i.Version, i => i.Version), cancellation);
    }

    /// <inheritdoc cref="LockAsync(AppDbContext, IEnumerable{string}, CancellationToken)"/>
    public static Task LockAsync(this AppDbContext db, string shortId, CancellationToken cancellation) => db.LockAsync([shortId], cancellation);
}
