using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Events;

/// <summary>How much of a series is meant.</summary>
public enum Scope
{
    /// <summary>Cette date.</summary>
    Date = 0,
    /// <summary>Cette date et toutes les suivantes.</summary>
    Following = 1,
    /// <summary>Toutes les dates.</summary>
    All = 2,
}

/// <summary>
/// Says that an event, or a date of it, does not take place, or that it does after all. Those who registered are written to at once.
/// </summary>
internal sealed class CancelEvent(AppDb database, Rights rights, ContentWriter writer, EventDates dates, EventLetters letters, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>Cancels it.</summary>
    /// <param name="viewer">Who does.</param>
    /// <param name="shortId">The event.</param>
    /// <param name="key">The date, as <see cref="EventDate.Key"/>.</param>
    /// <param name="scope">How much of the series.</param>
    /// <param name="reason">Why, for those who registered; null to say nothing.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">The reason is too long.</exception>
    public Task ExecuteAsync(Viewer viewer, string shortId, DateTime key, Scope scope, string? reason, CancellationToken cancellation) => ChangeAsync(viewer, shortId, key, async (db, e, token) =>
    {
        new Rules().Text(reason, "Reason", AgendaEvent.LinkLength, required: false).Demand();
        var now = clock.GetUtcNow().UtcDateTime;
        var gone = await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == e.Id && !d.IsCancelled && d.EndUtc > now && (scope == Scope.All || (scope == Scope.Following ? d.Key >= key : d.Key == key))).ToListAsync(token);
        var parts = e.IsSeries && scope == Scope.Following ? SeriesParts.Split(e, dates.ZoneOf(e), key) : null;
        if (parts is { Before: var before }) SeriesDates.Take(e, before);
        else if (!e.IsSeries || scope != Scope.Date) e.CancelledAt = now;
        else (await ChangeOfAsync(db, e.Id, key, token)).IsCancelled = true;
        await outbox.AddAsync(db, await letters.CancelledAsync(db, e, gone, reason, token), token);
        if (parts is not null) await EndAsync(db, e.Id, key, gone, token);
    }, cancellation);

    /// <summary>Says that it takes place after all: that date, or all that were cancelled with it.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public Task UndoAsync(Viewer viewer, string shortId, DateTime key, CancellationToken cancellation) => ChangeAsync(viewer, shortId, key, async (db, e, token) =>
    {
        e.CancelledAt = null;
        if (await db.Set<DateChange>().FirstOrDefaultAsync(c => c.ItemId == e.Id && c.Key == key, token) is { } change) change.IsCancelled = false;
    }, cancellation, (db, e, before, token) => TellOfUndoingAsync(db, e, before, token));

    // Those who registered hear of the dates that were cancelled and are not any more.
    private async Task TellOfUndoingAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> before, CancellationToken cancellation)
    {
        await db.SaveChangesAsync(cancellation);
        var (id, now) = (e.Id, clock.GetUtcNow().UtcDateTime);
        var on = await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == id && d.EndUtc > now && !d.IsCancelled).ToListAsync(cancellation);
        List<EventDate> back = [.. on.Where(d => before.Any(b => b.Key == d.Key && b.IsCancelled))];
        await outbox.AddAsync(db, await letters.TakesPlaceAsync(db, e, back, cancellation), cancellation);
    }

    private Task ChangeAsync(
        Viewer viewer, string shortId, DateTime key, Func<AppDbContext, AgendaEvent, CancellationToken, Task> change, CancellationToken cancellation,
        Func<AppDbContext, AgendaEvent, IReadOnlyCollection<EventDate>, CancellationToken, Task>? tell = null) => database.TransactAsync(viewer, async (db, token) =>
    {
        await db.LockAsync(shortId, token);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
        var e = await db.Set<AgendaEvent>().FirstOrDefaultAsync(x => x.Id == item.Id, token) ?? throw new NotFoundException();
        if (!await db.Set<EventDate>().AnyAsync(d => d.ItemId == e.Id && d.Key == key, token)) throw new NotFoundException();

        var before = await TellChanges.BeforeAsync(db, e.Id, token);
        await change(db, e, token);
        e.Sequence++;
        item.Version++;
        item.UpdatedAt = clock.GetUtcNow().UtcDateTime;
        await dates.SpreadAsync(db, e, item.GroupId, token);
        writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
        await db.SaveChangesAsync(token);
        if (tell is not null) await tell(db, e, before, token);
        return true;
    }, cancellation);

    private static async Task<DateChange> ChangeOfAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation)
    {
        if (await db.Set<DateChange>().FirstOrDefaultAsync(c => c.ItemId == id && c.Key == key, cancellation) is { } present) return present;

        var change = new DateChange { ItemId = id, Key = key };
        db.Add(change);
        return change;
    }

    // What was changed of later dates would bring them back in calendars, and what was answered for them belongs to nothing.
    private static async Task EndAsync(AppDbContext db, Guid id, DateTime key, List<EventDate> gone, CancellationToken cancellation)
    {
        await TellChanges.ForgetAsync(db, id, gone.ConvertAll(d => d.Key), cancellation);
        await db.Set<DateChange>().Where(c => c.ItemId == id && c.Key >= key).ExecuteDeleteAsync(cancellation);
    }
}
