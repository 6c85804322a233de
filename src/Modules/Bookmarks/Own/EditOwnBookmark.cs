using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>Rewrites a link of one's own.</summary>
internal sealed class EditOwnBookmark(AppDb database)
{
    /// <summary>What its form shows.</summary>
    /// <exception cref="NotFoundException">Absent, taken off, or somebody else's.</exception>
    public async Task<OwnBookmarkInput> ReadAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await ReadAsync(db, shortId, cancellation);
    }

    /// <inheritdoc cref="ReadAsync(Viewer, string, CancellationToken)"/>
    /// <param name="db">A context open for the viewer.</param>
    /// <param name="shortId">Which.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task<OwnBookmarkInput> ReadAsync(AppDbContext db, string shortId, CancellationToken cancellation)
    {
        var found = await db.OwnBookmarks().AsNoTracking().Include(b => b.Tags.OrderBy(t => t.Slug)).FirstOrDefaultAsync(b => b.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        return new(found.Address, found.Title, found.Note, string.Join(", ", found.Tags.Select(t => t.Name)));
    }

    /// <summary>Saves it.</summary>
    /// <exception cref="NotFoundException">Absent, taken off, or somebody else's.</exception>
    /// <exception cref="InvalidInputException">A field is empty or too long, the address no page of the web, or one that the member keeps already.</exception>
    public Task<string> ExecuteAsync(Viewer viewer, string shortId, OwnBookmarkInput input, CancellationToken cancellation) =>
        database.TransactAsync(viewer, (db, token) => SaveAsync(db, shortId, input, token), cancellation);

    private static async Task<string> SaveAsync(AppDbContext db, string shortId, OwnBookmarkInput input, CancellationToken cancellation)
    {
        var bookmark = await db.OwnBookmarks().Include(b => b.Tags).FirstOrDefaultAsync(b => b.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var text = OwnBookmarkText.Of(input);
        var other = await db.OwnBookmarksWithTrash().FirstOrDefaultAsync(b => b.AddressKey == text.Key && b.Id != bookmark.Id, cancellation);
        if (other is { RemovedAt: null }) throw new InvalidInputException(nameof(input.Address), BookmarksTexts.OwnAlready);

        // What was taken off does not stand in the way of what is kept.
        if (other is not null) await db.OwnBookmarksWithTrash().Where(b => b.Id == other.Id).ExecuteDeleteAsync(cancellation);
        text.Into(bookmark);
        await db.SaveChangesAsync(cancellation);
        return shortId;
    }
}
