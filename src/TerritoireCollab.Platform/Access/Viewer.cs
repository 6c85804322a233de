namespace TerritoireCollab.Platform.Access;

/// <summary>For whom something is read or written. Every read of the database is opened for a viewer.</summary>
public sealed record Viewer
{
    private Viewer()
    {
    }

    /// <summary>Somebody who is not signed in.</summary>
    public static Viewer Anonymous { get; } = new();

    /// <summary>The platform itself, for jobs and commands only: it sees everything. An architecture test lists who may use it.</summary>
    public static Viewer System { get; } = new() { SeesAll = true, IsSignedIn = true };

    /// <summary>Any member of the platform who is in none of the groups: what « Voir comme » shows as an other member.</summary>
    public static Viewer AnyMember { get; } = new() { IsSignedIn = true };

    /// <summary>The member, or empty.</summary>
    public Guid MemberId { get; private init; }

    /// <summary>Whether a member is signed in.</summary>
    public bool IsSignedIn { get; private init; }

    /// <summary>Whether the member administers the platform. Gives no right to read a group's content.</summary>
    public bool IsAdmin { get; private init; }

    /// <summary>Whether no filter applies.</summary>
    public bool SeesAll { get; private init; }

    /// <summary>A group whose content is shown as to one of its members (« Voir comme »), or empty.</summary>
    public Guid AsMemberOf { get; private init; }

    /// <summary>Whether this viewer is a real member, who can write.</summary>
    public bool IsMember => MemberId != Guid.Empty;

    /// <summary>A signed-in member.</summary>
    public static Viewer Member(Guid id, bool isAdmin = false) =>
        id == Guid.Empty ? throw new ArgumentException("A member has a key.", nameof(id)) : new() { MemberId = id, IsSignedIn = true, IsAdmin = isAdmin };

    /// <summary>An ordinary member of one group, nobody in particular: « Voir comme » a member.</summary>
    public static Viewer AnyMemberOf(Guid groupId) => new() { IsSignedIn = true, AsMemberOf = groupId };
}
