using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Reminders;

/// <summary>Every five minutes: reminds those who come to a date, each at the moment that they chose.</summary>
internal sealed class SendReminders(AppDb database, EventLetters letters, MailOutbox outbox, Dates dates, TimeProvider clock) : IRecurringJob
{
    // A host that was down half a day still reminds; later than that it would come out of nowhere.
    private static readonly TimeSpan Late = TimeSpan.FromHours(12);
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(8);

    public string Key => "agenda.rappels";

    public string Hours => "0 0/5 * * * ?";

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(Viewer.System);
        var limit = now + Farthest;
        var soon = await (from d in db.Set<EventDate>().AsNoTracking()
                          where d.StartUtc > now && d.StartUtc < limit && !d.IsCancelled
                          join r in db.Set<Registration>().AsNoTracking() on new { d.ItemId, d.Key } equals new { r.ItemId, r.Key }
                          where r.Answer != Answer.No && r.WaitingSince == null
                          select new
                          {
                              Date = d,
                              r.MemberId,
                              r.Answer,
                              r.AnsweredAt,
                              Own = db.Set<ReminderChoice>().Where(c => c.MemberId == r.MemberId && c.EventId == d.ItemId).Select(c => (ReminderLead?)c.Lead).FirstOrDefault(),
                              All = db.Set<ReminderChoice>().Where(c => c.MemberId == r.MemberId && c.EventId == Guid.Empty).Select(c => (ReminderLead?)c.Lead).FirstOrDefault(),
                              Hour = db.MailPreferences.Where(p => p.MemberId == r.MemberId).Select(p => (int?)p.DigestHour).FirstOrDefault(),
                          }).ToListAsync(cancellation);
        var due = soon.Where(s => IsDue(Due(s.Date, s.Own ?? s.All ?? ReminderLead.Day, s.Hour ?? MailPreferences.DefaultHour), s.AnsweredAt, now));
        var guests = await (from d in db.Set<EventDate>().AsNoTracking()
                            where d.StartUtc > now && d.StartUtc < limit && !d.IsCancelled
                            join r in db.Set<GuestRegistration>().AsNoTracking() on new { d.ItemId, d.Key } equals new { r.ItemId, r.Key }
                            where r.Answer != Answer.No && r.WaitingSince == null
                            select new { Date = d, r.GuestId, r.Answer, r.AnsweredAt }).ToListAsync(cancellation);
        // Guests choose nothing: the day before.
        IEnumerable<LetterTo> all =
        [
            .. due.Select(s => new LetterTo(s.Date, s.MemberId, false, s.Answer)),
            .. guests.Where(s => IsDue(Due(s.Date, ReminderLead.Day, MailPreferences.DefaultHour), s.AnsweredAt, now)).Select(s => new LetterTo(s.Date, s.GuestId, true, s.Answer)),
        ];
        foreach (var one in all.GroupBy(s => s.Date.ItemId))
            await outbox.AddAsync(db, await letters.RemindAsync(db, one.Key, [.. one], cancellation), cancellation);
    }

    private static bool IsDue(DateTime? due, DateTime answeredAt, DateTime now) => due is { } at && at <= now && at > now - Late && answeredAt <= at;

    private DateTime? Due(EventDate date, ReminderLead lead, int hour) => lead switch
    {
        ReminderLead.Hour => date.StartUtc.AddHours(-1),
        ReminderLead.Day => dates.Utc(DateOnly.FromDateTime(date.StartLocal).AddDays(-1), hour),
        ReminderLead.Week => dates.Utc(DateOnly.FromDateTime(date.StartLocal).AddDays(-7), hour),
        _ => null,
    };
}

/// <summary>Keeps when a member wants to be reminded.</summary>
internal sealed class ChooseReminder(AppDb database)
{
    /// <summary>Keeps it for one event; for all of them without one.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in, or the event is absent or invisible.</exception>
    /// <exception cref="InvalidInputException">No such choice.</exception>
    public Task ExecuteAsync(Viewer viewer, string? shortId, ReminderLead? lead, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        if (!viewer.IsMember) throw new NotFoundException();
        if (lead is { } chosen && !Enum.IsDefined(chosen)) throw new NotFoundException();

        var id = shortId is null ? Guid.Empty : await db.Items.Where(i => i.ShortId == shortId && i.Kind == AgendaModule.EventKindKey).Select(i => i.Id).FirstOrDefaultAsync(token);
        if (shortId is not null && id == Guid.Empty) throw new NotFoundException();

        var present = await db.Set<ReminderChoice>().FirstOrDefaultAsync(c => c.MemberId == viewer.MemberId && c.EventId == id, token);
        if (lead is null && present is not null) db.Remove(present);
        else if (lead is { } wanted && present is not null) present.Lead = wanted;
        else if (lead is { } first) db.Add(new ReminderChoice { MemberId = viewer.MemberId, EventId = id, Lead = first });
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>What the member chose for that event, and for all; null for what was not chosen.</summary>
    public async Task<(ReminderLead? Own, ReminderLead? All)> ReadAsync(Viewer viewer, Guid eventId, CancellationToken cancellation)
    {
        if (!viewer.IsMember) return default;

        await using var db = database.Open(viewer);
        var chosen = await db.Set<ReminderChoice>().AsNoTracking().Where(c => c.MemberId == viewer.MemberId && (c.EventId == eventId || c.EventId == Guid.Empty)).ToListAsync(cancellation);
        return (chosen.Find(c => c.EventId == eventId && eventId != Guid.Empty)?.Lead, chosen.Find(c => c.EventId == Guid.Empty)?.Lead);
    }
}
