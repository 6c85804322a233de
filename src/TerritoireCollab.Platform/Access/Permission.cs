using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Platform.Access;

/// <summary>Something that can be done in a group. The whole table is docs/permissions.md, and a test compares the two.</summary>
public sealed record Permission
{
    /// <summary>Key, such as <c>forum.topic.create</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The least role that may.</summary>
    public required GroupRole Least { get; init; }

    /// <summary>Whether the author of the content may too, as long as a member who writes.</summary>
    public bool AuthorMay { get; init; }

    /// <summary>Whether those who wrote the content with its author may too, as long as members who write.</summary>
    public bool CoAuthorsMay { get; init; }

    /// <summary>The tool whose setting « qui peut créer » raises the least role.</summary>
    public string? CreatesIn { get; init; }

    /// <summary>Whether it stays possible in an archived group.</summary>
    public bool InArchive { get; init; }

    /// <summary>Whether a locked content refuses it to all but animators.</summary>
    public bool StopsAtLock { get; init; }
}

/// <summary>What the platform itself lets do in a group.</summary>
public static class GroupPermissions
{
    /// <summary>Read what the group's members read.</summary>
    public static readonly Permission Read = new() { Key = "group.read", Least = GroupRole.Reader, InArchive = true };
    /// <summary>Change presentation, settings and tools.</summary>
    public static readonly Permission Edit = new() { Key = "group.edit", Least = GroupRole.Animator };
    /// <summary>Accept, refuse, invite, add and remove members; see who asks.</summary>
    public static readonly Permission ManageMembers = new() { Key = "group.members", Least = GroupRole.Animator };
    /// <summary>Hand the group over, archive it and take it out of the archive.</summary>
    public static readonly Permission Own = new() { Key = "group.own", Least = GroupRole.Owner, InArchive = true };
    /// <summary>Comment a content.</summary>
    public static readonly Permission Comment = new() { Key = "comment.create", Least = GroupRole.Member, StopsAtLock = true };
    /// <summary>Edit a comment.</summary>
    public static readonly Permission EditComment = new() { Key = "comment.edit", Least = GroupRole.Animator, AuthorMay = true };
    /// <summary>Put a comment into the trash, and back.</summary>
    public static readonly Permission RemoveComment = new() { Key = "comment.remove", Least = GroupRole.Animator, AuthorMay = true };
    /// <summary>Give a reaction.</summary>
    public static readonly Permission React = new() { Key = "reaction.give", Least = GroupRole.Member };
    /// <summary>Edit a content.</summary>
    public static readonly Permission EditItem = new() { Key = "item.edit", Least = GroupRole.Animator, AuthorMay = true, CoAuthorsMay = true };
    /// <summary>Put a content into the trash, and back.</summary>
    public static readonly Permission RemoveItem = new() { Key = "item.remove", Least = GroupRole.Animator, AuthorMay = true };
    /// <summary>Pin, lock, move, split, merge.</summary>
    public static readonly Permission Moderate = new() { Key = "item.moderate", Least = GroupRole.Animator };

    /// <summary>See to whom a content went by mail, and whose address takes none.</summary>
    public static readonly Permission SeeReceipts = new() { Key = "mail.receipt", Least = GroupRole.Animator, InArchive = true };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Permission> All { get; } = [Read, Edit, ManageMembers, Own, Comment, EditComment, RemoveComment, React, EditItem, RemoveItem, Moderate, SeeReceipts];
}
