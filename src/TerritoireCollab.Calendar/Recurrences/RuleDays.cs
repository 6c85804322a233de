namespace TerritoireCollab.Calendar.Recurrences;

/// <summary>Which days a rule takes. Parts that are there must all be met; what is not said is as the start has it (RFC 5545, 3.3.10).</summary>
internal sealed class RuleDays
{
    private readonly RecurrenceRule _rule;
    private readonly DateTime _start;
    private readonly bool[] _months = new bool[13];
    private readonly bool[] _monthDays = new bool[32];
    private readonly bool[] _monthDaysFromEnd = new bool[32];
    private readonly bool[] _yearDays = new bool[367];
    private readonly bool[] _yearDaysFromEnd = new bool[367];
    private readonly WeekdayNumber[] _weekdays;
    private readonly bool _isOrdinalOfMonth;
    private readonly bool _hasMonthDays;

    public RuleDays(RecurrenceRule rule, DateTime start)
    {
        _rule = rule;
        _start = start;
        var frequency = rule.Frequency;
        var saysDay = rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count > 0;
        var isYearly = frequency == RecurrenceFrequency.Yearly;

        // A day of the month without a month is of the month of the start, as libical and others have it.
        var saysMonth = !isYearly || rule.ByMonth.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count > 0 || rule is { ByDay.Count: > 0, ByMonthDay.Count: 0 };
        IReadOnlyList<int> months = saysMonth ? rule.ByMonth : [start.Month];
        IReadOnlyList<int> monthDays = !saysDay && (frequency == RecurrenceFrequency.Monthly || isYearly && rule.ByWeekNumber.Count == 0) ? [start.Day] : rule.ByMonthDay;
        _weekdays = !saysDay && (frequency == RecurrenceFrequency.Weekly || rule.ByWeekNumber.Count > 0) ? [new(start.DayOfWeek)] : [.. rule.ByDay];
        _isOrdinalOfMonth = frequency == RecurrenceFrequency.Monthly || rule.ByMonth.Count > 0;
        _hasMonthDays = monthDays.Count > 0;
        MonthDays = monthDays;

        for (var month = 1; month <= 12; month++) _months[month] = months.Count == 0 || months.Contains(month);
        foreach (var day in monthDays) (day > 0 ? _monthDays : _monthDaysFromEnd)[Math.Abs(day)] = true;
        foreach (var day in rule.ByYearDay) (day > 0 ? _yearDays : _yearDaysFromEnd)[Math.Abs(day)] = true;
    }

    /// <summary>How many days of a year are looked at.</summary>
    public int DaysLookedAt => _rule.ByWeekNumber.Count > 0 ? 366 : 31 * _months.Count(m => m);

    private IReadOnlyList<int> MonthDays { get; }

    /// <summary>Whether a day meets every part but the number of its week.</summary>
    public bool Takes(DateTime day) => _months[day.Month] && TakesMonthDay(day) && TakesYearDay(day) && TakesWeekday(day);

    /// <summary>The days of a month that it takes, in order.</summary>
    public IEnumerable<DateTime> OfMonth(int year, int month)
    {
        var days = WithoutSkip(year, month);
        if (_rule.Skip == RecurrenceSkip.Omit) return days;

        var moved = Moved(MonthDays, new DateTime(year, month, 1), DateTime.DaysInMonth(year, month)).Where(d => _months[month] && TakesYearDay(d) && TakesWeekday(d));
        return days.Concat(moved).Distinct().Order();
    }

    /// <summary>The days of a year that it takes, in order; of the weeks of that year where weeks are named.</summary>
    public IEnumerable<DateTime> OfYear(int year)
    {
        if (_rule.ByWeekNumber.Count > 0) return OfWeeks(year);

        var days = Enumerable.Range(1, 12).Where(m => _months[m]).SelectMany(m => OfMonth(year, m));
        if (_rule.Skip == RecurrenceSkip.Omit) return days;

        var moved = Moved(_rule.ByYearDay, new DateTime(year, 1, 1), DaysInYear(year)).Where(d => _months[d.Month] && TakesMonthDay(d) && TakesWeekday(d));
        return days.Concat(moved).Distinct().Order();
    }

