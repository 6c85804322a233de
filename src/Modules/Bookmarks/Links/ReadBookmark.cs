using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A bookmark with a page of its discussion.</summary>
/// <param name="Content">What it has as any content.</param>
/// <param name="Bookmark">The bookmark.</param>
public sealed record BookmarkView(ContentView Content, Bookmark Bookmark);

/// <summary>Reads a bookmark.</summary>
internal sealed class ReadBookmark(AppDb database, ReadContent contents)
{
    /// <summary>The bookmark at a place of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<BookmarkView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var bookmark = await db.Set<Bookmark>().AsNoTracking().Include(b => b.Item).FirstOrDefaultAsync(b => b.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        return new(await contents.ExecuteAsync(db, bookmark.Item, place, cancellation), bookmark);
    }
}
