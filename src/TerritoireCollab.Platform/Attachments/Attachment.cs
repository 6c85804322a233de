using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Platform.Attachments;

/// <summary>A file attached to a content or to one of its comments.</summary>
public sealed class Attachment
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content, whose rights hold.</summary>
    public required Guid ItemId { get; set; }

    /// <summary>The content, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The comment it came with; null when it came with the content.</summary>
    public Guid? CommentId { get; set; }

    /// <summary>The bytes.</summary>
    public required Guid FileId { get; init; }

    /// <summary>The bytes.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Name as sent, cleaned; at most 150 characters.</summary>
    public required string Name { get; init; }

    /// <summary>When it was attached.</summary>
    public required DateTime CreatedAt { get; init; }
}
