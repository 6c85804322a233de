using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// Sends what the outbox holds, over a few connections at once. A mail is claimed by compare-and-swap, and its end written down at once after the
/// transport's answer; the right and the wish to get it are asked again just before it leaves.
/// </summary>
public sealed partial class MailWorker(
    AppDb database, IMailTransport transport, IEnumerable<IMailCheck> checks, MailOptions options, Bounces bounces, Pulses pulses, MailWake wake, TimeProvider clock, ILogger<MailWorker> log) : BackgroundService
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastPause = TimeSpan.FromSeconds(2);

    // A host that stops gives its services half a minute: a message that is under way is seen to its end within it.
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(25);

    private readonly MailGuard _guard = new(database, checks, clock);
    private readonly MailClaims _claims = new(database, options, clock);
    private readonly MailPace _pace = new(options, clock);
    private readonly ServerTrouble _trouble = new(clock);

    /// <summary>Sends all that is due now.</summary>
    /// <returns>How many mails the transport accepted.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        await _claims.SortAsync(cancellation);
        if (_trouble.IsWaiting) return 0;

        using var goodbye = new CancellationTokenSource();
        await using var stopping = cancellation.Register(() => goodbye.CancelAfter(LongestGoodbye));
        using var run = new MailRun(_claims, _guard, _pace, _trouble, transport, bounces, pulses, options, wake, clock, log);
        return await run.SendAsync(cancellation, goodbye.Token);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var sent = await RunOnceAsync(stoppingToken);
                await pulses.SucceededAsync(PulseNames.MailWorker, stoppingToken);
                if (sent == 0) await transport.RestAsync();
            }
            catch (Exception failure) when (failure is not OperationCanceledException || !stoppingToken.IsCancellationRequested)
            {
                LogRunFailed(failure);
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await wake.WaitAsync(Pause(), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan Pause()
    {
        var pause = _trouble.IsWaiting ? _trouble.Left : _pace.UntilNext() ?? Sweep;
        return pause < LeastPause ? LeastPause : pause > Sweep ? Sweep : pause;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail worker failed; it tries again.")]
    private partial void LogRunFailed(Exception failure);
}

/// <summary>How long a server that is out of reach is left alone: 30 seconds, then a minute. What waits stays as it is meanwhile.</summary>
internal sealed class ServerTrouble(TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private DateTimeOffset _until = DateTimeOffset.MinValue;
    private int _failures;

    public bool IsWaiting => Left > TimeSpan.Zero;

    public TimeSpan Left => _until - clock.GetUtcNow();

    public void Failed() => _until = clock.GetUtcNow() + (_failures++ == 0 ? First : Longest);

    public void Ended() => (_failures, _until) = (0, DateTimeOffset.MinValue);
}
