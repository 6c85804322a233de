using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Inbox.Mails;

/// <summary>Somebody who gets a mail.</summary>
/// <param name="MemberId">The member.</param>
/// <param name="Name">Name.</param>
/// <param name="Address">Address.</param>
/// <param name="Reason">Why.</param>
/// <param name="Level">The level chosen for the group.</param>
/// <param name="Why">Why, in words, for whoever follows it otherwise than by itself.</param>
internal sealed record MailRecipient(Guid MemberId, string Name, string Address, NotificationReason Reason, MailLevel Level, string? Why = null);

/// <summary>
/// Writes the mails of contents and answers whose wait is over: all that waits of one thread for one member goes in one mail, with the texts of that moment; what was
/// taken back, or read on the site meanwhile, is left out. A notification gives up its hour in the transaction of its mail, so each is mailed once whoever writes it.
/// </summary>
internal sealed partial class GatherMails(AppDb database, ActivityLetters letters, UrgentContents urgent, FollowedOtherwise otherwise, MailOutbox outbox, TimeProvider clock, ILogger<GatherMails> log) : IWorker
{
    private const int ThreadsAtOnce = 50;
    private const int MailsAtOnce = 100;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        // Members have no language of their own.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var written = 0;
        for (var threads = await DueAsync(cancellation); threads.Count > 0; threads = await DueAsync(cancellation))
        {
            var settled = 0;
            foreach (var thread in threads)
            {
                var (cleared, mails) = await WriteAsync(thread, null, cancellation);
                (settled, written) = (settled + cleared, written + mails);
            }

            if (settled == 0) break;
        }

