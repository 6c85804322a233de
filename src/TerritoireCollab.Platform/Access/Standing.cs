using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Access;

/// <summary>A group as a viewer stands to it: what every page of the group and every rule needs, read in one query.</summary>
public sealed record Standing
{
    /// <summary>The viewer.</summary>
    public required Viewer Viewer { get; init; }
    /// <summary>The group.</summary>
    public required Guid GroupId { get; init; }
    /// <summary>Its part of the address.</summary>
    public required string Slug { get; init; }
    /// <summary>Its name.</summary>
    public required string Name { get; init; }
    /// <summary>Its sentence.</summary>
    public required string Summary { get; init; }
    /// <summary>Hue of its colour.</summary>
    public required int Hue { get; init; }
    /// <summary>Who can know of it.</summary>
    public required GroupVisibility Visibility { get; init; }
    /// <summary>How one joins.</summary>
    public required GroupJoining Joining { get; init; }
    /// <summary>Widest audience.</summary>
    public required Audience Ceiling { get; init; }
    /// <summary>Proposed audience.</summary>
    public required Audience DefaultAudience { get; init; }
    /// <summary>Whether it is read-only.</summary>
    public required bool IsArchived { get; init; }
    /// <summary>Active members.</summary>
    public required int MemberCount { get; init; }
    /// <summary>Version of the charter, 0 for none.</summary>
    public required int CharterVersion { get; init; }
    /// <summary>Settings of its tools.</summary>
    public required IReadOnlyList<GroupTool> ToolSettings { get; init; }
    /// <summary>Where the viewer's membership stands; null when there never was one.</summary>
    public MembershipState? State { get; init; }
    /// <summary>The viewer's role, when a member.</summary>
    public GroupRole? Role { get; init; }
    /// <summary>What is mailed to the viewer.</summary>
    public MailLevel MailLevel { get; init; }
    /// <summary>The viewer's last visit.</summary>
    public DateTime? LastVisitAt { get; init; }

    /// <summary>Whether the viewer is a member.</summary>
    public bool IsMember => Role is not null;

    /// <summary>Whether the viewer animates the group.</summary>
    public bool IsAnimator => Role >= GroupRole.Animator;

    /// <summary>Whether a request of the viewer waits for an answer.</summary>
    public bool HasAsked => State is MembershipState.Requested or MembershipState.RequestedAgain;

    /// <summary>Whether an animator removed the viewer, who therefore does not come back alone.</summary>
    public bool WasRemoved => State is MembershipState.Removed or MembershipState.RequestedAgain;

    /// <summary>Whether <paramref name="tool"/> is on.</summary>
    public bool Has(Tool tool) => ToolSettings.FirstOrDefault(t => t.ToolKey == tool.Key)?.Enabled ?? tool.EnabledByDefault;

    /// <summary>The least role that may create in <paramref name="tool"/>.</summary>
    public GroupRole CreatorsOf(Tool tool) => ToolSettings.FirstOrDefault(t => t.ToolKey == tool.Key)?.Creators ?? tool.DefaultCreators;

    /// <summary>Its tools as the home page shows them: in the order that its animators chose, without the blocks that they left out.</summary>
    public IEnumerable<Tool> HomeOrder(IEnumerable<Tool> tools) =>
        tools.Where(Has).OrderBy(t => ToolSettings.FirstOrDefault(s => s.ToolKey == t.Key)?.HomePlace ?? t.Order);

    /// <summary>Whether the home page leaves the block of <paramref name="tool"/> out.</summary>
    public bool IsOffHome(Tool tool) => ToolSettings.FirstOrDefault(t => t.ToolKey == tool.Key)?.IsOffHome == true;

    /// <summary>The audience that the group proposes, as far as it allows it.</summary>
    public Audience ProposedAudience => DefaultAudience <= Ceiling ? DefaultAudience : Ceiling;

    /// <summary>The audiences that a content of the group may have.</summary>
    public IEnumerable<Audience> Audiences => Enum.GetValues<Audience>().Where(a => a <= Ceiling);
}
