using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Agenda.Resources;
using TerritoireCollab.Platform;

namespace TerritoireCollab.Agenda.Events;

/// <summary>An event in words.</summary>
internal static class EventWords
{
    /// <summary>Its kind.</summary>
    public static string Of(EventKind kind) => kind switch
    {
        EventKind.Meeting => AgendaTexts.Meeting,
        EventKind.Training => AgendaTexts.Training,
        EventKind.Workshop => AgendaTexts.Workshop,
        EventKind.PublicEvent => AgendaTexts.PublicEvent,
        _ => AgendaTexts.OtherKind,
    };

    /// <summary>An answer.</summary>
    public static string Of(Answer answer) => answer switch { Answer.Yes => AgendaTexts.Yes, Answer.Maybe => AgendaTexts.Maybe, _ => AgendaTexts.No };

    /// <summary>How one takes part.</summary>
    public static string Of(Attendance attendance) => attendance switch { Attendance.OnSite => AgendaTexts.OnSite, Attendance.Online => AgendaTexts.Online, _ => AgendaTexts.OnSiteOrOnline };

    /// <summary>Who does what was decided, and by when; null when neither is said.</summary>
    public static string? Of(EventDecision decision) => (decision.Who.Length, decision.Due) switch
    {
        (0, null) => null,
        (0, { } day) => AgendaTexts.DecisionBy.With(Dates.Full(day)),
        (_, null) => decision.Who,
        (_, { } day) => $"{decision.Who}, {AgendaTexts.DecisionBy.With(Dates.Full(day))}",
    };

    /// <summary>« mardi 8 décembre 2026, de 18 h 30 à 20 h 30 ».</summary>
    public static string When(EventDate date) => When(date.StartLocal, date.EndLocal, date.IsAllDay);

    /// <summary>The hours alone: « 18 h 30 », « toute la journée ».</summary>
    public static string Hours(EventDate date) => date.IsAllDay ? AgendaTexts.AllDay : Dates.Hour(date.StartLocal);

    /// <summary>« mardi 8 décembre 2026 ».</summary>
    public static string Day(DateTime local) => AgendaTexts.DayWords.With(Repetition.DayName(local.DayOfWeek), Dates.Full(DateOnly.FromDateTime(local)));

    /// <summary>Where: place and commune, or the video conference.</summary>
    public static string? Where(EventDate date) => Where(date.Place, date.Commune) ?? (date.Attendance == Attendance.Online ? AgendaTexts.Online : null);

    /// <summary>Place and commune; the commune once.</summary>
    public static string? Where(string? place, string? commune) => (place, commune) switch
    {
        (null, null) => null,
        (null, var town) => town,
        (var hall, null) => hall,
        var (hall, town) => hall.Contains(town, StringComparison.OrdinalIgnoreCase) ? hall : $"{hall}, {town}",
    };

    /// <summary>When, and how it comes back.</summary>
    public static string Series(AgendaEvent e, TimeZoneInfo zone) => e.Rule is null ? AgendaTexts.SeveralDates : Repetition.Words(e.Rule, e.StartLocal, zone);

    /// <summary>When the first date is, on the event's own clocks.</summary>
    public static string When(AgendaEvent e) => When(e.StartLocal, e.EndLocal, e.IsAllDay);

    private static string When(DateTime start, DateTime end, bool isAllDay)
    {
        if (isAllDay) return end.AddDays(-1).Date == start.Date ? Day(start) : AgendaTexts.FromDayToDay.With(Day(start), Day(end.AddDays(-1)));
        if (end.Date == start.Date || (end.Date == start.Date.AddDays(1) && end.TimeOfDay <= TimeSpan.FromHours(6)))
            return end == start ? AgendaTexts.DayAt.With(Day(start), Dates.Hour(start)) : AgendaTexts.DayFromTo.With(Day(start), Dates.Hour(start), Dates.Hour(end));
        return AgendaTexts.FromTo.With(Day(start), Dates.Hour(start), Day(end), Dates.Hour(end));
    }
}
