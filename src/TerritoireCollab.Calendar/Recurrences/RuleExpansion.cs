namespace TerritoireCollab.Calendar.Recurrences;

/// <summary>
/// The occurrences of one rule, in local time and in order (RFC 5545, 3.3.10). The start is one of them only where the rule says so, as other
/// programs have it. Without COUNT it begins where it is asked, not at the start of the series.
/// </summary>
internal sealed class RuleExpansion
{
    // A period is set up, an occurrence is kept: both cost more than a day that is looked at.
    private const int PerPeriod = 10;
    private const int PerOccurrence = 10;

    private static readonly int[] Hours = [.. Enumerable.Range(0, 24)];
    private static readonly int[] Sixty = [.. Enumerable.Range(0, 60)];

    private readonly RecurrenceRule _rule;
    private readonly CalendarMoment _origin;
    private readonly DateTime _start;
    private readonly WorkBudget _budget;
    private readonly RuleDays _days;
    private readonly DateTime? _untilUtc;

    // What the hour, minute and second of an occurrence may be.
    private readonly int[] _hours;
    private readonly int[] _minutes;
    private readonly int[] _seconds;

    public RuleExpansion(RecurrenceRule rule, CalendarMoment origin, WorkBudget budget)
    {
        (_rule, _origin, _start, _budget) = (rule, origin, origin.Local, budget);
        _days = new RuleDays(rule, _start);
        // Parts of the time of day say nothing of whole days.
        _hours = origin.IsDate ? [0] : Times(rule.ByHour, _start.Hour, rule.Frequency < RecurrenceFrequency.Daily ? Hours : null);
        _minutes = origin.IsDate ? [0] : Times(rule.ByMinute, _start.Minute, rule.Frequency < RecurrenceFrequency.Hourly ? Sixty : null);
        _seconds = origin.IsDate ? [0] : Times(rule.BySecond, _start.Second, rule.Frequency < RecurrenceFrequency.Minutely ? Sixty : null);
        _untilUtc = rule.Until is { Zone.IsUtc: true } until && origin.Zone is not null ? until.Zone.ToUtc(until.Local) : null;
    }

    /// <summary>Those from one local time until before another.</summary>
    public IEnumerable<DateTime> Between(DateTime from, DateTime to)
    {
        var left = _rule.Count ?? long.MaxValue;
        var first = _rule.Count is null && from > _start ? from : _start;
        foreach (var moment in Candidates(first, to))
        {
            if (moment < _start) continue;
            if (moment >= to || IsPastEnd(moment) || left-- == 0) yield break;
            if (moment >= from) yield return moment;
        }
    }

    private static int[] Times(IReadOnlyList<int> given, int start, int[]? all) => given.Count > 0 ? [.. given] : all ?? [start];

    private bool IsPastEnd(DateTime moment)
    {
        if (_untilUtc is { } utc) return _origin.Zone!.ToUtc(moment) > utc;
        if (_rule.Until is not { } until) return false;
        return until.IsDate || _origin.IsDate ? moment.Date > until.Local.Date : moment > until.Local;
    }

    private IEnumerable<DateTime> Candidates(DateTime from, DateTime to) => _rule.Frequency switch
    {
        RecurrenceFrequency.Yearly => Periods(Years(from, to), y => _days.OfYear(y), _days.DaysLookedAt),
        RecurrenceFrequency.Monthly => Periods(Months(from, to), m => _days.OfMonth(m / 12, m % 12 + 1), 31),
        RecurrenceFrequency.Weekly => Periods(Weeks(from, to), Week, 7),
        RecurrenceFrequency.Daily => Periods(DaysApart(from, to), d => _days.Takes(d) ? [d] : [], 1),
        _ => WithinDays(from, to),
    };

    private IEnumerable<DateTime> Periods<T>(IEnumerable<T> periods, Func<T, IEnumerable<DateTime>> days, int cost)
    {
        foreach (var period in periods)
        {
            if (!_budget.Spend(PerPeriod + cost)) yield break;

            var taken = days(period).ToArray();
            if (taken.Length == 0) continue;

            foreach (var moment in Select(taken, _hours, _minutes, _seconds))
            {
                if (!_budget.Spend(PerOccurrence)) yield break;
                yield return moment;
            }
        }
    }

    private IEnumerable<int> Years(DateTime from, DateTime to)
    {
        var first = _days.FirstYear();
        // A week of a year may begin in the one before, and a start may lie in a week of that one.
        var begin = from.Year - 2 <= first ? (_rule.Interval == 1 ? first - 1 : first) : first + Whole(from.Year - 2 - first, _rule.Interval);
        for (long year = begin; year <= to.Year + 1L && year < 9999; year += _rule.Interval) if (year >= 1) yield return (int)year;
    }

