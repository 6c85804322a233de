using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Calendars;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Faces;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Ui.Mail;

namespace TerritoireCollab.Agenda.Reminders;

/// <summary>What a mail about a date says. Keys of mails hold the numbers: none is ever given another meaning.</summary>
internal enum LetterCause
{
    /// <summary>A place is free for whoever waited.</summary>
    Place = 0,
    /// <summary>It does not take place.</summary>
    Cancelled = 1,
    /// <summary>It is soon.</summary>
    Reminder = 2,
    /// <summary>Somebody takes a seat in the member's car.</summary>
    Ride = 3,
    /// <summary>The person takes part.</summary>
    Registered = 4,
    /// <summary>It takes place at another time or place.</summary>
    Changed = 5,
    /// <summary>It was removed from the agenda.</summary>
    Removed = 6,
    /// <summary>Its minutes are there.</summary>
    Minutes = 7,
    /// <summary>It takes place after all.</summary>
    TakesPlace = 8,
}

/// <summary>Whom a mail about a date goes to.</summary>
/// <param name="Date">The date.</param>
/// <param name="PersonId">Key of the member, or of the guest.</param>
/// <param name="IsGuest">Whether it is a guest.</param>
/// <param name="Answer">What the person answered; null for a member who has answered nothing, and holds the date by the mail that announced it.</param>
internal sealed record LetterTo(EventDate Date, Guid PersonId, bool IsGuest, Answer? Answer);

/// <summary>
/// Writes to those who registered for a date, with an account or without. What says when a date is carries it for the reader's calendar too. The outbox
/// refuses a second copy of each.
/// </summary>
internal sealed class EventLetters(MailWriter writer, MailFoot foot, MailRenderer renderer, EventInvitations invitations, GuestLinks links, GroupLabels labels, PlatformOptions platform)
{
    /// <summary>Kind of these mails.</summary>
    public const string Kind = "agenda.date";

    private const int LongestMinutes = 40_000;

    /// <summary>To those who get a place that became free.</summary>
    public Task<IReadOnlyList<MailRow>> PromotedAsync(AppDbContext db, AgendaEvent e, EventDate date, IReadOnlyCollection<IRegistration> lucky, CancellationToken cancellation) =>
        WriteAsync(db, e.Id, LetterCause.Place, [.. lucky.Select(r => To(date, r))], null, e.Sequence, cancellation);

    /// <summary>To whoever just said to come.</summary>
    public Task<IReadOnlyList<MailRow>> RegisteredAsync(AppDbContext db, AgendaEvent e, EventDate date, IRegistration registration, CancellationToken cancellation) =>
        // To say so again after taking it back is another time.
        WriteAsync(db, e.Id, LetterCause.Registered, [To(date, registration)], null, (int)(registration.AnsweredAt.Ticks / TimeSpan.TicksPerSecond % int.MaxValue), cancellation);

