using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Agenda.Outside;

/// <summary>What is wrong with a calendar of another site.</summary>
public enum CalendarFault
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>The site answers an error.</summary>
    HttpError = 1,
    /// <summary>The site says that it is closed for good.</summary>
    Gone = 2,
    /// <summary>Nobody answers at that name.</summary>
    Unreachable = 3,
    /// <summary>The certificate is not valid.</summary>
    Certificate = 4,
    /// <summary>The site takes too long.</summary>
    TimedOut = 5,
    /// <summary>Too long to be read.</summary>
    TooLarge = 6,
    /// <summary>What comes is no calendar.</summary>
    NotACalendar = 7,
    /// <summary>The answer cannot be understood.</summary>
    BadAnswer = 8,
}

/// <summary>A calendar of another site, a mairie's for example, whose dates a group shows beside its own. It is read again by itself, and never written to.</summary>
public sealed class OutsideCalendar : IReadByAudience, IFetched
{
    /// <summary>Calendars of a group at most.</summary>
    public const int Most = 20;

    /// <summary>Longest name, in characters.</summary>
    public const int NameLength = 100;

    /// <summary>Longest address, in characters.</summary>
    public const int AddressLength = 1000;

    /// <summary>Longest validator of HTTP that is kept, in characters.</summary>
    public const int ValidatorLength = 300;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The group that shows it.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The group.</summary>
    public Group? Group { get; init; }

    /// <summary>What the group calls it: it stands beside each of its dates.</summary>
    public required string Name { get; set; }

    /// <summary>Where it is.</summary>
    public required string Address { get; init; }

    /// <summary>Who sees its dates.</summary>
    public required Audience Audience { get; set; }

    /// <summary>Whether its dates stand in the group's own calendar, too.</summary>
    public bool IsExported { get; set; }

    /// <summary>Who added it.</summary>
    public required Guid AddedById { get; init; }

    /// <summary>When.</summary>
    public required DateTime AddedAt { get; init; }

    /// <summary>When it is asked next.</summary>
    public required DateTime NextFetchAt { get; set; }

    /// <summary>Until when a process has it in hand.</summary>
    public DateTime? LeaseUntil { get; set; }

    /// <summary>When it was asked last.</summary>
    public DateTime? LastFetchAt { get; set; }

    /// <summary>When it answered last as it should.</summary>
    public DateTime? LastSuccessAt { get; set; }

    /// <summary>When its dates were spread last: the window moves on with it.</summary>
    public DateTime? SpreadAt { get; set; }

    /// <summary>Validator to send back.</summary>
    public string? ETag { get; set; }

    /// <summary>Validator to send back.</summary>
    public string? LastModified { get; set; }

    /// <summary>SHA-256 of what it said last.</summary>
    public string? BodyHash { get; set; }

    /// <summary>What is wrong.</summary>
    public CalendarFault Fault { get; set; }

    /// <summary>HTTP status, where it tells what is wrong.</summary>
    public int? FaultStatus { get; set; }

    /// <summary>Failures in a row.</summary>
    public int Failures { get; set; }

    /// <summary>Since when it fails.</summary>
    public DateTime? FailingSince { get; set; }

    /// <summary>When the animators were told so.</summary>
    public DateTime? FailureToldAt { get; set; }

    /// <summary>Dates that stand in the agenda.</summary>
    public int DateCount { get; set; }

    /// <summary>Whether it has more than stand there.</summary>
    public bool IsCut { get; set; }
}

/// <summary>One date of a calendar of another site, in a row of its own: within the window, and again when the calendar changes.</summary>
public sealed class OutsideDate
{
    /// <summary>Dates of a calendar at most.</summary>
    public const int Most = 5000;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The calendar.</summary>
    public required Guid CalendarId { get; init; }

    /// <summary>The calendar.</summary>
    public OutsideCalendar? Calendar { get; init; }

    /// <summary>What it is, plain.</summary>
    public required string Title { get; init; }

    /// <summary>Where, plain.</summary>
    public string? Place { get; init; }

    /// <summary>Its page on the other site.</summary>
    public string? Link { get; init; }

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
}
