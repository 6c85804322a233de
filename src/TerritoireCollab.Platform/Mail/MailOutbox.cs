using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Mail;

/// <summary>Puts mails into the outbox, each once.</summary>
public sealed class MailOutbox(MailWake wake)
{
    /// <summary>Adds those of <paramref name="mails"/> whose unique key is not there yet, and wakes the worker.</summary>
    public async Task AddAsync(AppDbContext db, IReadOnlyCollection<MailRow> mails, CancellationToken cancellation)
    {
        foreach (var batch in mails.Chunk(200))
        {
            var keys = batch.Select(m => m.UniqueKey).ToList();
            var present = await db.Mails.Where(m => keys.Contains(m.UniqueKey)).Select(m => m.UniqueKey).ToListAsync(cancellation);
            db.Mails.AddRange(batch.Where(m => !present.Contains(m.UniqueKey)));
            await db.SaveChangesAsync(cancellation);
        }

        wake.Wake();
    }
}

/// <summary>Wakes the mail worker.</summary>
public sealed class MailWake : IDisposable
{
    private readonly SemaphoreSlim _signal = new(0, 1);

    /// <summary>Says that there may be mail.</summary>
    public void Wake()
    {
        try
        {
            _signal.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has said so already.
        }
    }

    /// <summary>Waits for a wake-up, at most <paramref name="timeout"/>.</summary>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellation) => _signal.WaitAsync(timeout, cancellation);

    /// <inheritdoc />
    public void Dispose() => _signal.Dispose();
}
