using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>A page in the tree.</summary>
/// <param name="Id">Key.</param>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title.</param>
/// <param name="ParentId">The page that it stands under.</param>
/// <param name="Rank">Place among its siblings.</param>
/// <param name="Writers">Who writes it.</param>
/// <param name="IsTemplate">Whether pages can begin as a copy of it.</param>
/// <param name="PinnedAt">Since when it is on top of the group's pages.</param>
/// <param name="AuthorId">Who wrote it first.</param>
/// <param name="ChangedAt">Last change of its text.</param>
public sealed record PageNode(Guid Id, string ShortId, string Title, Guid? ParentId, int Rank, PageWriters Writers, bool IsTemplate, DateTime? PinnedAt, Guid AuthorId, DateTime ChangedAt);

/// <summary>A page with its depth, in the order of reading.</summary>
/// <param name="Page">The page.</param>
/// <param name="Level">From 1.</param>
public sealed record PlacedPage(PageNode Page, int Level);

/// <summary>The pages of a group as one reader may see them. One question asked, however many there are; the rest is arithmetic.</summary>
public sealed class PageTree
{
    // Beyond, a group would not find its way either.
    private const int Most = 5_000;

    private readonly Dictionary<Guid, PageNode> _pages;
    private readonly ILookup<Guid, PageNode> _children;

    /// <summary>The tree of <paramref name="pages"/>. A page whose parent is not among them stands at the top, and so does one that would stand under itself.</summary>
    public PageTree(IReadOnlyList<PageNode> pages)
    {
        _pages = pages.ToDictionary(p => p.Id);
        var ordered = pages.OrderBy(p => p.Rank).ThenBy(p => p.Title, StringComparer.CurrentCulture).ThenBy(p => p.Id).ToList();
        _children = ordered.ToLookup(p => ParentOf(p)?.Id ?? Guid.Empty);
    }

    /// <summary>How many pages there are.</summary>
    public int Count => _pages.Count;

    /// <summary>Reads the pages of a group.</summary>
    public static async Task<PageTree> ReadAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) => new(await db.Set<WikiPage>().AsNoTracking().Where(p => p.Item.GroupId == groupId)
        .OrderBy(p => p.Rank).Take(Most)
        .Select(p => new PageNode(p.Id, p.Item.ShortId, p.Item.Title, p.ParentId, p.Rank, p.Writers, p.IsTemplate, p.Item.PinnedAt, p.Item.AuthorId, p.EditedAt ?? p.Item.CreatedAt)).ToListAsync(cancellation));

    /// <summary>The page of that key, or null.</summary>
    public PageNode? Find(Guid? id) => id is { } key ? _pages.GetValueOrDefault(key) : null;

    /// <summary>The page of that short identifier, or null.</summary>
    public PageNode? Find(string? shortId) => _pages.Values.FirstOrDefault(p => p.ShortId == shortId);

    /// <summary>Pages under that one, in order; those at the top for null.</summary>
    public IEnumerable<PageNode> Under(PageNode? page) => _children[page?.Id ?? Guid.Empty];

    /// <summary>The page that it stands under, or null.</summary>
    public PageNode? ParentOf(PageNode page)
    {
        var (parent, steps) = (Find(page.ParentId), 0);
        // Two moves at once are made one after the other, but what was written by hand may turn in a circle.
        for (var above = parent; above is not null; above = Find(above.ParentId))
            if (above.Id == page.Id || ++steps > _pages.Count) return null;
        return parent;
    }

    /// <summary>The pages over it, the top one first.</summary>
    public IReadOnlyList<PageNode> Above(PageNode page)
    {
        var above = new List<PageNode>();
        for (var parent = ParentOf(page); parent is not null; parent = ParentOf(parent)) above.Insert(0, parent);
        return above;
    }

    /// <summary>The page and all that stands under it, in the order of reading.</summary>
    public IEnumerable<PlacedPage> From(PageNode page, int level = 1) => Under(page).SelectMany(child => From(child, level + 1)).Prepend(new(page, level));

    /// <summary>All pages, in the order of reading.</summary>
    public IEnumerable<PlacedPage> All() => Under(null).SelectMany(page => From(page));

    /// <summary>Level of the page, from 1.</summary>
    public int LevelOf(PageNode page) => Above(page).Count + 1;

    /// <summary>Levels that the page and what stands under it take.</summary>
    public int HeightOf(PageNode page) => From(page).Max(p => p.Level);

    /// <summary>The page read before it and the one read after, in the order of the tree.</summary>
    public (PageNode? Before, PageNode? After) Beside(PageNode page)
    {
        var all = All().Select(p => p.Page).ToList();
        var at = all.FindIndex(p => p.Id == page.Id);
        return (at > 0 ? all[at - 1] : null, at >= 0 && at < all.Count - 1 ? all[at + 1] : null);
    }
}
