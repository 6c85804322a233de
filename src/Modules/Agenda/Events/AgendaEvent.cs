using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Agenda.Events;

/// <summary>What an event is.</summary>
public enum EventKind
{
    /// <summary>Réunion.</summary>
    Meeting = 0,
    /// <summary>Formation.</summary>
    Training = 1,
    /// <summary>Atelier.</summary>
    Workshop = 2,
    /// <summary>Événement public.</summary>
    PublicEvent = 3,
    /// <summary>Something else.</summary>
    Other = 4,
}

/// <summary>How one takes part.</summary>
public enum Attendance
{
    /// <summary>Sur place.</summary>
    OnSite = 0,
    /// <summary>En visio.</summary>
    Online = 1,
    /// <summary>Either.</summary>
    Both = 2,
}

/// <summary>
/// A date of a group, or a series of them. Its hours are what the clocks of <see cref="TimeZone"/> show: those of a series stay the same when the
/// clocks change. When each date of it takes place is in <see cref="EventDate"/>.
/// </summary>
public sealed class AgendaEvent : IWritten
{
    /// <summary>Longest place, contact or price, in characters.</summary>
    public const int PlaceLength = 200;

    /// <summary>Longest commune, in characters.</summary>
    public const int CommuneLength = 100;

    /// <summary>Longest link, in characters.</summary>
    public const int LinkLength = 500;

    /// <summary>Longest list of organisations, in characters.</summary>
    public const int OrganisationsLength = 300;

    /// <summary>Longest rule of recurrence, in characters.</summary>
    public const int RuleLength = 300;

    /// <summary>Longest identifier in calendars, in characters.</summary>
    public const int UidLength = 255;

    /// <summary>Longest an event lasts, in days: lists look no further back for what is still on.</summary>
    public const int MostDays = 31;

    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <inheritdoc />
    public string Body { get; set; } = "";

    /// <inheritdoc />
    public string BodyHtml { get; set; } = "";

    /// <inheritdoc />
    public int BodyRenderer { get; set; }

    /// <inheritdoc />
    public DateTime? EditedAt { get; set; }

    /// <summary>What it is.</summary>
    public EventKind Kind { get; set; }

    /// <summary>Beginning of the first date, on the clocks of the zone.</summary>
    public DateTime StartLocal { get; set; }

    /// <summary>End of the first date, on the clocks of the zone; for whole days the midnight after the last.</summary>
    public DateTime EndLocal { get; set; }

    /// <summary>IANA name of the zone.</summary>
    public string TimeZone { get; set; } = "";

    /// <summary>Whether it takes whole days.</summary>
    public bool IsAllDay { get; set; }

    /// <summary>How it comes back, as RFC 5545 writes it (RRULE); null when it does not.</summary>
    public string? Rule { get; set; }

    /// <summary>Dates beside those of the rule, as <see cref="SeriesDates"/> writes them (RFC 5545, RDATE); null when there is none.</summary>
    public string? ExtraDates { get; set; }

    /// <summary>Dates of the rule that are none, written alike (RFC 5545, EXDATE).</summary>
    public string? LeftOut { get; set; }

    /// <summary>Its identifier in calendars where it came by one; null for the platform's own (RFC 5545, UID).</summary>
    public string? Uid { get; set; }

    /// <summary>Identifier of the series that it was parted from (RFC 5545, RELATED-TO).</summary>
    public string? RelatedTo { get; set; }

    /// <summary>The version that the last import left; another one means that somebody has changed it since. Null when no import made it.</summary>
    public int? ImportedVersion { get; set; }

    /// <summary>SHA-256 of what the file said then.</summary>
    public string? ImportedHash { get; set; }

    /// <summary>Whether it is several dates.</summary>
    public bool IsSeries => Rule is not null || ExtraDates is not null;

    /// <summary>Until when its dates stand in <see cref="EventDate"/>, UTC; null when all of them do.</summary>
    public DateTime? SpreadUntil { get; set; }

    /// <summary>Where, as people say it.</summary>
    public string? Place { get; set; }

    /// <summary>The commune.</summary>
    public string? Commune { get; set; }

    /// <summary>Link of the video conference.</summary>
    public string? OnlineUrl { get; set; }

    /// <summary>Whom to ask.</summary>
    public string? Contact { get; set; }

    /// <summary>What it costs, in words.</summary>
    public string? Price { get; set; }

    /// <summary>How one takes part.</summary>
    public Attendance Attendance { get; set; }

    /// <summary>Places at each date; null for as many as come.</summary>
    public int? Places { get; set; }

    /// <summary>How long before its beginning a date takes no more registrations, in hours.</summary>
    public int ClosesBefore { get; set; }

    /// <summary>What is asked of whoever takes part, one a line, as <see cref="Registrations.Question.Parse"/> reads it.</summary>
    public string Questions { get; set; } = "";

    /// <summary>Who speaks when and where, as <see cref="Events.Programme"/> writes it; null without a programme.</summary>
    public string? Programme { get; set; }

    /// <summary>Organisations that organise it, separated by commas.</summary>
    public string? Organisations { get; set; }

    /// <summary>Whether those who sign it with its author organise it without the author.</summary>
    public bool IsByOthers { get; set; }

    /// <summary>Since when it does not take place any more.</summary>
    public DateTime? CancelledAt { get; set; }

    /// <summary>Raised by each change that calendars must hear of (RFC 5545, SEQUENCE).</summary>
    public int Sequence { get; set; }
}

/// <summary>When an event takes place, one row a date: what every list and calendar reads. Made from the event, and again when it changes.</summary>
public sealed class EventDate
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Its group: beside the row, so that a group's dates are one stretch of an index.</summary>
    public required Guid GroupId { get; set; }

    /// <summary>What the event is.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>When the series would have it begin, on the clocks of its zone: its name in addresses and calendars (RFC 5545, RECURRENCE-ID).</summary>
    public required DateTime Key { get; init; }

    /// <summary>When it begins, on the clocks of the platform.</summary>
    public required DateTime StartLocal { get; init; }

    /// <summary>When it ends, on the clocks of the platform.</summary>
    public required DateTime EndLocal { get; init; }

    /// <summary>When it begins.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTime EndUtc { get; init; }

    /// <summary>Whether it takes whole days.</summary>
    public required bool IsAllDay { get; init; }

    /// <summary>Whether it is one of several.</summary>
    public required bool IsSeries { get; init; }

    /// <summary>Where: beside the event, so that a list reads one table.</summary>
    public string? Place { get; init; }

    /// <summary>The commune.</summary>
    public string? Commune { get; init; }

    /// <summary>How one takes part.</summary>
    public Attendance Attendance { get; init; }

    /// <summary>Whether it does not take place.</summary>
    public required bool IsCancelled { get; init; }
}

/// <summary>What is otherwise at one date of a series.</summary>
public sealed class DateChange
{
    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>As <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>Whether it does not take place.</summary>
    public bool IsCancelled { get; set; }

    /// <summary>When it begins instead, on the clocks of the zone.</summary>
    public DateTime? StartLocal { get; set; }

    /// <summary>When it ends instead.</summary>
    public DateTime? EndLocal { get; set; }

    /// <summary>Where instead.</summary>
    public string? Place { get; set; }
}
