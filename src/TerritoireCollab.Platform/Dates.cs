using System.Globalization;

namespace TerritoireCollab.Platform;

/// <summary>Dates in words, in the platform's time zone and the reader's language: « 14 h 32 », « hier à 9 h », « 28 novembre 2026 ».</summary>
public sealed class Dates(TimeZoneInfo zone, TimeProvider clock)
{
    /// <summary>The moment in the platform's time zone.</summary>
    public DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>Today in the platform's time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(clock.GetUtcNow().UtcDateTime));

    /// <summary>The beginning of that day in the platform's time zone, in UTC.</summary>
    public DateTime Utc(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        // Some zones change at midnight.
        return TimeZoneInfo.ConvertTimeToUtc(zone.IsInvalidTime(local) ? local.AddHours(1) : local, zone);
    }

    /// <summary>
    /// That hour of that day on the platform's clocks, in UTC. Where the clocks are put forward over it, the first moment after the gap; where they are put back
    /// over it, the first of the two.
    /// </summary>
    public DateTime Utc(DateOnly day, int hour)
    {
        var local = day.ToDateTime(new TimeOnly(hour, 0));
        if (zone.IsInvalidTime(local)) local = local.AddHours(1);
        return zone.IsAmbiguousTime(local)
            ? DateTime.SpecifyKind(local - zone.GetAmbiguousTimeOffsets(local).Max(), DateTimeKind.Utc)
            : TimeZoneInfo.ConvertTimeToUtc(local, zone);
    }

    /// <summary>As short as it can be said: the hour for today, « hier », the day and month, the year only for another one. Changes once a day.</summary>
    public string Brief(DateTime utc)
    {
        var local = Local(utc);
        var (day, today) = (DateOnly.FromDateTime(local), Today);
        return (today.DayNumber - day.DayNumber) switch
        {
            0 => PlatformTexts.TodayAt.With(Hour(local)),
            1 => PlatformTexts.YesterdayAt.With(Hour(local)),
            _ => Day(day, today),
        };
    }

    /// <summary>« 28 novembre 2026 à 14 h 32 ».</summary>
    public string Exact(DateTime utc)
    {
        var local = Local(utc);
        return PlatformTexts.DayAt.With(Full(DateOnly.FromDateTime(local)), Hour(local));
    }

    /// <summary>« 28 novembre », with the year when it is not this one.</summary>
    public string Day(DateOnly day) => Day(day, Today);

    private static string Day(DateOnly day, DateOnly today) => day.Year == today.Year ? Write(day, PlatformTexts.DayPattern) : Full(day);

    /// <summary>« 28 novembre 2026 », « 1er mars 2026 ».</summary>
    public static string Full(DateOnly day) => Write(day, PlatformTexts.FullDayPattern);

    private static string Write(DateOnly day, string pattern)
    {
        var culture = CultureInfo.CurrentUICulture;
        var text = day.ToString(pattern, culture);
        return day.Day == 1 && culture.TwoLetterISOLanguageName == "fr" ? "1er" + text[1..] : text;
    }

    /// <summary>« 14 h 32 », which no line end parts.</summary>
    public string HourOf(DateTime utc) => Hour(Local(utc));

    /// <summary>The same of a moment that is in the platform's time zone already.</summary>
    public static string Hour(DateTime local) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "fr"
        ? local.Minute == 0 ? $"{local.Hour}\u00a0h" : $"{local.Hour}\u00a0h\u00a0{local.Minute:00}"
        : local.ToString("h:mm\u00a0tt", CultureInfo.InvariantCulture);
}
