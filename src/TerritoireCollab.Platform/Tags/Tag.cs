using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Platform.Tags;

/// <summary>A word that a content carries.</summary>
public sealed class TagLink
{
    /// <summary>The content.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The content.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The word folded to address form, at most 40 characters: what makes two tags the same.</summary>
    public required string Slug { get; init; }

    /// <summary>The word as written.</summary>
    public required string Name { get; init; }
}
