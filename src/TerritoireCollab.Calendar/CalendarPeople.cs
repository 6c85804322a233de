namespace TerritoireCollab.Calendar;

/// <summary>PARTSTAT (RFC 5545, 3.2.12): what somebody answered.</summary>
public enum ParticipationStatus
{
    /// <summary>Nothing yet.</summary>
    NeedsAction,

    /// <summary>Comes.</summary>
    Accepted,

    /// <summary>Does not come.</summary>
    Declined,

    /// <summary>Perhaps.</summary>
    Tentative,

    /// <summary>Somebody else comes instead.</summary>
    Delegated,
}

/// <summary>ROLE (RFC 5545, 3.2.16).</summary>
public enum ParticipationRole
{
    /// <summary>Expected.</summary>
    Required,

    /// <summary>Welcome.</summary>
    Optional,

    /// <summary>Leads.</summary>
    Chair,

    /// <summary>Told for information.</summary>
    NonParticipant,
}

/// <summary>ORGANIZER.</summary>
/// <param name="Address">Mail address without <c>mailto:</c>; another address, such as <c>urn:</c>, as written.</param>
/// <param name="Name">CN, or null.</param>
public sealed record Organizer(string Address, string? Name = null);

/// <summary>ATTENDEE.</summary>
/// <param name="Address">Mail address without <c>mailto:</c>; another address as written.</param>
/// <param name="Name">CN, or null.</param>
public sealed record Attendee(string Address, string? Name = null)
{
    /// <summary>What they answered.</summary>
    public ParticipationStatus Status { get; init; }

    /// <summary>How they take part.</summary>
    public ParticipationRole Role { get; init; }

    /// <summary>Whether an answer is asked for.</summary>
    public bool IsAnswerAsked { get; init; }
}
