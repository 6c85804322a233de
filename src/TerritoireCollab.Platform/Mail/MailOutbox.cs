using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Puts mails into the outbox, each once.</summary>
public sealed class MailOutbox(MailWake wake, IEnumerable<OutgoingMailKind> kinds)
{
    private readonly HashSet<string> _kinds = [.. kinds.Select(k => k.Key)];

    /// <summary>Adds those of <paramref name="mails"/> whose unique key is not there yet, and wakes the worker.</summary>
    /// <exception cref="ArgumentException">A kind that no room declared: nobody would have seen to what every mail must carry.</exception>
    public async Task AddAsync(AppDbContext db, IReadOnlyCollection<MailRow> mails, CancellationToken cancellation)
    {
        foreach (var mail in mails)
        {
            if (!_kinds.Contains(mail.Kind)) throw new ArgumentException($"No room declared mails of the kind {mail.Kind}.", nameof(mails));

            mail.Key ??= MailKeys.New();
            mail.Domain ??= MailRow.DomainOf(mail.ToAddress);
        }

        foreach (var batch in mails.Chunk(200))
        {
            var keys = batch.Select(m => m.UniqueKey).ToList();
            var present = await db.Mails.Where(m => keys.Contains(m.UniqueKey)).Select(m => m.UniqueKey).ToListAsync(cancellation);
            db.Mails.AddRange(batch.Where(m => !present.Contains(m.UniqueKey)));
            await db.SaveChangesAsync(cancellation);
        }

        CrashPoints.Pass(CrashPoints.Queued);
        db.OnceCommitted(wake.Wake);
    }
}

/// <summary>Wakes the mail worker.</summary>
public sealed class MailWake : WorkerWake;
