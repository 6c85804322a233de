using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Tags;

/// <summary>A word that a group's contents bore before it was renamed: its address leads members on to the word of today.</summary>
public sealed class TagAlias : IMembersOnly
{
    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>The former word in its address form.</summary>
    public required string Slug { get; init; }

    /// <summary>The word of today in its address form.</summary>
    public required string Into { get; set; }
}
