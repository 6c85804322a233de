using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Letters.Writing;

/// <summary>A letter that an animator sends to all who are in the group; the answers are the comments of its content row.</summary>
public sealed class Letter : IContent, IRenderedText
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>The text rendered by <see cref="BodyRenderer"/>.</summary>
    public required string BodyHtml { get; set; }

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    public required int BodyRenderer { get; set; }

    /// <summary>Whether it leaves at once to everybody, those who get summaries too.</summary>
    public bool IsUrgent { get; init; }
}