        return written;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Pause, cancellation);

    /// <summary>Writes at once the mails of one activity that are due already.</summary>
    public Task WriteAsync(Activity activity, CancellationToken cancellation) => WriteAsync(activity.ItemId!.Value, activity.Id, cancellation);

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        return await Waiting(db).Where(n => n.MailDueAt <= now && n.ItemId != null).GroupBy(n => n.ItemId!.Value).OrderBy(g => g.Min(n => n.MailDueAt)).Select(g => g.Key)
            .Take(ThreadsAtOnce).ToListAsync(cancellation);
    }

    // What is told to whoever is away waits for the summary of the return, but for what is personal. Whoever is back gets what comes from then on as before.
    private static IQueryable<Notification> Waiting(AppDbContext db) => db.Notifications.AsNoTracking().Where(n => n.MailDueAt != null
        && (n.Reason == NotificationReason.Mention || !db.MailPreferences.Any(p => p.MemberId == n.MemberId && p.PausedUntil > n.CreatedAt)));

    private async Task<(int Cleared, int Mails)> WriteAsync(Guid itemId, Guid? activityId, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var waiting = await WaitingAsync(db, itemId, activityId, cancellation);
        if (waiting.Count == 0) return (0, 0);

        var thread = await ReadAsync(db, itemId, waiting, cancellation);
        var written = new Dictionary<string, ActivityLetter>();
        var (cleared, mails) = (0, 0);
        foreach (var batch in waiting.GroupBy(n => n.MemberId).Chunk(MailsAtOnce))
        {
            var rows = new List<MailRow>();
            foreach (var told in batch)
                if (thread is not null && await MailAsync(db, thread, told.Key, [.. told], written, cancellation) is { } row) rows.Add(row);

            var ids = batch.SelectMany(b => b).Select(n => n.Id).ToList();
            if (!await SettleAsync(ids, rows, cancellation)) continue;
            (cleared, mails) = (cleared + ids.Count, mails + rows.Count);
        }

        return (cleared, mails);
    }

    // All that waits for whoever has something due: also what would be due a little later.
    private async Task<List<Told>> WaitingAsync(AppDbContext db, Guid itemId, Guid? activityId, CancellationToken cancellation)
    {
        var now = Now();
        var waiting = Waiting(db).Where(n => n.ItemId == itemId);
        waiting = activityId is { } one
            ? waiting.Where(n => n.ActivityId == one && n.MailDueAt <= now)
            : waiting.Where(n => Waiting(db).Any(d => d.ItemId == itemId && d.MemberId == n.MemberId && d.MailDueAt <= now));
        return await waiting.OrderBy(n => n.MemberId).Select(n => new Told(n.Id, n.MemberId, n.Reason, n.ReadAt != null, n.Activity!)).ToListAsync(cancellation);
    }

    private async Task<Thread?> ReadAsync(AppDbContext db, Guid itemId, List<Told> waiting, CancellationToken cancellation)
    {
        var item = await db.Items.AsNoTracking().Include(i => i.Organisation).FirstOrDefaultAsync(i => i.Id == itemId, cancellation);
        if (item is null) return null;

        var group = await db.Groups.AsNoTracking().FirstAsync(g => g.Id == item.GroupId, cancellation);
        var comments = waiting.Select(n => n.Activity.CommentId).OfType<Guid>().Distinct().ToList();
        var members = waiting.Select(n => n.MemberId).Distinct().ToList();
        return new Thread(
            item, group, await urgent.IsUrgentAsync(db, item, cancellation),
            await db.Comments.AsNoTracking().Include(c => c.Author).Include(c => c.Organisation)
                .Where(c => c.ItemId == itemId && comments.Contains(c.Id) && c.Kind == CommentKind.Message).ToDictionaryAsync(c => c.Id, cancellation),
            await db.Members.Where(m => members.Contains(m.Id) && m.State == MemberState.Active && m.Email != null && !db.MailPreferences.Any(p => p.MemberId == m.Id && p.IsSilent))
                .ToDictionaryAsync(m => m.Id, m => new Reader(m.Name, m.Email!), cancellation),
            await db.Memberships.Where(m => m.GroupId == item.GroupId && m.State == MembershipState.Active && members.Contains(m.MemberId)).ToDictionaryAsync(m => m.MemberId, m => m.MailLevel, cancellation),
            await db.Subscriptions.Where(s => s.ItemId == itemId && s.Following == Following.Muted).Select(s => s.MemberId).ToHashSetAsync(cancellation),
            // Whoever writes has the thread marked up to there, but may write by mail, or have opened the page before: only what was seen counts.
            await db.ReadMarks.Where(r => r.ItemId == itemId && members.Contains(r.MemberId) && !db.Comments.Any(c => c.ItemId == itemId && c.AuthorId == r.MemberId && c.Number == r.Number))
                .ToDictionaryAsync(r => r.MemberId, r => r.Number, cancellation),
            waiting.Exists(n => n.Reason == NotificationReason.Following) ? await otherwise.WhyAsync(db, item, cancellation) : new Dictionary<Guid, string>());
    }

    private async Task<MailRow?> MailAsync(AppDbContext db, Thread thread, Guid member, IReadOnlyList<Told> told, Dictionary<string, ActivityLetter> written, CancellationToken cancellation)
    {
        if (!thread.Members.TryGetValue(member, out var reader)) return null;

        // The rights of this moment, not of the moment of the notification.
        var isIn = thread.Levels.TryGetValue(member, out var level);
        if (!isIn && thread.Item.Audience < Audience.Platform) return null;

        var wanted = told.Where(t => IsWanted(thread, member, level, t)).OrderBy(t => thread.NumberOf(t.Activity)).ToList();
        if (wanted.Count == 0) return null;

        var key = string.Join(' ', wanted.Select(t => t.Activity.Id));
        if (!written.TryGetValue(key, out var letter))
        {
            var answers = wanted.Where(t => t.Activity.CommentId is not null).Select(t => thread.Comments[t.Activity.CommentId!.Value]).ToList();
            written[key] = letter = await letters.WriteAsync(db, new ThreadPosts(thread.Item, thread.Group, wanted[^1].Activity, wanted[0].Activity.CommentId is null, answers, thread.IsUrgent)
            {
                Besides = wanted[0].Activity.CommentId is null ? ActivityParticulars.Of(wanted[0].Activity).Note : null,
            }, cancellation);
        }

        return await letters.AddressAsync(letter, new MailRecipient(member, reader.Name, reader.Address, wanted.Select(t => t.Reason).MaxBy(Strength), level, thread.Whys.GetValueOrDefault(member)));
    }

    private static bool IsWanted(Thread thread, Guid member, MailLevel level, Told told)
    {
        if (told.Activity.CommentId is { } comment && !thread.Comments.ContainsKey(comment)) return false;
        if (told.IsRead || (thread.Reads.TryGetValue(member, out var read) && read >= thread.NumberOf(told.Activity))) return false;
        if (told.Reason == NotificationReason.Mention) return true;

        return !thread.Muted.Contains(member) && MailTiming.WantsAtOnce(told.Activity.Kind, told.Reason, level, thread.IsUrgent && told.Activity.Kind == ActivityKinds.ItemCreated);
    }

    private static int Strength(NotificationReason reason) => reason switch
    {
        NotificationReason.Mention => 3,
        NotificationReason.Author => 2,
        NotificationReason.Following => 1,
        _ => 0,
    };

    private async Task<bool> SettleAsync(List<Guid> ids, List<MailRow> rows, CancellationToken cancellation)
    {
        try
        {
            await database.TransactAsync(Viewer.System, async (db, token) =>
            {
                var mine = await db.Notifications.Where(n => ids.Contains(n.Id) && n.MailDueAt != null).ExecuteUpdateAsync(set => set.SetProperty(n => n.MailDueAt, (DateTime?)null), token);
                if (mine != ids.Count) throw new DbUpdateConcurrencyException();
                if (rows.Count > 0) await outbox.AddAsync(db, rows, token);
                return mine;
            }, cancellation);
            return true;
        }
        catch (DbUpdateConcurrencyException)
        {
            LogSettledElsewhere(ids.Count);
            return false;
        }
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Debug, Message = "Of {Count} notifications some were mailed by another process; the rest is looked at again.")]
    private partial void LogSettledElsewhere(int count);

    private sealed record Told(Guid Id, Guid MemberId, NotificationReason Reason, bool IsRead, Activity Activity);

    private sealed record Reader(string Name, string Address);

    private sealed record Thread(
        ContentItem Item, Group Group, bool IsUrgent, Dictionary<Guid, Comment> Comments, Dictionary<Guid, Reader> Members, Dictionary<Guid, MailLevel> Levels, HashSet<Guid> Muted, Dictionary<Guid, int> Reads, IReadOnlyDictionary<Guid, string> Whys)
    {
        public int NumberOf(Activity activity) => activity.CommentId is { } comment ? Comments[comment].Number : 0;
    }
}
