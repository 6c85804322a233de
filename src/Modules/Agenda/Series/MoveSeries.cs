using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Links;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Series;

/// <summary>A date, before and after a change.</summary>
/// <param name="Before">As it was.</param>
/// <param name="After">As it is then; null when it does not take place.</param>
/// <param name="Registered">How many come to it, or may.</param>
public sealed record ChangedDate(EventDate Before, EventDate? After, int Registered);

/// <summary>Where a series is found after a change.</summary>
/// <param name="ShortId">The event that has the date now.</param>
/// <param name="Key">The date there.</param>
public sealed record MovedTo(string ShortId, DateTime Key);

/// <summary>
/// Has a date of a series take place at another time or place, it and all that follow, or all. Those that follow become a series of their own: what comes
/// before ends there. Who answered for a date, what was changed of it, who drives to it and its minutes go along with it.
/// </summary>
internal sealed class MoveSeries(AppDb database, Rights rights, ContentWriter writer, EventDates dates, EventLetters letters, MailOutbox outbox, LinkContents links, PlatformOptions platform, TimeProvider clock)
{
    /// <summary>Which dates to come would change, and how: nothing is written.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<IReadOnlyList<ChangedDate>> PreviewAsync(Viewer viewer, string shortId, DateTime key, Scope scope, EventDetails details, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var e = await db.Set<AgendaEvent>().AsNoTracking().FirstOrDefaultAsync(x => x.Id == item.Id, cancellation) ?? throw new NotFoundException();
        var changes = await db.Set<DateChange>().AsNoTracking().Where(c => c.ItemId == item.Id).ToListAsync(cancellation);
        var plan = Plan(e, item.GroupId, changes, key, scope, details);
        return await ChangedAsync(db, e.Id, plan.Dates, cancellation);
    }

    /// <summary>Which dates to come a cancellation would take away.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<IReadOnlyList<ChangedDate>> PreviewCancelAsync(Viewer viewer, string shortId, DateTime key, Scope scope, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (item, _) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        var gone = await db.Set<EventDate>().AsNoTracking().Where(d => d.ItemId == item.Id && !d.IsCancelled && (scope == Scope.All || (scope == Scope.Following ? d.Key >= key : d.Key == key))).OrderBy(d => d.StartUtc).ToListAsync(cancellation);
        return await ChangedAsync(db, item.Id, gone.ConvertAll(d => (d, (EventDate?)null)), cancellation);
    }

    /// <summary>Does it, and says where the date is now.</summary>
    /// <param name="viewer">Who does.</param>
    /// <param name="shortId">The event.</param>
    /// <param name="key">The date, as <see cref="EventDate.Key"/>.</param>
    /// <param name="scope">How much of the series.</param>
    /// <param name="details">Day, hours and place, on the clocks of the platform.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither its author nor an animator.</exception>
    /// <exception cref="InvalidInputException">Day or hours cannot be read, or the rule cannot be moved.</exception>
    public Task<MovedTo> ExecuteAsync(Viewer viewer, string shortId, DateTime key, Scope scope, EventDetails details, CancellationToken cancellation) =>
        database.TransactAsync(viewer, async (db, token) =>
        {
            await db.LockAsync(shortId, token);
            var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, token);
            var e = await db.Set<AgendaEvent>().FirstOrDefaultAsync(x => x.Id == item.Id, token) ?? throw new NotFoundException();
            var changes = await db.Set<DateChange>().AsNoTracking().Where(c => c.ItemId == e.Id).ToListAsync(token);
            var plan = Plan(e, item.GroupId, changes, key, scope, details);
            var target = plan switch
            {
                { Single: { } change } => await SingleAsync(db, e, change, token),
                { Before: { } before } => await PartAsync(db, e, item, standing, before, plan, token),
                _ => Whole(e, plan),
            };
            if (plan.Single is null) await EventDates.ForgetChangeAsync(db, e.Id, key, token);
            await CarryDates.ExecuteAsync(db, e.Id, target.Id, k => plan.Keys.TryGetValue(k, out var other) ? other : null, token);
            await CarryGuestsAsync(db, e.Id, target.Id, plan, token);
            e.Sequence++;
            item.Version++;
            item.UpdatedAt = clock.GetUtcNow().UtcDateTime;
            await db.SaveChangesAsync(token);
            await dates.SpreadAsync(db, e, item.GroupId, token);
            if (target != e) await dates.SpreadAsync(db, target, item.GroupId, token);
            writer.Record(db, ActivityKinds.ItemEdited, item, quiet: true);
            await db.SaveChangesAsync(token);
            await outbox.AddAsync(db, await letters.ChangedAsync(db, target, Told(plan), token), token);
            await db.SaveChangesAsync(token);
            return new MovedTo(target.Item.ShortId, plan.Keys.TryGetValue(EventDates.Unspecified(key), out var other) ? other : key);
        }, cancellation);

    // Those to come that are not when and where they were.
    private List<EventDate> Told(MovePlan plan)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return [.. plan.Dates.Where(d => d.Before.EndUtc > now && d.After is { IsCancelled: false } after && (after.StartUtc != d.Before.StartUtc || after.EndUtc != d.Before.EndUtc || after.Place != d.Before.Place)).Select(d => d.After!)];
    }

    private static async Task<AgendaEvent> SingleAsync(AppDbContext db, AgendaEvent e, DateChange change, CancellationToken cancellation)
    {
        var (id, key) = (e.Id, change.Key);
        if (await db.Set<DateChange>().FirstOrDefaultAsync(c => c.ItemId == id && c.Key == key, cancellation) is { } present) (present.StartLocal, present.EndLocal, present.Place) = (change.StartLocal, change.EndLocal, change.Place);
        else db.Add(change);
        return e;
    }

    private MovePlan Plan(AgendaEvent e, Guid groupId, List<DateChange> changes, DateTime key, Scope scope, EventDetails details)
    {
        var zone = dates.ZoneOf(e);
        key = EventDates.Unspecified(key);
        var rules = new Rules();
        var (start, end) = Schedule.Times(details with { IsAllDay = e.IsAllDay }, rules);
        rules.Text(details.Place, nameof(details.Place), AgendaEvent.PlaceLength, required: false).Demand();
        var (from, to) = (dates.OnItsClocks(start!.Value, e, zone), dates.OnItsClocks(end!.Value, e, zone));
        var old = dates.Spread(Copy(e), groupId, changes);
        if (old.All(d => d.Key != key)) throw new NotFoundException();

        // An event that does not come back is moved itself: its form then shows when it is.
        scope = e.IsSeries ? scope : Scope.All;
        var place = string.IsNullOrWhiteSpace(details.Place) ? null : details.Place.Trim();
        if (scope == Scope.Date)
        {
            // A date that is when the series has it stays with the series, wherever it is.
            var isMoved = from != key || to - from != e.EndLocal - e.StartLocal;
            var change = new DateChange { ItemId = e.Id, Key = key, IsCancelled = changes.Find(c => c.Key == key)?.IsCancelled == true, StartLocal = isMoved ? from : null, EndLocal = isMoved ? to : null, Place = place == e.Place ? null : place };
            var moved = dates.Spread(Copy(e), groupId, [.. changes.Where(c => c.Key != key), change]);
            return new(e, null, [(old.First(d => d.Key == key), moved.FirstOrDefault(d => d.Key == key))], new Dictionary<DateTime, DateTime>()) { Single = change };
        }

        var parts = scope == Scope.Following ? SeriesParts.Split(e, zone, key) : null;
        var master = parts?.Following ?? SeriesDates.Master(e, zone);
        // All of them move by as much as this one.
        var first = parts is null ? master.Start.Local + (from - key) : from;
        var movedMaster = SeriesParts.Moved(master, SeriesDates.Moment(first, e.IsAllDay, zone), SeriesDates.Moment(first + (to - from), e.IsAllDay, zone));
        if (movedMaster is null) throw new InvalidInputException(nameof(details.Day), AgendaTexts.SeriesNotMovable);

        var after = Copy(e);
        (after.StartLocal, after.EndLocal, after.Place) = (first, first + (to - from), place);
        SeriesDates.Take(after, movedMaster);
        var keys = Keys(parts is null ? Copy(e) : With(Copy(e), master), after, groupId);
        // What was left out of the series, or changed in it, stays so.
        after.LeftOut = SeriesDates.Write(SeriesDates.Read(SeriesDates.Write(master.ExceptionDates.Select(d => d.Local))).Select(d => keys.TryGetValue(d, out var other) ? other : d + (first - master.Start.Local)));
        var kept = changes.Where(c => parts is null || EventDates.Unspecified(c.Key) >= key).Select(c => Carried(c, e.Id, keys, isChosen: EventDates.Unspecified(c.Key) == key)).OfType<DateChange>().ToList();
        var spread = dates.Spread(after, groupId, kept).ToDictionary(d => d.Key);
        var pairs = old.Where(d => parts is null || d.Key >= key).Select(d => (d, keys.TryGetValue(d.Key, out var other) ? spread.GetValueOrDefault(other) : null)).ToList();
        return new(after, parts?.Before, pairs, keys);
    }

    // The dates of both, one by one in their order: what was the third is the third. The last ones may then be farther ahead than dates stand: they come with time.
    private Dictionary<DateTime, DateTime> Keys(AgendaEvent before, AgendaEvent after, Guid groupId)
    {
        before.LeftOut = null;
        var (old, moved) = (dates.Spread(before, groupId, []), dates.Spread(after, groupId, []));
        var by = after.StartLocal - before.StartLocal;
        return old.Index().ToDictionary(d => d.Item.Key, d => d.Index < moved.Count ? moved[d.Index].Key : d.Item.Key + by);
    }

    // A date that was moved by itself keeps the hour and the place that somebody gave it, but for the one whose hour and place are given now.
    private static DateChange? Carried(DateChange change, Guid id, Dictionary<DateTime, DateTime> keys, bool isChosen) => !keys.TryGetValue(EventDates.Unspecified(change.Key), out var other) ? null
        : isChosen ? new DateChange { ItemId = id, Key = other, IsCancelled = change.IsCancelled }
        : new DateChange { ItemId = id, Key = other, IsCancelled = change.IsCancelled, StartLocal = change.StartLocal, EndLocal = change.EndLocal, Place = change.Place };

    private static AgendaEvent With(AgendaEvent e, CalendarEvent master)
    {
        (e.StartLocal, e.EndLocal) = (master.Start.Local, master.EndOf(master.Start).Local);
        SeriesDates.Take(e, master);
        return e;
    }

    private static AgendaEvent Whole(AgendaEvent e, MovePlan plan)
    {
        var moved = plan.Moved;
        (e.StartLocal, e.EndLocal, e.Rule, e.ExtraDates, e.LeftOut, e.Place) = (moved.StartLocal, moved.EndLocal, moved.Rule, moved.ExtraDates, moved.LeftOut, moved.Place);
        return e;
    }

    // What follows is an event of its own, by whoever parted it and whoever announced it; nobody is told of it as of something new.
    private async Task<AgendaEvent> PartAsync(AppDbContext db, AgendaEvent e, ContentItem item, Standing standing, CalendarEvent before, MovePlan plan, CancellationToken cancellation)
    {
        var tags = await db.Tags.Where(t => t.ItemId == item.Id).OrderBy(t => t.Slug).Select(t => t.Name).ToListAsync(cancellation);
        var content = new ContentInput { Title = item.Title, Body = e.Body, Audience = item.Audience, Tags = string.Join(", ", tags), IsBodyOptional = true, IsQuiet = true };
        var body = new RenderedBody(e.BodyHtml, e.BodyRenderer, []);
        var made = await writer.CreateAsync(db, standing, AgendaModule.EventKindKey, content, body, cancellation);
        var following = Copy(plan.Moved, made);
        following.Take(e.Body, body);
        following.RelatedTo = Calendars.WriteCalendar.UidOf(e, platform);
        db.Add(following);
        await links.AddAsync(db, item.ShortId, made, cancellation);
        await CoAuthors.SetAsync(db, made, [item.AuthorId, .. (await CoAuthors.OfAsync(db, item, cancellation)).Select(a => a.Id)], cancellation);
        SeriesDates.Take(e, before);
        await db.SaveChangesAsync(cancellation);
        var reminders = await db.Set<ReminderChoice>().AsNoTracking().Where(r => r.EventId == e.Id).ToListAsync(cancellation);
        db.AddRange(reminders.Select(r => new ReminderChoice { MemberId = r.MemberId, EventId = made.Id, Lead = r.Lead }));
        return following;
    }

    // A personal link leads to one content: who comes by one to what follows is a guest of it too, whose link goes with the mail about the change.
    private static async Task CarryGuestsAsync(AppDbContext db, Guid from, Guid to, MovePlan plan, CancellationToken cancellation)
    {
        var answers = await db.Set<GuestRegistration>().AsNoTracking().Include(r => r.Guest).Where(r => r.ItemId == from && r.Guest.RefusedAt == null).ToListAsync(cancellation);
        var moved = answers.Where(r => plan.Keys.ContainsKey(EventDates.Unspecified(r.Key))).ToList();
        if (moved.Count == 0) return;

        var (ids, keys) = (moved.ConvertAll(r => r.GuestId), moved.ConvertAll(r => r.Key));
        await db.Set<GuestRegistration>().Where(r => ids.Contains(r.GuestId) && keys.Contains(r.Key)).ExecuteDeleteAsync(cancellation);
        var guests = moved.Select(r => r.Guest).DistinctBy(g => g.Id).ToDictionary(g => g.Id, g => from == to ? g.Id : Added(db, g, to).Id);
        db.AddRange(moved.Select(r => r.At(to, guests[r.GuestId], plan.Keys[EventDates.Unspecified(r.Key)])));
    }

    private static Guest Added(AppDbContext db, Guest guest, Guid to)
    {
        var other = new Guest { ItemId = to, Email = guest.Email, NormalizedEmail = guest.NormalizedEmail, Name = guest.Name, InvitedById = guest.InvitedById, At = guest.At, ConfirmedAt = guest.ConfirmedAt };
        db.Guests.Add(other);
        return other;
    }

    private async Task<IReadOnlyList<ChangedDate>> ChangedAsync(AppDbContext db, Guid id, IReadOnlyList<(EventDate Before, EventDate? After)> pairs, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var answered = await db.Set<Registration>().Where(r => r.ItemId == id && r.Answer != Answer.No).Select(r => r.Key)
            .Concat(db.Set<GuestRegistration>().Where(r => r.ItemId == id && r.Answer != Answer.No).Select(r => r.Key)).ToListAsync(cancellation);
        var counts = answered.CountBy(EventDates.Unspecified).ToDictionary();
        return [.. pairs.Where(p => p.Before.EndUtc > now && !p.Before.IsCancelled).OrderBy(p => p.Before.StartUtc).Select(p => new ChangedDate(p.Before, p.After, counts.GetValueOrDefault(EventDates.Unspecified(p.Before.Key))))];
    }

    private static AgendaEvent Copy(AgendaEvent e, ContentItem? made = null) => new()
    {
        Id = made?.Id ?? e.Id, Item = made ?? e.Item, Kind = e.Kind, StartLocal = EventDates.Unspecified(e.StartLocal), EndLocal = EventDates.Unspecified(e.EndLocal), TimeZone = e.TimeZone, IsAllDay = e.IsAllDay, Rule = e.Rule, ExtraDates = e.ExtraDates,
        LeftOut = e.LeftOut, Place = e.Place, Commune = e.Commune, OnlineUrl = e.OnlineUrl, Contact = e.Contact, Price = e.Price, Attendance = e.Attendance, Places = e.Places, ClosesBefore = e.ClosesBefore, Questions = e.Questions, CancelledAt = e.CancelledAt,
        Programme = e.Programme, Organisations = e.Organisations, IsByOthers = e.IsByOthers,
    };

    // The series as it is then, what ends before it (null when all of it moves), its dates in pairs, and the keys of the dates.
    private sealed record MovePlan(AgendaEvent Moved, CalendarEvent? Before, IReadOnlyList<(EventDate Before, EventDate? After)> Dates, IReadOnlyDictionary<DateTime, DateTime> Keys)
    {
        // What is otherwise at the one date that moves.
        public DateChange? Single { get; init; }
    }
}
