using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Comments;

/// <summary>What a row of a thread is.</summary>
public enum CommentKind
{
    /// <summary>Somebody wrote it.</summary>
    Message = 0,
    /// <summary>A trace of what was done to the thread (moved, split, closed…); its body is <c>action|detail</c>.</summary>
    Trace = 1,
}

/// <summary>
/// An answer to a content, in two levels: an answer to the content, or an answer to such an answer.
/// Order is <see cref="RootNumber"/> then <see cref="Number"/>; numbers are permanent, so links to them are too.
/// </summary>
public sealed class Comment
{
    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <summary>The content.</summary>
    public required Guid ItemId { get; set; }

    /// <summary>The content.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Its number in the thread, from 1.</summary>
    public required int Number { get; set; }

    /// <summary>Number of the first-level answer it stands under; its own for a first-level answer.</summary>
    public required int RootNumber { get; set; }

    /// <summary>Number of the answer it answers, or null.</summary>
    public int? ParentNumber { get; set; }

    /// <summary>Message or trace.</summary>
    public CommentKind Kind { get; init; }

    /// <summary>Who wrote it.</summary>
    public required Guid AuthorId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Member? Author { get; init; }

    /// <summary>The organisation in whose name the author spoke on that day, if any.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>The organisation in whose name the author spoke on that day, if any.</summary>
    public Organisation? Organisation { get; init; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>The body rendered by the renderer of <see cref="BodyRenderer"/>.</summary>
    public required string BodyHtml { get; set; }

    /// <summary>Version of the renderer that made <see cref="BodyHtml"/>; an older one is rendered again when read.</summary>
    public required int BodyRenderer { get; set; }

    /// <summary>When it was written.</summary>
    public required DateTime CreatedAt { get; init; }

    /// <summary>Last edit, if any; the revisions hold what it was.</summary>
    public DateTime? EditedAt { get; set; }

    /// <summary>The passage of the content that it is about, word for word; null when it is about the whole.</summary>
    public string? Quote { get; init; }

    /// <summary>The words before the passage when it was chosen.</summary>
    public string? QuotePrefix { get; init; }

    /// <summary>The words after it.</summary>
    public string? QuoteSuffix { get; init; }

    /// <summary>Since when what it says of the passage is settled; null while it is not.</summary>
    public DateTime? ResolvedAt { get; set; }

    /// <summary>Who settled it.</summary>
    public Guid? ResolvedById { get; set; }

    /// <summary>« Merci » given.</summary>
    public int ThanksCount { get; set; }

    /// <summary>« Utile » given.</summary>
    public int UsefulCount { get; set; }

    /// <summary>Since when it is in the trash.</summary>
    public DateTime? DeletedAt { get; set; }

    /// <summary>Who put it in the trash.</summary>
    public Guid? DeletedById { get; set; }

    /// <summary>Raised by every change.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Beginning of the trace left in a content that was merged into another one; the other's short identifier follows.</summary>
    public const string MergedInto = "merged-into|";
}
