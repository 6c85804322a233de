using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Quartz;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Data.Providers;
using TerritoireCollab.Platform.Settings;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>
/// Runs the jobs whose hour has come since their last run. The last run is a row that a process claims by compare-and-swap, so that
/// several share the work, and an hour missed while everything was stopped is made up for at the next start.
/// </summary>
public sealed class DueJobs(AppDb database, IEnumerable<IRecurringJob> jobs, TimeZoneInfo zone, TimeProvider clock)
{
    /// <summary>Runs every job that is due; one that fails does not stop the others.</summary>
    /// <returns>How many ran.</returns>
    /// <exception cref="AggregateException">Some failed: each is named.</exception>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var ran = 0;
        List<Exception> failures = [];
        foreach (var job in jobs)
        {
            try
            {
                if (!await ClaimAsync(job, cancellation)) continue;

                await job.RunAsync(cancellation);
                ran++;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failures.Add(new InvalidOperationException($"The job {job.Key} failed; it runs again at its next hour.", failure));
            }
        }

        return failures.Count == 0 ? ran : throw new AggregateException(failures);
    }

    private async Task<bool> ClaimAsync(IRecurringJob job, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var (key, now) = ($"job.{job.Key}", clock.GetUtcNow());
        var last = await db.Settings.Where(s => s.Key == key).Select(s => s.Value).FirstOrDefaultAsync(cancellation);
        var stamp = now.ToString("O", CultureInfo.InvariantCulture);
        if (last is null)
        {
            // A new platform has nothing to make up for: the first run waits for its hour.
            db.Settings.Add(new Setting { Key = key, Value = stamp });
            await SaveOrLeaveToAnotherAsync(db, cancellation);
            return false;
        }

        var due = new CronExpression(job.Hours, zone).GetNextValidTimeAfter(DateTimeOffset.Parse(last, CultureInfo.InvariantCulture));
        return due <= now && await db.Settings.Where(s => s.Key == key && s.Value == last).ExecuteUpdateAsync(set => set.SetProperty(s => s.Value, stamp), cancellation) == 1;
    }

    private static async Task SaveOrLeaveToAnotherAsync(AppDbContext db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException failure) when (failure.IsDuplicate())
        {
            // Another process wrote it at the same moment.
        }
    }
}
