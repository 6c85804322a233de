using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>Wakes the worker that treats the mails that came in.</summary>
internal sealed class TreatWake : WorkerWake;

/// <summary>
/// Treats what was stored, each mail under a lease: a process that dies leaves it to the next one, and what is made of a mail takes its key, so
/// that it is made once. A mail that fails again and again is set aside for a person.
/// </summary>
internal sealed partial class TreatMails(AppDb database, TreatMail treat, SettleMail settle, TreatWake wake, MailOptions options, TimeProvider clock, ILogger<TreatMails> log) : IWorker
{
    /// <summary>How often a mail is tried.</summary>
    public const int MostAttempts = 5;

    private const int Batch = 50;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        if (!options.TakesMail) return 0;

        // People who write by mail have no language of their own here.
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        var treated = 0;
        for (var due = await DueAsync(cancellation); due.Count > 0; due = await DueAsync(cancellation))
        {
            foreach (var id in due)
                if (await ClaimAsync(id, cancellation) is { } mail && await TryAsync(mail, cancellation)) treated++;
        }

        return treated;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        return await Due(db, now).OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => m.Id).Take(Batch).ToListAsync(cancellation);
    }

    private static IQueryable<ReceivedMail> Due(AppDbContext db, DateTime now) =>
        db.ReceivedMails.Where(m => m.Outcome == ReceivedOutcome.Waiting && (m.LeaseUntil == null || m.LeaseUntil < now));

    private async Task<ReceivedMail?> ClaimAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = Now();
        var claimed = await Due(db, now).Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, now + Lease).SetProperty(m => m.Attempts, m => m.Attempts + 1), cancellation);
        return claimed == 0 ? null : await db.ReceivedMails.AsNoTracking().FirstAsync(m => m.Id == id, cancellation);
    }

    private async Task<bool> TryAsync(ReceivedMail mail, CancellationToken cancellation)
    {
        try
        {
            await settle.ExecuteAsync(mail, await treat.ExecuteAsync(mail, cancellation), cancellation);
            return true;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, mail.Id, mail.Attempts);
            await FailedAsync(mail, failure, cancellation);
            return false;
        }
    }

    // One minute, four, nine, sixteen: a database that comes back finds its mails waiting.
    private async Task FailedAsync(ReceivedMail mail, Exception failure, CancellationToken cancellation)
    {
        if (mail.Attempts >= MostAttempts)
        {
            await settle.ExecuteAsync(mail, Settlement.Refused(MailRefusal.Failed) with { Detail = $"{failure.GetType().Name}: {failure.Message}" }, cancellation);
            return;
        }

        await using var db = database.Open(Viewer.System);
        var again = Now() + TimeSpan.FromMinutes(mail.Attempts * mail.Attempts);
        await db.ReceivedMails.Where(m => m.Id == mail.Id && m.Outcome == ReceivedOutcome.Waiting).ExecuteUpdateAsync(set => set.SetProperty(m => m.LeaseUntil, again), cancellation);
    }

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail {Id} that came in could not be treated, attempt {Attempt}.")]
    private partial void LogFailed(Exception failure, Guid id, int attempt);
}
