using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Finds;

namespace TerritoireCollab.Veille.Pool;

/// <summary>A piece of news in the list of a pool.</summary>
public sealed record PoolRow
{
    /// <summary>Key of the card; of the find in the list of whoever does not read the pool.</summary>
    public required Guid Id { get; init; }
    /// <summary>Title: the find's own, or the page's.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>Its beginning, plain text; of a find, why it matters.</summary>
    public required string Excerpt { get; init; }
    /// <summary>Its date.</summary>
    public required DateTime At { get; init; }
    /// <summary>When it came into the pool.</summary>
    public required DateTime ArrivedAt { get; init; }
    /// <summary>Where it stands.</summary>
    public PoolState? State { get; init; }
    /// <summary>Whether a rule or an animator marked it.</summary>
    public bool IsStarred { get; init; }
    /// <summary>What the group calls the source that brought it first, or null.</summary>
    public string? SourceName { get; init; }
    /// <summary>Sources of the group that carry it.</summary>
    public int SourceCount { get; init; }
    /// <summary>Short identifier of the find, or null.</summary>
    public string? FindShortId { get; init; }
    /// <summary>Who brought the find, or null.</summary>
    public string? FinderName { get; init; }
    /// <summary>Whether the viewer did.</summary>
    public bool IsMine { get; init; }
    /// <summary>Comments on it.</summary>
    public int CommentCount { get; init; }
    /// <summary>Passages marked on its page.</summary>
    public int QuoteCount { get; init; }
    /// <summary>Votes « utile ».</summary>
    public int UsefulCount { get; init; }
    /// <summary>Whether one of them is the viewer's.</summary>
    public bool IsUsefulToMe { get; init; }
    /// <summary>Number of the revue it was published in, or null.</summary>
    public int? IssueNumber { get; init; }

    /// <summary>Sources beyond the first.</summary>
    public int OtherSources => Math.Max(0, SourceCount - 1);

    /// <summary>What the group did with it already: votes, comments, sources beyond the first.</summary>
    public int Score => (UsefulCount * BoardCard.PointsOfAVote) + (CommentCount * BoardCard.PointsOfAComment) + OtherSources;

    /// <summary>What became of it.</summary>
    public FindFate Fate => new(State, CommentCount, IssueNumber);
}
