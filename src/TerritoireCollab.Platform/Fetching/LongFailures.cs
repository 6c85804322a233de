using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>That a group follows something of another site.</summary>
/// <typeparam name="T">What it follows.</typeparam>
public sealed class Followed<T>
    where T : class, IFetched
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>What it follows.</summary>
    public required T What { get; init; }
}

/// <summary>
/// Tells those who animate a group of what could not be read for a week: once, all of a morning in one notice. They are told again of it
/// only after it was read meanwhile.
/// </summary>
public static class LongFailures
{
    private const int MostNotedAtOnce = 500;
    private static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    /// <summary>Writes the activities that tell, and notes what they told of.</summary>
    /// <param name="db">The context, of a transaction, that sees everything.</param>
    /// <param name="kind">Kind of the activities.</param>
    /// <param name="followed">What groups follow, of those that have the tool.</param>
    /// <param name="now">The moment (UTC).</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task TellAsync<T>(AppDbContext db, string kind, IQueryable<Followed<T>> followed, DateTime now, CancellationToken cancellation)
        where T : class, IFetched
    {
        ArgumentNullException.ThrowIfNull(db);
        var since = now - Patience;
        var failing = await (from one in followed
                             where one.What.FailingSince <= since && one.What.FailureToldAt == null
                             join owner in db.Memberships on one.GroupId equals owner.GroupId
                             where owner.Role == GroupRole.Owner && owner.State == MembershipState.Active && owner.Group!.ArchivedAt == null
                             select new { one.GroupId, one.What.Id, Owner = owner.MemberId }).ToListAsync(cancellation);
        foreach (var group in failing.GroupBy(f => (f.GroupId, f.Owner)))
            db.Activities.Add(new Activity
            {
                Kind = kind,
                GroupId = group.Key.GroupId,
                ActorId = group.Key.Owner,
                Particulars = JsonSerializer.Serialize(new ActivityParticulars { Note = group.Count().ToString(CultureInfo.InvariantCulture) }),
                At = now,
            });

        foreach (var some in failing.Select(f => f.Id).Distinct().Chunk(MostNotedAtOnce))
            await db.Set<T>().Where(r => some.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.FailureToldAt, now), cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
