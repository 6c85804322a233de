using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Links;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Exchange;

/// <summary>Writes the bookmarks of a group for other programs: browsers, spreadsheets, feed readers. Each reader gets those that he may read.</summary>
internal sealed class ExportBookmarks(AppDb database, Rights rights, ModuleCatalog modules, WriteBookmarks write)
{
    /// <summary>The file.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="groupSlug">The group.</param>
    /// <param name="format"><c>html</c>, <c>csv</c> or <c>opml</c>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks.</exception>
    public async Task<ExportedFile> ExecuteAsync(Viewer viewer, string groupSlug, string format, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(BookmarksModule.ToolKey)!)) throw new NotFoundException();

        return write.Execute(BookmarksTexts.ExportTitle.With(standing.Name), $"favoris-{standing.Slug}", format, await LinksAsync(db, standing.GroupId, cancellation));
    }

    private static async Task<List<ExportedLink>> LinksAsync(AppDbContext db, Guid group, CancellationToken cancellation)
    {
        var bookmarks = await db.Set<Bookmark>().AsNoTracking().Where(b => b.Item.GroupId == group).OrderByDescending(b => b.Item.CreatedAt)
            .Select(b => new { b.Id, b.Item.Title, b.Address, b.BodyHtml, Author = b.Item.Author!.Name, b.Item.CreatedAt }).ToListAsync(cancellation);
        var tags = (await db.Tags.AsNoTracking().Where(t => t.Item.GroupId == group && t.Item.Kind == BookmarksModule.BookmarkKind).OrderBy(t => t.Slug).Select(t => new { t.ItemId, t.Name }).ToListAsync(cancellation))
            .ToLookup(t => t.ItemId, t => t.Name);
        return bookmarks.ConvertAll(b => new ExportedLink(b.Title, b.Address, PlainText.FromHtml(b.BodyHtml), b.Author, b.CreatedAt, [.. tags[b.Id]]));
    }
}
