namespace TerritoireCollab.Platform.Fetching;

/// <summary>What is known of a source when it has just been asked.</summary>
public sealed record FetchPast
{
    /// <summary>Now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How it ended.</summary>
    public required FetchOutcome Outcome { get; init; }

    /// <summary>Failures in a row, this one included.</summary>
    public int Failures { get; init; }

    /// <summary>Entries of its last seven days.</summary>
    public int EntriesInAWeek { get; init; }

    /// <summary>Before when it does not want to be asked again.</summary>
    public DateTimeOffset? RetryAfter { get; init; }

    /// <summary>Until when its answer is said to be fresh.</summary>
    public DateTimeOffset? FreshUntil { get; init; }
}

/// <summary>
/// When a source is asked again: as often as it has news (its week parted by twice its entries), between five minutes and a day, later when it
/// says so itself, and ever more seldom while it fails.
/// </summary>
public static class FetchRhythm
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan Usual = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestWish = TimeSpan.FromDays(7);
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(3);
    private const int MostCounted = 8;

    /// <summary>The next moment. A source that is gone for good has one too: it is the caller's to stop asking.</summary>
    public static DateTimeOffset Next(FetchPast past)
    {
        var pause = past.Outcome is FetchOutcome.Ok or FetchOutcome.NotModified ? Own(past.EntriesInAWeek) : BackOff(past.Failures);
        var next = past.Now + pause;
        if (past.Outcome is FetchOutcome.Ok or FetchOutcome.NotModified) next = Later(next, past.FreshUntil, past.Now, Longest);
        return Later(next, past.RetryAfter, past.Now, LongestWish);
    }

    private static TimeSpan Own(int entriesInAWeek)
    {
        if (entriesInAWeek <= 0) return Longest / 4;

        var own = TimeSpan.FromDays(7) / (2.0 * entriesInAWeek);
        return own < Shortest ? Shortest : own > Longest ? Longest : own;
    }

    // The first failure may be an accident: it is asked again within the hour, then after two, four… at most three days.
    private static TimeSpan BackOff(int failures)
    {
        var pause = Usual * Math.Pow(2, Math.Clamp(failures - 1, 0, MostCounted));
        return pause > LongestPause ? LongestPause : pause;
    }

    // A wish for next year is a mistake, and one for yesterday none.
    private static DateTimeOffset Later(DateTimeOffset next, DateTimeOffset? wish, DateTimeOffset now, TimeSpan longest)
    {
        if (wish is not { } asked || asked <= next) return next;

        return asked - now > longest ? now + longest : asked;
    }
}
