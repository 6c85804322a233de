namespace TerritoireCollab.Platform.Groups;

/// <summary>A tool's state in a group. No row means the tool's own default.</summary>
public sealed class GroupTool
{
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>Key of the tool, such as <c>forum</c>.</summary>
    public required string ToolKey { get; init; }

    /// <summary>Whether it is shown and usable.</summary>
    public bool Enabled { get; set; }

    /// <summary>The least role that may create in it.</summary>
    public GroupRole Creators { get; set; } = GroupRole.Member;

    /// <summary>Its place on the home page of the group; null for the tool's own.</summary>
    public int? HomePlace { get; set; }

    /// <summary>Whether the home page leaves its block out.</summary>
    public bool IsOffHome { get; set; }
}
