namespace TerritoireCollab.Calendar;

/// <summary>Sums of dates that a document may bring to the ends of time.</summary>
internal static class SafeDates
{
    /// <summary>What is that much later, or the first or last moment that can be told; the kind stays.</summary>
    public static DateTime Plus(this DateTime moment, TimeSpan by)
    {
        // The sum of two numbers of ticks is far from the end of numbers.
        var ticks = Math.Clamp(moment.Ticks + Math.Clamp(by.Ticks, -DateTime.MaxValue.Ticks, DateTime.MaxValue.Ticks), DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new(ticks, moment.Kind);
    }
}
