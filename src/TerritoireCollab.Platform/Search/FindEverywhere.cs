using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
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
public sealed record SearchPage(IReadOnlyList<SearchHit> Hits, bool HasMore, bool IsEmptyQuery)
{
    /// <summary>Whether this page is the last one of more matches than are kept.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Finds contents, comments, groups and members that the viewer may read: matches in the title first, then whole words, the newest first.</summary>
public sealed class FindEverywhere(AppDb database, ISearchIndex index, Faces faces)
{
    /// <summary>Hits on a page.</summary>
    public const int PageSize = 10;

    /// <summary>Matches that are kept of each step: in titles, of whole words, of words that begin so; the newest ones.</summary>
    public const int MostMatches = 100;

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
        var size = Math.Clamp(input.Size, 1, 100);
        // No page lies beyond the matches that are kept.
        var skip = (Math.Clamp(input.Page, 1, 3 * MostMatches) - 1) * size;
        var (numbers, isFull) = await MatchAsync(db, match, skip + size + 1, cancellation);
        var hasMore = numbers.Count > skip + size;
        return new(await ReadAsync(db, [.. numbers.Skip(skip).Take(size)], terms, cancellation), hasMore, false) { IsCut = !hasMore && isFull };
    }

    // In titles, then anywhere, then with the last word completed; each step is taken only where those before do not fill the page. The beginning
    // of a common word would cost as much as all the words that begin so.
    private async Task<(List<long> Numbers, bool IsFull)> MatchAsync(AppDbContext db, IndexQuery match, int wanted, CancellationToken cancellation)
    {
        var whole = match with { Terms = [.. match.Terms.Select(t => t with { Prefix = null })] };
        var isUnfinished = match.Terms.Any(t => t.IsPrefix);
        IReadOnlyList<IndexQuery> steps = isUnfinished ? [match with { InTitles = true }, whole, match] : [match with { InTitles = true }, match];
        var (numbers, isFull) = (new List<long>(), false);
        foreach (var step in steps)
        {
            if (numbers.Count >= wanted) break;

            // As many as are wanted are enough, since those found before are the only ones that may come again.
            var found = await index.MatchAsync(db, step, Math.Min(wanted, MostMatches), cancellation);
            isFull |= found.Count == MostMatches;
            numbers = [.. numbers.Union(found)];
        }

        return (numbers, isFull);
    }

    private static async Task<IReadOnlyList<string>> ScopesAsync(AppDbContext db, CancellationToken cancellation)
    {
        if (!db.Viewer.IsSignedIn) return [SearchScopes.Public];

        var member = db.Viewer.MemberId;
        var groups = await db.Memberships.Where(m => m.MemberId == member && m.State == MembershipState.Active).Select(m => m.GroupId).ToListAsync(cancellation);
        return [SearchScopes.Public, SearchScopes.Platform, .. groups.Select(SearchScopes.Group)];
    }

    // The index may lag behind a change of rights by a moment: what is shown is read through the viewer's own filters. In one query
    // for each kind of thing, since joined to one another they would be read whole.
    private async Task<IReadOnlyList<SearchHit>> ReadAsync(AppDbContext db, IReadOnlyList<long> numbers, IReadOnlyList<QueryTerm> terms, CancellationToken cancellation)
    {
        var documents = await db.SearchDocuments.Where(d => numbers.Contains(d.Number))
            .Select(d => new Document(d.Number, d.Kind, d.TargetId, d.ItemId, d.CommentNumber, d.Title, d.Text, d.At)).ToListAsync(cancellation);
        var visible = await VisibleAsync(db, documents, cancellation);

        var hits = new List<SearchHit>(documents.Count);
        var order = numbers.Index().ToDictionary(n => n.Item, n => n.Index);
        foreach (var document in documents.OrderBy(d => order[d.Number]))
        {
            if (AddressOf(document, visible) is not { } address) continue;

            var group = document.ItemId is { } itemId ? visible.Items.GetValueOrDefault(itemId)?.Group : null;
            hits.Add(new SearchHit
            {
                Kind = document.Kind,
                TargetId = document.TargetId,
                Title = document.Title,
                Address = address,
                GroupName = group?.Name,
                GroupSlug = group?.Slug,
                AuthorName = visible.Authors.GetValueOrDefault(document.TargetId),
                At = document.At,
                Extract = Highlighter.Extract(document.Text, terms, ExtractLength),
            });
        }

        return hits;
    }

    private string? AddressOf(Document document, Visible visible)
    {
        var found = document.ItemId is { } itemId ? visible.Items.GetValueOrDefault(itemId) : null;
        return document.Kind switch
        {
            "member" => visible.Handles.GetValueOrDefault(document.TargetId) is { } handle ? "/annuaire/" + handle : null,
            "group" => visible.Groups.GetValueOrDefault(document.TargetId) is { } slug ? "/groupes/" + slug : null,
            _ when found is null || !visible.Authors.ContainsKey(document.TargetId) => null,
            "comment" => faces.Of(found.Item.Kind).CommentAddress(found.Group.Slug, found.Item, document.CommentNumber ?? 0),
            _ => faces.Address(found.Group.Slug, found.Item),
        };
    }

    private static async Task<Visible> VisibleAsync(AppDbContext db, List<Document> documents, CancellationToken cancellation)
    {
        var itemIds = documents.Select(d => d.ItemId).OfType<Guid>().Distinct().ToList();
        var items = itemIds.Count == 0 ? [] : await db.Items.AsNoTracking().Where(i => itemIds.Contains(i.Id))
            .Select(i => new Found(i, i.Author!.Name, new GroupName(i.Group!.Slug, i.Group.Name))).ToListAsync(cancellation);
        var authors = items.ToDictionary(i => i.Item.Id, i => i.Author);

        var commentIds = documents.Where(d => d.Kind == "comment").Select(d => d.TargetId).ToList();
        if (commentIds.Count > 0)
            foreach (var comment in await db.Comments.Where(c => commentIds.Contains(c.Id)).Select(c => new { c.Id, c.Author!.Name }).ToListAsync(cancellation)) authors[comment.Id] = comment.Name;

        var groupIds = documents.Where(d => d.Kind == "group").Select(d => d.TargetId).ToList();
        var groups = groupIds.Count == 0 ? [] : await db.Groups.Where(g => groupIds.Contains(g.Id)).Select(g => new { g.Id, g.Slug }).ToDictionaryAsync(g => g.Id, g => g.Slug, cancellation);

        var memberIds = documents.Where(d => d.Kind == "member").Select(d => d.TargetId).ToList();
        var handles = memberIds.Count == 0 ? [] : await db.Members.Where(m => memberIds.Contains(m.Id) && m.State == MemberState.Active).Select(m => new { m.Id, m.Handle }).ToDictionaryAsync(m => m.Id, m => m.Handle, cancellation);
        return new(items.ToDictionary(i => i.Item.Id), authors, groups, handles);
    }

    private sealed record Document(long Number, string Kind, Guid TargetId, Guid? ItemId, int? CommentNumber, string Title, string Text, DateTime At);

    private sealed record GroupName(string Slug, string Name);

    private sealed record Found(ContentItem Item, string Author, GroupName Group);

    // What of the hits the viewer may read now; authors by content and by comment, groups and members by their address.
    private sealed record Visible(Dictionary<Guid, Found> Items, Dictionary<Guid, string> Authors, Dictionary<Guid, string> Groups, Dictionary<Guid, string> Handles);
}
