using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Search.French;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread as a line of a short list.</summary>
public sealed record TopicLink(string ShortId, string Title, int CommentCount);

/// <summary>Finds threads of a group whose titles resemble a title: while one types, and beside a thread.</summary>
internal sealed class FindSimilar(AppDb database, Rights rights, ISearchIndex index)
{
    private const int Most = 5;
    private const int Candidates = 60;
    private const int MostStems = 10;

    /// <summary>Threads of the group that resemble <paramref name="title"/>, the nearest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    public async Task<IReadOnlyList<TopicLink>> ExecuteAsync(Viewer viewer, string groupSlug, string title, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await NearAsync(db, await rights.StandingAsync(db, groupSlug, cancellation), title, null, cancellation);
    }

    /// <summary>The same beside a thread, which is left out.</summary>
    public async Task<IReadOnlyList<TopicLink>> NearAsync(AppDbContext db, Standing standing, string title, Guid? besides, CancellationToken cancellation)
    {
        var stems = FrenchAnalyzer.Tokens(title).Where(s => s.Length > 1).Distinct().Take(MostStems).ToList();
        if (stems.Count == 0) return [];

        var numbers = await index.MatchAsync(db, new IndexQuery
        {
            Terms = [.. stems.Select(s => new QueryTerm([s]))],
            Scopes = Scopes(standing),
            Places = [SearchScopes.Group(standing.GroupId)],
            Kinds = [SearchScopes.Kind(ForumModule.TopicKind)],
            InTitles = true,
            AnyTerm = true,
        }, Candidates, cancellation);
        if (numbers.Count == 0) return [];

        var stemsOf = await db.SearchDocuments.Where(d => numbers.Contains(d.Number) && d.ItemId != besides).Select(d => new { d.TargetId, d.TitleStems }).ToDictionaryAsync(d => d.TargetId, d => d.TitleStems, cancellation);
        // Read through the viewer's own filters: the index may lag behind a change of rights.
        var links = await db.Items.Where(i => stemsOf.Keys.Contains(i.Id)).Select(i => new { i.Id, Link = new TopicLink(i.ShortId, i.Title, i.CommentCount) }).ToListAsync(cancellation);
        var titles = links.ConvertAll(l => (l.Link, Stems: stemsOf[l.Id].Split(' ').ToHashSet()));
        return Nearest(stems, titles);
    }

    // A stem that many titles have says little: it weighs as much less. One common word alone resembles nothing.
    private static List<TopicLink> Nearest(List<string> stems, List<(TopicLink Link, HashSet<string> Stems)> titles)
    {
        var weights = stems.ToDictionary(s => s, s => 1.0 / Math.Max(1, titles.Count(t => t.Stems.Contains(s))));
        var least = Math.Min(2, stems.Count);
        return [.. titles
            .Select(t => (t.Link, Shared: stems.Count(t.Stems.Contains), Weight: stems.Where(t.Stems.Contains).Sum(s => weights[s])))
            .Where(t => t.Shared >= least)
            .OrderByDescending(t => t.Shared).ThenByDescending(t => t.Weight).Take(Most).Select(t => t.Link)];
    }

    private static List<string> Scopes(Standing standing) =>
    [
        SearchScopes.Public,
        .. standing.Viewer.IsSignedIn ? [SearchScopes.Platform] : Array.Empty<string>(),
        .. standing.IsMember ? [SearchScopes.Group(standing.GroupId)] : Array.Empty<string>(),
    ];
}
