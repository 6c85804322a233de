using System.Collections.Immutable;

namespace TerritoireCollab.Platform.Text;

/// <summary>A member named in a text, as the reader may see them.</summary>
/// <param name="DisplayName">Name shown, without the at sign.</param>
/// <param name="Address">Site-relative address of the member's page.</param>
public sealed record MentionTarget(string DisplayName, string Address);

/// <summary>A content pointed to by its short id, as the reader may see it.</summary>
/// <param name="Title">Title shown.</param>
/// <param name="Address">Site-relative address of the content.</param>
public sealed record ReferenceTarget(string Title, string Address);

/// <summary>
/// What the caller resolved for one reader. A handle or an id that is missing here (unknown, or not visible to
/// this reader) is shown as it was typed, so that the two cannot be told apart.
/// </summary>
public sealed record RichTextContext
{
    /// <summary>Nothing resolved.</summary>
    public static RichTextContext Empty { get; } = new();

    /// <summary>Members by handle, as <see cref="RichText.FindMentions"/> writes it (lower case, no accent, no at sign).</summary>
    public IReadOnlyDictionary<string, MentionTarget> Mentions { get; init; } = ImmutableDictionary<string, MentionTarget>.Empty;

    /// <summary>Contents by short id, as <see cref="RichText.FindReferences"/> writes it (lower case, no number sign).</summary>
    public IReadOnlyDictionary<string, ReferenceTarget> References { get; init; } = ImmutableDictionary<string, ReferenceTarget>.Empty;

    /// <summary>The site's own public address: links typed with it become site-relative, so they are not marked as leaving.</summary>
    public Uri? Site { get; init; }
}
