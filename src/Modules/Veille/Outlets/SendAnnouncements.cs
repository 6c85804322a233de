using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>
/// Tells the outlets what is to be announced: a few at once, so that one which hangs does not hold up the others. A row is claimed under a
/// lease and tried with the same key each time, so that neither a crash nor a lost answer announces twice. What is told is read again as
/// somebody who is not signed in: what is not public never leaves.
/// </summary>
internal sealed class SendAnnouncements(AppDb database, IEnumerable<IAnnounced> announced, AskOutlet ask, TellAnimators tell, AnnounceWake wake, TimeProvider clock) : IWorker
{
    private const int Batch = 50;
    private const int AtOnce = 4;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    // What is announced may be in the trash by now: that is said, not passed over.
    private static readonly string[] Trash = [AppDbContext.DeletedFilter];

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var tried = 0;
        for (var due = await DueAsync(cancellation); due.Count > 0; due = await DueAsync(cancellation))
        {
            var before = tried;
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (id, token) =>
            {
                if (await ClaimAsync(id, token) is not { } claimed) return;

                Interlocked.Increment(ref tried);
                await RecordAsync(claimed, await TryAsync(claimed, token));
            });
            if (tried == before) break;
        }

        return tried;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        return await db.Set<Announcement>().IgnoreQueryFilters(Trash)
            .Where(a => a.State == AnnouncementState.Pending && a.NextTryAt <= now && (a.LeaseUntil == null || a.LeaseUntil < now) && !a.Outlet!.IsPaused)
            .OrderBy(a => a.NextTryAt).Select(a => a.Id).Take(Batch).ToListAsync(cancellation);
    }

    // From here on it may have been sent, as far as anybody knows who finds the row after a crash.
    private async Task<Announcement?> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var before = await db.Set<Announcement>().IgnoreQueryFilters(Trash).AsNoTracking().Include(a => a.Outlet).Include(a => a.Item).FirstOrDefaultAsync(a => a.Id == id, cancellation);
        if (before is null) return null;

        var claimed = await db.Set<Announcement>().IgnoreQueryFilters(Trash)
            .Where(a => a.Id == id && a.State == AnnouncementState.Pending && a.Attempts == before.Attempts && a.NextTryAt <= now && (a.LeaseUntil == null || a.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LeaseUntil, now + Lease).SetProperty(a => a.Attempts, a => a.Attempts + 1).SetProperty(a => a.SentAt, before.SentAt ?? now), cancellation);
        if (claimed == 0) return null;

        before.Attempts++;
        return before;
    }

    private async Task<OutletAnswer> TryAsync(Announcement claimed, CancellationToken cancellation)
    {
        if (AnnouncementRhythm.IsTooLate(claimed, Now())) return new(OutletVerdict.Refused, OutletFault.MaybeSent);

        await using var open = database.Open(Viewer.Anonymous);
        var text = announced.FirstOrDefault(a => a.Kind == claimed.Item.Kind) is { } way ? await way.ReadAsync(open, claimed.ItemId, cancellation) : null;
        return text is null ? new(OutletVerdict.Refused, OutletFault.Withdrawn) : await ask.AnnounceAsync(claimed.Outlet!, claimed.Id, text, cancellation);
    }

    // What was answered is written down even as the process ends.
    private async Task RecordAsync(Announcement claimed, OutletAnswer answer)
    {
        await using var db = database.Open(Viewer.System);
        var row = await db.Set<Announcement>().IgnoreQueryFilters(Trash).Include(a => a.Outlet).Include(a => a.Item).FirstOrDefaultAsync(a => a.Id == claimed.Id && a.Attempts == claimed.Attempts);
        if (row is null) return;

        AnnouncementRhythm.Apply(row, claimed.SentAt, answer, Now());
        if (answer.Fault == OutletFault.Gone) row.Outlet!.IsPaused = true;
        await db.SaveChangesAsync();
        if (row.State == AnnouncementState.Failed && answer.Fault != OutletFault.Withdrawn) await tell.ExecuteAsync(db, row, default);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;
}