    /// <summary>To those who wanted to come, or might have, at dates that do not take place.</summary>
    public Task<IReadOnlyList<MailRow>> CancelledAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> dates, string? reason, CancellationToken cancellation) =>
        ToRegisteredAsync(db, e, LetterCause.Cancelled, dates, reason, e.Sequence + 1, cancellation);

    /// <summary>The same, of an event that is removed from the agenda.</summary>
    public Task<IReadOnlyList<MailRow>> RemovedAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> dates, CancellationToken cancellation) =>
        ToRegisteredAsync(db, e, LetterCause.Removed, dates, null, e.Sequence, cancellation);

    /// <summary>To those who come, or might, at dates that are at another time or place than they were told.</summary>
    public Task<IReadOnlyList<MailRow>> ChangedAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> dates, CancellationToken cancellation) =>
        ToRegisteredAsync(db, e, LetterCause.Changed, dates, null, e.Sequence, cancellation);

    /// <summary>The same, at dates that take place after all.</summary>
    public Task<IReadOnlyList<MailRow>> TakesPlaceAsync(AppDbContext db, AgendaEvent e, IReadOnlyCollection<EventDate> dates, CancellationToken cancellation) =>
        ToRegisteredAsync(db, e, LetterCause.TakesPlace, dates, null, e.Sequence, cancellation);

    /// <summary>The minutes, to those who came or said to.</summary>
    public Task<IReadOnlyList<MailRow>> MinutesAsync(AppDbContext db, AgendaEvent e, EventDate date, int version, CancellationToken cancellation) =>
        ToRegisteredAsync(db, e, LetterCause.Minutes, [date], null, version, cancellation);

    /// <summary>To those whose hour has come to be reminded.</summary>
    public Task<IReadOnlyList<MailRow>> RemindAsync(AppDbContext db, Guid id, IReadOnlyCollection<LetterTo> due, CancellationToken cancellation) =>
        WriteAsync(db, id, LetterCause.Reminder, due, null, 0, cancellation);

    /// <summary>To who drives, when somebody takes a seat.</summary>
    public Task<IReadOnlyList<MailRow>> RideAsync(AppDbContext db, Guid id, EventDate date, Guid driver, string passenger, int number, CancellationToken cancellation) =>
        WriteAsync(db, id, LetterCause.Ride, [new(date, driver, false, Answer.Yes)], passenger, number, cancellation);

    private static LetterTo To(EventDate date, IRegistration registration) => new(date, registration.PersonId, registration is GuestRegistration, registration.Answer);

    private async Task<IReadOnlyList<MailRow>> ToRegisteredAsync(AppDbContext db, AgendaEvent e, LetterCause cause, IReadOnlyCollection<EventDate> dates, string? remark, int number, CancellationToken cancellation)
    {
        if (dates.Count == 0) return [];

        var (id, keys, me) = (e.Id, dates.Select(d => d.Key).ToList(), db.Viewer.MemberId);
        List<IRegistration> registered =
        [
            .. await db.Set<Registration>().AsNoTracking().Where(r => r.ItemId == id && keys.Contains(r.Key) && r.Answer != Answer.No && r.MemberId != me).ToListAsync(cancellation),
            .. await db.Set<GuestRegistration>().AsNoTracking().Where(r => r.ItemId == id && keys.Contains(r.Key) && r.Answer != Answer.No).ToListAsync(cancellation),
        ];
        if (cause == LetterCause.Minutes) registered.RemoveAll(r => r.WaitingSince is not null);
        var holders = cause == LetterCause.Minutes || dates.Count > 1 ? [] : await AnnouncedDates.HoldersAsync(db, e, cancellation);
        return await WriteAsync(db, id, cause, [.. registered.Select(r => To(dates.First(d => d.Key == r.Key), r)), .. holders.Select(h => new LetterTo(dates.First(), h, false, null))], remark, number, cancellation);
    }

    private async Task<IReadOnlyList<MailRow>> WriteAsync(AppDbContext db, Guid id, LetterCause cause, IReadOnlyCollection<LetterTo> recipients, string? remark, int number, CancellationToken cancellation)
    {
        if (recipients.Count == 0) return [];

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstAsync(x => x.Id == id, cancellation);
        // What the caller changed and has not saved yet counts: calendars take no change that bears an old number.
        if (db.Set<AgendaEvent>().Local.FirstOrDefault(x => x.Id == id) is { } tracked) e.Sequence = Math.Max(e.Sequence, tracked.Sequence);
        if (cause == LetterCause.Cancelled) e.Sequence = number;
        var people = await PeopleAsync(db, recipients, cancellation);
        var dates = await invitations.OfAsync(db, e, [.. recipients.Select(r => r.Date.Key).Distinct()], cancellation);
        var blocks = cause == LetterCause.Minutes ? await MinutesAsync(db, id, recipients.First().Date.Key, cancellation) : [];
        var (group, rows) = (e.Item.Group!, new List<MailRow>());
        var (forMember, forGuest) = (GroupLabels.ForMember(group), await labels.ForGuestAsync(group, cancellation));
        foreach (var to in recipients)
        {
            if (!people.TryGetValue(to.PersonId, out var person)) continue;

            var label = to.IsGuest ? forGuest : forMember;
            rows.Add(await OneAsync(e, to, person, label, new(cause, remark, number, blocks, CalendarOf(dates, cause, to, person, label))));
        }

        return rows;
    }

    private static async Task<Dictionary<Guid, GuestAddress>> PeopleAsync(AppDbContext db, IReadOnlyCollection<LetterTo> recipients, CancellationToken cancellation)
    {
        var members = recipients.Where(r => !r.IsGuest).Select(r => r.PersonId).Distinct().ToList();
        var guests = recipients.Where(r => r.IsGuest).Select(r => r.PersonId).Distinct().ToList();
        var people = members.Count == 0 ? [] : await db.Members.AsNoTracking().Where(m => members.Contains(m.Id) && m.State == MemberState.Active && m.Email != null)
            .Select(m => new GuestAddress(m.Id, m.Email!, m.Name)).ToListAsync(cancellation);
        if (guests.Count > 0) people.AddRange(await db.Guests.AsNoTracking().Where(g => guests.Contains(g.Id) && g.RefusedAt == null).Select(g => new GuestAddress(g.Id, g.Email, g.Name)).ToListAsync(cancellation));
        return people.ToDictionary(p => p.PersonId);
    }

    private static string? CalendarOf(EventInvitation dates, LetterCause cause, LetterTo to, GuestAddress person, GroupLabel label) => cause switch
    {
        LetterCause.Cancelled or LetterCause.Removed => dates.Cancel(to.Date, person, label),
        LetterCause.Minutes or LetterCause.Ride => null,
        _ => dates.Request(to.Date, person, to.Answer, label),
    };

    private Task<MailRow> OneAsync(AgendaEvent e, LetterTo to, GuestAddress person, GroupLabel label, Said said)
    {
        var (item, group, date, cause) = (e.Item, e.Item.Group!, to.Date, said.Cause);
        var key = DateKey.Of(date.Key);
        var (title, text) = Words(cause, item.Title, date, said.Remark);
        return writer.WriteAsync(new()
        {
            UniqueKey = $"{EventMailCheck.Prefix(cause)}{item.Id:N}:{key}:{person.PersonId:N}:{said.Number}",
            Kind = Kind,
            MessageId = writer.IdOf($"agenda.{(int)cause}.{item.ShortId}.{key}.{person.PersonId:N}.{said.Number}"),
            ItemId = item.Id,
            GroupId = group.Id,
            Priority = 1,
            To = new(to.IsGuest ? null : person.PersonId, person.Email, person.Name),
            Subject = MailSubject.Of(label.Name, title),
            Content = new()
            {
                Preheader = EventWords.When(date),
                Context = label.Name,
                Title = title,
                Blocks =
                [
                    new MailParagraph(text),
                    .. cause != LetterCause.Cancelled || string.IsNullOrWhiteSpace(said.Remark) ? Array.Empty<MailBlock>() : [new MailQuote(said.Remark.Trim())],
                    .. Facts(e, date, cause),
                    .. said.Blocks,
                    .. cause == LetterCause.Removed ? Array.Empty<MailBlock>() : [new MailButton(AgendaTexts.SeeEvent, $"{(to.IsGuest ? links.Of(person.PersonId) : EventAddress.Of(group.Slug, item.ShortId, item.Title))}?date={key}")],
                ],
                Reason = (to.Answer is null ? AgendaTexts.MailReasonAnnounced : AgendaTexts.MailReason).With(item.Title),
                FooterLinks = to.IsGuest ? foot.OfGuest(person.Email) : foot.OfMember(person.PersonId),
            },
            Sorting = labels.Sorting(label, "agenda", to.IsGuest ? platform.Absolute(links.StopOf(person.Email)) : null),
            Calendar = said.Calendar,
        });
    }

    private async Task<IReadOnlyList<MailBlock>> MinutesAsync(AppDbContext db, Guid id, DateTime key, CancellationToken cancellation)
    {
        var written = await db.Set<EventMinutes>().AsNoTracking().FirstOrDefaultAsync(m => m.ItemId == id && m.Key == key && m.ReplacedAt == null, cancellation);
        var decisions = await db.Set<EventDecision>().AsNoTracking().Where(d => d.ItemId == id && d.Key == key).OrderBy(d => d.Position).ToListAsync(cancellation);
        return
        [
            .. decisions.Count == 0 ? Array.Empty<MailBlock>() : [new MailHeading(AgendaTexts.Decisions), new MailList([.. decisions.Select(d => new MailListItem(d.Text, null, EventWords.Of(d)))])],
            .. written?.Html is { Length: > 0 and <= LongestMinutes } html ? [renderer.Prose(html)] : Array.Empty<MailBlock>(),
        ];
    }

    private static IEnumerable<MailBlock> Facts(AgendaEvent e, EventDate date, LetterCause cause)
    {
        if (cause is LetterCause.Cancelled or LetterCause.Removed or LetterCause.Minutes) yield break;

        var where = EventWords.Where(date);
        // Whoever is told of a change sees the link that may be what changed.
        var online = e.OnlineUrl is { } link && (e.Attendance != Attendance.OnSite || cause == LetterCause.Changed) ? new MailListItem(AgendaTexts.JoinOnline, link) : null;
        List<MailListItem> lines = [new(EventWords.When(date)), .. where is null ? Array.Empty<MailListItem>() : [new(where)], .. online is null ? Array.Empty<MailListItem>() : [online]];
        yield return new MailList(lines);
    }

    private static (string Title, string Text) Words(LetterCause cause, string title, EventDate date, string? remark) => cause switch
    {
        LetterCause.Place => (AgendaTexts.PlaceTitle.With(title), AgendaTexts.PlaceText.With(EventWords.When(date))),
        LetterCause.Cancelled or LetterCause.Removed => (AgendaTexts.CancelledTitle.With(title), AgendaTexts.CancelledText.With(EventWords.When(date))),
        LetterCause.Ride => (AgendaTexts.RideTitle.With(title), AgendaTexts.RideText.With(remark, EventWords.When(date))),
        LetterCause.Registered => (AgendaTexts.RegisteredTitle.With(title), AgendaTexts.RegisteredText.With(EventWords.When(date))),
        LetterCause.Changed => (AgendaTexts.ChangedTitle.With(title), AgendaTexts.ChangedText.With(EventWords.When(date))),
        LetterCause.Minutes => (AgendaTexts.MinutesTitle.With(title), AgendaTexts.MinutesText.With(EventWords.When(date))),
        LetterCause.TakesPlace => (AgendaTexts.TakesPlaceTitle.With(title), AgendaTexts.TakesPlaceText.With(EventWords.When(date))),
        _ => (AgendaTexts.ReminderTitle.With(title), AgendaTexts.ReminderText.With(EventWords.When(date))),
    };

    private sealed record Said(LetterCause Cause, string? Remark, int Number, IReadOnlyList<MailBlock> Blocks, string? Calendar);
}
