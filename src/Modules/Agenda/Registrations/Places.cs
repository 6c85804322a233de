using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>Gives the places of a date to those who wait, in their order. The caller holds the content's row.</summary>
internal sealed class Places(EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Gives what is free, and writes to those who get it; the caller saves.</summary>
    /// <param name="db">The context.</param>
    /// <param name="e">The event.</param>
    /// <param name="key">The date; null for all of them.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task PromoteAsync(AppDbContext db, AgendaEvent e, DateTime? key, CancellationToken cancellation)
    {
        var id = e.Id;
        List<IRegistration> waiting =
        [
            .. await db.Set<Registration>().Where(r => r.ItemId == id && r.WaitingSince != null && (key == null || r.Key == key)).ToListAsync(cancellation),
            .. await db.Set<GuestRegistration>().Where(r => r.ItemId == id && r.WaitingSince != null && (key == null || r.Key == key)).ToListAsync(cancellation),
        ];
        if (waiting.Count == 0) return;

        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var date in waiting.GroupBy(r => r.Key))
        {
            var free = e.Places is { } places ? Math.Max(0, places - await TakenAsync(db, id, date.Key, cancellation)) : int.MaxValue;
            var lucky = date.OrderBy(r => r.WaitingSince).ThenBy(r => r.PersonId).Take(free).ToList();
            foreach (var registration in lucky) registration.WaitingSince = null;
            await db.SaveChangesAsync(cancellation);

            if (lucky.Count > 0 && await db.Set<EventDate>().AsNoTracking().FirstOrDefaultAsync(d => d.ItemId == id && d.Key == date.Key && d.StartUtc > now, cancellation) is { } when)
                await outbox.AddAsync(db, await letters.PromotedAsync(db, e, when, lucky, cancellation), cancellation);
        }
    }

    /// <summary>Places that are taken at a date.</summary>
    public static async Task<int> TakenAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation) =>
        await db.Set<Registration>().CountAsync(r => r.ItemId == id && r.Key == key && r.Answer == Answer.Yes && r.WaitingSince == null, cancellation)
        + await db.Set<GuestRegistration>().CountAsync(r => r.ItemId == id && r.Key == key && r.Answer == Answer.Yes && r.WaitingSince == null, cancellation);
}
