namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// Politeness towards other machines, within this process: at most two questions at once to one host, and a small pause between their starts.
/// Machines of this one, where they may be asked at all, are not spared: they serve tests and measurements.
/// </summary>
public sealed class HostTurns(FetchOptions options, TimeProvider clock)
{
    /// <summary>Questions at once to one host.</summary>
    public const int AtOnce = 2;

    /// <summary>Pause between two starts at one host.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for a turn at the host of an address; the turn ends when what is returned is disposed of.</summary>
    public async Task<IDisposable> EnterAsync(Uri address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!Spares(address)) return FreeTurn.Instance;

        var host = Take(address.IdnHost);
        try
        {
            await host.Slots.WaitAsync(cancellation);
        }
        catch
        {
            Leave(host);
            throw;
        }

        var turn = new Turn(this, host);
        try
        {
            var wait = Reserve(host);
            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellation);
            return turn;
        }
        catch
        {
            turn.Dispose();
            throw;
        }
    }

    /// <summary>Whether the host of an address is spared at all.</summary>
    public bool Spares(Uri address) => !(options.AllowPrivateNetworks && address.IsLoopback);

    /// <summary>Hosts that somebody uses or waits for.</summary>
    public int Count
    {
        get
        {
            lock (_lock) return _hosts.Count;
        }
    }

    private Host Take(string name)
    {
        lock (_lock)
        {
            if (!_hosts.TryGetValue(name, out var host)) _hosts[name] = host = new Host(name);
            host.Users++;
            return host;
        }
    }

    private void Leave(Host host)
    {
        lock (_lock)
        {
            // The pause is for those who wait; who comes when nobody is left comes late enough.
            if (--host.Users > 0) return;
            _hosts.Remove(host.Name);
            host.Slots.Dispose();
        }
    }

    private TimeSpan Reserve(Host host)
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            var start = host.Next > now ? host.Next : now;
            host.Next = start + Pause;
            return start - now;
        }
    }

    private sealed class Host(string name)
    {
        public string Name { get; } = name;
        public SemaphoreSlim Slots { get; } = new(AtOnce, AtOnce);
        public int Users { get; set; }
        public DateTimeOffset Next { get; set; }
    }

    private sealed class Turn(HostTurns turns, Host host) : IDisposable
    {
        private int _isOver;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isOver, 1) == 1) return;
            host.Slots.Release();
            turns.Leave(host);
        }
    }

    private sealed class FreeTurn : IDisposable
    {
        public static readonly FreeTurn Instance = new();

        public void Dispose()
        {
            // Nobody waits for it.
        }
    }
}
