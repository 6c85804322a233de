using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Activities;

/// <summary>
/// Runs the consumers over activities that are not dispatched yet, oldest first. Each is claimed by a lease, so that several processes
/// share the work; one that fails is tried again by the sweep, later each time.
/// </summary>
public sealed partial class Dispatcher(AppDb database, IEnumerable<IActivityConsumer> consumers, ActivityWake wake, TimeProvider clock, ILogger<Dispatcher> log) : BackgroundService
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(20);
    private const int MostAttempts = 8;
    private const int Batch = 50;

    private readonly IActivityConsumer[] _consumers = [.. consumers.OrderBy(c => c.Order)];

    /// <summary>Dispatches all that is due now.</summary>
    /// <returns>How many activities were dispatched.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var done = 0;
        for (var ids = await DueAsync(cancellation); ids.Count > 0; ids = await DueAsync(cancellation))
        {
            var before = done;
            foreach (var id in ids)
                if (await DispatchAsync(id, cancellation)) done++;
            if (done == before) break;
        }

        return done;
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
                LogSweepFailed(failure);
            }

            await wake.WaitAsync(Sweep, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<List<Guid>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Activities
            .Where(a => a.DispatchedAt == null && a.Attempts < MostAttempts && (a.LeaseUntil == null || a.LeaseUntil < now))
            .OrderBy(a => a.At).Select(a => a.Id).Take(Batch).ToListAsync(cancellation);
    }

    private async Task<bool> DispatchAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var claimed = await db.Activities
            .Where(a => a.Id == id && a.DispatchedAt == null && (a.LeaseUntil == null || a.LeaseUntil < now))
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.LeaseUntil, now + Lease).SetProperty(a => a.Attempts, a => a.Attempts + 1), cancellation);
        if (claimed == 0) return false;

        var activity = await db.Activities.AsNoTracking().FirstAsync(a => a.Id == id, cancellation);
        try
        {
            foreach (var consumer in _consumers)
            {
                await using var own = database.Open(Viewer.System);
                await consumer.ConsumeAsync(own, activity, cancellation);
            }
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogConsumerFailed(failure, activity.Kind, id, activity.Attempts);
            var later = now + TimeSpan.FromSeconds(15 * Math.Pow(2, activity.Attempts));
            await db.Activities.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.LeaseUntil, later), cancellation);
            return false;
        }

        await db.Activities.Where(a => a.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(a => a.DispatchedAt, clock.GetUtcNow().UtcDateTime).SetProperty(a => a.LeaseUntil, (DateTime?)null), cancellation);
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep of activities failed; it is tried again.")]
    private partial void LogSweepFailed(Exception failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "A consumer failed on activity {Kind} {Id}, attempt {Attempt}.")]
    private partial void LogConsumerFailed(Exception failure, string kind, Guid id, int attempt);
}
