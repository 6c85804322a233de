namespace TerritoireCollab.Calendar;

/// <summary>What an attendee answered to an invitation (METHOD:REPLY, RFC 5546, 3.2.3).</summary>
/// <param name="Uid">UID of the event.</param>
/// <param name="Attendee">Who answers, and what.</param>
public sealed record CalendarAnswer(string Uid, Attendee Attendee)
{
    /// <summary>RECURRENCE-ID: the occurrence that it is about; null for all.</summary>
    public RecurrenceId? RecurrenceId { get; init; }

    /// <summary>SEQUENCE of the invitation that is answered.</summary>
    public int Sequence { get; init; }

    /// <summary>DTSTAMP, UTC: of two answers the later one counts.</summary>
    public DateTime? Stamp { get; init; }

    /// <summary>COMMENT: a word with it, plain text, or null.</summary>
    public string? Comment { get; init; }
}
