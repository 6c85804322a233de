namespace TerritoireCollab.Veille.Pool;

/// <summary>
/// The whole text of a piece of news, read from its page when a member asked for it. Shown to members only, never published: a revue
/// quotes an excerpt.
/// </summary>
public sealed class FullText
{
    /// <summary>The news.</summary>
    public required Guid NewsId { get; init; }

    /// <summary>The text, sanitised HTML without pictures; empty when the page may not or cannot be read.</summary>
    public required string Html { get; set; }

    /// <summary>Why there is none.</summary>
    public FullTextProblem Problem { get; set; }

    /// <summary>When the page was read.</summary>
    public required DateTime ReadAt { get; set; }
}

/// <summary>Why a page gives no text.</summary>
public enum FullTextProblem
{
    /// <summary>It gives one.</summary>
    None = 0,
    /// <summary>The site does not answer, or not with a page.</summary>
    NotReached = 1,
    /// <summary>The site asks not to be copied (<c>noarchive</c>, <c>robots.txt</c>, TDM reservation).</summary>
    Reserved = 2,
    /// <summary>The article is for the subscribers of the site.</summary>
    Paywall = 3,
    /// <summary>No text stands out on the page.</summary>
    NothingFound = 4,
}
