using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Editorials;
using TerritoireCollab.Veille.Finds;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Pool;

/// <summary>Which news of a pool are listed.</summary>
public enum PoolFilter
{
    /// <summary>What nobody has chosen or set aside yet.</summary>
    ToRead = 0,
    /// <summary>What members brought or spoke of.</summary>
    Finds = 1,
    /// <summary>Kept for a revue, or placed in the one being prepared.</summary>
    Kept = 2,
    /// <summary>Set aside.</summary>
    SetAside = 3,
    /// <summary>Published in a revue.</summary>
    Published = 4,
    /// <summary>Old already when it came.</summary>
    Old = 5,
}

/// <summary>What is asked of a pool.</summary>
/// <param name="Filter">Which news.</param>
/// <param name="Query">Words looked for, in the small grammar.</param>
/// <param name="Source">The source that brought them, or null for all.</param>
/// <param name="ByScore">Whether what the group did most with comes first, rather than the newest.</param>
/// <param name="After">Where the page begins, in a list of the newest.</param>
/// <param name="Page">Page from 1, in a search or by score.</param>
public sealed record PoolQuestion(PoolFilter Filter, string? Query, Guid? Source, bool ByScore, string? After, int Page);

/// <summary>A page of a pool; of the readable finds for whoever is no member.</summary>
public sealed record PoolView
{
    /// <summary>The group.</summary>
    public required Standing Standing { get; init; }
    /// <summary>Whether this is the pool: the finds that can be read otherwise.</summary>
    public required bool IsPool { get; init; }
    /// <summary>News of this page.</summary>
    public required IReadOnlyList<PoolRow> Rows { get; init; }
    /// <summary>Where the next page begins, in a list of the newest; null at the end.</summary>
    public string? Next { get; init; }
    /// <summary>Page from 1, in a search or by score.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Whether another page follows.</summary>
    public required bool HasMore { get; init; }
    /// <summary>How many of the newest were looked at, when there are older ones that were not; null when all were.</summary>
    public int? OnlyNewest { get; init; }
    /// <summary>What is looked for, or null.</summary>
    public string? Query { get; init; }
    /// <summary>Sources of the group, by name, to choose from.</summary>
    public IReadOnlyList<(Guid Id, string Name)> Sources { get; init; } = [];
    /// <summary>Revues that can be read, the newest first, for whoever is no member.</summary>
    public IReadOnlyList<(string ShortId, string Title)> Issues { get; init; } = [];
    /// <summary>Whether the viewer may bring a find.</summary>
    public required bool MayPropose { get; init; }
    /// <summary>Whether the viewer may keep and set aside.</summary>
    public required bool MayCurate { get; init; }
    /// <summary>The month whose édito can be written now, for those who write it; null when there is none.</summary>
    public int? EditorialDue { get; init; }
    /// <summary>Whether the viewer may say « utile ».</summary>
    public required bool MayReact { get; init; }
}

/// <summary>Lists the pool of a group: a fixed small number of questions, however many news there are.</summary>
internal sealed class ListPool(AppDb database, Rights rights, ModuleCatalog modules, ListEditorials editorials)
{
    /// <summary>News on a page.</summary>
    public const int PageSize = 25;

    /// <summary>Of the newest, how many a search looks at.</summary>
    public const int MostSearched = 10_000;

    /// <summary>Of the newest, how many are put in the order of their score.</summary>
    public const int MostScored = 2_000;

    private const int LastPage = 400;
    private const int MostIssues = 5;

