using TerritoireCollab.Calendar.Recurrences;

namespace TerritoireCollab.Calendar;

/// <summary>STATUS of an event.</summary>
public enum EventStatus
{
    /// <summary>It takes place.</summary>
    Confirmed,

    /// <summary>It may.</summary>
    Tentative,

    /// <summary>It does not.</summary>
    Cancelled,
}

/// <summary>RECURRENCE-ID (RFC 5545, 3.8.4.4): which occurrence an event stands for.</summary>
/// <param name="Moment">When that occurrence would have begun.</param>
/// <param name="IsThisAndFuture">RANGE=THISANDFUTURE: it stands for those that follow, too.</param>
public readonly record struct RecurrenceId(CalendarMoment Moment, bool IsThisAndFuture = false);

/// <summary>A value of RDATE: an occurrence by its date, with its own length where it is a PERIOD.</summary>
/// <param name="Start">When it begins.</param>
/// <param name="Duration">Its length; null for the usual one.</param>
public readonly record struct RecurrenceDate(CalendarMoment Start, CalendarDuration? Duration = null);

/// <summary>GEO.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
public readonly record struct GeoPosition(double Latitude, double Longitude);

/// <summary>VALARM.</summary>
/// <param name="Trigger">How long before the start, negative, or after it.</param>
/// <param name="Description">What is shown, or null.</param>
public sealed record Alarm(CalendarDuration Trigger, string? Description = null)
{
    /// <summary>Whether it counts from the end.</summary>
    public bool IsFromEnd { get; init; }
}

/// <summary>VEVENT (RFC 5545, 3.6.1). Texts are clean: line feeds alone, no control characters. Addresses are as written, to be judged before they become links.</summary>
public sealed record CalendarEvent
{
    /// <summary>UID.</summary>
    public required string Uid { get; init; }

    /// <summary>DTSTART.</summary>
    public required CalendarMoment Start { get; init; }

    /// <summary>DTEND, which is no more part of it; null where DURATION, or nothing, says how long it is.</summary>
    public CalendarMoment? End { get; init; }

    /// <summary>DURATION, or null.</summary>
    public CalendarDuration? Duration { get; init; }

    /// <summary>SUMMARY, on one line.</summary>
    public string? Summary { get; init; }

    /// <summary>DESCRIPTION, plain text.</summary>
    public string? Description { get; init; }

    /// <summary>LOCATION.</summary>
    public string? Location { get; init; }

    /// <summary>URL, as written.</summary>
    public string? Url { get; init; }

    /// <summary>CONFERENCE (RFC 7986), or what Google and Microsoft write for it: an address, as written.</summary>
    public string? Conference { get; init; }

    /// <summary>GEO.</summary>
    public GeoPosition? Geo { get; init; }

    /// <summary>STATUS.</summary>
    public EventStatus Status { get; init; }

    /// <summary>CLASS other than PUBLIC.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>TRANSP:TRANSPARENT: it takes nobody's time.</summary>
    public bool IsTransparent { get; init; }

    /// <summary>CATEGORIES.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>ORGANIZER.</summary>
    public Organizer? Organizer { get; init; }

    /// <summary>ATTENDEE.</summary>
    public IReadOnlyList<Attendee> Attendees { get; init; } = [];

    /// <summary>RELATED-TO: UID of another event that this one goes with; the first, where there are several.</summary>
    public string? RelatedTo { get; init; }

    /// <summary>COMMENT.</summary>
    public string? Comment { get; init; }

    /// <summary>SEQUENCE.</summary>
    public int Sequence { get; init; }

    /// <summary>DTSTAMP, UTC; null where it is not said.</summary>
    public DateTime? Stamp { get; init; }

    /// <summary>CREATED, UTC.</summary>
    public DateTime? Created { get; init; }

    /// <summary>LAST-MODIFIED, UTC.</summary>
    public DateTime? LastModified { get; init; }

    /// <summary>RRULE; one, as a rule.</summary>
    public IReadOnlyList<RecurrenceRule> Rules { get; init; } = [];

    /// <summary>EXRULE, which RFC 5545 took out and old programs still write.</summary>
    public IReadOnlyList<RecurrenceRule> ExceptionRules { get; init; } = [];

    /// <summary>RDATE.</summary>
    public IReadOnlyList<RecurrenceDate> Dates { get; init; } = [];

    /// <summary>EXDATE.</summary>
    public IReadOnlyList<CalendarMoment> ExceptionDates { get; init; } = [];

    /// <summary>RECURRENCE-ID; null for the event itself.</summary>
    public RecurrenceId? RecurrenceId { get; init; }

    /// <summary>VALARM.</summary>
    public IReadOnlyList<Alarm> Alarms { get; init; } = [];

    /// <summary>Whether it takes whole days.</summary>
    public bool IsAllDay => Start.IsDate;

    /// <summary>Whether it comes more than once.</summary>
    public bool IsRecurring => Rules.Count > 0 || Dates.Count > 0;

    /// <summary>When an occurrence that begins then is over: as long as the event; without an end a day, or no time at all (RFC 5545, 3.6.1).</summary>
    public CalendarMoment EndOf(CalendarMoment start)
    {
        if (Duration is { } duration) return start.Plus(duration);
        if (End is not { } end) return start.IsDate ? start.Plus(new(1, TimeSpan.Zero)) : start;
        if (start == Start) return end;
        if (Start.IsDate || Start.Zone is null || end.Zone is null) return start.Plus(new((end.Local.Date - Start.Local.Date).Days, end.Local.TimeOfDay - Start.Local.TimeOfDay));

        // The length on a watch is the same each time (RFC 5545, 3.8.5.3), told in the zone of the end.
        var over = (start.Zone ?? Start.Zone).ToUtc(start.Local).Plus(end.Zone.ToUtc(end.Local) - Start.Zone.ToUtc(Start.Local));
        return end.WithLocal(end.Zone.ToLocal(over));
    }
}
