using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Sorting;

/// <summary>What a rule does with the news that it finds.</summary>
public enum RuleAction
{
    /// <summary>Keeps it at once (« retenu »).</summary>
    Keep = 0,
    /// <summary>Sets it aside (« écarté »): it is found, but not to read.</summary>
    SetAside = 1,
    /// <summary>Marks it with a star: it counts more.</summary>
    Star = 2,
}

/// <summary>A rule of a group for the news that arrive: « de la préfecture, avec le mot subvention : retenir ».</summary>
public sealed class PoolRule : IMembersOnly
{
    /// <summary>Longest query, in characters.</summary>
    public const int QueryLength = 300;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>What it looks for, in the grammar of <see cref="NewsQuery"/>.</summary>
    public required string Query { get; set; }

    /// <summary>What it does.</summary>
    public required RuleAction Action { get; set; }

    /// <summary>The one source that it is for; null for all.</summary>
    public Guid? SourceId { get; set; }

    /// <summary>The folder that it is for; null for all.</summary>
    public string? Folder { get; set; }

    /// <summary>Its place: the first that keeps or sets aside decides.</summary>
    public required int Position { get; set; }

    /// <summary>Who made it.</summary>
    public required Guid CreatedById { get; init; }
}
