using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>The pages of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Tree">Its pages.</param>
/// <param name="Start">The page to begin with: the one on top, pinned last; null when none is.</param>
/// <param name="Latest">Pages changed last.</param>
/// <param name="MayAdd">Whether the viewer may write a page.</param>
public sealed record PageListView(Standing Standing, PageTree Tree, StartPage? Start, IReadOnlyList<PageNode> Latest, bool MayAdd)
{
    /// <summary>Whether the viewer follows all of them.</summary>
    public bool IsFollowed { get; init; }

    /// <summary>Address form of the tag that the pages carry, when one is asked for.</summary>
    public string? Tag { get; init; }

    /// <summary>Pages that carry that tag, in the order of the tree.</summary>
    public IReadOnlyList<PageNode> Tagged { get; init; } = [];
}

/// <summary>The page that a group's pages begin with.</summary>
/// <param name="Page">The page.</param>
/// <param name="Excerpt">Its beginning.</param>
public sealed record StartPage(PageNode Page, string Excerpt);

/// <summary>Reads the tree of a group.</summary>
internal sealed class ListPages(AppDb database, Rights rights, ModuleCatalog modules)
{
    private const int MostLatest = 5;

    /// <summary>The tree.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no pages.</exception>
    public async Task<PageListView> ExecuteAsync(Viewer viewer, string groupSlug, string? tag, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(WikiModule.ToolKey)!)) throw new NotFoundException();

        var tree = await PageTree.ReadAsync(db, standing.GroupId, cancellation);
        var all = tree.All().Select(p => p.Page).ToList();
        var pinned = all.Where(p => p.PinnedAt is not null).MaxBy(p => p.PinnedAt);
        var excerpt = pinned is null ? null : await db.Items.Where(i => i.Id == pinned.Id).Select(i => i.Excerpt).FirstOrDefaultAsync(cancellation);
        var slug = tag is { Length: > 0 } ? Slug.Of(tag) : null;
        var tagged = slug is null ? [] : await db.Tags.Where(t => t.Slug == slug && t.Item.GroupId == standing.GroupId && t.Item.Kind == WikiModule.PageKind).Select(t => t.ItemId).ToHashSetAsync(cancellation);
        return new(standing, tree, pinned is null ? null : new(pinned, excerpt ?? ""), [.. all.OrderByDescending(p => p.ChangedAt).Take(MostLatest)], rights.Allows(WikiModule.Create, standing))
        {
            IsFollowed = standing.IsMember && await db.Set<WikiFollower>().AnyAsync(f => f.GroupId == standing.GroupId && f.MemberId == viewer.MemberId, cancellation),
            Tag = slug,
            Tagged = [.. all.Where(p => tagged.Contains(p.Id))],
        };
    }
}
