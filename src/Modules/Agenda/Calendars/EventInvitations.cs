using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Calendars;

/// <summary>
/// Writes a date as the calendars of mail programs take it (RFC 5546, RFC 6047): to answer, changed, or not to take place. Answers come to an address that is
/// sealed for one person and one event, and stays the same, since a calendar takes a change from none but the organiser it knows.
/// </summary>
internal sealed class EventInvitations(WriteCalendar calendars, LinkSeals seals, MailOptions options, TimeProvider clock)
{
    /// <summary>What the addresses for answers begin with.</summary>
    public const string Prefix = "agenda+";

    private const string Purpose = "agenda.reponses";

    /// <summary>What is needed to write dates of one event to many people.</summary>
    public async Task<EventInvitation> OfAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<DateTime> keys, CancellationToken cancellation)
    {
        var id = e.Id;
        var changes = await db.Set<DateChange>().AsNoTracking().Where(c => c.ItemId == id && keys.Contains(c.Key)).ToDictionaryAsync(c => c.Key, cancellation);
        return new(this, e, changes);
    }

    /// <summary>What stands before the @ of the address where that person answers for that event.</summary>
    public string LocalPartOf(string shortId, Guid personId) => $"{Prefix}{shortId}-{seals.Code(Purpose, $"{shortId}:{personId:N}")}";

    /// <summary>Whether that address is the one where that person answers for that event.</summary>
    public bool IsLocalPartOf(string localPart, string shortId, Guid personId) => localPart.Length > Prefix.Length + shortId.Length + 1
        && seals.IsCode(Purpose, $"{shortId}:{personId:N}", localPart[(Prefix.Length + shortId.Length + 1)..]);

    internal string Write(AgendaEvent e, EventDate date, DateChange? change, GuestAddress to, Answer? answer, GroupLabel label, CalendarMethod method)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var entry = calendars.DateOf(e, date.Key, change) with { Stamp = now };
        if (label.Slug is null) entry = entry with { Url = null };
        // Where no mail comes in, there is nobody to answer: the date is only told.
        if (!options.TakesMail) return CalendarWriter.ToText(new() { Method = CalendarMethod.Publish, Events = [entry] }, now);

        var attendee = new Attendee(to.Email, to.Name.Length > 0 ? to.Name : null)
        {
            Status = answer switch { Answer.Yes => ParticipationStatus.Accepted, Answer.Maybe => ParticipationStatus.Tentative, Answer.No => ParticipationStatus.Declined, _ => ParticipationStatus.NeedsAction },
            IsAnswerAsked = method == CalendarMethod.Request,
        };
        entry = entry with { Organizer = new($"{LocalPartOf(e.Item.ShortId, to.PersonId)}@{options.ReplyDomain}", label.Name), Attendees = [attendee] };
        if (method == CalendarMethod.Cancel) entry = entry with { Status = EventStatus.Cancelled };
        return CalendarWriter.ToText(new() { Method = method, Events = [entry] }, now);
    }
}

/// <summary>The dates of one event, to be written to many people.</summary>
internal sealed class EventInvitation(EventInvitations invitations, AgendaEvent e, IReadOnlyDictionary<DateTime, DateChange> changes)
{
    /// <summary>To answer, or changed since.</summary>
    /// <param name="date">The date.</param>
    /// <param name="to">Whom it goes to.</param>
    /// <param name="answer">What that person has answered; null for nothing yet.</param>
    /// <param name="label">How the group is named to that person.</param>
    public string Request(EventDate date, GuestAddress to, Answer? answer, GroupLabel label) => invitations.Write(e, date, changes.GetValueOrDefault(date.Key), to, answer, label, CalendarMethod.Request);

    /// <summary>Does not take place.</summary>
    public string Cancel(EventDate date, GuestAddress to, GroupLabel label) => invitations.Write(e, date, changes.GetValueOrDefault(date.Key), to, null, label, CalendarMethod.Cancel);
}
