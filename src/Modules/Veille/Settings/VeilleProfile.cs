using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Veille.Settings;

/// <summary>How a group runs its veille. No row means all defaults.</summary>
public sealed class VeilleProfile
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>Whether its revue is the territory's, at <c>/veille</c>: of one group at most.</summary>
    public bool ServesTerritory { get; set; }

    /// <summary>Name of the revue, or null for the group's name.</summary>
    public string? Name { get; set; }

    /// <summary>The rubrics in their order, one a line.</summary>
    public string Rubrics { get; set; } = "";

    /// <summary>Who may read the revue, never wider than the group's ceiling.</summary>
    public Audience Audience { get; set; } = Audience.Platform;

    /// <summary>Day on which an issue is proposed to leave.</summary>
    public DayOfWeek Day { get; set; } = DayOfWeek.Friday;

    /// <summary>Hour of that day, in the platform's time zone.</summary>
    public int Hour { get; set; } = 9;

    /// <summary>Number of the first issue, for a revue that began elsewhere.</summary>
    public int FirstNumber { get; set; } = 1;

    /// <summary>Whether everybody who reads the revue gets the list of its sources too.</summary>
    public bool ListsSources { get; set; }
}
