using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar.Tests;

/// <summary>Rules of any shape that RFC 5545 allows; the same number always gives the same one.</summary>
internal static class RandomRule
{
    public static (RecurrenceRule Rule, DateTime Start, DateTime End) Make(int number)
    {
        var random = new Random(number * 7919 + 17);
        var frequency = (RecurrenceFrequency)random.Next(7);
        var start = new DateTime(2023, 1, 1).AddDays(random.Next(1200)).AddSeconds(random.Next(86_400));
        var rule = new RecurrenceRule(frequency)
        {
            Interval = random.Next(3) == 0 ? random.Next(1, frequency < RecurrenceFrequency.Daily ? 100 : 8) : 1,
            WeekStart = random.Next(2) == 0 ? DayOfWeek.Monday : (DayOfWeek)random.Next(7),
            BySecond = Some(random, 6, 3, 0, 59),
            ByMinute = Some(random, 6, 3, 0, 59),
            ByHour = Some(random, 4, 4, 0, 23),
            ByMonth = Some(random, 4, 4, 1, 12),
            ByMonthDay = frequency == RecurrenceFrequency.Weekly ? [] : Signed(random, 4, 5, 31),
            ByYearDay = frequency is RecurrenceFrequency.Daily or RecurrenceFrequency.Weekly or RecurrenceFrequency.Monthly ? [] : Signed(random, 8, 9, 366),
        };
        // Intervals of years with weeks are told by examples: they are counted as libical does.
        if (frequency == RecurrenceFrequency.Yearly && rule.Interval == 1) rule = rule with { ByWeekNumber = Signed(random, 3, 5, 53) };
        rule = rule with { ByDay = Days(random, frequency >= RecurrenceFrequency.Monthly && rule.ByWeekNumber.Count == 0, frequency == RecurrenceFrequency.Yearly && rule.ByMonth.Count == 0) };
        if (random.Next(3) == 0 && rule.ToString().Contains("BY", StringComparison.Ordinal)) rule = rule with { BySetPosition = Signed(random, 1, 3, 6) };

        var end = frequency switch
        {
            RecurrenceFrequency.Secondly => start.AddHours(3),
            RecurrenceFrequency.Minutely => start.AddDays(8),
            RecurrenceFrequency.Hourly => start.AddDays(120),
            _ => start.AddYears(frequency == RecurrenceFrequency.Yearly ? 9 : 4),
        };
        rule = random.Next(3) switch
        {
            0 => rule with { Count = random.Next(1, 40) },
            1 => rule with { Until = CalendarMoment.Floating(start + (end - start) * random.NextDouble()) },
            _ => rule,
        };
        return (rule, start, end);
    }

    private static int[] Some(Random random, int oneIn, int most, int least, int greatest) =>
        random.Next(oneIn) != 0 ? [] : [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.Next(least, greatest + 1)).Distinct().Order()];

    private static int[] Signed(Random random, int oneIn, int most, int greatest) =>
        random.Next(oneIn) != 0 ? [] : [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ => random.Next(1, greatest + 1) * (random.Next(3) == 0 ? -1 : 1)).Distinct().Order()];

    private static WeekdayNumber[] Days(Random random, bool mayCount, bool isOfYear)
    {
        if (random.Next(2) != 0) return [];
        return [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => new WeekdayNumber((DayOfWeek)random.Next(7), mayCount && random.Next(2) == 0 ? Ordinal(random, isOfYear ? 53 : 5) : 0)).Distinct().OrderBy(d => d.Ordinal).ThenBy(d => d.Day)];
    }

    private static int Ordinal(Random random, int most) => random.Next(1, most + 1) * (random.Next(3) == 0 ? -1 : 1);
}
