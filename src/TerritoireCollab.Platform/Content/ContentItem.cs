using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Content;

/// <summary>
/// The thin row that every content shares, whatever tool made it: who may read it, where it stands and when it moved.
/// A tool's own entity holds it by composition under the same key (<see cref="IContent"/>); no method here knows a tool.
/// </summary>
public sealed class ContentItem
{
    /// <summary>Key, shared with the tool's entity.</summary>
    public Guid Id { get; set; }

    /// <summary>Eight letters and digits, unique on the platform: the part of an address that never changes.</summary>
    public required string ShortId { get; init; }

    /// <summary>Key of its <see cref="Modules.ContentKind"/>, such as <c>forum.topic</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The group it stands in; content can be moved.</summary>
    public required Guid GroupId { get; set; }

    /// <summary>The group it stands in.</summary>
    public Group? Group { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Member? Author { get; init; }

    /// <summary>The organisation in whose name the author spoke on that day, if any.</summary>
    public Guid? OrganisationId { get; set; }

    /// <summary>The organisation in whose name the author spoke on that day, if any.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>Who may read it, never wider than the group's ceiling.</summary>
    public required Audience Audience { get; set; }

    /// <summary>Plain text, at most <see cref="TitleLength"/> characters.</summary>
    public required string Title { get; set; }

    /// <summary>The beginning as plain text, at most <see cref="ExcerptLength"/> characters.</summary>
    public required string Excerpt { get; set; }

    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Last change of the content itself.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>Last change or comment: what lists are ordered by.</summary>
    public required DateTime LastActivityAt { get; set; }

    /// <summary>Who made the last activity.</summary>
    public required Guid LastActorId { get; set; }

    /// <summary>Who made the last activity.</summary>
    public Member? LastActor { get; init; }

    /// <summary>Number of the last comment given out; numbers are never given twice.</summary>
    public int LastCommentNumber { get; set; }

    /// <summary>Comments that can be read now.</summary>
    public int CommentCount { get; set; }

    /// <summary>Attachments of the content and of its comments, so that a page without any asks for none.</summary>
    public int AttachmentCount { get; set; }

    /// <summary>Whether it was made from another content or another one from it, so that a page without any asks for none.</summary>
    public bool IsLinked { get; set; }

    /// <summary>Whether others wrote it with its author, so that a page of a content by one person asks for none.</summary>
    public bool HasCoAuthors { get; set; }

    /// <summary>« Merci » given to the content.</summary>
    public int ThanksCount { get; set; }

    /// <summary>« Utile » given to the content.</summary>
    public int UsefulCount { get; set; }

    /// <summary>Since when it stands on top of lists.</summary>
    public DateTime? PinnedAt
    {
        get;
        set => (field, IsPinned) = (value, value is not null);
    }

    /// <summary>Whether <see cref="PinnedAt"/> has a value: a column of its own, since no provider's index orders by « is it null » in the same way.</summary>
    public bool IsPinned { get; private set; }

    /// <summary>Since when an administrator shows it on the platform's home page; null when none does.</summary>
    public DateTime? FeaturedAt { get; set; }

    /// <summary>Since when nobody may comment.</summary>
    public DateTime? LockedAt { get; set; }

    /// <summary>Since when it is in the trash.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Who put it in the trash.</summary>
    public Guid? DeletedById { get; set; }

    /// <summary>Raised by every change; two people who start from the same version cannot both save.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Longest title, in characters.</summary>
    public const int TitleLength = 200;

    /// <summary>Longest excerpt, in characters.</summary>
    public const int ExcerptLength = 300;
}

/// <summary>A tool's entity: it shares its key with a <see cref="ContentItem"/> and is readable exactly when that row is.</summary>
public interface IContent
{
    /// <summary>Key of the entity and of its row.</summary>
    Guid Id { get; }

    /// <summary>The shared row.</summary>
    ContentItem Item { get; }
}
