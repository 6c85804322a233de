using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Rides;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Tells those who registered of dates that are at another time or place than before, or that are none any more.</summary>
internal sealed class TellChanges(EventDates dates, EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>The dates as they stand before a change.</summary>
    public static Task<List<EventDate>> BeforeAsync(AppDbContext db, Guid id, CancellationToken cancellation) => db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id).ToListAsync(cancellation);

    /// <summary>
    /// Writes to those whose date is none any more as of one that is cancelled, and takes their answers away with it. The event says already when it takes
    /// place, and is not saved yet: calendars know these dates by what stands in the database.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="e">The event as it is then.</param>
    /// <param name="before">Its dates until now.</param>
    /// <param name="by">How far each of them moves.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task TellGoneAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> before, TimeSpan by, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var stay = dates.Spread(e, Guid.Empty, []).Select(d => EventDates.Unspecified(d.Key)).ToHashSet();
        List<EventDate> gone = [.. before.Where(d => d.EndUtc > now && !stay.Contains(EventDates.Unspecified(d.Key + by)))];
        if (gone.Count == 0) return;

        var rows = await letters.CancelledAsync(db, e, [.. gone.Where(d => !d.IsCancelled)], null, cancellation);
        await ForgetAsync(db, e.Id, gone.ConvertAll(d => d.Key), cancellation);
        await outbox.AddAsync(db, rows, cancellation);
    }

    /// <summary>Takes away what was answered for dates that are none any more, and who drives there.</summary>
    public static async Task ForgetAsync(AppDbContext db, Guid id, IReadOnlyCollection<DateTime> keys, CancellationToken cancellation)
    {
        await db.Set<Registration>().Where(r => r.ItemId == id && keys.Contains(r.Key)).ExecuteDeleteAsync(cancellation);
        await db.Set<GuestRegistration>().Where(r => r.ItemId == id && keys.Contains(r.Key)).ExecuteDeleteAsync(cancellation);
        await db.Set<Ride>().Where(r => r.ItemId == id && keys.Contains(r.Key)).ExecuteDeleteAsync(cancellation);
        await db.Set<DateChange>().Where(c => c.ItemId == id && keys.Contains(c.Key)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>
    /// Writes to those whose date is otherwise than it was; an answer that was moved along with its date counts as changed. The dates were spread anew, in the
    /// same transaction.
    /// </summary>
    /// <param name="db">The context.</param>
    /// <param name="e">The event.</param>
    /// <param name="before">Its dates as they were.</param>
    /// <param name="onlineUrl">The link of its video conference as it was.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task TellAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> before, string? onlineUrl, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var (id, now) = (e.Id, clock.GetUtcNow().UtcDateTime);
        var asked = await db.Set<EventDate>().AsNoTracking()
            .Where(d => d.ItemId == id && d.EndUtc > now && !d.IsCancelled)
            .Where(d => !d.IsSeries || db.Set<Registration>().Any(r => r.ItemId == id && r.Key == d.Key && r.Answer != Answer.No) || db.Set<GuestRegistration>().Any(r => r.ItemId == id && r.Key == d.Key && r.Answer != Answer.No))
            .ToListAsync(cancellation);
        var changed = asked.Where(d => e.OnlineUrl != onlineUrl || !before.Any(b => b.Key == d.Key && b.StartUtc == d.StartUtc && b.EndUtc == d.EndUtc && b.Place == d.Place && b.Commune == d.Commune)).ToList();
        await outbox.AddAsync(db, await letters.ChangedAsync(db, e, changed, cancellation), cancellation);
    }
}
