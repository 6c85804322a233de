using System.Globalization;
using TerritoireCollab.Calendar;

namespace TerritoireCollab.Platform;

/// <summary>Dates in words, in the platform's time zone and the reader's language: « 14 h 32 », « hier à 9 h », « 28 novembre 2026 ».</summary>
public sealed class Dates(TimeZoneInfo zone, TimeProvider clock)
{
    /// <summary>The moment in the platform's time zone.</summary>
    public DateTime Local(DateTime utc) => ZoneClock.ToLocal(utc, zone);

    /// <summary>Today in the platform's time zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Local(clock.GetUtcNow().UtcDateTime));

    /// <summary>The beginning of that day in the platform's time zone, in UTC.</summary>
    public DateTime Utc(DateOnly day) => Utc(day, 0);

    /// <summary>That hour of that day on the platform's clocks, in UTC.</summary>
    public DateTime Utc(DateOnly day, int hour) => Utc(day.ToDateTime(new TimeOnly(hour, 0)));

    /// <summary>
    /// That time on the platform's clocks, in UTC; see <see cref="ZoneClock"/>. What they jump over is what they show instead; of what comes twice it is the first.
    /// </summary>
    public DateTime Utc(DateTime local) => ZoneClock.ToUtc(local, zone);

    /// <inheritdoc cref="Utc(DateTime)"/>
    public DateTime Utc(DateOnly day, TimeOnly time) => Utc(day.ToDateTime(time));

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

    /// <summary>« lundi 30 novembre à 8 h »: of a moment to come.</summary>
    public string Coming(DateTime utc)
    {
        var local = Local(utc);
        var culture = CultureInfo.CurrentUICulture;
        return PlatformTexts.DayAt.With(PlatformTexts.WeekdayAnd.With(local.ToString("dddd", culture), Day(DateOnly.FromDateTime(local))), Hour(local));
    }

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
