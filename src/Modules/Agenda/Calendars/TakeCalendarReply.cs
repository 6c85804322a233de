using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Calendar;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Calendars;

/// <summary>
/// Takes the answers that calendars send by mail (RFC 5546, REPLY). The seal in the address is that of one person and one event: an answer counts only when it
/// comes from the address of that person, and speaks for nobody else. Places, closing hours and questions are those of the page.
/// </summary>
internal sealed class TakeCalendarReply(AppDb database, EventInvitations invitations, Register register, RegisterGuest registerGuest, GuestOfAddress guests, EventDates dates, PlatformOptions platform) : IMailDestination
{
    /// <inheritdoc />
    public bool TakesWithoutWords => true;

    /// <inheritdoc />
    public bool TakesCalendars => true;

    /// <inheritdoc />
    public bool Takes(string localPart) => ShortIdOf(localPart) is not null;

    /// <inheritdoc />
    public string? GroupOf(string localPart) => null;

    /// <inheritdoc />
    public async Task<DeliveredMail> DeliverAsync(ArrivedMail mail, CancellationToken cancellation)
    {
        var shortId = ShortIdOf(mail.LocalPart) ?? throw new MailRefusedException(MailRefusal.UnknownKey);
        var answer = AnswerOf(mail, await UidAsync(shortId, cancellation)) ?? throw new MailRefusedException(MailRefusal.TakesNone);
        return mail.Sender.IsMember && invitations.IsLocalPartOf(mail.LocalPart, shortId, mail.Sender.MemberId)
            ? await OfMemberAsync(mail, shortId, answer, cancellation)
            : await OfGuestAsync(mail, shortId, answer, cancellation);
    }

    private static string? ShortIdOf(string localPart) =>
        localPart.StartsWith(EventInvitations.Prefix, StringComparison.Ordinal) ? ShortIds.FromSegment(localPart[EventInvitations.Prefix.Length..]) : null;

    private async Task<string> UidAsync(string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new MailRefusedException(MailRefusal.LostAccess);
        return WriteCalendar.UidOf(e, platform);
    }

    // Whoever forwards an invitation, or answers for somebody else, answers nothing here.
    private static CalendarAnswer? AnswerOf(ArrivedMail mail, string uid) => mail.Calendars
        .Select(c => CalendarReader.Read(c.Span).Document).OfType<CalendarDocument>().SelectMany(d => d.Answers)
        .FirstOrDefault(a => a.Uid == uid && string.Equals(a.Attendee.Address, mail.SenderAddress, StringComparison.OrdinalIgnoreCase));

    private async Task<DeliveredMail> OfMemberAsync(ArrivedMail mail, string shortId, CalendarAnswer answer, CancellationToken cancellation)
    {
        await using var db = database.Open(mail.Sender);
        var e = await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstOrDefaultAsync(x => x.Item.ShortId == shortId, cancellation) ?? throw new MailRefusedException(MailRefusal.LostAccess);
        var input = InputOf(e, answer);
        var hasAnswered = await db.Set<Registration>().AnyAsync(r => r.ItemId == e.Id && r.MemberId == mail.Sender.MemberId && r.Answers != "", cancellation);
        return await AnsweredAsync(e, input, hasAnswered, $"/c/{shortId}", () => register.ExecuteAsync(mail.Sender, shortId, input, cancellation));
    }

    private async Task<DeliveredMail> OfGuestAsync(ArrivedMail mail, string shortId, CalendarAnswer answer, CancellationToken cancellation)
    {
        if (await guests.FindAsync(AgendaModule.EventKindKey, shortId, mail.SenderAddress, cancellation) is not { } found || !invitations.IsLocalPartOf(mail.LocalPart, shortId, found.Id)) throw new MailRefusedException(MailRefusal.NotYours);

        var (e, hasAnswered) = await guests.WithAsync(AgendaModule.EventKindKey, found.Id, async (db, guest) => (
            await db.Set<AgendaEvent>().AsNoTracking().Include(x => x.Item.Group).FirstAsync(x => x.Id == guest.ItemId, cancellation),
            await db.Set<GuestRegistration>().AnyAsync(r => r.GuestId == guest.Id && r.Answers != "", cancellation)), cancellation);
        var input = InputOf(e, answer);
        return await AnsweredAsync(e, input, hasAnswered, found.Link, () => registerGuest.ByMailAsync(found.Id, mail.SenderName, input, cancellation));
    }

    private RegisterInput InputOf(AgendaEvent e, CalendarAnswer answer) => new(
        KeyOf(e, answer),
        answer.Attendee.Status switch
        {
            ParticipationStatus.Accepted => Answer.Yes,
            ParticipationStatus.Tentative => Answer.Maybe,
            ParticipationStatus.Declined => Answer.No,
            _ => throw new MailRefusedException(MailRefusal.TakesNone),
        },
        e.Attendance == Attendance.Online ? Attendance.Online : Attendance.OnSite, IsByCalendar: true);

    // Programs write the date in the zone of the event, in UTC, or for whole days as a day.
    private DateTime? KeyOf(AgendaEvent e, CalendarAnswer answer)
    {
        if (!e.IsSeries) return DateTime.SpecifyKind(e.StartLocal, DateTimeKind.Utc);
        if (answer.RecurrenceId is not { Moment: var moment }) return null;

        var zone = dates.ZoneOf(e);
        return DateTime.SpecifyKind(moment.IsDate || moment.Zone is null ? moment.Local : ZoneClock.ToLocal(moment.ToUtc(zone), zone), DateTimeKind.Utc);
    }

    private async Task<DeliveredMail> AnsweredAsync(AgendaEvent e, RegisterInput input, bool hasAnswered, string page, Func<Task<bool>> register)
    {
        if (input.Answer == Answer.Yes && !hasAnswered && Question.Parse(e.Questions).Any(q => q.IsRequired)) throw new InvalidInputException("", AgendaTexts.ReplyAsks.With(e.Item.Title, platform.Absolute(page)));

        try
        {
            var waits = await register();
            return new(e.Item.GroupId, e.Id, waits ? new MailReply(AgendaTexts.ReplyWaits.With(e.Item.Title), [new(AgendaTexts.SeeEvent, page)]) : null);
        }
        catch (NotFoundException)
        {
            throw new MailRefusedException(MailRefusal.LostAccess);
        }
        catch (ForbiddenException refused)
        {
            throw new InvalidInputException("", AgendaTexts.ReplyRefused.With(e.Item.Title, refused.Message));
        }
    }
}
