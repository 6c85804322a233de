using System.Collections.Concurrent;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Many sources at once, some of which hang.</summary>
public sealed class FetchPoolTests : IAsyncDisposable
{
    private readonly ManualTimers _clock = new();
    private readonly TaskCompletionSource _told = new();
    private readonly ConcurrentQueue<string> _answered = new();
    private readonly RawServer _server;
    private int _hanging;

    public FetchPoolTests() => _server = new RawServer(async e =>
    {
        if (e.Path.StartsWith("/pend", StringComparison.Ordinal))
        {
            Interlocked.Increment(ref _hanging);
            await e.StayAsync(_told.Task);
        }

        _answered.Enqueue(e.Path);
        await e.WriteAsync("200 OK", []);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Sources_AHundredThatHang_DelayNoOther(bool wereSlow)
    {
        using var client = new OutgoingClient(new() { AllowPrivateNetworks = true }, new SystemNetwork(), _clock);
        using var pool = Pool(@private: true);
        var healthy = new CountdownEvent(100);
        var done = new TaskCompletionSource();

        // The worst order: all that hang come first.
        var run = pool.RunAsync(Enumerable.Range(0, 200).Select(i => new FetchTask(new($"http://127.0.0.1:{_server.Port}/{(i < 100 ? "pend" : "bon")}/{i}"), async cancellation =>
        {
            var result = await client.FetchAsync(new(new($"http://127.0.0.1:{_server.Port}/{(i < 100 ? "pend" : "bon")}/{i}")), cancellation);
            if (i >= 100 && healthy.Signal()) done.SetResult();
            return result.Outcome;
        })
        { IsSlow = wereSlow && i < 100 }), TestContext.Current.CancellationToken);

        // What was slow the last time takes no place of the others; what was not leaves it after a second: four seconds for a hundred.
        for (var second = 0; second < (wereSlow ? 0 : 4); second++)
        {
            var seen = Math.Min(32 * (second + 1), 100);
            while (Volatile.Read(ref _hanging) < seen || (second < 3 && _clock.DueWithin(TimeSpan.FromSeconds(1.1)) < 32)) await Task.Yield();
            Assert.False(run.IsCompleted);
            if (second < 3) _clock.Advance(TimeSpan.FromSeconds(1.1));
        }

        await done.Task;
        Assert.Equal(100, _answered.Count);
        Assert.False(run.IsCompleted);

        _told.SetResult();
        Assert.Empty(await run);
        Assert.Equal(200, _answered.Count);
    }

    [Fact]
    public async Task Sockets_OfWorkThatWaits_Bounded()
    {
        using var pool = new FetchPool(new HostTurns(new(), _clock), new() { Places = 2, Sockets = 4 }, _clock);
        var started = 0;

        var run = pool.RunAsync(Enumerable.Range(0, 10).Select(i => new FetchTask(new($"http://hote{i}.test/"), async _ =>
        {
            Interlocked.Increment(ref started);
            await _told.Task;
            return FetchOutcome.Ok;
        })), TestContext.Current.CancellationToken);
        for (var second = 0; second < 10; second++) _clock.Advance(TimeSpan.FromSeconds(1));
        while (Volatile.Read(ref started) < 4)
        {
            await Task.Yield();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(4, started);
        _told.SetResult();
        Assert.Empty(await run);
        Assert.Equal(10, started);
    }

    [Fact]
    public async Task Host_SilentTwice_LeftForThisTime()
    {
        using var pool = Pool();
        var asked = 0;

        var left = await pool.RunAsync(Enumerable.Range(0, 2).Select(Silent).Append(new(new("http://autre.test/"), _ => Task.FromResult(FetchOutcome.Ok))), TestContext.Current.CancellationToken);
        Assert.Empty(left);

        var run = pool.RunAsync(Enumerable.Range(0, 20).Select(Silent), TestContext.Current.CancellationToken);
        while (!run.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.InRange((await run).Count, 17, 18);
        Assert.InRange(asked, 4, 5);

        FetchTask Silent(int i) => new(new($"http://muet.test/{i}"), _ =>
        {
            Interlocked.Increment(ref asked);
            _clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(FetchOutcome.TimedOut);
        });
    }

    [Fact]
    public async Task Work_ThatFails_StopsNoOtherAndIsTold()
    {
        using var pool = Pool();
        var done = 0;

        var failure = await Assert.ThrowsAsync<AggregateException>(() => pool.RunAsync(Enumerable.Range(0, 10).Select(i => new FetchTask(new($"http://hote{i}.test/"), _ =>
        {
            if (i % 5 == 0) throw new InvalidOperationException("panne");
            Interlocked.Increment(ref done);
            return Task.FromResult(FetchOutcome.Ok);
        })), TestContext.Current.CancellationToken));

        Assert.Equal((2, 8), (failure.InnerExceptions.Count, done));
    }

    [Fact]
    public async Task Turns_AtOneHost_TwoAtOnceAndAPauseBetweenStarts()
    {
        var turns = new HostTurns(new(), _clock);
        var address = new Uri("http://hote.test/");

        var first = await turns.EnterAsync(address, default);
        var second = turns.EnterAsync(new Uri("http://HOTE.test:8080/autre"), default);
        Assert.False(second.IsCompleted);
        _clock.Advance(HostTurns.Pause);
        (await second).Dispose();
        var third = turns.EnterAsync(address, default);
        _clock.Advance(HostTurns.Pause);
        using var held = await third;
        var fourth = turns.EnterAsync(address, default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(fourth.IsCompleted);
        using var elsewhere = await turns.EnterAsync(new Uri("http://autre.test/"), default);

        first.Dispose();
        first.Dispose();
        (await fourth).Dispose();
        held.Dispose();
        elsewhere.Dispose();
        Assert.Equal(0, turns.Count);
    }

    [Fact]
    public async Task Turns_GivenUpWhileWaiting_HoldNothing()
    {
        var turns = new HostTurns(new(), _clock);
        var address = new Uri("http://hote.test/");
        using var giveUp = new CancellationTokenSource();

        var first = await turns.EnterAsync(address, default);
        var pausing = turns.EnterAsync(address, giveUp.Token);
        var waiting = turns.EnterAsync(address, giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pausing);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        first.Dispose();

        Assert.Equal(0, turns.Count);
    }

    [Fact]
    public async Task Turns_OfThisMachineWhereItMayBeAsked_Free()
    {
        var turns = new HostTurns(new() { AllowPrivateNetworks = true }, _clock);

        for (var i = 0; i < 10; i++) Assert.NotNull(await turns.EnterAsync(new Uri("http://127.0.0.1:5000/"), default));
        Assert.Equal(0, turns.Count);
    }

    public async ValueTask DisposeAsync()
    {
        _told.TrySetResult();
        await _server.DisposeAsync();
    }

    private FetchPool Pool(bool @private = false) => new(new HostTurns(new() { AllowPrivateNetworks = @private }, _clock), new(), _clock);
}
