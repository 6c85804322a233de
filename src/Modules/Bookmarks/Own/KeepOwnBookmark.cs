using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Bookmarks.Own;

/// <summary>What became of a link to keep.</summary>
/// <param name="ShortId">The link of that page.</param>
/// <param name="WasThere">Whether the member had it already: nothing was written.</param>
public sealed record KeptBookmark(string ShortId, bool WasThere);

/// <summary>Keeps a link for oneself, once a page.</summary>
internal sealed class KeepOwnBookmark(AppDb database, TimeProvider clock)
{
    /// <summary>Keeps it; a page that was taken off comes back as it is typed now.</summary>
    /// <exception cref="NotFoundException">Nobody is signed in.</exception>
    /// <exception cref="InvalidInputException">A field is empty or too long, or the address no page of the web.</exception>
    public Task<KeptBookmark> ExecuteAsync(Viewer viewer, OwnBookmarkInput input, CancellationToken cancellation)
    {
        if (!viewer.IsMember) throw new NotFoundException();

        var text = OwnBookmarkText.Of(input);
        return database.TransactAsync(viewer, (db, token) => KeepAsync(db, text, token), cancellation);
    }

    // Twice at once: the unique index refuses the second, which then finds the first.
    private async Task<KeptBookmark> KeepAsync(AppDbContext db, OwnBookmarkText text, CancellationToken cancellation)
    {
        var present = await db.OwnBookmarksWithTrash().Include(b => b.Tags).FirstOrDefaultAsync(b => b.AddressKey == text.Key, cancellation);
        if (present is { RemovedAt: null }) return new(present.ShortId, true);

        var now = clock.GetUtcNow().UtcDateTime;
        var bookmark = present ?? new OwnBookmark { Id = Guid.CreateVersion7(), ShortId = ShortIds.New(), MemberId = db.Viewer.MemberId, Address = "", AddressKey = "", Title = "", CreatedAt = now };
        (bookmark.CreatedAt, bookmark.RemovedAt) = (now, null);
        text.Into(bookmark);
        if (present is null) db.Add(bookmark);
        await db.SaveChangesAsync(cancellation);
        return new(bookmark.ShortId, false);
    }
}
