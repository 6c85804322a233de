using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Calendars;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Pages;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>Events as people without an account take part in them.</summary>
internal sealed class EventGuests(Places places, EventInvitations invitations, TimeProvider clock) : IGuestTool
{
    public string Kind => AgendaModule.EventKindKey;

    public Type Page => typeof(GuestAnswer);

    public async Task<GuestOffer?> OfferAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var e = await db.Set<AgendaEvent>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == item.Id, cancellation);
        if (e is null || await ReadEvent.DateAsync(db, e.Id, null, now, cancellation) is not { } date) return null;

        return new()
        {
            Lines = [EventWords.When(date), .. EventWords.Where(date) is { } where ? [where] : Array.Empty<string>()],
            TakesAnybody = item.Audience == Audience.Public,
            Closed = Register.Closed(e, date, now),
        };
    }

    public async Task<IReadOnlyDictionary<Guid, DateTime>> EndsAsync(AppDbContext db, IReadOnlyCollection<Guid> items, CancellationToken cancellation) =>
        await db.Set<EventDate>().Where(d => items.Contains(d.ItemId) && !db.Set<AgendaEvent>().Any(e => e.Id == d.ItemId && e.SpreadUntil != null))
            .GroupBy(d => d.ItemId).Select(g => new { g.Key, End = g.Max(d => d.EndUtc) }).ToDictionaryAsync(g => g.Key, g => g.End, cancellation);

    public async Task LeftAsync(AppDbContext db, Guest guest, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var coming = await db.Set<GuestRegistration>().Where(r => r.GuestId == guest.Id && db.Set<EventDate>().Any(d => d.ItemId == r.ItemId && d.Key == r.Key && d.EndUtc > now)).ToListAsync(cancellation);
        foreach (var registration in coming) (registration.Answer, registration.WaitingSince, registration.AnsweredAt) = (Answer.No, null, now);
        await db.SaveChangesAsync(cancellation);
        if (coming.Count > 0 && await db.Set<AgendaEvent>().Include(e => e.Item).FirstOrDefaultAsync(e => e.Id == guest.ItemId, cancellation) is { } e) await places.PromoteAsync(db, e, null, cancellation);
    }

    public async Task<string?> CalendarAsync(AppDbContext db, ContentItem item, GuestAddress to, GroupLabel label, CancellationToken cancellation)
    {
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstAsync(x => x.Id == item.Id, cancellation);
        return await ReadEvent.DateAsync(db, e.Id, null, clock.GetUtcNow().UtcDateTime, cancellation) is { } date
            ? (await invitations.OfAsync(db, e, [date.Key], cancellation)).Request(date, to, null, label)
            : null;
    }
}
