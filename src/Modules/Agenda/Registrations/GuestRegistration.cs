using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Platform.Guests;

namespace TerritoireCollab.Agenda.Registrations;

/// <summary>The answer of somebody without an account for one date of an event: as <see cref="Registration"/>, and counted with those.</summary>
public sealed class GuestRegistration : IRegistration
{
    /// <summary>The event.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The date, as <see cref="EventDate.Key"/>.</summary>
    public required DateTime Key { get; init; }

    /// <summary>The guest.</summary>
    public required Guid GuestId { get; init; }

    /// <summary>The guest.</summary>
    public Guest Guest { get; init; } = null!;

    /// <summary>What was answered.</summary>
    public Answer Answer { get; set; }

    /// <summary>Since when the guest waits for a place; null with one, or without wanting any.</summary>
    public DateTime? WaitingSince { get; set; }

    /// <summary>How the guest takes part.</summary>
    public Attendance Attendance { get; set; }

    /// <summary>What was answered to the questions, one a line in their order.</summary>
    public string Answers { get; set; } = "";

    /// <summary>When it was answered last.</summary>
    public DateTime AnsweredAt { get; set; }

    /// <summary>Whether the guest was there, as somebody ticked afterwards; null before.</summary>
    public bool? WasThere { get; set; }

    Guid IRegistration.PersonId => GuestId;

    /// <summary>The same answer for the date that this one has become.</summary>
    public GuestRegistration At(DateTime key) => At(ItemId, GuestId, key);

    /// <summary>The same answer for a date of another event, by who is its guest there.</summary>
    public GuestRegistration At(Guid itemId, Guid guestId, DateTime key) => new()
    {
        ItemId = itemId, Key = key, GuestId = guestId, Answer = Answer, WaitingSince = WaitingSince, Attendance = Attendance, Answers = Answers, AnsweredAt = AnsweredAt, WasThere = WasThere,
    };
}
