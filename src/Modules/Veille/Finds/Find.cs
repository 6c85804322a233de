using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find (« trouvaille »): a page of the web that a member brings, and why it matters. Its discussion is the comments of its content row.</summary>
public sealed class Find : IWritten
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }

    /// <summary>The news it is about.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>Why it matters, in Markdown.</summary>
    public string Body { get; set; } = "";

    /// <summary><see cref="Body"/> rendered by <see cref="BodyRenderer"/>.</summary>
    public string BodyHtml { get; set; } = "";

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    public int BodyRenderer { get; set; }

    /// <summary>The picture that the page shows of itself, copied; null without one.</summary>
    public Guid? PictureId { get; set; }

    /// <summary>Last edit.</summary>
    public DateTime? EditedAt { get; set; }
}
