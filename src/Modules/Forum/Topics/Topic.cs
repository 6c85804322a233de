using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread: its first message; the answers are the comments of its content row.</summary>
public sealed class Topic : IWritten
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>The first message, in Markdown.</summary>
    public string Body { get; set; } = "";

    /// <summary>The first message rendered by <see cref="BodyRenderer"/>.</summary>
    public string BodyHtml { get; set; } = "";

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    public int BodyRenderer { get; set; }

    /// <summary>Whether it asks for an answer that can be accepted.</summary>
    public bool IsQuestion { get; set; }

    /// <summary>Number of the answer that the author or an animator accepted.</summary>
    public int? AcceptedNumber { get; set; }

    /// <summary>Last edit of the first message.</summary>
    public DateTime? EditedAt { get; set; }
}
