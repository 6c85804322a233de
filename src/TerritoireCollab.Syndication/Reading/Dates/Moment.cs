namespace TerritoireCollab.Syndication.Reading.Dates;

/// <summary>A date, an hour and a zone made one instant.</summary>
internal static class Moment
{
    // Before, somebody made a mistake: no feed tells of it.
    private const int FirstYear = 1900;

    /// <summary>The instant; null where there is no such day.</summary>
    public static DateTimeOffset? Of(int year, int month, int day, long ticks, Zone? zone) =>
        year is >= 1 and <= 9998 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? Of(new DateOnly(year, month, day), ticks, zone) : null;

    /// <summary>The instant; null for years that no feed can mean.</summary>
    public static DateTimeOffset? Of(DateOnly date, long ticks, Zone? zone)
    {
        if (date.Year is < FirstYear or > 9998) return null;

        var local = date.ToDateTime(TimeOnly.MinValue).AddTicks(ticks);
        return new DateTimeOffset(local.AddMinutes(-(zone?.MinutesAt(local) ?? 0)), TimeSpan.Zero);
    }
}
