using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Live;

/// <summary>
/// Repeats in this process the signals of what another process dispatched, by watching the outbox: the same on every database, and
/// nothing more to install than the database itself. Runs where several processes may share it.
/// </summary>
public sealed partial class LiveRelay(AppDb database, PageSignals pages, BellSignals bells, TimeProvider clock, ILogger<LiveRelay> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    // The clocks of two machines differ a little, and a transaction may take a moment between its date and its commit.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(15);
    private const int Most = 500;

    /// <summary>Signals what was dispatched since <paramref name="since"/> by whichever process.</summary>
    public async Task RelayAsync(DateTime since, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var dispatched = await db.Activities.AsNoTracking().Where(a => a.DispatchedAt > since).OrderByDescending(a => a.DispatchedAt).Take(Most).ToListAsync(cancellation);
        foreach (var activity in dispatched)
        {
            await pages.ConsumeAsync(db, activity, cancellation);
            await bells.ConsumeAsync(db, activity, cancellation);
        }
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RelayAsync(clock.GetUtcNow().UtcDateTime - Overlap, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                LogFailed(failure);
            }

            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Live signals of other processes could not be read; tried again.")]
    private partial void LogFailed(Exception failure);
}
