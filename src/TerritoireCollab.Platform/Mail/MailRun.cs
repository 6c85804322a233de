using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// One emptying of the outbox by a few lanes, which take from one buffer. A lane that waits for a slow server holds one mail and no other; a host part
/// never holds all lanes, and after a slow answer only one.
/// </summary>
internal sealed partial class MailRun(
    MailClaims claims, MailGuard guard, MailPace pace, ServerTrouble trouble, IMailTransport transport, Bounces bounces, Pulses pulses, MailOptions options, MailWake wake, TimeProvider clock, ILogger log) : IDisposable
{
    private const int Buffer = 250;
    private const int Beside = 50;
    private static readonly TimeSpan GiveUp = TimeSpan.FromDays(5);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LookBeside = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan TroublePause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan[] BackOffs = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4)];

    private readonly SemaphoreSlim _lock = new(1, 1);
    private readonly DoubtGate _gate = new();
    private readonly List<Reserved> _buffer = [];
    private readonly Dictionary<Guid, string> _underWay = [];
    private readonly HashSet<string> _slow = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isDry;
    private long _looked;
    private volatile bool _isStopped;
    private string? _serverSaid;

    private int Lanes => Math.Clamp(options.Smtp.Connections, 1, 4);

    /// <summary>Sends until nothing is due, or <paramref name="stop"/> asks to begin no other; <paramref name="goodbye"/> cuts what is under way.</summary>
    /// <returns>How many mails the transport accepted.</returns>
    public async Task<int> SendAsync(CancellationToken stop, CancellationToken goodbye)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(goodbye);
        var renewing = RenewAsync(ended.Token);
        try
        {
            return (await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => Task.Run(() => LaneAsync(stop, goodbye), CancellationToken.None)))).Sum();
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            await claims.ReleaseAsync([.. _buffer.Select(r => r.Mail.Id)], _serverSaid is null ? Now() : Now() + TroublePause, _serverSaid);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _lock.Dispose();
        _gate.Dispose();
    }

    private async Task<int> LaneAsync(CancellationToken stop, CancellationToken goodbye)
    {
        var sent = 0;
        while (await NextAsync(stop) is { } next)
        {
            try
            {
                if (await HandleAsync(next, goodbye)) sent++;
            }
            catch
            {
                _isStopped = true;
                throw;
            }
            finally
            {
                await EndAsync(next.Mail);
            }
        }

        return sent;
    }

    // The next mail that may leave, when there is one or one comes while others are still under way.
    private async Task<Reserved?> NextAsync(CancellationToken stop)
    {
        while (!_isStopped)
        {
            Task changed;
            await _lock.WaitAsync(CancellationToken.None);
            try
            {
                if (stop.IsCancellationRequested) return null;
                if (Take() is { } mail) return mail;
                if (!_isDry && await RefillAsync(stop)) continue;
                if (_underWay.Count == 0) return null;
                changed = _changed.Task;
            }
            finally
            {
                _lock.Release();
            }

            // A slow answer does not keep what is queued meanwhile from leaving.
            if (await IsWokenBeforeAsync(changed, stop)) _isDry = false;
        }

        return null;
    }

    // A lane that waits no more must not swallow the next wake-up: it takes back its wait, and gives back the wake-up that came in that moment.
    private async Task<bool> IsWokenBeforeAsync(Task changed, CancellationToken stop)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var woken = wake.WaitAsync(Look, waiting.Token);
        if (await Task.WhenAny(changed, woken) != changed) return true;

        await waiting.CancelAsync();
        await woken.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (woken.IsCompletedSuccessfully) wake.Wake();
        return false;
    }

    private Reserved? Take()
    {
        var now = Now();
        _buffer.RemoveAll(r => r.Until - Margin <= now);
        for (var i = 0; i < _buffer.Count; i++)
        {
            var domain = DomainOf(_buffer[i].Mail);
            if (IsFull(domain) || !pace.TryTake(domain)) continue;

            var taken = _buffer[i];
            _buffer.RemoveAt(i);
            _underWay[taken.Mail.Id] = domain;
            return taken;
        }

        return null;
    }

    private bool IsFull(string domain) => _underWay.Values.Count(d => d == domain) >= (_slow.Contains(domain) ? 1 : Math.Max(1, Lanes - 1));

    private async Task<bool> RefillAsync(CancellationToken stop)
    {
        // What is at hand is held up by its host parts: whether there is mail for others is asked now and then, not after each mail.
        if (_buffer.Count > 0 && TimeProvider.System.GetElapsedTime(_looked) < LookBeside) return false;

        _looked = TimeProvider.System.GetTimestamp();
        var waiting = pace.Exhausted().Concat(_underWay.Values.Distinct().Where(IsFull)).Distinct().ToList();
        var now = Now();
        var mails = await ReserveAsync(waiting, stop);
        if (mails.Count == 0)
        {
            _isDry = true;
            return false;
        }

        CrashPoints.Pass(CrashPoints.Claimed);
        var recipients = await guard.RecipientsAsync(mails, stop);
        _buffer.AddRange(mails.Select(m => new Reserved(m, recipients[m.Id], now, now + MailClaims.Lease)));
        return true;
    }

    // In its turn: two writers at once wait for each other longer than one after the other.
    private async Task<IReadOnlyList<MailRow>> ReserveAsync(IReadOnlyCollection<string> waiting, CancellationToken stop)
    {
        using var turn = await _gate.EnterAsync(stop);
        return await claims.ReserveAsync(Math.Max(Beside, Buffer - _buffer.Count), waiting, stop);
    }

    private async Task EndAsync(MailRow mail)
    {
        await _lock.WaitAsync(CancellationToken.None);
        try
        {
            // A host part that was full may have mails that were left in the outbox for that.
            if (IsFull(_underWay[mail.Id])) _isDry = false;
            _underWay.Remove(mail.Id);
            Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        }
        finally
        {
            _lock.Release();
        }
    }

    private async Task<bool> HandleAsync(Reserved next, CancellationToken cancellation)
    {
        var mail = next.Mail;
        var isHandedOver = false;
        try
        {
            var recipient = Now() - next.CheckedAt < Fresh ? next.Recipient : (await guard.RecipientsAsync([mail], cancellation))[mail.Id];
            if (!recipient.MayLeave || !await guard.MayLeaveAsync(mail, cancellation))
            {
                await claims.RecordAsync(mail, MailState.Dropped, null, Now(), mail.Attempts);
                return false;
            }

            (mail.ToAddress, mail.Domain) = (recipient.Address, MailRow.DomainOf(recipient.Address));
            isHandedOver = true;
            return await SendAsync(mail, cancellation);
        }
        catch (Exception failure) when (failure is OperationCanceledException || !isHandedOver)
        {
            // It certainly did not leave: the next run takes it up again, and nobody need wonder.
            await claims.RecordAsync(mail, MailState.Pending, null, Now(), mail.Attempts);
            throw;
        }
    }

    private async Task<bool> SendAsync(MailRow mail, CancellationToken cancellation)
    {
        DoubtGate.Turn? turn = null;
        try
        {
            var started = clock.GetTimestamp();
            var answer = await transport.SendAsync(mail, async () => (turn = await BeginAsync(mail, cancellation)) is not null, cancellation);
            Watch(DomainOf(mail), clock.GetElapsedTime(started));
            await SettleAsync(mail, answer);
            return answer.Outcome == MailOutcome.Accepted;
        }
        finally
        {
            turn?.Dispose();
        }
    }

    private async Task<DoubtGate.Turn?> BeginAsync(MailRow mail, CancellationToken cancellation)
    {
        var turn = await _gate.EnterAsync(cancellation);
        try
        {
            if (await claims.BeginAsync(mail, cancellation))
            {
                CrashPoints.Pass(CrashPoints.Begun);
                return turn;
            }
        }
        catch
        {
            turn.Dispose();
            throw;
        }

        turn.Dispose();
        return null;
    }

    private async Task SettleAsync(MailRow mail, MailAnswer answer)
    {
        var attempts = mail.Attempts + 1;
        switch (answer.Outcome)
        {
            case MailOutcome.Accepted:
                CrashPoints.Pass(CrashPoints.Accepted);
                await claims.SentAsync(mail);
                CrashPoints.Pass(CrashPoints.Recorded);
                trouble.Ended();
                await pulses.SucceededAsync(PulseNames.MailServer, CancellationToken.None);
                break;
            case MailOutcome.Withdrawn:
                break;
            case MailOutcome.Unreachable:
                await claims.RecordAsync(mail, MailState.Pending, answer.Detail, Now() + TroublePause, mail.Attempts);
                await StopAsync(answer.Detail ?? "");
                break;
            case MailOutcome.Uncertain:
                await claims.RecordAsync(mail, MailState.Uncertain, answer.Detail, Now() + BackOffs[0], attempts);
                break;
            case MailOutcome.TryLater when Now() - mail.CreatedAt < GiveUp:
                await claims.RecordAsync(mail, MailState.Pending, answer.Detail, Now() + BackOff(attempts), attempts);
                break;
            default:
                LogRefused(mail.Kind, mail.Id, answer.Detail);
                await claims.RecordAsync(mail, MailState.Failed, answer.Detail, Now(), attempts);
                await CountAsync(mail, answer);
                break;
        }
    }

    private async Task CountAsync(MailRow mail, MailAnswer answer)
    {
        var kind = answer.Outcome == MailOutcome.TryLater ? BounceKind.Soft : answer.Bounce;
        if (kind is not { } known) return;

        await bounces.RecordAsync(
            new Bounce { Address = mail.ToAddress, MailId = mail.Id, MemberId = mail.MemberId, At = Now(), Kind = known, Status = answer.Status, Diagnostic = answer.Detail }, CancellationToken.None);
    }

    private async Task StopAsync(string said)
    {
        if (!_isStopped) LogUnreachable(said);
        (_isStopped, _serverSaid) = (true, said);
        trouble.Failed();
        await pulses.FailedAsync(PulseNames.MailServer, said, CancellationToken.None);
    }

    private void Watch(string domain, TimeSpan took)
    {
        lock (_slow)
        {
            if (took > Slow) _slow.Add(domain);
            else _slow.Remove(domain);
        }
    }

    private async Task RenewAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            await Task.Delay(Renewal, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellation.IsCancellationRequested) return;

            await _lock.WaitAsync(CancellationToken.None);
            List<Guid> ids = [.. _underWay.Keys];
            _lock.Release();
            try
            {
                if (ids.Count > 0) await claims.RenewAsync(ids, CancellationToken.None);
            }
            catch (System.Data.Common.DbException failure)
            {
                LogNotRenewed(failure);
            }
        }
    }

    private static TimeSpan BackOff(int attempts) => BackOffs[Math.Clamp(attempts, 1, BackOffs.Length) - 1];

    private static string DomainOf(MailRow mail) => mail.Domain ?? MailRow.DomainOf(mail.ToAddress);

    private DateTime Now() => clock.GetUtcNow().UtcDateTime;

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail {Kind} {Id} was refused: {Detail}")]
    private partial void LogRefused(string kind, Guid id, string? detail);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Mail cannot leave, and waits: {Said}")]
    private partial void LogUnreachable(string said);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The mails under way could not be shown to be so.")]
    private partial void LogNotRenewed(Exception failure);

    private sealed record Reserved(MailRow Mail, Recipient Recipient, DateTime CheckedAt, DateTime Until);
}

/// <summary>
/// Lets one mail at a time be where nobody could tell what became of it if the process died: from its first byte until the answer is written down.
/// That is what holds copies down to one a crash. A server that takes its time over an answer does not keep the others for longer than a moment.
/// </summary>
internal sealed class DoubtGate : IDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);
    private readonly SemaphoreSlim _gate = new(1, 1);

    public async Task<Turn> EnterAsync(CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        return new(_gate);
    }

    public void Dispose() => _gate.Dispose();

    /// <summary>The turn of one mail.</summary>
    public sealed class Turn : IDisposable
    {
        private readonly SemaphoreSlim _gate;
        private readonly Timer _timer;
        private int _isOver;

        public Turn(SemaphoreSlim gate)
        {
            _gate = gate;
            _timer = new Timer(static turn => ((Turn)turn!).End(), this, Moment, Timeout.InfiniteTimeSpan);
        }

        public void Dispose()
        {
            _timer.Dispose();
            End();
        }

        private void End()
        {
            try
            {
                if (Interlocked.Exchange(ref _isOver, 1) == 0) _gate.Release();
            }
            catch (ObjectDisposedException)
            {
                // The moment was over just as the run ended: nobody waits any more.
            }
        }
    }
}
