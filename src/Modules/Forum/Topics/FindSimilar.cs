using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Search.French;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread as a line of a short list.</summary>
public sealed record TopicLink(string ShortId, string Title, int CommentCount);

/// <summary>Finds threads of a group whose titles resemble a title: while one types, and beside a thread.</summary>
internal sealed class FindSimilar(AppDb database, Rights rights, ISearchIndex index, TimeProvider clock) : IDisposable
{
    private const int Most = 5;
    private const int Candidates = 60;
    private const int MostStems = 10;

    // More than are shown, since a reader may not read all of them.
    private const int MostNear = 12;
    private const int MostKept = 4_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(10);

    private readonly Func<AppDbContext, IReadOnlyList<Guid>, IAsyncEnumerable<Near>> _readable = EF.CompileAsyncQuery(
        (AppDbContext db, IReadOnlyList<Guid> near) => db.Items.Where(i => near.Contains(i.Id)).Select(i => new Near(i.Id, new TopicLink(i.ShortId, i.Title, i.CommentCount))));

    private readonly MemoryCache _near = new(new MemoryCacheOptions { SizeLimit = MostKept });

    /// <inheritdoc />
    public void Dispose() => _near.Dispose();

    /// <summary>Threads of the group that resemble <paramref name="title"/>, the nearest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden.</exception>
    public async Task<IReadOnlyList<TopicLink>> ExecuteAsync(Viewer viewer, string groupSlug, string title, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return await ReadAsync(db, await NearAsync(db, standing.GroupId, title, null, cancellation), cancellation);
    }

    /// <summary>The same beside a thread. Which titles are near is kept for some minutes; whether the viewer may read them is asked each time.</summary>
    public async Task<IReadOnlyList<TopicLink>> BesideAsync(AppDbContext db, ContentItem item, CancellationToken cancellation)
    {
        var key = (item.Id, item.GroupId, item.Title, clock.GetUtcNow().Ticks / KeptFor.Ticks);
        if (!_near.TryGetValue(key, out IReadOnlyList<Guid>? near))
            near = _near.Set(key, await NearAsync(db, item.GroupId, item.Title, item.Id, cancellation), new MemoryCacheEntryOptions { Size = 1 });
        return await ReadAsync(db, near!, cancellation);
    }

    private async Task<IReadOnlyList<Guid>> NearAsync(AppDbContext db, Guid groupId, string title, Guid? besides, CancellationToken cancellation)
    {
        var stems = FrenchAnalyzer.Tokens(title).Where(s => s.Length > 1).Distinct().Take(MostStems).ToList();
        if (stems.Count == 0) return [];

        var numbers = await index.MatchAsync(db, new IndexQuery
        {
            Terms = [.. stems.Select(s => new QueryTerm([s]))],
            // Whatever its audience: nothing of it is shown before the viewer's own filters have read it.
            Scopes = [SearchScopes.Public, SearchScopes.Platform, SearchScopes.Group(groupId)],
            Places = [SearchScopes.Group(groupId)],
            Kinds = [SearchScopes.Kind(ForumModule.TopicKind)],
            InTitles = true,
            AnyTerm = true,
        }, Candidates, cancellation);
        if (numbers.Count == 0) return [];

        var titles = await db.SearchDocuments.Where(d => numbers.Contains(d.Number) && d.ItemId != besides).Select(d => new { d.TargetId, d.TitleStems }).ToListAsync(cancellation);
        return Nearest(stems, titles.ConvertAll(t => (t.TargetId, t.TitleStems.Split(' ').ToHashSet())));
    }

    // A stem that many titles have says little: it weighs as much less. One common word alone resembles nothing.
    private static List<Guid> Nearest(List<string> stems, List<(Guid Id, HashSet<string> Stems)> titles)
    {
        var weights = stems.ToDictionary(s => s, s => 1.0 / Math.Max(1, titles.Count(t => t.Stems.Contains(s))));
        var least = Math.Min(2, stems.Count);
        return [.. titles
            .Select(t => (t.Id, Shared: stems.Count(t.Stems.Contains), Weight: stems.Where(t.Stems.Contains).Sum(s => weights[s])))
            .Where(t => t.Shared >= least)
            .OrderByDescending(t => t.Shared).ThenByDescending(t => t.Weight).Take(MostNear).Select(t => t.Id)];
    }

    private async Task<IReadOnlyList<TopicLink>> ReadAsync(AppDbContext db, IReadOnlyList<Guid> near, CancellationToken cancellation)
    {
        if (near.Count == 0) return [];

        var links = await _readable(db, near).ToDictionaryAsync(n => n.Id, n => n.Link, cancellationToken: cancellation);
        return [.. near.Where(links.ContainsKey).Take(Most).Select(id => links[id])];
    }

    private sealed record Near(Guid Id, TopicLink Link);
}
