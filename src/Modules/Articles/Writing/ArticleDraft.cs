using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Articles.Writing;

/// <summary>
/// An article that is not published: no content of the house, so that no feed, search, stream or count can hold anything of it. Its authors alone
/// read it, as long as they are members of its group. Its key becomes that of the article, which is therefore published once.
/// </summary>
public sealed class ArticleDraft : IMembersOnly
{
    /// <summary>Longest sentence on why it was not published, in characters.</summary>
    public const int FailureLength = 500;

    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>The group.</summary>
    public Group? Group { get; init; }

    /// <summary>Title; may be empty still.</summary>
    public string Title { get; set; } = "";

    /// <summary>The lead.</summary>
    public string Summary { get; set; } = "";

    /// <summary>Markdown; may be empty still.</summary>
    public string Body { get; set; } = "";

    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; set; } = "";

    /// <summary>Who will read it.</summary>
    public Audience Audience { get; set; }

    /// <summary>The cover picture, if any.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>The cover picture, if any.</summary>
    public StoredFile? Cover { get; init; }

    /// <summary>What the cover shows.</summary>
    public string? CoverText { get; set; }

    /// <summary>Name of the series that it will be a part of, if any.</summary>
    public string? Series { get; set; }

    /// <summary>Whether it will take comments.</summary>
    public bool IsCommentable { get; set; } = true;

    /// <summary>Short identifier of the content that it is made from, if any.</summary>
    public string? SourceShortId { get; init; }

    /// <summary>Who began it: the first of its authors.</summary>
    public required Guid CreatedById { get; init; }

    /// <summary>Last change.</summary>
    public required DateTime UpdatedAt { get; set; }

    /// <summary>When it is to be published (UTC); null while nobody has said.</summary>
    public DateTime? PublishAt { get; set; }

    /// <summary>Who said so.</summary>
    public Guid? ScheduledById { get; set; }

    /// <summary>Why it was not published at its hour; null when nothing failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Raised by every change: two authors who start from the same version cannot both save.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Its authors.</summary>
    public List<DraftAuthor> Authors { get; } = [];

    /// <summary>Files that will go with it.</summary>
    public List<DraftFile> Files { get; } = [];
}

/// <summary>An author of a draft.</summary>
public sealed class DraftAuthor
{
    /// <summary>The draft.</summary>
    public required Guid DraftId { get; init; }

    /// <summary>The member.</summary>
    public required Guid MemberId { get; init; }

    /// <summary>The member.</summary>
    public Member? Member { get; init; }

    /// <summary>Place among them, from 0.</summary>
    public required int Position { get; set; }
}

/// <summary>A file that will go with an article.</summary>
public sealed class DraftFile
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The draft.</summary>
    public required Guid DraftId { get; init; }

    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>The bytes.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name as sent, cleaned.</summary>
    public required string Name { get; init; }
}
