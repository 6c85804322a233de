namespace TerritoireCollab.Agenda.Reminders;

/// <summary>How long before a date somebody is reminded of it.</summary>
public enum ReminderLead
{
    /// <summary>Not at all.</summary>
    None = 0,
    /// <summary>An hour before.</summary>
    Hour = 1,
    /// <summary>The day before, at the hour of the member's summaries.</summary>
    Day = 2,
    /// <summary>A week before, at that hour.</summary>
    Week = 3,
}

/// <summary>When a member is reminded: of all dates, or of those of one event. Whoever chose nothing is reminded the day before.</summary>
public sealed class ReminderChoice
{
    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The event; empty for all of them. No foreign key: a choice for what is gone reminds of nothing.</summary>
    public required Guid EventId { get; init; }

    /// <summary>When.</summary>
    public ReminderLead Lead { get; set; }
}
