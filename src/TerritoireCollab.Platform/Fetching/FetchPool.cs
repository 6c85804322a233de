using System.Collections.Concurrent;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>One piece of work of the pool.</summary>
/// <param name="Address">What is asked: its host is spared, and given up when it stays silent.</param>
/// <param name="Work">What to do; the outcome tells whether the host answers.</param>
public sealed record FetchTask(Uri Address, Func<CancellationToken, Task<FetchOutcome>> Work)
{
    /// <summary>Whether it timed out the last time: it then waits among its like.</summary>
    public bool IsSlow { get; init; }
}

/// <summary>How a pool shares out its places.</summary>
public sealed record FetchPoolOptions
{
    /// <summary>Work that is lively: reading, parsing, storing.</summary>
    public int Places { get; init; } = 32;

    /// <summary>Work on what timed out the last time.</summary>
    public int SlowPlaces { get; init; } = 16;

    /// <summary>Sockets at most, those of work that only waits included.</summary>
    public int Sockets { get; init; } = 256;

    /// <summary>After how long a piece of work counts as waiting, and leaves its place to the next.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);
}

/// <summary>
/// Asks many sources at once, so that those that hang delay nobody. Work that lasts gives its place to the next and goes on beside, since
/// waiting costs a socket and nothing else; what was slow the last time has places of its own; a host is waited for before a place is taken, and
/// one that stays silent twice is left for this time. One pool serves the whole process: runs may overlap and share its places.
/// </summary>
public sealed class FetchPool(HostTurns turns, FetchPoolOptions options, TimeProvider clock) : IDisposable
{
    private const int SilencesBorne = 2;

    private readonly SemaphoreSlim _places = new(options.Places);
    private readonly SemaphoreSlim _slowPlaces = new(options.SlowPlaces);
    private readonly SemaphoreSlim _sockets = new(options.Sockets);

    /// <summary>Does all the work that can be done.</summary>
    /// <returns>What was left for another time, since its host stayed silent.</returns>
    /// <exception cref="AggregateException">Some work failed; all the other was done.</exception>
    public async Task<IReadOnlyList<FetchTask>> RunAsync(IEnumerable<FetchTask> tasks, CancellationToken cancellation)
    {
        var run = new Run();
        var all = Task.WhenAll(tasks.Select(task => DoAsync(task, run, cancellation)).ToList());
        try
        {
            await all;
        }
        catch (Exception) when (all.Exception is not null && !cancellation.IsCancellationRequested)
        {
            throw new AggregateException(all.Exception.InnerExceptions);
        }

        return [.. run.Left];
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _places.Dispose();
        _slowPlaces.Dispose();
        _sockets.Dispose();
    }

    private async Task DoAsync(FetchTask task, Run run, CancellationToken cancellation)
    {
        using var turn = await turns.EnterAsync(task.Address, cancellation);
        if (turns.Spares(task.Address) && run.IsSilent(task.Address))
        {
            run.Left.Add(task);
            return;
        }

        var places = task.IsSlow ? _slowPlaces : _places;
        await places.WaitAsync(cancellation);
        var hasPlace = true;
        try
        {
            await _sockets.WaitAsync(cancellation);
            try
            {
                var work = task.Work(cancellation);
                if (!task.IsSlow && !await IsOverSoonAsync(work, cancellation))
                {
                    places.Release();
                    hasPlace = false;
                }

                run.Note(task.Address, await work);
            }
            finally
            {
                _sockets.Release();
            }
        }
        finally
        {
            if (hasPlace) places.Release();
        }
    }

    private async Task<bool> IsOverSoonAsync(Task work, CancellationToken cancellation)
    {
        if (work.IsCompleted) return true;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var patience = Task.Delay(options.Patience, clock, over.Token);
        var first = await Task.WhenAny(work, patience);
        await over.CancelAsync();
        return first == work;
    }

    private sealed class Run
    {
        private readonly ConcurrentDictionary<string, int> _silences = new(StringComparer.OrdinalIgnoreCase);

        public ConcurrentBag<FetchTask> Left { get; } = [];

        public bool IsSilent(Uri address) => _silences.TryGetValue(address.Authority, out var times) && times >= SilencesBorne;

        public void Note(Uri address, FetchOutcome outcome)
        {
            if (outcome is FetchOutcome.TimedOut or FetchOutcome.ConnectionFailed) _silences.AddOrUpdate(address.Authority, 1, (_, times) => times + 1);
            else _silences.TryRemove(address.Authority, out _);
        }
    }
}
