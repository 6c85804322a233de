using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>Keeps the workers of the rooms going; one that fails tries again and does not stop the others.</summary>
internal sealed partial class Workers(IEnumerable<IWorker> workers, ILogger<Workers> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(workers.Select(w => KeepGoingAsync(w, stoppingToken)));

    private async Task KeepGoingAsync(IWorker worker, CancellationToken stopping)
    {
        // The first run does not hold up the start of the host.
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await worker.RunOnceAsync(stopping);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, worker.GetType().Name);
            }

            await worker.WaitAsync(stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The worker {Worker} failed; it tries again.")]
    private partial void LogFailed(Exception failure, string worker);
}