    /// <summary>A page of the pool.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    /// <exception cref="InvalidInputException">The cursor is none that was given.</exception>
    public async Task<PoolView> ExecuteAsync(Viewer viewer, string groupSlug, PoolQuestion question, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        if (!standing.IsMember && !viewer.SeesAll) return await ReadableAsync(db, standing, question, cancellation);

        var cards = Cards(db, standing.GroupId, question);
        var page = Math.Clamp(question.Page, 1, LastPage);
        var (rows, bound) = PoolSearch.Of(question.Query) is { } search
            ? (await FoundAsync(db, cards, search, page, cancellation), (int?)MostSearched)
            : question.ByScore
                ? (await ByScoreAsync(db, cards, page, cancellation), MostScored)
                : (await NewestAsync(db, cards, PageCursor.Parse(question.After), cancellation), null);
        var hasMore = rows.Count > PageSize;
        var shown = rows.Take(PageSize).ToList();
        var sources = await db.Set<GroupSource>().AsNoTracking().Where(s => s.GroupId == standing.GroupId).Select(s => new { s.SourceId, Name = s.Name ?? s.Source!.Title }).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            IsPool = true,
            Rows = shown,
            Next = hasMore && bound is null ? new PageCursor(shown[^1].ArrivedAt, shown[^1].Id.ToString("N")).ToString() : null,
            Page = page,
            HasMore = hasMore,
            OnlyNewest = bound is { } most && await cards.OrderByDescending(e => e.ArrivedAt).Skip(most).AnyAsync(cancellation) ? most : null,
            Query = PoolSearch.Of(question.Query)?.Text,
            Sources = [.. sources.OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase).Select(s => (s.SourceId, s.Name))],
            MayPropose = rights.Allows(VeilleModule.Propose, standing),
            MayCurate = rights.Allows(VeilleModule.Curate, standing),
            EditorialDue = rights.Allows(VeilleModule.Curate, standing) ? await editorials.DueAsync(db, standing.GroupId, cancellation) : null,
            MayReact = rights.Allows(GroupPermissions.React, standing),
        };
    }

    private static IQueryable<PoolEntry> Cards(AppDbContext db, Guid groupId, PoolQuestion question)
    {
        var cards = db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == groupId);
        cards = question.Filter switch
        {
            // From the finds, which are few, to their cards.
            PoolFilter.Finds => from i in db.Items where i.GroupId == groupId && i.Kind == VeilleModule.FindKind join e in cards on (Guid?)i.Id equals e.FindId select e,
            PoolFilter.Kept => cards.Where(e => e.State == PoolState.Kept || e.State == PoolState.Placed),
            PoolFilter.SetAside => cards.Where(e => e.State == PoolState.SetAside),
            PoolFilter.Published => cards.Where(e => e.State == PoolState.Published),
            PoolFilter.Old => cards.Where(e => e.State == PoolState.Old),
            _ => cards.Where(e => e.State == PoolState.Proposed),
        };
        return question.Source is { } source ? cards.Where(e => e.SourceId == source) : cards;
    }

    private static Task<List<PoolRow>> NewestAsync(AppDbContext db, IQueryable<PoolEntry> cards, PageCursor? after, CancellationToken cancellation)
    {
        if (after is not null)
        {
            var (at, id) = (after.At, Guid.TryParse(after.Key, out var key) ? key : throw PageCursor.Unknown());
            cards = cards.Where(e => e.ArrivedAt < at || (e.ArrivedAt == at && e.Id.CompareTo(id) < 0));
        }

        return Rows(db, cards.OrderByDescending(e => e.ArrivedAt).ThenByDescending(e => e.Id).Take(PageSize + 1)).OrderByDescending(r => r.ArrivedAt).ThenByDescending(r => r.Id).ToListAsync(cancellation);
    }

    // What nobody spoke of and one source carries has no points: among so many, the order is made on the newest.
    private static async Task<List<PoolRow>> ByScoreAsync(AppDbContext db, IQueryable<PoolEntry> cards, int page, CancellationToken cancellation)
    {
        var best = await (from e in cards.OrderByDescending(e => e.ArrivedAt).Take(MostScored)
                          from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
                          let points = (((int?)i!.UsefulCount ?? 0) * BoardCard.PointsOfAVote) + (((int?)i.CommentCount ?? 0) * BoardCard.PointsOfAComment) + (e.SourceCount > 1 ? e.SourceCount - 1 : 0)
                          orderby points descending, e.ArrivedAt descending, e.Id descending
                          select e.Id).Skip((page - 1) * PageSize).Take(PageSize + 1).ToListAsync(cancellation);
        return await InOrderAsync(db, best, cancellation);
    }

    // The database leaves out what cannot match; the rest is looked at one after the other, the newest first, until the page is full.
    private static async Task<List<PoolRow>> FoundAsync(AppDbContext db, IQueryable<PoolEntry> cards, PoolSearch search, int page, CancellationToken cancellation)
    {
        var candidates = from e in cards.OrderByDescending(e => e.ArrivedAt).ThenByDescending(e => e.Id).Take(MostSearched)
                         join n in db.Set<News>() on e.NewsId equals n.Id
                         from s in db.Set<GroupSource>().Where(s => s.GroupId == e.GroupId && s.SourceId == e.SourceId).DefaultIfEmpty()
                         from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
                         select new { e.Id, e.ArrivedAt, n.Title, n.Excerpt, n.Author, n.Address, Source = s == null ? null : s.Name ?? s.Source!.Title, FindTitle = i == null ? "" : i.Title, Why = i == null ? "" : i.Excerpt };
        if (search.Pattern is { } pattern)
#pragma warning disable CA1304, CA1311, CA1862 // Translated to SQL.
            candidates = candidates.Where(c => EF.Functions.Like((c.Title + " " + c.Excerpt + " " + c.FindTitle + " " + c.Why).ToLower(), pattern));
#pragma warning restore CA1304, CA1311, CA1862

        var (found, skip) = (new List<Guid>(PageSize + 1), (page - 1) * PageSize);
        await foreach (var candidate in candidates.OrderByDescending(c => c.ArrivedAt).ThenByDescending(c => c.Id).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (!search.Matches($"{candidate.Title} {candidate.FindTitle}", $"{candidate.Excerpt} {candidate.Why}", candidate.Author, candidate.Source, candidate.Address)) continue;
            if (skip-- > 0) continue;

            found.Add(candidate.Id);
            if (found.Count > PageSize) break;
        }

        return await InOrderAsync(db, found, cancellation);
    }

    private static async Task<List<PoolRow>> InOrderAsync(AppDbContext db, List<Guid> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0) return [];

        var rows = await Rows(db, db.Set<PoolEntry>().AsNoTracking().Where(e => ids.Contains(e.Id))).ToDictionaryAsync(r => r.Id, cancellation);
        return [.. ids.Where(rows.ContainsKey).Select(id => rows[id])];
    }

    private static IQueryable<PoolRow> Rows(AppDbContext db, IQueryable<PoolEntry> cards)
    {
        var me = db.Viewer.MemberId;
        return from e in cards
               join n in db.Set<News>() on e.NewsId equals n.Id
               from s in db.Set<GroupSource>().Where(s => s.GroupId == e.GroupId && s.SourceId == e.SourceId).DefaultIfEmpty()
               from i in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
               select new PoolRow
               {
                   Id = e.Id,
                   Title = i == null ? n.Title : i.Title,
                   Address = n.Address,
                   Excerpt = i == null ? n.Excerpt : i.Excerpt,
                   At = e.SourceId == null ? e.ArrivedAt : n.PublishedAt,
                   ArrivedAt = e.ArrivedAt,
                   State = e.State,
                   IsStarred = e.IsStarred,
                   SourceName = s == null ? null : s.Name ?? s.Source!.Title,
                   SourceCount = e.SourceCount,
                   FindShortId = i == null ? null : i.ShortId,
                   FinderName = i == null ? null : i.Author!.Name,
                   IsMine = i != null && i.AuthorId == me,
                   CommentCount = (int?)i!.CommentCount ?? 0,
                   QuoteCount = db.Set<FindQuote>().Count(q => q.ItemId == e.FindId),
                   UsefulCount = (int?)i.UsefulCount ?? 0,
                   IsUsefulToMe = i != null && db.Reactions.Any(r => r.TargetId == i.Id && r.MemberId == me && r.Kind == ReactionKind.Useful),
                   IssueNumber = db.Set<Issue>().Where(x => x.Id == e.IssueId && e.State == PoolState.Published).Select(x => (int?)x.Number).FirstOrDefault(),
               };
    }

    // Whoever is no member: the finds and the revues that their audience lets them read.
    private async Task<PoolView> ReadableAsync(AppDbContext db, Standing standing, PoolQuestion question, CancellationToken cancellation)
    {
        var after = PageCursor.Parse(question.After);
        var rows = await db.Set<Find>().AsNoTracking().Where(f => f.Item.GroupId == standing.GroupId).NewestFirst(after, PageSize).Select(Readable).ToListAsync(cancellation);
        var shown = rows.Take(PageSize).ToList();
        var issues = await db.Set<PublishedIssue>().AsNoTracking().Where(p => p.Item.GroupId == standing.GroupId).OrderByDescending(p => p.Number).Take(MostIssues)
            .Select(p => new { p.Item.ShortId, p.Item.Title }).ToListAsync(cancellation);
        return new()
        {
            Standing = standing,
            IsPool = false,
            Rows = shown,
            Next = PageCursor.Next(rows, PageSize, r => new(r.ArrivedAt, r.FindShortId!)),
            HasMore = rows.Count > PageSize,
            Issues = [.. issues.Select(i => (i.ShortId, i.Title))],
            MayPropose = rights.Allows(VeilleModule.Propose, standing),
            MayCurate = false,
            MayReact = false,
        };
    }

    private static readonly Expression<Func<Find, PoolRow>> Readable = f => new PoolRow
    {
        Id = f.Id,
        Title = f.Item.Title,
        Address = f.Address,
        Excerpt = f.Item.Excerpt,
        At = f.Item.CreatedAt,
        ArrivedAt = f.Item.CreatedAt,
        FindShortId = f.Item.ShortId,
        FinderName = f.Item.Author!.Name,
        CommentCount = f.Item.CommentCount,
        UsefulCount = f.Item.UsefulCount,
    };
}
