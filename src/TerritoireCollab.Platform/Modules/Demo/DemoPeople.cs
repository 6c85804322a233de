using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>Who somebody of the demo territory is, for the parts that texts are written for.</summary>
public enum DemoRole
{
    /// <summary>Élue, élu.</summary>
    Elected = 0,
    /// <summary>Agent of a local authority.</summary>
    Officer = 1,
    /// <summary>Of a firm.</summary>
    Firm = 2,
    /// <summary>Of an association.</summary>
    Association = 3,
    /// <summary>Of a public body.</summary>
    PublicBody = 4,
}

/// <summary>Somebody of the demo territory.</summary>
public sealed record DemoMember
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Name as shown.</summary>
    public required string Name { get; init; }
    /// <summary>First name, for texts.</summary>
    public required string FirstName { get; init; }
    /// <summary>What one writes after @.</summary>
    public required string Handle { get; init; }
    /// <summary>Whether feminine forms are used.</summary>
    public required bool IsFeminine { get; init; }
    /// <summary>Part.</summary>
    public required DemoRole Role { get; init; }
    /// <summary>The organisation in whose name the member speaks.</summary>
    public required Guid OrganisationId { get; init; }
    /// <summary>Its kind.</summary>
    public required OrganisationKind OrganisationKind { get; init; }
    /// <summary>Its name.</summary>
    public required string OrganisationName { get; init; }
    /// <summary>Whether that organisation takes part in the veille.</summary>
    public required bool WatchesNews { get; init; }
    /// <summary>Days since the registration.</summary>
    public required int DaysHere { get; init; }
    /// <summary>The demo account, such as <c>animatrice</c>, or null.</summary>
    public string? Account { get; init; }
}

/// <summary>A member's place in a group of the demo territory.</summary>
/// <param name="Member">The member.</param>
/// <param name="Role">The role.</param>
/// <param name="DaysHere">Days since the member came.</param>
/// <param name="Level">What is mailed.</param>
public sealed record DemoSeat(DemoMember Member, GroupRole Role, int DaysHere, MailLevel Level);

/// <summary>A group of the demo territory.</summary>
public sealed class DemoGroup
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Its part of the address.</summary>
    public required string Slug { get; init; }
    /// <summary>The slug in the texts: that of the first copy.</summary>
    public required string Pattern { get; init; }
    /// <summary>Which copy, from 1: a scale above 1 makes several.</summary>
    public required int Copy { get; init; }
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Whom it gathers.</summary>
    public required GroupKind Kind { get; init; }
    /// <summary>Whether only members know of it.</summary>
    public required bool IsHidden { get; init; }
    /// <summary>Active members.</summary>
    public required IReadOnlyList<DemoSeat> Seats { get; init; }
    /// <summary>Tags in use.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Last time something happened in it.</summary>
    public DateTime LastActivityAt { get; set; }

    /// <summary>Members who may write and had come <paramref name="daysAgo"/> days ago.</summary>
    public IReadOnlyList<DemoMember> WritersAt(int daysAgo) => [.. Seats.Where(s => s.Role >= GroupRole.Member && s.DaysHere > daysAgo).Select(s => s.Member)];

    /// <summary>Those who animate it, the owner first.</summary>
    public IReadOnlyList<DemoMember> Animators => [.. Seats.Where(s => s.Role >= GroupRole.Animator).OrderByDescending(s => s.Role).Select(s => s.Member)];
}
