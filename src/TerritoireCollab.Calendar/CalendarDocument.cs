namespace TerritoireCollab.Calendar;

/// <summary>METHOD (RFC 5546): what a document is sent for.</summary>
public enum CalendarMethod
{
    /// <summary>To be read.</summary>
    Publish,

    /// <summary>An invitation, or its change.</summary>
    Request,

    /// <summary>An answer.</summary>
    Reply,

    /// <summary>It does not take place.</summary>
    Cancel,

    /// <summary>Another: ADD, REFRESH, COUNTER, DECLINECOUNTER.</summary>
    Other,
}

/// <summary>VCALENDAR, or several that came in one file.</summary>
public sealed record CalendarDocument
{
    /// <summary>METHOD; null where none is said.</summary>
    public CalendarMethod? Method { get; init; }

    /// <summary>NAME, X-WR-CALNAME.</summary>
    public string? Name { get; init; }

    /// <summary>DESCRIPTION, X-WR-CALDESC.</summary>
    public string? Description { get; init; }

    /// <summary>REFRESH-INTERVAL, X-PUBLISHED-TTL: how often it may be read again.</summary>
    public CalendarDuration? RefreshInterval { get; init; }

    /// <summary>Its events, in the order of the file; occurrences that were changed are events of their own.</summary>
    public IReadOnlyList<CalendarEvent> Events { get; init; } = [];

    /// <summary>Where it is an answer, what was answered: an event may be named there without being told.</summary>
    public IReadOnlyList<CalendarAnswer> Answers { get; init; } = [];

    /// <summary>Its events with what was changed of them, by UID, in the order of the file.</summary>
    public IReadOnlyList<CalendarSeries> Series() => [.. Events.GroupBy(e => e.Uid, StringComparer.Ordinal).SelectMany(CalendarSeries.Of)];
}
