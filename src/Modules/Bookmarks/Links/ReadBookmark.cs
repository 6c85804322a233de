using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Copies;
using TerritoireCollab.Bookmarks.Quotes;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A bookmark with a page of its discussion.</summary>
/// <param name="Content">What it has as any content.</param>
/// <param name="Bookmark">The bookmark.</param>
/// <param name="Quotes">The passages quoted from its page that the viewer reads.</param>
/// <param name="Copy">The viewer's own copy of its page: key and moment; null when there is none.</param>
public sealed record BookmarkView(ContentView Content, Bookmark Bookmark, IReadOnlyList<QuoteView> Quotes, (Guid Id, DateTime At)? Copy);

/// <summary>Reads a bookmark.</summary>
internal sealed class ReadBookmark(AppDb database, Rights rights, ReadContent contents)
{
    /// <summary>The bookmark at a place of its discussion.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<BookmarkView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var me = viewer.MemberId;
        var found = await db.Set<Bookmark>().AsNoTracking().Where(b => b.Item.ShortId == shortId)
            .Select(b => new { Bookmark = b, b.Item, Copy = db.Set<PageCopy>().Where(c => c.MemberId == me && c.AddressKey == b.AddressKey).Select(c => new { c.Id, c.At }).FirstOrDefault() })
            .FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        var content = await contents.ExecuteAsync(db, found.Item, place, cancellation);
        var quotes = await rights.QuotesOfAsync(db, found.Item.Id, content.Standing, cancellation);
        return new(content, found.Bookmark, quotes, found.Copy is { } copy ? (copy.Id, copy.At) : null);
    }
}
