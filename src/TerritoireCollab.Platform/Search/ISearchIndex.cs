using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Search.French;

namespace TerritoireCollab.Platform.Search;

/// <summary>What to match in the index.</summary>
public sealed record IndexQuery
{
    /// <summary>Terms that must all be there.</summary>
    public required IReadOnlyList<QueryTerm> Terms { get; init; }

    /// <summary>Scopes that the reader may find: <see cref="SearchScopes"/>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Words of <see cref="SearchDocument.Place"/> of which at least one must be there; all when empty.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>A second such list, for a kind within a group.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Whether only titles are matched.</summary>
    public bool InTitles { get; init; }

    /// <summary>Whether one of the terms is enough: to look for what resembles a title rather than for what was typed.</summary>
    public bool AnyTerm { get; init; }
}

/// <summary>
/// The full text of a provider. It gives the newest matches only, a bounded number of them, so that a common word costs no more than a
/// list page; the reader's rights are part of the match, and are checked again when the hits are read.
/// </summary>
public interface ISearchIndex
{
    /// <summary>Row numbers of the newest documents that match, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<long>> MatchAsync(AppDbContext db, IndexQuery query, int limit, CancellationToken cancellation);
}
