using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Wiki.Writing;

namespace TerritoireCollab.Wiki.Tree;

/// <summary>A title offered while a link is typed.</summary>
/// <param name="Title">The title.</param>
/// <param name="Over">Title of the page that it stands under; null at the top, and where the viewer may not read that one.</param>
public sealed record SuggestedTitle(string Title, string? Over);

/// <summary>Offers titles of a group's pages to whoever types a link to one: those alone that the viewer may read.</summary>
internal sealed class SuggestTitles(AppDb database, Rights rights, ModuleCatalog modules)
{
    private const int Most = 6;

    /// <summary>Titles that have those words in them, the ones that begin with them first; the ones changed last where nothing is typed yet.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no pages.</exception>
    public async Task<IReadOnlyList<SuggestedTitle>> ExecuteAsync(Viewer viewer, string groupSlug, string? words, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(WikiModule.ToolKey)!)) throw new NotFoundException();

        var folded = PageTitle.Fold(words ?? "");
        var pages = db.Set<WikiPage>().AsNoTracking().Where(p => p.Item.GroupId == standing.GroupId);
        var found = folded.Length == 0
            ? pages.OrderByDescending(p => p.Item.UpdatedAt)
            : pages.Where(p => p.FoldedTitle.Contains(folded)).OrderByDescending(p => p.FoldedTitle.StartsWith(folded)).ThenBy(p => p.FoldedTitle);
        return await found.Take(Most).Select(p => new SuggestedTitle(p.Item.Title, db.Set<WikiPage>().Where(o => o.Id == p.ParentId && o.Item.GroupId == standing.GroupId).Select(o => o.Item.Title).FirstOrDefault())).ToListAsync(cancellation);
    }
}
