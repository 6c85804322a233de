namespace TerritoireCollab.Calendar;

/// <summary>
/// What the clocks of a zone show, and when: the one rule for agenda, jobs and mails. A local time that comes twice is the first of the two; one
/// that the clocks jump over is read with the offset from before the jump, so that it comes once and not earlier (RFC 5545, 3.3.5).
/// </summary>
public static class ZoneClock
{
    // No zone is further from UTC, so that a moment this far off lies surely before, or after, a change of the clocks that day.
    private static readonly TimeSpan Reach = TimeSpan.FromHours(15);

    /// <summary>The moment in UTC at which the clocks of the zone show that.</summary>
    public static DateTime ToUtc(DateTime local, TimeZoneInfo zone) => ToUtc(local, zone.GetUtcOffset);

    /// <summary>What the clocks of the zone show at that moment.</summary>
    /// <param name="utc">The moment, UTC whatever its kind says.</param>
    /// <param name="zone">The zone.</param>
    public static DateTime ToLocal(DateTime utc, TimeZoneInfo zone) => ToLocal(utc, zone.GetUtcOffset);

    internal static DateTime ToLocal(DateTime utc, Func<DateTime, TimeSpan> offsetAt) => DateTime.SpecifyKind(utc.Plus(offsetAt(Utc(utc))), DateTimeKind.Unspecified);

    internal static DateTime ToUtc(DateTime local, Func<DateTime, TimeSpan> offsetAt)
    {
        var utc = Utc(local);
        var before = offsetAt(utc.Plus(-Reach));
        var first = utc.Plus(-before);
        var after = offsetAt(utc.Plus(Reach));
        if (before == after || offsetAt(first) == before) return first;

        var second = utc.Plus(-after);
        return offsetAt(second) == after ? second : first;
    }

    private static DateTime Utc(DateTime moment) => DateTime.SpecifyKind(moment, DateTimeKind.Utc);
}
