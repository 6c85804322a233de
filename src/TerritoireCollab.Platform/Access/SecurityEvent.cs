namespace TerritoireCollab.Platform.Access;

/// <summary>A line of the security log: sign-ins, refusals, role and membership changes, exports, deletions. Never a secret.</summary>
public sealed class SecurityEvent
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>What, such as <c>connexion.refusee</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Who did it, if known.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Whom it concerns, if somebody else.</summary>
    public Guid? SubjectId { get; init; }

    /// <summary>The group it happened in, if any.</summary>
    public Guid? GroupId { get; init; }

    /// <summary>Details in words, control characters removed.</summary>
    public string? Detail { get; init; }
}
