namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>
/// A generator of its own (SplitMix64), since the framework's gives no promise from one version to the next. A fork by name does not
/// depend on what was drawn before, so that seeds can run in any order or at the same time.
/// </summary>
public sealed class DemoRandom(ulong seed)
{
    private readonly ulong _seed = seed;
    private ulong _state = seed;

    /// <summary>A generator that depends on this one's seed and on <paramref name="name"/> only.</summary>
    public DemoRandom Fork(string name)
    {
        // FNV-1a, over UTF-16 units.
        var hash = 14695981039346656037UL;
        foreach (var letter in name) hash = (hash ^ letter) * 1099511628211UL;
        return new DemoRandom(hash ^ (_seed * 0x9E3779B97F4A7C15UL));
    }

    /// <summary>A number from 0 to <paramref name="bound"/>, the bound excluded.</summary>
    public int Below(int bound) => (int)(NextBits() % (ulong)Math.Max(1, bound));

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>A number from 0 to 1, 1 excluded.</summary>
    public double Fraction() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True once in <paramref name="percent"/> of a hundred.</summary>
    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>One of <paramref name="choices"/>.</summary>
    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>At most <paramref name="count"/> of <paramref name="choices"/>, each once, in any order.</summary>
    public IReadOnlyList<T> Sample<T>(IReadOnlyList<T> choices, int count)
    {
        var pool = choices.ToArray();
        count = Math.Min(count, pool.Length);
        for (var at = 0; at < count; at++)
        {
            var chosen = at + Below(pool.Length - at);
            (pool[at], pool[chosen]) = (pool[chosen], pool[at]);
        }

        return pool[..count];
    }

    private ulong NextBits()
    {
        var bits = _state += 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }
}
