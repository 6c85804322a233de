using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Agenda.Reminders;

/// <summary>
/// Whether a mail about a date may leave: the event is still there for its reader and, but for one that says that it does not take place, the person still comes
/// to it and it takes place. Of a guest the link is the right to read; a member reads as that member.
/// </summary>
internal sealed class EventMailCheck(GuestOfLink guests, GuestMailCheck writable) : IMailCheck
{
    private static readonly string[] Trash = [AppDbContext.DeletedFilter];

    /// <summary>What the unique keys of these mails begin with.</summary>
    public static string Prefix(LetterCause cause) => $"{EventLetters.Kind}:{(int)cause}:";

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == EventLetters.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail.UniqueKey.Split(':') is not [_, var number, var id, var at, var who, _] || !int.TryParse(number, out var cause)
            || !Guid.TryParseExact(id, "N", out var item) || !Guid.TryParseExact(who, "N", out var person) || DateKey.Parse(at) is not { } key) return false;

        var date = new Told((LetterCause)cause, item, key, person);
        return mail.MemberId is null ? await OfGuestAsync(date, mail.ToAddress, cancellation) : await OfMemberAsync(db, date, cancellation);
    }

    private static async Task<bool> OfMemberAsync(AppDbContext db, Told told, CancellationToken cancellation)
    {
        // What was taken out of the trash since is no more gone.
        if (told.Cause == LetterCause.Removed) return await db.Items.IgnoreQueryFilters(Trash).AnyAsync(i => i.Id == told.ItemId && i.DeletedAt != null, cancellation);
        if (!await db.Items.AnyAsync(i => i.Id == told.ItemId, cancellation)) return false;
        if (told.Cause is LetterCause.Cancelled or LetterCause.Minutes) return true;

        return await TakesPlaceAsync(db, told, cancellation)
            && (told.Cause == LetterCause.Ride || await HoldsAsync(db, told, cancellation) || await db.Set<Registration>().AnyAsync(r => r.ItemId == told.ItemId && r.Key == told.Key && r.MemberId == told.PersonId && r.Answer != Answer.No && (r.WaitingSince == null || told.MayWait), cancellation));
    }

    // Who holds the date by the mail that announced it has not declined it since.
    private static async Task<bool> HoldsAsync(AppDbContext db, Told told, CancellationToken cancellation) =>
        told.MayWait && !await db.Set<Registration>().AnyAsync(r => r.ItemId == told.ItemId && r.Key == told.Key && r.MemberId == told.PersonId, cancellation);

    private async Task<bool> OfGuestAsync(Told told, string email, CancellationToken cancellation)
    {
        if (!await writable.MayBeWrittenAsync(told.PersonId, email, cancellation)) return false;
        if (told.Cause is LetterCause.Removed or LetterCause.Cancelled or LetterCause.Minutes) return true;

        try
        {
            return await guests.WithAsync(AgendaModule.EventKindKey, told.PersonId, async (db, guest) => await TakesPlaceAsync(db, told, cancellation)
                && await db.Set<GuestRegistration>().AnyAsync(r => r.GuestId == guest.Id && r.Key == told.Key && r.Answer != Answer.No && (r.WaitingSince == null || told.MayWait), cancellation), cancellation);
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    private static Task<bool> TakesPlaceAsync(AppDbContext db, Told told, CancellationToken cancellation) =>
        db.Set<EventDate>().AnyAsync(d => d.ItemId == told.ItemId && d.Key == told.Key && !d.IsCancelled, cancellation);

    private sealed record Told(LetterCause Cause, Guid ItemId, DateTime Key, Guid PersonId)
    {
        // Whoever waits for a place is told of another hour too.
        public bool MayWait => Cause is LetterCause.Changed or LetterCause.TakesPlace;
    }
}
