namespace TerritoireCollab.Platform.Fetching;

/// <summary>What is known when the next moment to ask a source is chosen.</summary>
/// <param name="Now">The moment of the answer, UTC.</param>
/// <param name="Outcome">How the last fetch ended.</param>
public sealed record RhythmInput(DateTime Now, FetchOutcome Outcome)
{
    /// <summary>When its latest items appeared, in any order; those of the last weeks are enough.</summary>
    public IReadOnlyCollection<DateTime> Items { get; init; } = [];

    /// <summary>Before which moment the server wishes not to be asked.</summary>
    public DateTime? RetryAfter { get; init; }

    /// <summary>Until when the answer stays good.</summary>
    public DateTime? FreshUntil { get; init; }

    /// <summary>What the feed itself says of its rhythm (RSS ttl).</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>Failures in a row, this one included; 0 after a success.</summary>
    public int Failures { get; init; }

    /// <summary>Where between 0 and 1 this source stands among all: spreads those that were added in one go.</summary>
    public double Spread { get; init; }
}

/// <summary>
/// When to ask a source again: as often as it speaks, never more often than it wishes, less and less while it fails. The ideas are those of
/// Miniflux (interval from the items of a week) and Feedbin (fourth power of the failures).
/// </summary>
public static class FetchRhythm
{
    /// <summary>Never more often.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    /// <summary>Never less often, as long as it answers.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>Never less often, even when it fails.</summary>
    public static readonly TimeSpan LongestAfterFailures = TimeSpan.FromDays(3);

    // Before anything is known of a source.
    private static readonly TimeSpan Unknown = TimeSpan.FromHours(1);
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    // How many times it is asked between two of its items, as they come on average: news come in bursts.
    private const double AsksPerItem = 4;

    // By how much, at most, the moment is put off to spread the sources.
    private const double SpreadShare = 0.1;

    /// <summary>The next moment; null when the source is gone for good.</summary>
    public static DateTime? Next(RhythmInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Outcome == FetchOutcome.Gone) return null;

        var isFailing = input.Outcome is not (FetchOutcome.Ok or FetchOutcome.NotModified);
        var (own, longest) = isFailing ? (AfterFailures(input.Failures), LongestAfterFailures) : (OfItems(input.Items, input.Now), Longest);
        var wished = Max(input.RetryAfter - input.Now, isFailing ? null : input.FreshUntil - input.Now, isFailing ? null : input.TimeToLive);

        // What a server wishes is capped like the rest: a year is a mistake, or a wish to be forgotten that 410 says better.
        var wait = own > wished ? own : wished;
        wait += wait * (SpreadShare * Math.Clamp(input.Spread, 0, 1));
        return input.Now + Clamp(wait, Shortest, longest);
    }

    private static TimeSpan OfItems(IReadOnlyCollection<DateTime> items, DateTime now)
    {
        if (items.Count == 0) return Unknown;

        // Items that appeared together count once: a feed that republishes everything does not speak more often.
        var moments = items.Where(i => i <= now && i > now - Week).Select(i => i.Ticks / Shortest.Ticks).Distinct().Count();
        return moments == 0 ? Longest : Week / (moments * AsksPerItem);
    }

    // 68 minutes at first, 3 days from the sixteenth failure on.
    private static TimeSpan AfterFailures(int failures) => TimeSpan.FromSeconds(Math.Pow(Math.Clamp(failures, 1, 16) + 7, 4));

    private static TimeSpan Max(params ReadOnlySpan<TimeSpan?> wishes)
    {
        var most = TimeSpan.Zero;
        foreach (var wish in wishes) if (wish > most) most = wish.Value > LongestAfterFailures ? LongestAfterFailures : wish.Value;
        return most;
    }

    private static TimeSpan Clamp(TimeSpan wait, TimeSpan least, TimeSpan most) => wait < least ? least : wait > most ? most : wait;
}
