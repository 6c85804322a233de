using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Revisions;

/// <summary>A text as it was before an edit.</summary>
public sealed class Revision
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content or the comment that was edited.</summary>
    public required Guid TargetId { get; init; }

    /// <summary>The content, whose rights hold.</summary>
    public required Guid ItemId { get; set; }

    /// <summary>The content, whose rights hold.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The title as it was; null for a comment.</summary>
    public string? Title { get; init; }

    /// <summary>The Markdown as it was.</summary>
    public required string Body { get; init; }

    /// <summary>Who replaced it; the last one to write where several did.</summary>
    public required Guid EditorId { get; set; }

    /// <summary>Who replaced it.</summary>
    public Member? Editor { get; init; }

    /// <summary>When it was replaced; where it was in several steps of one sitting, when the last of them was.</summary>
    public required DateTime At { get; set; }

    /// <summary>Version of the content that the text belonged to; 0 where it was not kept. Who edited from that version started from this text.</summary>
    public int Version { get; init; }

    /// <summary>What its editor says was changed; at most <see cref="CommentLength"/> characters.</summary>
    public string? Comment { get; set; }

    /// <summary>What the text that replaced it is called: « Version votée le 12 mars »; at most <see cref="NameLength"/> characters.</summary>
    public string? Name { get; set; }

    /// <summary>Longest comment, in characters.</summary>
    public const int CommentLength = 200;

    /// <summary>Longest name of a version, in characters.</summary>
    public const int NameLength = 100;
}
