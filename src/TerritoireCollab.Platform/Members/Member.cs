using Microsoft.AspNetCore.Identity;

namespace TerritoireCollab.Platform.Members;

/// <summary>Where an account stands.</summary>
public enum MemberState
{
    /// <summary>Registered, the address not confirmed yet.</summary>
    Unconfirmed = 0,
    /// <summary>Confirmed, waits for an administrator.</summary>
    AwaitingApproval = 1,
    /// <summary>Can sign in.</summary>
    Active = 2,
    /// <summary>Shut out for now.</summary>
    Suspended = 3,
    /// <summary>Left; shown as « Membre parti ».</summary>
    Gone = 4,
}

/// <summary>To whom a field of the profile is shown.</summary>
public enum FieldVisibility
{
    /// <summary>Nobody but the person.</summary>
    OnlyMe = 0,
    /// <summary>Members of a common group.</summary>
    MyGroups = 1,
    /// <summary>Every member.</summary>
    Members = 2,
}

/// <summary>A person. Everything done on the platform is done by a person, in the name of an organisation or not.</summary>
public sealed class Member : IdentityUser<Guid>
{
    /// <summary>Name as shown, at most 100 characters.</summary>
    public required string Name { get; set; }

    /// <summary>Name folded for search and order.</summary>
    public required string FoldedName { get; set; }

    /// <summary>What one writes after @, unique: <c>camille.fontclaire</c>.</summary>
    public required string Handle { get; set; }

    /// <summary>Where the account stands.</summary>
    public MemberState State { get; set; }

    /// <summary>Whether the member administers the platform.</summary>
    public bool IsAdmin { get; set; }

    /// <summary>Registration.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Last request, by steps of some minutes.</summary>
    public DateTime? LastSeenAt { get; set; }

    /// <summary>The visit before this one, for « depuis votre dernière visite ».</summary>
    public DateTime? PreviousVisitAt { get; set; }

    /// <summary>Whether the three first steps were taken or skipped.</summary>
    public bool Welcomed { get; set; }

    /// <summary>Function, in words.</summary>
    public string? Function { get; set; }

    /// <summary>Commune, in words.</summary>
    public string? Commune { get; set; }

    /// <summary>Presentation, in Markdown.</summary>
    public string? Presentation { get; set; }

    /// <summary>The photo, if any.</summary>
    public Guid? PhotoFileId { get; set; }

    /// <summary>To whom the function is shown.</summary>
    public FieldVisibility FunctionVisibility { get; set; } = FieldVisibility.Members;

    /// <summary>To whom the commune is shown.</summary>
    public FieldVisibility CommuneVisibility { get; set; } = FieldVisibility.Members;

    /// <summary>To whom the telephone number is shown.</summary>
    public FieldVisibility PhoneVisibility { get; set; } = FieldVisibility.OnlyMe;

    /// <summary>To whom the address is shown.</summary>
    public FieldVisibility EmailVisibility { get; set; } = FieldVisibility.OnlyMe;

    /// <summary>To whom the presentation is shown.</summary>
    public FieldVisibility PresentationVisibility { get; set; } = FieldVisibility.Members;

    /// <summary>To whom the photo is shown.</summary>
    public FieldVisibility PhotoVisibility { get; set; } = FieldVisibility.Members;

    /// <summary>Raised by every change of the profile.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Organisations, past and present.</summary>
    public ICollection<Affiliation> Affiliations { get; } = [];
}
