using System.Globalization;

namespace TerritoireCollab.Calendar;

/// <summary>
/// DATE or DATE-TIME (RFC 5545, 3.3.4 and 3.3.5): a day; a time of a zone, UTC among them; or a time that floats, which is that hour wherever one is.
/// </summary>
public readonly record struct CalendarMoment
{
    private CalendarMoment(DateTime local, bool isDate, CalendarZone? zone)
    {
        Local = DateTime.SpecifyKind(isDate ? local.Date : local, DateTimeKind.Unspecified);
        IsDate = isDate;
        Zone = zone;
    }

    /// <summary>What the clocks of the zone show; midnight for a day.</summary>
    public DateTime Local { get; }

    /// <summary>Whether it is a whole day.</summary>
    public bool IsDate { get; }

    /// <summary>Its zone; null for a day and for what floats.</summary>
    public CalendarZone? Zone { get; }

    /// <summary>Whether it is a time of no zone.</summary>
    public bool IsFloating => Zone is null && !IsDate;

    /// <summary>A whole day.</summary>
    public static CalendarMoment Date(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), true, null);

    /// <summary>A time of a zone.</summary>
    public static CalendarMoment At(DateTime local, CalendarZone zone) => new(local, false, zone);

    /// <summary>A time of a zone.</summary>
    public static CalendarMoment At(DateTime local, TimeZoneInfo zone) => new(local, false, CalendarZone.Of(zone));

    /// <summary>A time that floats.</summary>
    public static CalendarMoment Floating(DateTime local) => new(local, false, null);

    /// <summary>A moment in UTC.</summary>
    public static CalendarMoment Utc(DateTime utc) => new(utc, false, CalendarZone.Utc);

    /// <summary>The moment in UTC.</summary>
    /// <param name="here">The zone for days and for what floats.</param>
    public DateTime ToUtc(TimeZoneInfo here) => Zone?.ToUtc(Local) ?? ZoneClock.ToUtc(Local, here);

    /// <summary>The same kind of moment at another local time.</summary>
    public CalendarMoment WithLocal(DateTime local) => new(local, IsDate, Zone);

    /// <summary>What comes that much later: days on the calendar, the rest on a watch.</summary>
    public CalendarMoment Plus(CalendarDuration duration)
    {
        var local = Local.Plus(TimeSpan.FromDays(duration.Days));
        if (duration.Time == TimeSpan.Zero || IsDate) return WithLocal(IsDate ? local.Plus(duration.Time) : local);
        return WithLocal(Zone is null ? local.Plus(duration.Time) : Zone.ToLocal(Zone.ToUtc(local).Plus(duration.Time)));
    }

    /// <summary>The same instant as the clocks of its zone show it: it differs where they jump over the time that was written.</summary>
    public CalendarMoment OnTheClock() => Zone is null or { IsUtc: true } ? this : WithLocal(Zone.ToLocal(Zone.ToUtc(Local)));

    /// <summary>How the same instant is told in the terms of another moment: its zone, or its day.</summary>
    internal CalendarMoment InTermsOf(CalendarMoment other)
    {
        if (other.IsDate) return IsDate ? this : Date(DateOnly.FromDateTime(Local));
        if (IsDate || Zone is null) return IsDate ? this : At(Local, other);
        return other.Zone is null || other.Zone.Equals(Zone) ? At(Local, other) : At(other.Zone.ToLocal(Zone.ToUtc(Local)), other);
    }

    /// <summary>As RFC 5545 writes its value: <c>20261122</c>, <c>20261122T140000</c>, <c>20261122T130000Z</c>.</summary>
    public override string ToString() => IsDate
        ? Local.ToString("yyyyMMdd", CultureInfo.InvariantCulture)
        : Local.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (Zone?.IsUtc == true ? "Z" : "");

    private static CalendarMoment At(DateTime local, CalendarMoment like) => new(local, false, like.Zone);
}