    /// <summary>The year that intervals of years are counted from: the year of the week, where the start is one of what the rule gives.</summary>
    public int FirstYear()
    {
        if (_rule.ByWeekNumber.Count == 0) return _start.Year;

        var year = WeekYear(_start);
        return year is >= 1 and < 9999 && OfWeeks(year).Contains(_start.Date) ? year : _start.Year;
    }

    /// <summary>The first day of the first week that has four days in that year.</summary>
    public DateTime? FirstWeek(int year)
    {
        var fourth = new DateTime(year, 1, 4);
        var back = ((int)fourth.DayOfWeek - (int)_rule.WeekStart + 7) % 7;
        return fourth.DayOfYear > back || year > 1 ? fourth.AddDays(-back) : null;
    }

    private IEnumerable<DateTime> WithoutSkip(int year, int month)
    {
        var length = DateTime.DaysInMonth(year, month);
        for (var day = 1; day <= length; day++)
        {
            var date = new DateTime(year, month, day);
            if (Takes(date)) yield return date;
        }
    }

    private IEnumerable<DateTime> OfWeeks(int year)
    {
        if (year >= 9999 || FirstWeek(year) is not { } first || FirstWeek(year + 1) is not { } next) yield break;

        var weeks = (next - first).Days / 7;
        for (var week = 1; week <= weeks; week++)
        {
            if (!_rule.ByWeekNumber.Contains(week) && !_rule.ByWeekNumber.Contains(week - weeks - 1)) continue;
            for (var day = 0; day < 7; day++)
            {
                var date = first.AddDays(7 * (week - 1) + day);
                if (Takes(date)) yield return date;
            }
        }
    }

    private int WeekYear(DateTime day)
    {
        if (day.Year < 9999 && FirstWeek(day.Year + 1) is { } next && day.Date >= next) return day.Year + 1;
        return FirstWeek(day.Year) is { } first && day.Date >= first ? day.Year : day.Year - 1;
    }

    private bool TakesMonthDay(DateTime day) =>
        !_hasMonthDays || _monthDays[day.Day] || _monthDaysFromEnd[DateTime.DaysInMonth(day.Year, day.Month) - day.Day + 1];

    private bool TakesYearDay(DateTime day) =>
        _rule.ByYearDay.Count == 0 || _yearDays[day.DayOfYear] || _yearDaysFromEnd[DaysInYear(day.Year) - day.DayOfYear + 1];

    private bool TakesWeekday(DateTime day)
    {
        if (_weekdays.Length == 0) return true;

        foreach (var weekday in _weekdays)
        {
            if (weekday.Day != day.DayOfWeek) continue;
            if (weekday.Ordinal == 0) return true;

            var (position, length) = _isOrdinalOfMonth ? (day.Day, DateTime.DaysInMonth(day.Year, day.Month)) : (day.DayOfYear, DaysInYear(day.Year));
            if (weekday.Ordinal == (position - 1) / 7 + 1 || weekday.Ordinal == -((length - position) / 7 + 1)) return true;
        }

        return false;
    }

    // Days that a month or a year has not, moved to before or behind it, or to its first or last day (RFC 7529, 4.1).
    private IEnumerable<DateTime> Moved(IEnumerable<int> days, DateTime first, int length)
    {
        var isBackward = _rule.Skip == RecurrenceSkip.Backward;
        foreach (var day in days.Where(d => Math.Abs(d) > length))
        {
            var offset = day > 0 ? isBackward ? length - 1 : length : isBackward ? -1 : 0;
            if (offset >= 0 ? first < DateTime.MaxValue.Date.AddDays(-offset) : first > DateTime.MinValue) yield return first.AddDays(offset);
        }
    }

    private static int DaysInYear(int year) => DateTime.IsLeapYear(year) ? 366 : 365;
}
