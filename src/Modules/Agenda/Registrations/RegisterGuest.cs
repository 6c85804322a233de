using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>An event at one of its dates, as a guest sees it.</summary>
/// <param name="Event">The event, with its row.</param>
/// <param name="Date">The date.</param>
/// <param name="Others">The next dates of the series.</param>
/// <param name="Mine">What the guest answered for it, or null.</param>
/// <param name="Taken">Places that are taken.</param>
/// <param name="Closed">Why no answer is taken any more; null while one is.</param>
/// <param name="Minutes">Minutes of the date, for a guest who came or meant to; null without any.</param>
/// <param name="Decisions">What was decided there, when there are minutes.</param>
public sealed record GuestEventView(AgendaEvent Event, EventDate Date, IReadOnlyList<EventDate> Others, GuestRegistration? Mine, int Taken, string? Closed, EventMinutes? Minutes, IReadOnlyList<EventDecision> Decisions);

/// <summary>
/// Takes the answer of somebody without an account, who holds a link or answers the mail that invited: the same places, questions and hours as for members.
/// </summary>
internal sealed class RegisterGuest(GuestOfLink guests, TakeAnswer take, TimeProvider clock)
{
    private const int MostOthers = 6;

    /// <summary>Name of the field of the guest's own name.</summary>
    public const string NameField = "Name";

    /// <summary>The event at that date, or at its next one.</summary>
    /// <exception cref="NotFoundException">Not a link of ours, or what it was for is gone.</exception>
    public Task<GuestEventView> ReadAsync(string token, DateTime? key, CancellationToken cancellation) => guests.WithAsync(AgendaModule.EventKindKey, token, async (db, guest) =>
    {
        var (id, now) = (guest.ItemId, clock.GetUtcNow().UtcDateTime);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == id, cancellation) ?? throw new NotFoundException();
        var date = await ReadEvent.NearestAsync(db, id, key, now, cancellation) ?? throw new NotFoundException();
        var mine = await db.Set<GuestRegistration>().AsNoTracking().FirstOrDefaultAsync(r => r.GuestId == guest.Id && r.Key == date.Key, cancellation);
        var minutes = mine is not { Answer: not Answer.No } ? null : await db.Set<EventMinutes>().AsNoTracking().FirstOrDefaultAsync(m => m.ItemId == id && m.Key == date.Key && m.ReplacedAt == null, cancellation);
        return new GuestEventView(
            e, date,
            !e.IsSeries ? [] : await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && d.EndUtc > now && d.Key != date.Key).OrderBy(d => d.StartUtc).Take(MostOthers).ToListAsync(cancellation),
            mine, await Places.TakenAsync(db, id, date.Key, cancellation), Register.Closed(e, date, now), minutes,
            minutes is null ? [] : await db.Set<EventDecision>().AsNoTracking().Where(d => d.ItemId == id && d.Key == date.Key).OrderBy(d => d.Position).ToListAsync(cancellation));
    }, cancellation);

    /// <summary>Writes the answer, by the link.</summary>
    /// <returns>Whether the guest waits for a place.</returns>
    /// <exception cref="NotFoundException">Not a link of ours, or what it was for is gone, or no such date.</exception>
    /// <exception cref="ForbiddenException">The group is archived, or the date is over, cancelled or closed.</exception>
    /// <exception cref="InvalidInputException">No name, or a question is not answered.</exception>
    public Task<bool> ExecuteAsync(string token, string? name, RegisterInput input, CancellationToken cancellation) => guests.ActAsync(AgendaModule.EventKindKey, token, (db, guest, stop) =>
    {
        new Rules().Text(name, NameField, Guest.NameLength, required: input.Answer != Answer.No).Demand();
        if (!string.IsNullOrWhiteSpace(name)) guest.Name = name.Trim();
        return AnswerAsync(db, guest, input, stop);
    }, cancellation);

    /// <summary>Writes the answer of a guest who sent it from the address that was invited.</summary>
    /// <param name="guestId">The guest.</param>
    /// <param name="name">The name that the mail bore, where the guest has given none.</param>
    /// <param name="input">The answer.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task<bool> ByMailAsync(Guid guestId, string? name, RegisterInput input, CancellationToken cancellation) => guests.ActAsync(AgendaModule.EventKindKey, guestId, (db, guest, stop) =>
    {
        if (guest.Name.Length == 0 && !string.IsNullOrWhiteSpace(name) && name.Length <= Guest.NameLength && !name.Any(char.IsControl)) guest.Name = name.Trim();
        return AnswerAsync(db, guest, input, stop);
    }, cancellation);

    private async Task<bool> AnswerAsync(AppDbContext db, Guest guest, RegisterInput input, CancellationToken cancellation)
    {
        var (id, now, key) = (guest.ItemId, clock.GetUtcNow().UtcDateTime, input.Key);
        var e = await db.Set<AgendaEvent>().Include(x => x.Item).FirstOrDefaultAsync(x => x.Id == id, cancellation) ?? throw new NotFoundException();
        var date = await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && (key == null ? d.EndUtc > now && !d.IsCancelled : d.Key == key)).OrderBy(d => d.StartUtc).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var present = await db.Set<GuestRegistration>().FirstOrDefaultAsync(r => r.GuestId == guest.Id && r.Key == date.Key, cancellation);
        var before = present?.At(present.Key);
        var registration = present ?? new GuestRegistration { ItemId = id, Key = date.Key, GuestId = guest.Id };
        if (present is null) db.Add(registration);
        return await take.ExecuteAsync(db, e, date, before, registration, input, cancellation);
    }
}
