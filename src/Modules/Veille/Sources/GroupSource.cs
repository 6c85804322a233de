using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Sources;

/// <summary>A source as a group follows it.</summary>
public sealed class GroupSource : IMembersOnly
{
    /// <summary>Longest name and folder, in characters.</summary>
    public const int NameLength = 200;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>The source.</summary>
    public required Guid SourceId { get; set; }

    /// <summary>The source.</summary>
    public Source? Source { get; init; }

    /// <summary>What the group calls it, or null for its own title.</summary>
    public string? Name { get; set; }

    /// <summary>Where it is filed, or null.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether its news stay out of the pool for now.</summary>
    public bool IsMuted { get; set; }

    /// <summary>Who added it.</summary>
    public required Guid AddedById { get; init; }

    /// <summary>When.</summary>
    public required DateTime AddedAt { get; init; }
}
