using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Issues;

/// <summary>How far an issue is.</summary>
public enum IssueState
{
    /// <summary>Being prepared.</summary>
    Draft = 0,
    /// <summary>Ready: it leaves by itself at its hour.</summary>
    Ready = 1,
    /// <summary>Published: its articles are frozen in an <see cref="PublishedIssue"/>.</summary>
    Published = 2,
}

/// <summary>
/// An issue of the weekly revue as the animators prepare it. One at a time in a group; published exactly once, since its number and its
/// week are unique in the group.
/// </summary>
public sealed class Issue : IMembersOnly
{
    /// <summary>Longest <see cref="CoverText"/>, in characters.</summary>
    public const int CoverTextLength = 300;

    /// <summary>Key.</summary>
    public Guid Id { get; set; }

    /// <inheritdoc />
    public required Guid GroupId { get; init; }

    /// <summary>Its number, one after the other.</summary>
    public required int Number { get; init; }

    /// <summary>Its ISO 8601 week: year times 100 plus week, such as 202648.</summary>
    public required int Week { get; init; }

    /// <summary>How far it is.</summary>
    public IssueState State { get; set; }

    /// <summary>Title beside the number, or null.</summary>
    public string? Title { get; set; }

    /// <summary>The animator's word, in Markdown.</summary>
    public string? Introduction { get; set; }

    /// <summary>Its cover picture, or null.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>What the cover shows, for those who do not see it, or null when it only adorns.</summary>
    public string? CoverText { get; set; }

    /// <summary>When it leaves by itself, once it is ready.</summary>
    public DateTime? PublishAt { get; set; }

    /// <summary>Who said that it is ready, and so speaks in it.</summary>
    public Guid? ReadyById { get; set; }

    /// <summary>The content it became.</summary>
    public Guid? ItemId { get; set; }

    /// <summary>Raised by every change.</summary>
    public int Version { get; set; } = 1;
}

/// <summary>A published issue. Its content row says who may read it; its title is « Revue n° 47 » with the issue's own.</summary>
public sealed class PublishedIssue : IContent
{
    /// <inheritdoc />
    public Guid Id { get; init; }

    /// <inheritdoc />
    public ContentItem Item { get; init; } = null!;

    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Its ISO 8601 week: year times 100 plus week.</summary>
    public required int Week { get; init; }

    /// <summary>The animator's word, in Markdown.</summary>
    public required string Body { get; set; }

    /// <summary><see cref="Body"/> rendered by <see cref="BodyRenderer"/>.</summary>
    public required string BodyHtml { get; set; }

    /// <summary>Version of the renderer of <see cref="BodyHtml"/>.</summary>
    public required int BodyRenderer { get; set; }

    /// <summary>Its cover picture, or null.</summary>
    public Guid? CoverFileId { get; set; }

    /// <summary>What the cover shows, for those who do not see it, or null when it only adorns.</summary>
    public string? CoverText { get; set; }

    /// <summary>Last correction.</summary>
    public DateTime? EditedAt { get; set; }
}

/// <summary>An article of a published issue: what was chosen, frozen. Readable exactly when the issue is.</summary>
public sealed class IssueArticle
{
    /// <summary>Key: its stable identifier in every feed.</summary>
    public Guid Id { get; set; }

    /// <summary>The issue's content row.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The issue's content row.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>The group, for lists.</summary>
    public required Guid GroupId { get; init; }

    /// <summary>The card of the pool it was made from.</summary>
    public required Guid EntryId { get; init; }

    /// <summary>Its place in the issue, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Its rubric, or null.</summary>
    public string? Rubric { get; init; }

    /// <summary>Title.</summary>
    public required string Title { get; set; }

    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }

    /// <summary>Where it comes from: name of the source, or host of the page.</summary>
    public required string SourceName { get; init; }

    /// <summary>Author of the page, or null.</summary>
    public string? Author { get; init; }

    /// <summary>Date of the page.</summary>
    public required DateTime DatedAt { get; init; }

    /// <summary>What the animator says of it.</summary>
    public string? Line { get; set; }

    /// <summary>Excerpt, plain text.</summary>
    public required string Excerpt { get; set; }

    /// <summary>Who found it, or null when a source brought it.</summary>
    public Guid? FinderId { get; init; }

    /// <summary>The find, to read its discussion; null when nobody spoke of it.</summary>
    public Guid? FindId { get; init; }

    /// <summary>When it was published.</summary>
    public required DateTime PublishedAt { get; init; }
}