    private IEnumerable<int> Months(DateTime from, DateTime to)
    {
        var first = _start.Year * 12 + _start.Month - 1;
        // A day may have been moved to the month that follows.
        var asked = from.Year * 12 + from.Month - 2;
        var last = Math.Min(to.Year * 12L + to.Month - 1, 9999 * 12 + 11);
        for (var month = asked <= first ? first : first + (long)Whole(asked - first, _rule.Interval); month <= last; month += _rule.Interval) yield return (int)month;
    }

    private IEnumerable<DateTime> Weeks(DateTime from, DateTime to)
    {
        var back = ((int)_start.DayOfWeek - (int)_rule.WeekStart + 7) % 7;
        // In days since the first one, so that the first week of all needs no day before it.
        var first = (_start.Date - DateTime.MinValue).Days - back;
        var asked = (from.Date - DateTime.MinValue).Days - 7;
        var last = Math.Min((to.Date - DateTime.MinValue).Days, (DateTime.MaxValue.Date - DateTime.MinValue).Days - 7);
        var step = 7L * _rule.Interval;
        for (var day = asked <= first ? first : first + (asked - first) / step * step; day <= last; day += step) yield return DateTime.MinValue.AddDays(Math.Max(day, 0));
    }

    private IEnumerable<DateTime> Week(DateTime first) => Enumerable.Range(0, 7).Select(d => first.AddDays(d)).Where(_days.Takes);

    private IEnumerable<DateTime> DaysApart(DateTime from, DateTime to)
    {
        var first = _start.Date;
        var last = Math.Min((to.Date - first).Days, (DateTime.MaxValue.Date - first).Days);
        for (long day = from <= _start ? 0 : Whole((from.Date - first).Days, _rule.Interval); day <= last; day += _rule.Interval) yield return first.AddDays(day);
    }

    // Hours, minutes and seconds: only days that are taken are looked into, and only where the interval falls.
    private IEnumerable<DateTime> WithinDays(DateTime from, DateTime to)
    {
        var unit = _rule.Frequency switch { RecurrenceFrequency.Hourly => 3600, RecurrenceFrequency.Minutely => 60, _ => 1 };
        var origin = _start.Ticks / TimeSpan.TicksPerSecond / unit;
        for (var day = from.Date; day <= to; day = day.AddDays(1))
        {
            if (!_budget.Spend()) yield break;
            if (_days.Takes(day))
            {
                foreach (var moment in WithinDay(day, unit, day.Ticks / TimeSpan.TicksPerSecond / unit - origin))
                {
                    if (!_budget.Spend(PerOccurrence)) yield break;
                    yield return moment;
                }
            }

            if (day >= DateTime.MaxValue.Date) yield break;
        }
    }

    private IEnumerable<DateTime> WithinDay(DateTime day, int unit, long first)
    {
        DateTime[] days = [day];
        if (!Falls(first, 86_400 / unit)) yield break;

        foreach (var hour in _hours)
        {
            var inHour = first + hour * 3600L / unit;
            if (!Falls(inHour, Math.Max(3600 / unit, 1))) continue;
            if (unit == 3600)
            {
                foreach (var moment in Select(days, [hour], _minutes, _seconds)) yield return moment;
                continue;
            }

            foreach (var minute in _minutes)
            {
                var inMinute = inHour + minute * 60L / unit;
                if (!Falls(inMinute, Math.Max(60 / unit, 1))) continue;
                if (unit == 60)
                {
                    foreach (var moment in Select(days, [hour], [minute], _seconds)) yield return moment;
                    continue;
                }

                foreach (var second in _seconds.Where(s => Falls(inMinute + s, 1)))
                    foreach (var moment in Select(days, [hour], [minute], [second])) yield return moment;
            }
        }
    }

    // Whether a multiple of the interval, counted from the start, lies in so many units from there on.
    private bool Falls(long first, long length)
    {
        var least = Math.Max(first, 0);
        return (least + _rule.Interval - 1) / _rule.Interval * _rule.Interval < first + length;
    }

    // All of a period, or those that BYSETPOS names, without writing out the others: there may be millions.
    private IEnumerable<DateTime> Select(DateTime[] days, int[] hours, int[] minutes, int[] seconds)
    {
        if (_rule.BySetPosition.Count == 0)
            return from day in days from hour in hours from minute in minutes from second in seconds select day.AddSeconds(hour * 3600 + minute * 60 + second);

        var (perHour, perDay) = ((long)minutes.Length * seconds.Length, (long)hours.Length * minutes.Length * seconds.Length);
        var total = days.Length * perDay;
        return _rule.BySetPosition.Select(p => p > 0 ? p - 1 : total + p).Where(p => p >= 0 && p < total).Distinct().Order()
            .Select(p => days[p / perDay].AddSeconds(hours[p % perDay / perHour] * 3600 + minutes[p % perHour / seconds.Length] * 60 + seconds[p % seconds.Length]));
    }

    private static int Whole(int distance, int interval) => distance / interval * interval;
}
