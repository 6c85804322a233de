using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>A link of one's own in the list.</summary>
public sealed record OwnBookmarkRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>Note; may be empty.</summary>
    public required string Note { get; init; }
    /// <summary>When it was kept.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Key of the copy that the member keeps of the page; null when there is none.</summary>
    public Guid? CopyId { get; init; }

    /// <summary>The name of the site, as readers know it.</summary>
    public string Host => PageAddress.HostOf(Address);
}

/// <summary>The links of a member.</summary>
/// <param name="Rows">Those of this page, the newest first.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Query">Words searched for, or null.</param>
/// <param name="Tag">Address form of the tag that they carry, when one is asked for.</param>
/// <param name="Dictionary">The member's words: address form, word, how often.</param>
public sealed record OwnBookmarkListView(IReadOnlyList<OwnBookmarkRow> Rows, int Page, int PageCount, string? Query, string? Tag, IReadOnlyList<(string Slug, string Name, int Count)> Dictionary)
{
    /// <summary>Whether the member keeps any link at all.</summary>
    public bool IsEmpty => Rows.Count == 0 && Query is null && Tag is null;
}

/// <summary>Lists the links that a member keeps for himself.</summary>
internal sealed class ListOwnBookmarks(AppDb database)
{
    /// <summary>Links on a page.</summary>
    public const int PageSize = 25;

    private const int MostWords = 30;
    private const int LastPage = 1_000_000;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public async Task<OwnBookmarkListView> ExecuteAsync(Viewer viewer, string? query, string? tag, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        query = string.IsNullOrWhiteSpace(query) ? null : query.Trim();
        var word = tag is { Length: > 0 } ? Slug.Of(tag) : null;
        var wanted = Matching(db.OwnBookmarks().AsNoTracking(), query).Where(b => word == null || b.Tags.Any(t => t.Slug == word));
        var count = await wanted.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, Math.Min(pages, LastPage));
        return new(await Rows(db, wanted.OrderByDescending(b => b.CreatedAt).ThenBy(b => b.ShortId).Skip((page - 1) * PageSize).Take(PageSize)).ToListAsync(cancellation),
            page, pages, query, word, await DictionaryAsync(db, cancellation));
    }

    /// <summary>A page of the list for programs.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public async Task<CursorPage<OwnBookmarkRow>> FromAsync(Viewer viewer, string? query, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var wanted = Matching(db.OwnBookmarks().AsNoTracking(), query);
#pragma warning disable CA1309 // Translated to SQL, where the collation of the column compares.
        if (after is not null) wanted = wanted.Where(b => b.CreatedAt < after.At || (b.CreatedAt == after.At && string.Compare(b.ShortId, after.Key) > 0));
#pragma warning restore CA1309
        var rows = await Rows(db, wanted.OrderByDescending(b => b.CreatedAt).ThenBy(b => b.ShortId).Take(limit + 1)).ToListAsync(cancellation);
        return new([.. rows.Take(limit)], PageCursor.Next(rows, limit, r => new(r.CreatedAt, r.ShortId)));
    }

    /// <summary>One of them.</summary>
    /// <exception cref="NotFoundException">Absent, taken off, or somebody else's.</exception>
    public async Task<OwnBookmarkRow> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await Rows(db, db.OwnBookmarks().AsNoTracking().Where(b => b.ShortId == shortId)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
    }

    /// <summary>What a page, a program and a file are told of each.</summary>
    public static IQueryable<OwnBookmarkRow> Rows(AppDbContext db, IQueryable<OwnBookmark> bookmarks) => bookmarks.Select(b => new OwnBookmarkRow
    {
        ShortId = b.ShortId,
        Title = b.Title,
        Address = b.Address,
        Note = b.Note,
        CreatedAt = b.CreatedAt,
        Tags = b.Tags.OrderBy(t => t.Slug).Select(t => t.Name).ToList(),
        CopyId = db.Set<PageCopy>().Where(c => c.MemberId == b.MemberId && c.AddressKey == b.AddressKey).Select(c => (Guid?)c.Id).FirstOrDefault(),
    }).AsSingleQuery();

    // Every word, wherever it stands, in capitals or not, with accents or without.
    private static IQueryable<OwnBookmark> Matching(IQueryable<OwnBookmark> bookmarks, string? query)
    {
        foreach (var word in FoldedName.Of(query).Split(' ', StringSplitOptions.RemoveEmptyEntries)) bookmarks = bookmarks.Where(b => b.Words.Contains(word));
        return bookmarks;
    }

    private static async Task<IReadOnlyList<(string, string, int)>> DictionaryAsync(AppDbContext db, CancellationToken cancellation)
    {
        var words = await db.OwnBookmarks().SelectMany(b => b.Tags).GroupBy(t => t.Slug)
            .Select(g => new { Slug = g.Key, Name = g.Min(t => t.Name)!, Count = g.Count() }).OrderByDescending(w => w.Count).ThenBy(w => w.Slug).Take(MostWords).ToListAsync(cancellation);
        return [.. words.Select(w => (w.Slug, w.Name, w.Count))];
    }
}
