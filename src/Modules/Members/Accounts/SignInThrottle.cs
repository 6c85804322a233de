namespace TerritoireCollab.Members.Accounts;

/// <summary>
/// Bounds the tries for one address (ASVS 6.3.1), whether an account has it or not. The refusal ends by itself: nobody can lock
/// somebody else out for good, and a link by mail opens all along.
/// </summary>
internal sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>Failures after which a pause begins.</summary>
    public const int MostFailures = 8;

    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private const int MostAddresses = 20_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<DateTimeOffset>> _failures = [];

    /// <summary>Counts a try as a failure until <see cref="Forget"/>, so that tries in parallel are all counted; false when there were too many.</summary>
    public bool TryBegin(string address)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            if (_failures.Count > MostAddresses) Sweep(now);
            if (!_failures.TryGetValue(address, out var times)) _failures[address] = times = new();
            while (times.TryPeek(out var first) && now - first > Window) times.Dequeue();
            if (times.Count >= MostFailures) return false;

            times.Enqueue(now);
            return true;
        }
    }

    /// <summary>Forgets the failures of an address: its holder has come in.</summary>
    public void Forget(string address)
    {
        lock (_lock) _failures.Remove(address);
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (var address in _failures.Where(f => f.Value.All(t => now - t > Window)).Select(f => f.Key).ToList()) _failures.Remove(address);
    }
}
