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
    /// <summary>The jobs.</summary>
    public IReadOnlyList<IRecurringJob> All { get; } = [.. jobs];

    /// <summary>Runs every job that is due.</summary>
    /// <returns>How many ran.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var ran = 0;
        foreach (var job in All)
        {
            if (!await ClaimAsync(job, cancellation)) continue;
            await job.RunAsync(cancellation);
            ran++;
        }

        return ran;
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
