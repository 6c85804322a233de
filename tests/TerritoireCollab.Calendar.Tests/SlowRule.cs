using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>
/// RFC 5545, 3.3.10, by looking at every day, or every unit of time, and asking each part of it: slow, and written without regard to how the
/// product does it.
/// </summary>
internal static class SlowRule
{
    public static IEnumerable<DateTime> Expand(RecurrenceRule rule, DateTime start, DateTime end)
    {
        var all = rule.Frequency >= RecurrenceFrequency.Daily ? ByDays(rule, start, end) : ByUnits(rule, start, end);
        var after = all.Where(t => t >= start && t < end && (rule.Until is not { } until || t <= until.Local)).Order();
        return rule.Count is { } count ? after.Take(count) : after;
    }

    private static IEnumerable<DateTime> ByDays(RecurrenceRule rule, DateTime start, DateTime end)
    {
        var periods = new SortedDictionary<long, List<DateTime>>();
        // What is counted within a period needs the whole of it, also before the start.
        for (var day = start.Date.AddDays(-400); day < end.AddDays(400); day = day.AddDays(1))
        {
            var period = Period(rule, day) - Period(rule, start.Date);
            if (period % rule.Interval != 0 || !IsDay(rule, day, start)) continue;
            if (!periods.TryGetValue(period, out var times)) periods[period] = times = [];
            foreach (var hour in Or(rule.ByHour, start.Hour))
                foreach (var minute in Or(rule.ByMinute, start.Minute))
                    foreach (var second in Or(rule.BySecond, start.Second)) times.Add(day + new TimeSpan(hour, minute, second));
        }

        return periods.Values.SelectMany(times => Positions(rule, times));
    }

    private static IEnumerable<DateTime> ByUnits(RecurrenceRule rule, DateTime start, DateTime end)
    {
        var unit = rule.Frequency switch { RecurrenceFrequency.Hourly => TimeSpan.FromHours(1), RecurrenceFrequency.Minutely => TimeSpan.FromMinutes(1), _ => TimeSpan.FromSeconds(1) };
        for (var at = start - new TimeSpan(0, unit.Hours == 1 ? start.Minute : 0, unit.TotalSeconds > 1 ? start.Second : 0); at < end; at += unit * rule.Interval)
        {
            if (!IsDay(rule, at.Date, start) || !In(rule.ByHour, at.Hour)) continue;
            if (unit.TotalMinutes <= 1 && !In(rule.ByMinute, at.Minute) || unit.TotalSeconds <= 1 && !In(rule.BySecond, at.Second)) continue;

            var times = new List<DateTime>();
            foreach (var minute in unit.TotalMinutes > 1 ? Or(rule.ByMinute, start.Minute) : [at.Minute])
                foreach (var second in unit.TotalSeconds > 1 ? Or(rule.BySecond, start.Second) : [at.Second]) times.Add(at.Date + new TimeSpan(at.Hour, minute, second));
            foreach (var time in Positions(rule, times)) yield return time;
        }
    }

    private static IEnumerable<DateTime> Positions(RecurrenceRule rule, List<DateTime> times)
    {
        times.Sort();
        return rule.BySetPosition.Count == 0 ? times : times.Where((_, at) => rule.BySetPosition.Contains(at + 1) || rule.BySetPosition.Contains(at - times.Count));
    }

    private static long Period(RecurrenceRule rule, DateTime day) => rule.Frequency switch
    {
        RecurrenceFrequency.Yearly => rule.ByWeekNumber.Count > 0 ? Week(rule, day).Year : day.Year,
        RecurrenceFrequency.Monthly => day.Year * 12 + day.Month,
        RecurrenceFrequency.Weekly => FirstOfWeek(rule, day).Ticks / TimeSpan.TicksPerDay / 7,
        _ => day.Ticks / TimeSpan.TicksPerDay,
    };

    private static bool IsDay(RecurrenceRule rule, DateTime day, DateTime start)
    {
        var isYearly = rule.Frequency == RecurrenceFrequency.Yearly;
        var (month, yearDay, monthDay, week, weekday) = (rule.ByMonth.Count > 0, rule.ByYearDay.Count > 0, rule.ByMonthDay.Count > 0, rule.ByWeekNumber.Count > 0, rule.ByDay.Count > 0);
        if (isYearly && !month && !yearDay && !week && (monthDay || !weekday) && day.Month != start.Month) return false;
        if ((rule.Frequency == RecurrenceFrequency.Monthly || isYearly && !week) && !yearDay && !monthDay && !weekday && day.Day != start.Day) return false;
        if ((rule.Frequency == RecurrenceFrequency.Weekly || week) && !yearDay && !monthDay && !weekday && day.DayOfWeek != start.DayOfWeek) return false;

        var (monthLength, yearLength) = (DateTime.DaysInMonth(day.Year, day.Month), new DateTime(day.Year, 12, 31).DayOfYear);
        if (month && !rule.ByMonth.Contains(day.Month)) return false;
        if (monthDay && !rule.ByMonthDay.Contains(day.Day) && !rule.ByMonthDay.Contains(day.Day - monthLength - 1)) return false;
        if (yearDay && !rule.ByYearDay.Contains(day.DayOfYear) && !rule.ByYearDay.Contains(day.DayOfYear - yearLength - 1)) return false;
        if (week && Week(rule, day) is var (_, number, weeks) && !rule.ByWeekNumber.Contains(number) && !rule.ByWeekNumber.Contains(number - weeks - 1)) return false;
        return !weekday || rule.ByDay.Any(d => d.Day == day.DayOfWeek && (d.Ordinal == 0 || Ordinals(day, rule.Frequency == RecurrenceFrequency.Monthly || month).Contains(d.Ordinal)));
    }

    private static int[] Ordinals(DateTime day, bool isOfMonth)
    {
        bool Within(DateTime other) => isOfMonth ? other.Month == day.Month && other.Year == day.Year : other.Year == day.Year;
        var (before, after) = (0, 0);
        for (var other = day; Within(other); other = other.AddDays(-7)) before++;
        for (var other = day; Within(other); other = other.AddDays(7)) after++;
        return [before, -after];
    }

    // The week of a year with four of its days in it: by counting from its first.
    private static (int Year, int Number, int Weeks) Week(RecurrenceRule rule, DateTime day)
    {
        var first = FirstOfWeek(rule, day);
        var year = Enumerable.Range(0, 7).Select(d => first.AddDays(d).Year).GroupBy(y => y).MaxBy(g => g.Count())!.Key;
        int Count(DateTime from, int step)
        {
            var weeks = 0;
            for (var at = from; Enumerable.Range(0, 7).Count(d => at.AddDays(d).Year == year) >= 4; at = at.AddDays(step)) weeks++;
            return weeks;
        }

        var number = Count(first, -7);
        return (year, number, number + Count(first, 7) - 1);
    }

    private static DateTime FirstOfWeek(RecurrenceRule rule, DateTime day)
    {
        while (day.DayOfWeek != rule.WeekStart) day = day.AddDays(-1);
        return day;
    }

    private static bool In(IReadOnlyList<int> values, int value) => values.Count == 0 || values.Contains(value);

    private static IEnumerable<int> Or(IReadOnlyList<int> values, int otherwise) => values.Count == 0 ? [otherwise] : values;
}
