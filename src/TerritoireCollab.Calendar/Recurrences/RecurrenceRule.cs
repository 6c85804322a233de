using System.Globalization;
using System.Text;

namespace TerritoireCollab.Calendar.Recurrences;

/// <summary>FREQ: the periods that a rule goes by.</summary>
public enum RecurrenceFrequency
{
    /// <summary>Seconds.</summary>
    Secondly,

    /// <summary>Minutes.</summary>
    Minutely,

    /// <summary>Hours.</summary>
    Hourly,

    /// <summary>Days.</summary>
    Daily,

    /// <summary>Weeks, which begin on <see cref="RecurrenceRule.WeekStart"/>.</summary>
    Weekly,

    /// <summary>Months.</summary>
    Monthly,

    /// <summary>Years.</summary>
    Yearly,
}

/// <summary>SKIP (RFC 7529): what becomes of 30 February.</summary>
public enum RecurrenceSkip
{
    /// <summary>It is left out.</summary>
    Omit,

    /// <summary>The last day before.</summary>
    Backward,

    /// <summary>The first day after.</summary>
    Forward,
}

/// <summary>An element of BYDAY: <c>MO</c>, <c>2TU</c>, <c>-1FR</c>.</summary>
/// <param name="Day">Day of the week.</param>
/// <param name="Ordinal">Which of them in the month or year, from the end when negative; 0 for each.</param>
public readonly record struct WeekdayNumber(DayOfWeek Day, int Ordinal = 0)
{
    internal static readonly string[] Names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

    /// <summary>As RFC 5545 writes it.</summary>
    public override string ToString() => (Ordinal == 0 ? "" : Ordinal.ToString(CultureInfo.InvariantCulture)) + Names[(int)Day];
}

/// <summary>RECUR (RFC 5545, 3.3.10; RFC 7529 for the Gregorian calendar). Lists are sorted and hold nothing twice; an empty one was not given.</summary>
public sealed record RecurrenceRule(RecurrenceFrequency Frequency)
{
    /// <summary>INTERVAL: every so many periods.</summary>
    public int Interval { get; init; } = 1;

    /// <summary>COUNT: how many occurrences; null for no end by number.</summary>
    public int? Count { get; init; }

    /// <summary>UNTIL: the last moment that may be one; null for no end by date.</summary>
    public CalendarMoment? Until { get; init; }

    /// <summary>BYSECOND.</summary>
    public IReadOnlyList<int> BySecond { get; init; } = [];

    /// <summary>BYMINUTE.</summary>
    public IReadOnlyList<int> ByMinute { get; init; } = [];

    /// <summary>BYHOUR.</summary>
    public IReadOnlyList<int> ByHour { get; init; } = [];

    /// <summary>BYDAY.</summary>
    public IReadOnlyList<WeekdayNumber> ByDay { get; init; } = [];

    /// <summary>BYMONTHDAY, from the end of the month when negative.</summary>
    public IReadOnlyList<int> ByMonthDay { get; init; } = [];

    /// <summary>BYYEARDAY, from the end of the year when negative.</summary>
    public IReadOnlyList<int> ByYearDay { get; init; } = [];

    /// <summary>BYWEEKNO, from the end of the year when negative.</summary>
    public IReadOnlyList<int> ByWeekNumber { get; init; } = [];

    /// <summary>BYMONTH.</summary>
    public IReadOnlyList<int> ByMonth { get; init; } = [];

    /// <summary>BYSETPOS: which of what the other parts give in a period, from its end when negative.</summary>
    public IReadOnlyList<int> BySetPosition { get; init; } = [];

    /// <summary>WKST.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>SKIP; said only of months and years.</summary>
    public RecurrenceSkip Skip { get; init; }

    /// <summary>Whether it ends.</summary>
    public bool IsFinite => Count is not null || Until is not null;

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Value of RRULE.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="fault">What is wrong with it, in the reader's language; null when nothing is.</param>
    public static bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out RecurrenceRule? rule, out string? fault) => RuleReader.TryRead(text, out rule, out fault);

    /// <summary>As RFC 5545 writes it.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (Skip != RecurrenceSkip.Omit) text.Append("RSCALE=GREGORIAN;");
        text.Append("FREQ=").Append(Frequency.ToString().ToUpperInvariant());
        if (Until is { } until) text.Append(";UNTIL=").Append(until);
        if (Count is { } count) text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (Interval != 1) text.Append(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        Append(text, "BYSECOND", BySecond);
        Append(text, "BYMINUTE", ByMinute);
        Append(text, "BYHOUR", ByHour);
        Append(text, "BYDAY", ByDay);
        Append(text, "BYMONTHDAY", ByMonthDay);
        Append(text, "BYYEARDAY", ByYearDay);
        Append(text, "BYWEEKNO", ByWeekNumber);
        Append(text, "BYMONTH", ByMonth);
        Append(text, "BYSETPOS", BySetPosition);
        if (WeekStart != DayOfWeek.Monday) text.Append(";WKST=").Append(WeekdayNumber.Names[(int)WeekStart]);
        if (Skip != RecurrenceSkip.Omit) text.Append(";SKIP=").Append(Skip.ToString().ToUpperInvariant());
        return text.ToString();
    }

    /// <summary>Equal when they say the same.</summary>
    public bool Equals(RecurrenceRule? other) => other is not null && ToString() == other.ToString() && Equals(Until?.Zone, other.Until?.Zone);

    /// <inheritdoc/>
    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    private static void Append<T>(StringBuilder text, string name, IReadOnlyList<T> values)
    {
        if (values.Count > 0) text.Append(';').Append(name).Append('=').AppendJoin(',', values.Select(v => Convert.ToString(v, CultureInfo.InvariantCulture)));
    }
}
