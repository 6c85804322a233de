using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>What an announcement tells of a content.</summary>
public sealed record AnnouncedText
{
    /// <summary>Event as webhooks name it, such as <c>revue.published</c>.</summary>
    public required string Event { get; init; }

    /// <summary>Short identifier of the content.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the revue in which it appears.</summary>
    public required string Publication { get; init; }

    /// <summary>Its number, or null.</summary>
    public int? Number { get; init; }

    /// <summary>Its title, whole: « Revue n° 48 – La fibre arrive ».</summary>
    public required string Title { get; init; }

    /// <summary>Beginning of its text, plain; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>Where everybody reads it.</summary>
    public required Uri Address { get; init; }

    /// <summary>When it was published (UTC).</summary>
    public required DateTime PublishedAt { get; init; }

    /// <summary>What it chose of the web, in order; none where it is a text.</summary>
    public IReadOnlyList<AnnouncedArticle> Articles { get; init; } = [];
}

/// <summary>An article as an announcement tells of it.</summary>
/// <param name="Title">Title.</param>
/// <param name="Url">Address of the page.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Author">Author of the page, or null.</param>
/// <param name="Rubric">Its rubric, or null.</param>
/// <param name="Line">What the animator says of it, or null.</param>
/// <param name="Excerpt">Excerpt, plain text.</param>
public sealed record AnnouncedArticle(string Title, string Url, string Source, string? Author, string? Rubric, string? Line, string Excerpt);

/// <summary>A kind of content that is announced outside the platform once it is published. One class a kind: nothing else knows the kinds.</summary>
internal interface IAnnounced
{
    /// <summary>Key of the kind of content.</summary>
    string Kind { get; }

    /// <summary>What there is to tell; null when somebody without an account may not read it.</summary>
    /// <param name="db">Reads as somebody who is not signed in: what is not public is not there.</param>
    /// <param name="id">The content.</param>
    /// <param name="cancellation">Stops the reading.</param>
    Task<AnnouncedText?> ReadAsync(AppDbContext db, Guid id, CancellationToken cancellation);
}
