using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Guests;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Polls.Inviting;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Mails;

/// <summary>
/// Whether a mail about a poll may leave: its reader may still read the poll, wants such mails, and, if it asks for a vote, may still vote. Of a guest the link is
/// the right to read.
/// </summary>
internal sealed class PollMailCheck(GuestOfLink guests, GuestMailCheck writable, TimeProvider clock) : IMailCheck
{
    /// <summary>What the unique keys of these mails begin with.</summary>
    public static string Prefix(LetterCause cause) => $"{PollLetters.Kind}:{(int)cause}:";

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.Kind == PollLetters.Kind;

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail is not { ItemId: { } id }) return false;
        if (mail.MemberId is not { } member) return await OfGuestAsync(mail, cancellation);
        if (await db.Set<Poll>().AsNoTracking().Include(p => p.Item).FirstOrDefaultAsync(p => p.Id == id, cancellation) is not { } poll) return false;

        var group = poll.Item.GroupId;
        if (!await db.Memberships.AnyAsync(m => m.GroupId == group && m.MemberId == member && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing, cancellation)) return false;
        if (await db.Subscriptions.AnyAsync(s => s.ItemId == id && s.MemberId == member && s.Following == Following.Muted, cancellation)) return false;
        if (await db.MailPreferences.AnyAsync(p => p.MemberId == member && p.IsSilent, cancellation)) return false;
        if (!AsksForVote(mail)) return true;
        if (IsClosed(poll)) return false;
        if (!Is(mail, LetterCause.Reminder)) return true;

        return await CastVote.OwnerAsync(db, poll, member, cancellation) is { } owner && !await db.Set<PollVoter>().AnyAsync(v => v.ItemId == id && v.VoterId == owner.VoterId, cancellation);
    }

    private async Task<bool> OfGuestAsync(MailRow mail, CancellationToken cancellation)
    {
        if (mail.UniqueKey.Split(':') is not [_, _, _, var who, _] || !Guid.TryParseExact(who, "N", out var person) || !await writable.MayBeWrittenAsync(person, mail.ToAddress, cancellation)) return false;

        try
        {
            return await guests.WithAsync(PollsModule.PollKindKey, person, async (db, guest) =>
            {
                var id = guest.ItemId;
                var poll = await db.Set<Poll>().AsNoTracking().Include(p => p.Item.Group).FirstOrDefaultAsync(p => p.Id == id, cancellation);
                if (poll?.Item.Group is not { } group || !PollGuests.Takes(poll, group.Visibility)) return false;

                return !AsksForVote(mail) || (!IsClosed(poll) && (!Is(mail, LetterCause.Reminder) || guest.ConfirmedAt is null));
            }, cancellation);
        }
        catch (NotFoundException)
        {
            return false;
        }
    }

    private bool IsClosed(Poll poll) => poll.IsClosed(clock.GetUtcNow().UtcDateTime);

    private static bool AsksForVote(MailRow mail) => Is(mail, LetterCause.Reminder) || Is(mail, LetterCause.Added);

    private static bool Is(MailRow mail, LetterCause cause) => mail.UniqueKey.StartsWith(Prefix(cause), StringComparison.Ordinal);
}
