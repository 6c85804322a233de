using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Events;

/// <summary>Tells those who registered of dates that are at another time or place than before. The caller has spread the dates anew, in the same transaction.</summary>
internal sealed class TellChanges(EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>The dates as they stand before a change.</summary>
    public static Task<List<EventDate>> BeforeAsync(AppDbContext db, Guid id, CancellationToken cancellation) => db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id).ToListAsync(cancellation);

    /// <summary>Writes to those whose date is otherwise than it was; an answer that was moved along with its date counts as changed.</summary>
    public async Task TellAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> before, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var (id, now) = (e.Id, clock.GetUtcNow().UtcDateTime);
        var asked = await db.Set<EventDate>().AsNoTracking()
            .Where(d => d.ItemId == id && d.EndUtc > now && !d.IsCancelled)
            .Where(d => db.Set<Registration>().Any(r => r.ItemId == id && r.Key == d.Key && r.Answer != Answer.No) || db.Set<GuestRegistration>().Any(r => r.ItemId == id && r.Key == d.Key && r.Answer != Answer.No))
            .ToListAsync(cancellation);
        var changed = asked.Where(d => !before.Any(b => b.Key == d.Key && b.StartUtc == d.StartUtc && b.EndUtc == d.EndUtc && b.Place == d.Place && b.Commune == d.Commune)).ToList();
        await outbox.AddAsync(db, await letters.ChangedAsync(db, e, changed, cancellation), cancellation);
    }
}
