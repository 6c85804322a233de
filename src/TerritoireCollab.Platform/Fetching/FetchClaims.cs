using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Takes in hand what is due, so that of several processes on one database each row is asked by one.</summary>
public static class FetchClaims
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(3);

    /// <summary>Takes at most <paramref name="most"/> rows of <paramref name="due"/>, in its order.</summary>
    /// <param name="db">The context.</param>
    /// <param name="due">What is to be asked, the most urgent first.</param>
    /// <param name="most">Rows at most.</param>
    /// <param name="now">The moment (UTC).</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Those that this process has now, not tracked; empty when there is nothing left, or others took it.</returns>
    public static async Task<List<T>> ClaimAsync<T>(this AppDbContext db, IOrderedQueryable<T> due, int most, DateTime now, CancellationToken cancellation)
        where T : class, IFetched
    {
        ArgumentNullException.ThrowIfNull(db);
        var mark = Mark(now);
        var ids = await due.Where(r => r.LeaseUntil == null || r.LeaseUntil < now).Select(r => r.Id).Take(most).ToListAsync(cancellation);
        if (ids.Count == 0) return [];

        await db.Set<T>().Where(r => ids.Contains(r.Id) && (r.LeaseUntil == null || r.LeaseUntil < now)).ExecuteUpdateAsync(set => set.SetProperty(r => r.LeaseUntil, mark), cancellation);
        return await db.Set<T>().AsNoTracking().Where(r => ids.Contains(r.Id) && r.LeaseUntil == mark).ToListAsync(cancellation);
    }

    // A process marks what it takes by the end of its lease, which no other writes to the microsecond.
    private static DateTime Mark(DateTime now)
    {
        var mark = now + Lease + TimeSpan.FromMicroseconds(Random.Shared.Next(1_000_000));
        return mark.AddTicks(-(mark.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
