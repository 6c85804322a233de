using System.Globalization;
using System.Text;

namespace TerritoireCollab.Calendar;

/// <summary>DURATION (RFC 5545, 3.3.6): days follow the calendar, the rest is exact, so that a day that the clocks change in is still one day.</summary>
/// <param name="Days">Days, negative for the past; weeks count seven.</param>
/// <param name="Time">Hours, minutes and seconds.</param>
public readonly record struct CalendarDuration(int Days, TimeSpan Time)
{
    // A century: what is longer is a mistake, and adds up to no date.
    private const int MostDays = 36_525;

    /// <summary>No time at all.</summary>
    public static CalendarDuration Zero { get; }

    /// <summary>Whether it goes back in time.</summary>
    public bool IsNegative => Days < 0 || Time < TimeSpan.Zero;

    /// <summary>Its length where no clock changes.</summary>
    public TimeSpan Length => TimeSpan.FromDays(Days) + Time;

    /// <summary>Reads <c>P1DT2H</c>, <c>-PT15M</c>, and what programs write for it: <c>P7D</c> without its T, lower case, spaces around.</summary>
    public static bool TryParse(string text, out CalendarDuration duration)
    {
        duration = default;
        var rest = text.AsSpan().Trim();
        var isBack = rest is ['-', ..];
        if (rest is ['+' or '-', ..]) rest = rest[1..];
        if (rest is not ['P' or 'p', _, ..]) return false;

        long days = 0, seconds = 0, number = -1;
        foreach (var letter in rest[1..])
        {
            if (char.IsAsciiDigit(letter))
            {
                number = Math.Max(number, 0) * 10 + (letter - '0');
                if (number > 4_000_000_000) return false;
                continue;
            }

            var unit = char.ToUpperInvariant(letter);
            if (unit == 'T' && number < 0) continue;
            if (number < 0 || unit is not ('W' or 'D' or 'H' or 'M' or 'S')) return false;

            if (unit is 'W' or 'D') days += number * (unit == 'W' ? 7 : 1);
            else seconds += number * (unit == 'H' ? 3600 : unit == 'M' ? 60 : 1);
            number = -1;
        }

        if (number >= 0 || days > MostDays || seconds > MostDays * 86_400L) return false;

        var sign = isBack ? -1 : 1;
        duration = new(sign * (int)days, TimeSpan.FromSeconds(sign * seconds));
        return true;
    }

    /// <summary>As RFC 5545 writes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder(IsNegative ? "-P" : "P");
        var (days, time) = (Math.Abs(Days), Time.Duration());
        if (days > 0) text.Append(CultureInfo.InvariantCulture, $"{days}D");
        if (time == TimeSpan.Zero) return days > 0 ? text.ToString() : "PT0S";

        text.Append('T');
        if ((int)time.TotalHours is > 0 and var hours) text.Append(CultureInfo.InvariantCulture, $"{hours}H");
        if (time.Minutes > 0) text.Append(CultureInfo.InvariantCulture, $"{time.Minutes}M");
        if (time.Seconds > 0) text.Append(CultureInfo.InvariantCulture, $"{time.Seconds}S");
        return text.ToString();
    }
}
