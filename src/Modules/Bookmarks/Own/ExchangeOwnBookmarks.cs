using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Exchange;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>Writes the links that a member keeps for himself for other programs.</summary>
internal sealed class ExportOwnBookmarks(AppDb database, WriteBookmarks write)
{
    /// <summary>The file.</summary>
    /// <param name="viewer">The member.</param>
    /// <param name="format"><c>html</c>, <c>csv</c> or <c>opml</c>.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    public async Task<ExportedFile> ExecuteAsync(Viewer viewer, string format, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var rows = await ListOwnBookmarks.Rows(db, db.OwnBookmarks().AsNoTracking().OrderByDescending(b => b.CreatedAt).ThenBy(b => b.ShortId)).ToListAsync(cancellation);
        return write.Execute(BookmarksTexts.OwnTitle, "mes-favoris", format, [.. rows.Select(r => new ExportedLink(r.Title, r.Address, r.Note, null, r.CreatedAt, r.Tags))]);
    }
}

/// <summary>Brings links from a file into a member's own list.</summary>
internal sealed class ImportOwnBookmarks(KeepOwnBookmark keep)
{
    /// <summary>Adds what is not there yet. A file sent twice leaves what sending it once leaves.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">Too many links, or none in it.</exception>
    public Task<ImportedBookmarks> ExecuteAsync(Viewer viewer, byte[] bytes, CancellationToken cancellation) => viewer.IsMember
        ? ImportBookmarks.EachAsync(bytes, async link => !(await keep.ExecuteAsync(viewer, InputOf(link), cancellation)).WasThere)
        : throw new NotFoundException();

    private static OwnBookmarkInput InputOf(BookmarkLine link) =>
        new(link.Address, Excerpt.Cut(ImportBookmarks.TitleOf(link), ContentItem.TitleLength), Excerpt.Cut(link.Description ?? "", OwnBookmark.NoteLength), TagList.Typed(link.Tags));
}
