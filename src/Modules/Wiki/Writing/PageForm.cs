using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>What the form of a page shows.</summary>
public sealed record PageForm
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read.</summary>
    public required int PlatformMembers { get; init; }
    /// <summary>Short identifier; null for a new page.</summary>
    public string? ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Markdown, with the titles of today in its links.</summary>
    public required string Body { get; init; }
    /// <summary>Tags separated by commas.</summary>
    public string Tags { get; init; } = "";
    /// <summary>Who may read it.</summary>
    public required Audience Audience { get; init; }
    /// <summary>Whether the viewer decides who may read it.</summary>
    public bool DecidesAudience { get; init; } = true;
    /// <summary>The version that the text comes from; 0 for a new page.</summary>
    public int Version { get; init; }
    /// <summary>The page that a new one is written under, or null.</summary>
    public (string ShortId, string Title)? Parent { get; init; }
    /// <summary>Pages of the group that a new one can begin as a copy of.</summary>
    public IReadOnlyList<(string ShortId, string Title)> Templates { get; init; } = [];
    /// <summary>Files that the page has.</summary>
    public IReadOnlyList<AttachmentView> Files { get; init; } = [];
}

/// <summary>A page to write.</summary>
/// <param name="Content">Title, text, audience, tags.</param>
/// <param name="Parent">Short identifier of the page that it stands under; null or empty for the top.</param>
/// <param name="Files">Files received and stored, to attach.</param>
/// <param name="Source">Short identifier of the content that it is made from, or null.</param>
public sealed record CreatePageInput(ContentInput Content, string? Parent, IReadOnlyList<ReceivedFile> Files, string? Source = null)
{
    /// <summary>Who writes it; as its parent when null.</summary>
    public PageWriters? Writers { get; init; }
}
