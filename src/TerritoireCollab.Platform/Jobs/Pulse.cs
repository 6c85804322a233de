namespace TerritoireCollab.Platform.Jobs;

/// <summary>When a worker last showed life, so that its silence is seen.</summary>
public sealed class Pulse
{
    /// <summary>Name of the worker.</summary>
    public required string Name { get; init; }

    /// <summary>Its last run.</summary>
    public required DateTime LastAt { get; set; }

    /// <summary>Its last run without a failure.</summary>
    public DateTime? LastSuccessAt { get; set; }

    /// <summary>What the last failure said; null after a success.</summary>
    public string? Detail { get; set; }
}
