using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Sends what the outbox holds. A row is claimed by compare-and-swap under a lease, one message a transaction, and recorded at once after
/// the transport's answer; the right and the wish to get the mail are checked again just before it leaves.
/// </summary>
public sealed partial class MailWorker(
    AppDb database, IMailTransport transport, IEnumerable<IMailCheck> checks, MailWake wake, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(5);
    private const int Batch = 100;
    private const int LongestError = 1000;

    private readonly IMailCheck[] _checks = [.. checks];
    private readonly string _owner = $"{Environment.MachineName}/{Environment.ProcessId}";

    /// <summary>Sends all that is due now.</summary>
    /// <returns>How many mails the transport accepted.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var sent = 0;
        for (var ids = await DueAsync(cancellation); ids.Count > 0; ids = await DueAsync(cancellation))
        {
            var moved = 0;
            foreach (var id in ids)
            {
                if (await ClaimAsync(id, cancellation) is not { } mail) continue;
                moved++;
                if (await HandleAsync(mail, cancellation)) sent++;
            }

            if (moved == 0) break;
        }

        return sent;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogRunFailed(failure);
            }

            await wake.WaitAsync(Sweep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();

        // A row still « sending » beyond its lease: the process died between the transport's answer and our record of it, or before.
        await db.Mails.Where(m => m.State == MailState.Sending && m.LeaseUntil < now)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Uncertain), cancellation);
        return await db.Mails.Where(m => m.State == MailState.Pending && m.NextAttemptAt <= now)
            .OrderBy(m => m.Priority).ThenBy(m => m.NextAttemptAt).Select(m => m.Id).Take(Batch).ToListAsync(cancellation);
    }

    private async Task<MailRow?> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var claimed = await db.Mails.Where(m => m.Id == id && m.State == MailState.Pending && m.NextAttemptAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MailState.Sending).SetProperty(m => m.LeaseUntil, now + Lease)
                .SetProperty(m => m.Owner, _owner).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
        return claimed == 0 ? null : await db.Mails.AsNoTracking().FirstAsync(m => m.Id == id, cancellation);
    }

    private async Task<bool> HandleAsync(MailRow mail, CancellationToken cancellation)
    {
        var isHandedOver = false;
        try
        {
            if (!await MayLeaveAsync(mail, cancellation))
            {
                await RecordAsync(mail, MailState.Dropped, null, null, CancellationToken.None);
                return false;
            }

            isHandedOver = true;
            return await SendAsync(mail, cancellation);
        }
        catch (Exception failure) when (failure is OperationCanceledException || !isHandedOver)
        {
            // It certainly did not leave: the next run takes it up again, and nobody need wonder.
            await RecordAsync(mail, MailState.Pending, null, null, CancellationToken.None);
            throw;
        }
    }

    private async Task<bool> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        var answer = await transport.SendAsync(mail, cancellation);
        switch (answer.Outcome)
        {
            case MailOutcome.Accepted:
                await RecordAsync(mail, MailState.Sent, null, null, CancellationToken.None);
                return true;
            case MailOutcome.Uncertain:
                await RecordAsync(mail, MailState.Uncertain, answer.Detail, null, CancellationToken.None);
                return false;
            case MailOutcome.TryLater when Now() - mail.CreatedAt < GiveUp:
                await RecordAsync(mail, MailState.Pending, answer.Detail, Now() + BackOff(mail.Attempts), CancellationToken.None);
                return false;
            default:
                LogRefused(mail.Kind, mail.Id, answer.Detail);
                await RecordAsync(mail, MailState.Failed, answer.Detail, null, CancellationToken.None);
                return false;
        }
    }

    /// <summary>One minute, doubled each time, at most four hours.</summary>
    private static TimeSpan BackOff(int attempts) => TimeSpan.FromMinutes(Math.Min(240, Math.Pow(2, Math.Max(0, attempts - 1))));

    private async Task<bool> MayLeaveAsync(MailRow mail, CancellationToken cancellation)
    {
        await using var db = database.Open(mail.MemberId is { } member ? Viewer.Member(member) : Viewer.Anonymous);
        return _checks.FirstOrDefault(c => c.Decides(mail)) is { } check
            ? await check.MayLeaveAsync(db, mail, cancellation)
            : !mail.Optional || mail.MemberId is not { } reader || await IsForReaderAsync(db, mail, reader, cancellation);
    }

    // What holds for any optional mail that nobody knows better: the account, the right to read, the mute, the level.
    private static async Task<bool> IsForReaderAsync(AppDbContext db, MailRow mail, Guid member, CancellationToken cancellation)
    {
        if (!await db.Members.AnyAsync(m => m.Id == member && m.State == MemberState.Active, cancellation)) return false;
        if (mail.ItemId is { } item)
        {
            if (!await db.Items.AnyAsync(i => i.Id == item, cancellation)) return false;
            if (await db.Subscriptions.AnyAsync(s => s.ItemId == item && s.MemberId == member && s.Following == Following.Muted, cancellation)) return false;
        }

        return mail.GroupId is not { } group
            || await db.Memberships.AnyAsync(m => m.GroupId == group && m.MemberId == member && m.State == MembershipState.Active && m.MailLevel > MailLevel.Nothing, cancellation);
    }

    private async Task RecordAsync(MailRow mail, MailState state, string? error, DateTime? next, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        if (error?.Length > LongestError) error = error[..LongestError];

        // An answer that comes after the lease settles what was held for uncertain meanwhile.
        await db.Mails.Where(m => m.Id == mail.Id && m.Owner == _owner && (m.State == MailState.Sending || m.State == MailState.Uncertain)).ExecuteUpdateAsync(set => set
            .SetProperty(m => m.State, state)
            .SetProperty(m => m.LastError, error)
            .SetProperty(m => m.LeaseUntil, (DateTime?)null)
            .SetProperty(m => m.NextAttemptAt, m => next ?? m.NextAttemptAt)
            .SetProperty(m => m.SentAt, m => state == MailState.Sent ? now : m.SentAt), cancellation);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail worker failed; it tries again.")]
    private partial void LogRunFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Kind} {Id} was refused: {Detail}")]
    private partial void LogRefused(string kind, Guid id, string? detail);
}
