using System.Globalization;
using TerritoireCollab.Calendar.Reading;
using TerritoireCollab.Calendar.Resources;

namespace TerritoireCollab.Calendar.Recurrences;

/// <summary>Reads a RECUR value. What RFC 5545 forbids is refused rather than guessed: a rule that is read wrong is worse than none.</summary>
internal static class RuleReader
{
    // Far more than any rule needs; each list is finite anyway.
    private const int MostLength = 8000;

    public static bool TryRead(string text, out RecurrenceRule? rule, out string? fault)
    {
        rule = null;
        fault = null;
        try
        {
            rule = Read(text);
            return true;
        }
        catch (RuleFault wrong)
        {
            fault = wrong.Message;
            return false;
        }
    }

    private static RecurrenceRule Read(string text)
    {
        if (text.Length > MostLength) throw new RuleFault(CalendarTexts.RuleTooLong);

        var parts = Parts(text);
        if (!parts.Remove("FREQ", out var frequency) || !Enum.TryParse<RecurrenceFrequency>(frequency, true, out var freq) || char.IsAsciiDigit(frequency[0])) throw new RuleFault(CalendarTexts.RuleNoFrequency);
        if (parts.Remove("RSCALE", out var scale) && !scale.Equals("GREGORIAN", StringComparison.OrdinalIgnoreCase)) throw Fault(CalendarTexts.RuleScale, scale);

        var rule = new RecurrenceRule(freq);
        foreach (var (name, value) in parts) rule = With(rule, name, value);
        Check(rule);
        return rule;
    }

    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.Split('=', 2, StringSplitOptions.TrimEntries) is [var before, var after] ? (before, after) : throw Fault(CalendarTexts.RulePart, part);
            // An empty part says nothing.
            if (value.Length > 0 && !parts.TryAdd(name, value) && !parts[name].Equals(value, StringComparison.OrdinalIgnoreCase)) throw Fault(CalendarTexts.RuleTwice, name);
        }

        return parts;
    }

    private static RecurrenceRule With(RecurrenceRule rule, string name, string value) => name.ToUpperInvariant() switch
    {
        "INTERVAL" => rule with { Interval = Number(name, value, 1, int.MaxValue) },
        "COUNT" => rule with { Count = Number(name, value, 1, int.MaxValue) },
        "UNTIL" => rule with { Until = MomentReader.Read(value, null) ?? throw Fault(CalendarTexts.RulePart, $"{name}={value}") },
        // Whoever has no leap seconds takes the 60th for the 59th (RFC 5545, 3.3.12).
        "BYSECOND" => rule with { BySecond = [.. Numbers(name, value, 0, 60).Select(s => Math.Min(s, 59)).Distinct()] },
        "BYMINUTE" => rule with { ByMinute = Numbers(name, value, 0, 59) },
        "BYHOUR" => rule with { ByHour = Numbers(name, value, 0, 23) },
        "BYDAY" => rule with { ByDay = Days(name, value) },
        "BYMONTHDAY" => rule with { ByMonthDay = Signed(name, value, 31) },
        "BYYEARDAY" => rule with { ByYearDay = Signed(name, value, 366) },
        "BYWEEKNO" => rule with { ByWeekNumber = Signed(name, value, 53) },
        "BYMONTH" => rule with { ByMonth = Numbers(name, value, 1, 12) },
        "BYSETPOS" => rule with { BySetPosition = Signed(name, value, 366) },
        "WKST" => rule with { WeekStart = Weekday(value) ?? throw Fault(CalendarTexts.RulePart, $"{name}={value}") },
        "SKIP" => rule with { Skip = Enum.TryParse<RecurrenceSkip>(value, true, out var skip) && !char.IsAsciiDigit(value[0]) ? skip : throw Fault(CalendarTexts.RulePart, $"{name}={value}") },
        _ when name.StartsWith("X-", StringComparison.OrdinalIgnoreCase) => rule,
        _ => throw Fault(CalendarTexts.RulePart, $"{name}={value}"),
    };

    private static void Check(RecurrenceRule rule)
    {
        var frequency = rule.Frequency;
        if (rule is { Count: not null, Until: not null }) throw new RuleFault(CalendarTexts.RuleTwoEnds);
        if (rule.ByWeekNumber.Count > 0 && frequency != RecurrenceFrequency.Yearly) throw Fault(CalendarTexts.RulePartNotHere, "BYWEEKNO");
        if (rule.ByYearDay.Count > 0 && frequency is RecurrenceFrequency.Daily or RecurrenceFrequency.Weekly or RecurrenceFrequency.Monthly) throw Fault(CalendarTexts.RulePartNotHere, "BYYEARDAY");
        if (rule.ByMonthDay.Count > 0 && frequency == RecurrenceFrequency.Weekly) throw Fault(CalendarTexts.RulePartNotHere, "BYMONTHDAY");
        if (rule.ByDay.Any(d => d.Ordinal != 0) && (frequency < RecurrenceFrequency.Monthly || rule.ByWeekNumber.Count > 0)) throw Fault(CalendarTexts.RulePartNotHere, "BYDAY");
        if (rule.BySetPosition.Count > 0 && !HasByPart(rule)) throw Fault(CalendarTexts.RulePartNotHere, "BYSETPOS");
    }

    private static bool HasByPart(RecurrenceRule rule) =>
        rule.BySecond.Count + rule.ByMinute.Count + rule.ByHour.Count + rule.ByDay.Count + rule.ByMonthDay.Count + rule.ByYearDay.Count + rule.ByWeekNumber.Count + rule.ByMonth.Count > 0;

    private static int Number(string name, string value, int least, int most) =>
        int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : throw Fault(CalendarTexts.RulePart, $"{name}={value}");

    private static int[] Numbers(string name, string value, int least, int most) =>
        [.. value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => Number(name, v, least, most)).Distinct().Order()];

    private static int[] Signed(string name, string value, int most)
    {
        var numbers = Numbers(name, value, -most, most);
        return numbers.Contains(0) ? throw Fault(CalendarTexts.RulePart, $"{name}={value}") : numbers;
    }

    private static WeekdayNumber[] Days(string name, string value)
    {
        var days = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(v => Day(v) ?? throw Fault(CalendarTexts.RulePart, $"{name}={value}"));
        return [.. days.Distinct().OrderBy(d => d.Ordinal).ThenBy(d => d.Day)];
    }

    private static WeekdayNumber? Day(string text)
    {
        if (text.Length < 2 || Weekday(text[^2..]) is not { } day) return null;
        if (text.Length == 2) return new(day);
        return int.TryParse(text[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var ordinal) && ordinal is >= -53 and <= 53 and not 0 ? new(day, ordinal) : null;
    }

    private static DayOfWeek? Weekday(string text) => Array.FindIndex(WeekdayNumber.Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? (DayOfWeek)at : null;

    private static RuleFault Fault(string pattern, string what) => new(pattern.With(what.Length > 80 ? what[..80] + "…" : what));

    // Thrown and caught here alone: a dozen places may find the fault.
    private sealed class RuleFault(string message) : Exception(message);
}
