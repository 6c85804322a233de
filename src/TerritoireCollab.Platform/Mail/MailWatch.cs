using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Something about mail that an administrator must look at.</summary>
public enum MailAlarm
{
    /// <summary>Mail waits for more than ten minutes.</summary>
    QueueIsOld = 0,
    /// <summary>The server has not taken mail for more than ten minutes.</summary>
    ServerRefuses = 1,
    /// <summary>The worker has shown no life for more than ten minutes.</summary>
    WorkerIsSilent = 2,
    /// <summary>The making of summaries is more than an hour late.</summary>
    DigestIsLate = 3,
    /// <summary>Mail comes in no more.</summary>
    InboxIsSilent = 4,
    /// <summary>Mail waits for an administrator.</summary>
    MailIsHeld = 5,
}

/// <summary>How mail goes.</summary>
public sealed record MailHealth
{
    /// <summary>Since when the mail waits that has waited longest; null when none does.</summary>
    public required DateTime? OldestWaiting { get; init; }

    /// <summary>Since when everything is held; null when it is not.</summary>
    public required DateTime? HeldSince { get; init; }

    /// <summary>Mails that left within the last day.</summary>
    public required int SentLately { get; init; }

    /// <summary>Signs of life by name.</summary>
    public required IReadOnlyDictionary<string, Pulse> Pulses { get; init; }

    /// <summary>What must be looked at, the worst first.</summary>
    public required IReadOnlyList<MailAlarm> Alarms { get; init; }
}

/// <summary>Watches mail: a queue that grows old, a worker that is silent, a summary that is late.</summary>
public sealed class MailWatch(AppDb database, MailOptions options, TimeProvider clock)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(10);

    // Summaries are made when an hour strikes, and so show life once an hour: an hour late is two hours of silence.
    private static readonly TimeSpan DigestLong = TimeSpan.FromHours(2);

    /// <summary>How mail goes now.</summary>
    public async Task<MailHealth> ReadAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var pulses = await db.Set<Pulse>().AsNoTracking().ToDictionaryAsync(p => p.Name, cancellation);
        var oldest = await OldestAsync(db, now, cancellation);
        var since = await MailHold.SinceAsync(db, cancellation);
        var isHeld = since is not null || await db.Mails.AnyAsync(m => m.State == MailState.Held, cancellation);
        var lately = now.AddDays(-1);
        return new MailHealth
        {
            OldestWaiting = oldest,
            HeldSince = since,
            SentLately = await db.Mails.CountAsync(m => m.State == MailState.Sent && m.SentAt > lately, cancellation),
            Pulses = pulses,
            Alarms = [.. Alarms(pulses, oldest, isHeld, now)],
        };
    }

    // A mail that never left for want of a server is put off minute by minute: it waits since it was queued.
    private static async Task<DateTime?> OldestAsync(AppDbContext db, DateTime now, CancellationToken cancellation)
    {
        var due = await db.Mails.Where(m => m.State == MailState.Pending && m.NextAttemptAt <= now).MinAsync(m => (DateTime?)m.NextAttemptAt, cancellation);
        var unsent = await db.Mails.Where(m => m.State == MailState.Pending && m.Attempts == 0 && m.LastError != null).MinAsync(m => (DateTime?)m.CreatedAt, cancellation);
        return due is null || unsent < due ? unsent ?? due : due;
    }

    private IEnumerable<MailAlarm> Alarms(Dictionary<string, Pulse> pulses, DateTime? oldest, bool isHeld, DateTime now)
    {
        if (now - oldest > Long) yield return MailAlarm.QueueIsOld;
        if (pulses.GetValueOrDefault(PulseNames.MailServer) is { Detail: not null } server && now - oldest > Long && (server.LastSuccessAt is null || now - server.LastSuccessAt > Long)) yield return MailAlarm.ServerRefuses;
        if (IsSilent(pulses, PulseNames.MailWorker, Long, now)) yield return MailAlarm.WorkerIsSilent;
        if (IsSilent(pulses, PulseNames.Digest, DigestLong, now)) yield return MailAlarm.DigestIsLate;
        if (options.TakesMail && pulses.GetValueOrDefault(PulseNames.MailIn) is { } inbox && now - (inbox.LastSuccessAt ?? DateTime.MinValue) > Long) yield return MailAlarm.InboxIsSilent;
        if (isHeld) yield return MailAlarm.MailIsHeld;
    }

    private static bool IsSilent(Dictionary<string, Pulse> pulses, string name, TimeSpan longest, DateTime now) => pulses.TryGetValue(name, out var pulse) && now - pulse.LastAt > longest;
}
