using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Rides;

/// <summary>A ride as the page of its date shows it.</summary>
public sealed record RideView
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Who.</summary>
    public required Guid MemberId { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>What is written after @: the way to write to them, on the site.</summary>
    public required string Handle { get; init; }
    /// <summary>Seats offered; 0 for whoever looks for one.</summary>
    public required int Seats { get; init; }
    /// <summary>From where.</summary>
    public required string Commune { get; init; }
    /// <summary>When and where to meet.</summary>
    public required string Note { get; init; }
    /// <summary>Who takes a seat: key and name.</summary>
    public required IReadOnlyList<Passenger> Passengers { get; init; }
}

/// <summary>Somebody who takes a seat.</summary>
/// <param name="MemberId">Who.</param>
/// <param name="Name">Name.</param>
public sealed record Passenger(Guid MemberId, string Name);

/// <summary>Keeps who drives to a date with whom. Seats are counted with the content's row held.</summary>
internal sealed class KeepRides(AppDb database, Rights rights, EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>The rides of a date, those with seats first.</summary>
    public static Task<List<RideView>> OfAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation) =>
        db.Set<Ride>().AsNoTracking().Where(r => r.ItemId == id && r.Key == key).OrderByDescending(r => r.Seats > 0).ThenBy(r => r.Commune).ThenBy(r => r.Id)
            .Select(r => new RideView
            {
                Id = r.Id, MemberId = r.MemberId, Name = r.Member!.Name, Handle = r.Member.Handle, Seats = r.Seats, Commune = r.Commune, Note = r.Note,
                Passengers = db.Set<RideSeat>().Where(s => s.RideId == r.Id).OrderBy(s => s.Member!.FoldedName).Select(s => new Passenger(s.MemberId, s.Member!.Name)).ToList(),
            })
            .ToListAsync(cancellation);

    /// <summary>Offers seats, or says that one is looked for; each member once a date.</summary>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">The group is archived, or the date is over or cancelled.</exception>
    /// <exception cref="InvalidInputException">A field is empty, too long, or no number of seats.</exception>
    public Task AddAsync(Viewer viewer, string shortId, DateTime key, string? seats, string? commune, string? note, CancellationToken cancellation) => WithAsync(viewer, shortId, key, async (db, id, token) =>
    {
        var count = 0;
        var isNumber = string.IsNullOrWhiteSpace(seats) || (int.TryParse(seats, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count <= Ride.MostSeats);
        new Rules().Text(commune, "RideCommune", AgendaEvent.CommuneLength).Check(isNumber, "RideSeats", AgendaTexts.SeatsNumber).Text(note, "RideNote", Ride.NoteLength, required: false).Demand();
        await RemoveAsync(db, id, key, viewer.MemberId, token);
        db.Add(new Ride { ItemId = id, Key = key, MemberId = viewer.MemberId, Seats = count, Commune = commune!.Trim(), Note = note?.Trim() ?? "" });
    }, cancellation);

    /// <summary>Takes back what the viewer offered or looked for.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task WithdrawAsync(Viewer viewer, string shortId, DateTime key, CancellationToken cancellation) =>
        WithAsync(viewer, shortId, key, (db, id, token) => RemoveAsync(db, id, key, viewer.MemberId, token), cancellation);

    /// <summary>Takes a seat; who drives is written to.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task JoinAsync(Viewer viewer, string shortId, DateTime key, Guid rideId, CancellationToken cancellation) => WithAsync(viewer, shortId, key, async (db, id, token) =>
    {
        var ride = await db.Set<Ride>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == rideId && r.ItemId == id && r.Key == key && r.MemberId != viewer.MemberId, token) ?? throw new NotFoundException();
        var taken = await db.Set<RideSeat>().Where(s => s.RideId == rideId).Select(s => s.MemberId).ToListAsync(token);
        if (taken.Contains(viewer.MemberId)) return;
        if (taken.Count >= ride.Seats) throw new ForbiddenException(AgendaTexts.CarIsFull);

        db.Add(new RideSeat { RideId = rideId, MemberId = viewer.MemberId });
        await db.SaveChangesAsync(token);
        var date = await db.Set<EventDate>().AsNoTracking().FirstAsync(d => d.ItemId == id && d.Key == key, token);
        var name = await db.Members.Where(m => m.Id == viewer.MemberId).Select(m => m.Name).FirstAsync(token);
        await outbox.AddAsync(db, await letters.RideAsync(db, id, date, ride.MemberId, name, (int)(clock.GetUtcNow().ToUnixTimeSeconds() % int.MaxValue), token), token);
    }, cancellation);

    /// <summary>Leaves a seat.</summary>
    /// <inheritdoc cref="AddAsync"/>
    public Task LeaveAsync(Viewer viewer, string shortId, DateTime key, Guid rideId, CancellationToken cancellation) => WithAsync(viewer, shortId, key, (db, id, token) =>
        db.Set<RideSeat>().Where(s => s.RideId == rideId && s.MemberId == viewer.MemberId && s.Ride!.ItemId == id).ExecuteDeleteAsync(token), cancellation);

    private Task WithAsync(Viewer viewer, string shortId, DateTime key, Func<AppDbContext, Guid, CancellationToken, Task> change, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        if (!viewer.IsMember) throw new NotFoundException();

        await db.LockAsync(shortId, token);
        var date = await db.Set<EventDate>().AsNoTracking().Include(d => d.Item).FirstOrDefaultAsync(d => d.Item.ShortId == shortId && d.Key == key, token) ?? throw new NotFoundException();
        if ((await rights.StandingAsync(db, date.Item.GroupId, token)).IsArchived) throw new ForbiddenException(AgendaTexts.ArchivedNoAnswer);
        if (date.IsCancelled) throw new ForbiddenException(AgendaTexts.IsCancelled);
        if (date.EndUtc <= clock.GetUtcNow().UtcDateTime) throw new ForbiddenException(AgendaTexts.IsOver);

        await change(db, date.ItemId, token);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    private static async Task RemoveAsync(AppDbContext db, Guid id, DateTime key, Guid member, CancellationToken cancellation)
    {
        await db.Set<RideSeat>().Where(s => s.Ride!.ItemId == id && s.Ride.Key == key && s.Ride.MemberId == member).ExecuteDeleteAsync(cancellation);
        await db.Set<Ride>().Where(r => r.ItemId == id && r.Key == key && r.MemberId == member).ExecuteDeleteAsync(cancellation);
    }
}
