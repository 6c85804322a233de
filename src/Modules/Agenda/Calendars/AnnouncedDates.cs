using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Reminders;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Agenda.Calendars;

/// <summary>
/// Puts the date into the mail that announces an event, to be answered from the reader's calendar; of a series all dates, to be taken into it, since one answer would
/// not be one for each. Who holds a date by such a mail is told like those who answered when it is moved or does not take place.
/// </summary>
internal sealed class AnnouncedDates(EventInvitations invitations, WriteCalendar calendars, TimeProvider clock) : ICalendarContent
{
    /// <inheritdoc />
    public string Kind => AgendaModule.EventKindKey;

    /// <inheritdoc />
    public async Task<Func<GuestAddress, string>?> AnnouncedAsync(AppDbContext db, ContentItem item, GroupLabel label, CancellationToken cancellation)
    {
        var (id, now) = (item.Id, clock.GetUtcNow().UtcDateTime);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstOrDefaultAsync(x => x.Id == id, cancellation);
        if (e is null || await ReadEvent.DateAsync(db, id, null, now, cancellation) is not { IsCancelled: false } date || date.EndUtc <= now) return null;
        if (e.IsSeries)
        {
            var all = await calendars.SeriesAsync(db, e, cancellation);
            return _ => all;
        }

        var key = date.Key;
        var answers = await db.Set<Registration>().Where(r => r.ItemId == id && r.Key == key).ToDictionaryAsync(r => r.MemberId, r => r.Answer, cancellation);
        var invitation = await invitations.OfAsync(db, e, [key], cancellation);
        return to => invitation.Request(date, to, answers.TryGetValue(to.PersonId, out var answer) ? answer : null, label);
    }

    /// <summary>Members who hold the only date of an event by the mail that announced it or invited to it, and have answered nothing; but for those who want no more mail of it.</summary>
    public static Task<List<Guid>> HoldersAsync(AppDbContext db, AgendaEvent e, CancellationToken cancellation)
    {
        if (e.IsSeries) return Task.FromResult<List<Guid>>([]);

        var (id, me, group) = (e.Id, db.Viewer.MemberId, e.Item.GroupId);
        return db.Mails.Where(m => m.ItemId == id && m.MemberId != null && m.MemberId != me && m.Kind != EventLetters.Kind && m.Calendar != null && m.State != MailState.Failed && m.State != MailState.Dropped)
            .Select(m => m.MemberId!.Value).Distinct()
            .Where(m => !db.Set<Registration>().Any(r => r.ItemId == id && r.MemberId == m) && !db.Subscriptions.Any(s => s.ItemId == id && s.MemberId == m && s.Following == Following.Muted)
                && db.Memberships.Any(o => o.GroupId == group && o.MemberId == m && o.State == MembershipState.Active && o.MailLevel > MailLevel.Nothing))
            .ToListAsync(cancellation);
    }
}
