using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>Wakes the worker that announces.</summary>
internal sealed class AnnounceWake : WorkerWake;

/// <summary>
/// Once something that is announced is published for everybody, notes that each outlet of its group is to be told. There is one row an outlet
/// and content, so running again changes nothing.
/// </summary>
internal sealed class QueueAnnouncements(AppDb database, IEnumerable<IAnnounced> announced, AnnounceWake wake, TimeProvider clock) : IActivityConsumer
{
    /// <inheritdoc />
    public int Order => 26;

    /// <inheritdoc />
    public async Task ConsumeAsync(AppDbContext db, Activity activity, CancellationToken cancellation)
    {
        if (activity.Kind != ActivityKinds.ItemCreated || activity.Quiet || activity.ItemId is not { } id) return;

        var kind = await db.Items.Where(i => i.Id == id).Select(i => i.Kind).FirstOrDefaultAsync(cancellation);
        if (announced.FirstOrDefault(a => a.Kind == kind) is not { } way) return;

        await using var open = database.Open(Viewer.Anonymous);
        if (await way.ReadAsync(open, id, cancellation) is null) return;

        var outlets = await db.Set<Outlet>().Where(o => o.GroupId == activity.GroupId && !o.IsPaused && o.AddedAt <= activity.At && !db.Set<Announcement>().Any(a => a.OutletId == o.Id && a.ItemId == id))
            .Select(o => o.Id).ToListAsync(cancellation);
        if (outlets.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        db.AddRange(outlets.Select(o => new Announcement { OutletId = o, ItemId = id, NextTryAt = now }));
        await db.SaveChangesAsync(cancellation);
        wake.Wake();
    }
}
