using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Search.French;

namespace TerritoireCollab.Platform.Search;

/// <summary>A search.</summary>
/// <param name="Text">As typed.</param>
/// <param name="GroupId">Only in that group, or everywhere.</param>
/// <param name="Kind">Only that kind (a content kind's key, <c>comment</c>, <c>group</c>, <c>member</c>), or all.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">Hits on a page, 1 to 100.</param>
public sealed record SearchInput(string? Text, Guid? GroupId = null, string? Kind = null, int Page = 1, int Size = FindEverywhere.PageSize);

/// <summary>Something found.</summary>
public sealed record SearchHit
{
    /// <summary>Kind of the thing.</summary>
    public required string Kind { get; init; }
    /// <summary>Key of the thing.</summary>
    public required Guid TargetId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address from the root.</summary>
    public required string Address { get; init; }
    /// <summary>The best passage, with what was found marked.</summary>
    public required IReadOnlyList<HighlightPart> Extract { get; init; }
    /// <summary>Name of the group, if it stands in one.</summary>
    public string? GroupName { get; init; }
    /// <summary>Address of that group.</summary>
    public string? GroupSlug { get; init; }
    /// <summary>Who wrote it, for a content or a comment.</summary>
    public string? AuthorName { get; init; }
    /// <summary>Its date.</summary>
    public required DateTime At { get; init; }
}

/// <summary>A page of hits.</summary>
/// <param name="Hits">On this page.</param>
/// <param name="HasMore">Whether there is a next page.</param>
/// <param name="IsEmptyQuery">Whether nothing that can be searched was typed.</param>
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, bool HasMore, bool IsEmptyQuery);

/// <summary>Finds contents, comments, groups and members that the viewer may read: matches in the title first, then the newest.</summary>
public sealed class FindEverywhere(AppDb database, ISearchIndex index, Faces faces)
{
    /// <summary>Hits on a page.</summary>
    public const int PageSize = 20;

    private const int MostInTitles = 100;
    private const int MostMatches = 300;
    private const int ExtractLength = 220;

    /// <summary>The page of hits.</summary>
    public async Task<SearchPage> ExecuteAsync(Viewer viewer, SearchInput input, CancellationToken cancellation)
    {
        var terms = FrenchAnalyzer.Query(input.Text ?? "");
        if (terms.IsEmpty) return new([], false, true);

        await using var db = database.Open(viewer);
        var match = new IndexQuery
        {
            Terms = terms,
            Scopes = await ScopesAsync(db, cancellation),
            Places = input.GroupId is { } group ? [SearchScopes.Group(group)] : [],
            Kinds = input.Kind is { Length: > 0 } kind ? [SearchScopes.Kind(kind)] : [],
        };
        var inTitles = await index.MatchAsync(db, match with { InTitles = true }, MostInTitles, cancellation);
        var all = await index.MatchAsync(db, match, MostMatches, cancellation);

        var ordered = inTitles.Concat(all).Distinct().ToList();
        var size = Math.Clamp(input.Size, 1, 100);
        // No page lies beyond the matches that are kept.
        var skip = (Math.Clamp(input.Page, 1, MostMatches) - 1) * size;
        var page = ordered.Skip(skip).Take(size).ToList();
        return new(await ReadAsync(db, page, terms, cancellation), ordered.Count > skip + size, false);
    }

    private static async Task<IReadOnlyList<string>> ScopesAsync(AppDbContext db, CancellationToken cancellation)
    {
        if (!db.Viewer.IsSignedIn) return [SearchScopes.Public];

        var member = db.Viewer.MemberId;
        var groups = await db.Memberships.Where(m => m.MemberId == member && m.State == MembershipState.Active).Select(m => m.GroupId).ToListAsync(cancellation);
        return [SearchScopes.Public, SearchScopes.Platform, .. groups.Select(SearchScopes.Group)];
    }

    // The index may lag behind a change of rights by a moment: what is shown is read through the viewer's own filters.
    private async Task<IReadOnlyList<SearchHit>> ReadAsync(AppDbContext db, IReadOnlyList<long> numbers, IReadOnlyList<QueryTerm> terms, CancellationToken cancellation)
    {
        var rows = await db.SearchDocuments.AsNoTracking().Where(d => numbers.Contains(d.Number)).Select(d => new
        {
            Document = d,
            Item = db.Items.FirstOrDefault(i => i.Id == d.ItemId),
            Author = d.CommentNumber != null
                ? db.Comments.Where(c => c.Id == d.TargetId).Select(c => c.Author!.Name).FirstOrDefault()
                : db.Items.Where(i => i.Id == d.ItemId).Select(i => i.Author!.Name).FirstOrDefault(),
            Group = db.Groups.Where(g => g.Id == d.GroupId).Select(g => new { g.Slug, g.Name }).FirstOrDefault(),
            Member = db.Members.Where(m => m.Id == d.TargetId && m.State == MemberState.Active).Select(m => m.Handle).FirstOrDefault(),
        }).ToListAsync(cancellation);

        var hits = new List<SearchHit>(rows.Count);
        var order = numbers.Index().ToDictionary(n => n.Item, n => n.Index);
        foreach (var row in rows.OrderBy(r => order[r.Document.Number]))
        {
            var d = row.Document;
            var address = d.Kind switch
            {
                "member" => row.Member is { } handle ? "/annuaire/" + handle : null,
                "group" => row.Group is { } g ? "/groupes/" + g.Slug : null,
                "comment" => row is { Item: { } item, Group: { } g, Author: not null } ? faces.Of(item.Kind).CommentAddress(g.Slug, item, d.CommentNumber ?? 0) : null,
                _ => row is { Item: { } item, Group: { } g } ? faces.Address(g.Slug, item) : null,
            };
            if (address is null) continue;

            hits.Add(new SearchHit
            {
                Kind = d.Kind, TargetId = d.TargetId, Title = d.Title, Address = address, GroupName = d.Kind == "group" ? null : row.Group?.Name,
                GroupSlug = d.Kind == "group" ? null : row.Group?.Slug,
                AuthorName = row.Author, At = d.At, Extract = Highlighter.Extract(d.Text, terms, ExtractLength),
            });
        }

        return hits;
    }
}
