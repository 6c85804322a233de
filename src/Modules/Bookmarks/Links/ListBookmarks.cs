using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A row of the list.</summary>
public sealed record BookmarkRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page.</summary>
    public required string Address { get; init; }
    /// <summary>The beginning of why it matters.</summary>
    public required string Excerpt { get; init; }
    /// <summary>Who added it.</summary>
    public required string AuthorName { get; init; }
    /// <summary>When.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>On top of the list.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>Whether the page has not answered for some nights.</summary>
    public required bool IsDead { get; init; }
    /// <summary>Tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The name of the site, as readers know it.</summary>
    public string Host => PageAddress.HostOf(Address);
}

/// <summary>The bookmarks of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Those of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="Tag">Address form of the tag that they carry, when one is asked for.</param>
/// <param name="OnlyDead">Whether only those whose page does not answer are listed.</param>
/// <param name="DeadCount">How many those are; 0 for whoever is no member.</param>
/// <param name="Dictionary">Words of the group's bookmarks: address form, word, how often.</param>
/// <param name="MayAdd">Whether the viewer may add one.</param>
public sealed record BookmarkListView(
    Standing Standing, IReadOnlyList<BookmarkRow> Rows, int Page, int PageCount, string? Tag, bool OnlyDead, int DeadCount, IReadOnlyList<(string Slug, string Name, int Count)> Dictionary, bool MayAdd);

/// <summary>Lists the bookmarks of a group, the newest first.</summary>
internal sealed class ListBookmarks(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>Bookmarks on a page.</summary>
    public const int PageSize = 25;

    private const int MostWords = 30;
    private const int LastPage = 1_000_000;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks.</exception>
    public async Task<BookmarkListView> ExecuteAsync(Viewer viewer, string groupSlug, string? tag, bool onlyDead, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(BookmarksModule.ToolKey)!)) throw new NotFoundException();

        var (group, word) = (standing.GroupId, tag is { Length: > 0 } ? Slug.Of(tag) : null);
        onlyDead &= standing.IsMember;
        var all = db.Set<Bookmark>().AsNoTracking().Where(b => b.Item.GroupId == group && b.Item.Kind == BookmarksModule.BookmarkKind);
        var wanted = all.Where(b => (word == null || db.Tags.Any(t => t.ItemId == b.Id && t.Slug == word)) && (!onlyDead || b.Failures >= Bookmark.FailuresOfADeadLink));
        var count = await wanted.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, Math.Min(pages, LastPage));
        var rows = await RowsAsync(db, wanted.OrderByDescending(b => b.Item.IsPinned).ThenByDescending(b => b.Item.CreatedAt).ThenBy(b => b.Item.ShortId).Skip((page - 1) * PageSize).Take(PageSize), cancellation);
        return new(standing, rows, page, pages, word, onlyDead,
            standing.IsMember ? await all.CountAsync(b => b.Failures >= Bookmark.FailuresOfADeadLink, cancellation) : 0,
            await DictionaryAsync(db, group, cancellation), rights.Allows(BookmarksModule.Add, standing));
    }

    private static async Task<IReadOnlyList<BookmarkRow>> RowsAsync(AppDbContext db, IQueryable<Bookmark> bookmarks, CancellationToken cancellation)
    {
        var found = await bookmarks.Select(b => new
        {
            b.Id,
            Row = new BookmarkRow
            {
                ShortId = b.Item.ShortId,
                Title = b.Item.Title,
                Address = b.Address,
                Excerpt = b.Item.Excerpt,
                AuthorName = b.Item.Author!.Name,
                CreatedAt = b.Item.CreatedAt,
                CommentCount = b.Item.CommentCount,
                UsefulCount = b.Item.UsefulCount,
                IsPinned = b.Item.IsPinned,
                IsDead = b.Failures >= Bookmark.FailuresOfADeadLink,
            },
        }).ToListAsync(cancellation);
        var ids = found.ConvertAll(f => f.Id);
        var tags = (await db.Tags.AsNoTracking().Where(t => ids.Contains(t.ItemId)).OrderBy(t => t.Slug).Select(t => new { t.ItemId, t.Name }).ToListAsync(cancellation)).ToLookup(t => t.ItemId, t => t.Name);
        return [.. found.Select(f => f.Row with { Tags = [.. tags[f.Id]] })];
    }

    private static async Task<IReadOnlyList<(string, string, int)>> DictionaryAsync(AppDbContext db, Guid group, CancellationToken cancellation)
    {
        var words = await db.Tags.Where(t => t.Item.GroupId == group && t.Item.Kind == BookmarksModule.BookmarkKind).GroupBy(t => t.Slug)
            .Select(g => new { Slug = g.Key, Name = g.Min(t => t.Name)!, Count = g.Count() }).OrderByDescending(w => w.Count).ThenBy(w => w.Slug).Take(MostWords).ToListAsync(cancellation);
        return [.. words.Select(w => (w.Slug, w.Name, w.Count))];
    }
}
