using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Agenda.Rides;

/// <summary>Somebody who drives to a date and has seats, or who looks for one. Whoever may read the event sees it.</summary>
public sealed class Ride
{
    /// <summary>Longest note, in characters.</summary>
    public const int NoteLength = 200;

    /// <summary>Most seats of a car.</summary>
    public const int MostSeats = 8;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The shared row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The date, as <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>Who drives, or looks for a seat.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Who drives, or looks for a seat.</summary>
    public Member? Member { get; init; }

    /// <summary>Seats offered; 0 for whoever looks for one.</summary>
    public required int Seats { get; init; }

    /// <summary>From where.</summary>
    public required string Commune { get; init; }

    /// <summary>When and where to meet, in words; empty for nothing.</summary>
    public required string Note { get; init; }
}

/// <summary>A seat that somebody takes.</summary>
public sealed class RideSeat
{
    /// <summary>The ride.</summary>
    public required Guid RideId { get; init; }

    /// <summary>The ride.</summary>
    public Ride? Ride { get; init; }

    /// <summary>Who takes it.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>Who takes it.</summary>
    public Member? Member { get; init; }
}
