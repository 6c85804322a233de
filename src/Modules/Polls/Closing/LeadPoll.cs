using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Resources;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Closing;

/// <summary>What the author and the animators do with a poll: remind, close before the end and open again, conclude, confirm a date.</summary>
internal sealed class LeadPoll(AppDb database, Rights rights, Bodies bodies, ContentWriter writer, PollLetters letters, PollAgenda agenda, MailOutbox outbox, Dates dates, TimeProvider clock)
{
    /// <summary>Name of the field of the conclusion.</summary>
    public const string TextField = "Text";

    // Whoever asks every day is not asked twice the same day.
    private static readonly TimeSpan BetweenReminders = TimeSpan.FromDays(1);

    /// <summary>Whether those who have not voted may be reminded now.</summary>
    public static bool MayRemind(Poll poll, DateTime now) => !poll.IsClosed(now) && (poll.RemindedAt is not { } last || now - last >= BetweenReminders);

    /// <summary>Reminds those who have not voted, at most once a day.</summary>
    /// <returns>How many are written to; -1 when it is too soon.</returns>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator, or it is closed.</exception>
    public Task<int> RemindAsync(Viewer viewer, string shortId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (now, (poll, _)) = (clock.GetUtcNow().UtcDateTime, await TakeAsync(db, shortId, token));
        if (poll.IsClosed(now)) throw new ForbiddenException(PollsTexts.IsClosed);
        if (!MayRemind(poll, now)) return -1;

        poll.RemindedAt = now;
        await db.SaveChangesAsync(token);
        var rows = await letters.RemindAsync(db, poll, $"{now:yyyyMMddHHmmss}", token);
        await outbox.AddAsync(db, rows, token);
        return rows.Count;
    }, cancellation);

    /// <summary>Closes the vote now.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public Task CloseAsync(Viewer viewer, string shortId, CancellationToken cancellation) => ChangeAsync(viewer, shortId, (_, poll, _, _) => Task.FromResult(Close(poll)), cancellation);

    /// <summary>Whether a closed poll may be opened again: its votes still lead to those who gave them, and nothing was concluded from them.</summary>
    public static bool MayReopen(Poll poll, DateTime now) => poll.IsClosed(now) && poll.ConcludedAt is null && (poll.Secrecy != Secrecy.Secret || poll.Seal is not null);

    /// <summary>Takes votes again, until that day and hour. A date that was confirmed is so no more.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator, or it cannot be opened again.</exception>
    /// <exception cref="InvalidInputException">The end cannot be read, is past, or too far.</exception>
    public Task ReopenAsync(Viewer viewer, string shortId, string? day, string? hour, CancellationToken cancellation) => ChangeAsync(viewer, shortId, (_, poll, _, _) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!MayReopen(poll, now)) throw new ForbiddenException(PollsTexts.StaysClosed);

        var rules = new Rules();
        var end = PollTerms.End(new() { Day = day, Hour = hour }, rules, dates, now);
        rules.Demand();
        (poll.ClosesAt, poll.SettledAt, poll.ConfirmedOption) = (end!.Value, null, null);
        return Task.FromResult(true);
    }, cancellation);

    /// <summary>Confirms a date, which closes the vote; those who voted are told.</summary>
    /// <returns>The date.</returns>
    /// <exception cref="NotFoundException">Absent or invisible, or no such date.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator.</exception>
    public async Task<PollOption> ConfirmAsync(Viewer viewer, string shortId, int number, CancellationToken cancellation)
    {
        PollOption? confirmed = null;
        await ChangeAsync(viewer, shortId, async (db, poll, standing, token) =>
        {
            var id = poll.Id;
            confirmed = await db.Set<PollOption>().AsNoTracking().FirstOrDefaultAsync(o => o.ItemId == id && o.Number == number && o.StartUtc != null, token) ?? throw new NotFoundException();
            var (isOther, isClosing) = (poll.ConfirmedOption != number, Close(poll));
            poll.ConfirmedOption = number;
            if (!isOther && !isClosing) return false;

            await outbox.AddAsync(db, await letters.ConfirmedAsync(db, poll, confirmed, viewer.MemberId, agenda.Address(standing, shortId, confirmed) is not null, token), token);
            return true;
        }, cancellation);
        return confirmed!;
    }

    /// <summary>Writes what was concluded; the first time it is sent to all members.</summary>
    /// <exception cref="NotFoundException">Absent or invisible.</exception>
    /// <exception cref="ForbiddenException">Neither the author nor an animator, or it is still open.</exception>
    /// <exception cref="InvalidInputException">No text, or too long a one.</exception>
    public Task ConcludeAsync(Viewer viewer, string shortId, string? text, CancellationToken cancellation) => ChangeAsync(viewer, shortId, async (db, poll, _, token) =>
    {
        if (!poll.IsClosed(clock.GetUtcNow().UtcDateTime)) throw new ForbiddenException(PollsTexts.ConcludeOnceClosed);

        var rules = new Rules();
        Bodies.Check(rules, text, TextField);
        rules.Demand();

        var isFirst = poll.ConcludedAt is null;
        (poll.Conclusion, poll.ConclusionHtml) = (text!.Trim(), (await bodies.RenderAsync(db, text.Trim(), token)).Html);
        poll.ConcludedAt ??= clock.GetUtcNow().UtcDateTime;
        if (!isFirst) return true;

        writer.Record(db, PollActivities.Concluded, poll.Item);
        await outbox.AddAsync(db, await letters.ConcludedAsync(db, poll, viewer.MemberId, token), token);
        return true;
    }, cancellation);

    private bool Close(Poll poll)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (poll.IsClosed(now)) return false;

        poll.ClosesAt = now;
        return true;
    }

    private async Task<(Poll Poll, Standing Standing)> TakeAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        var (item, standing) = await rights.RequireItemAsync(db, GroupPermissions.EditItem, shortId, cancellation);
        return (await db.Set<Poll>().Include(p => p.Item).FirstOrDefaultAsync(p => p.Id == item.Id, cancellation) ?? throw new NotFoundException(), standing);
    }

    private Task ChangeAsync(Viewer viewer, string shortId, Func<AppDbContext, Poll, Standing, CancellationToken, Task<bool>> change, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var (poll, standing) = await TakeAsync(db, shortId, token);
        if (!await change(db, poll, standing, token)) return false;

        (poll.Item.UpdatedAt, poll.Item.Version) = (clock.GetUtcNow().UtcDateTime, poll.Item.Version + 1);
        writer.Record(db, ActivityKinds.ItemEdited, poll.Item, quiet: true);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);
}
