using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Closing;

/// <summary>
/// Every five minutes: deals with the polls whose end has come, and reminds those who have not voted where the hour of the reminder has. A poll is closed by
/// the clock; what is done here may be late, and done twice leaves what once does.
/// </summary>
internal sealed class SettlePolls(AppDb database, ContentWriter writer, PollLetters letters, MailOutbox outbox, TimeProvider clock) : IRecurringJob
{
    private const int AtOnce = 100;

    /// <inheritdoc />
    public string Key => "polls.fins";

    /// <inheritdoc />
    public string Hours => "30 0/5 * * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var shortId in await DueAsync(now, cancellation)) await SettleAsync(shortId, cancellation);
        foreach (var shortId in await ToRemindAsync(now, cancellation)) await RemindAsync(shortId, cancellation);
    }

    private async Task<List<string>> DueAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await db.Set<Poll>().Where(p => p.SettledAt == null && p.ClosesAt <= now).OrderBy(p => p.ClosesAt).Select(p => p.Item.ShortId).Take(AtOnce).ToListAsync(cancellation);
    }

    private async Task<List<string>> ToRemindAsync(DateTime now, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var open = await db.Set<Poll>().Where(p => p.SettledAt == null && p.ClosesAt > now && p.RemindBefore > 0 && p.ReminderSentFor != p.ClosesAt)
            .Select(p => new { p.Item.ShortId, p.Item.CreatedAt, p.ClosesAt, p.RemindBefore }).ToListAsync(cancellation);
        // What was asked later than the hour of its reminder reminds of nothing: it was just told.
        return [.. open.Where(p => p.ClosesAt.AddHours(-p.RemindBefore) is var at && at <= now && at > p.CreatedAt).Select(p => p.ShortId)];
    }

    private Task SettleAsync(string shortId, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (await TakeAsync(db, shortId, token) is not { SettledAt: null } poll || !poll.IsClosed(now)) return false;

        poll.SettledAt = now;
        if (poll.Secrecy == Secrecy.Secret) await PartAsync(db, poll, token);
        writer.Record(db, PollActivities.Closed, poll.Item, actorId: poll.Item.AuthorId);
        // What the search keeps of it says that it is open still.
        writer.Record(db, ActivityKinds.ItemEdited, poll.Item, quiet: true, actorId: poll.Item.AuthorId);
        await db.SaveChangesAsync(token);
        await outbox.AddAsync(db, await letters.ClosedAsync(db, poll, token), token);
        return true;
    }, cancellation);

    private Task RemindAsync(string shortId, CancellationToken cancellation) => database.TransactAsync(Viewer.System, async (db, token) =>
    {
        if (await TakeAsync(db, shortId, token) is not { } poll || poll.ReminderSentFor == poll.ClosesAt) return false;

        poll.ReminderSentFor = poll.ClosesAt;
        await db.SaveChangesAsync(token);
        await outbox.AddAsync(db, await letters.RemindAsync(db, poll, $"{poll.ClosesAt:yyyyMMddHHmm}", token), token);
        return true;
    }, cancellation);

    private static async Task<Poll?> TakeAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        await db.LockAsync(shortId, cancellation);
        return await db.Set<Poll>().Include(p => p.Item).FirstOrDefaultAsync(p => p.Item.ShortId == shortId, cancellation);
    }

    // The key that made the tags is gone, and the votes are written anew under other keys, in an order drawn by lot: nothing leads from a vote to a name any more.
    private static async Task PartAsync(AppDbContext db, Poll poll, CancellationToken cancellation)
    {
        var id = poll.Id;
        var ballots = await db.Set<PollBallot>().Where(b => b.ItemId == id).ToListAsync(cancellation);
        poll.Seal = null;
        db.RemoveRange(ballots);
        await db.SaveChangesAsync(cancellation);
        foreach (var ballot in ballots.Select(b => new PollBallot { ItemId = poll.Id, Tag = new Guid(RandomNumberGenerator.GetBytes(16)).ToString("N"), Marks = b.Marks, Reason = b.Reason }).OrderBy(b => b.Id)) db.Add(ballot);
    }
}
