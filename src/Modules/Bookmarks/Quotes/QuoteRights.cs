using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>Who reads and changes the passages quoted from the page of a bookmark. Those that somebody keeps for himself the context gives to nobody else.</summary>
internal static class QuoteRights
{
    /// <summary>The passage with its bookmark's row and the viewer's standing, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, taken off, invisible, or of another bookmark.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static Task<(BookmarkQuote Quote, Standing Standing)> RequireQuoteAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, Guid id, CancellationToken cancellation) =>
        rights.RequireQuoteAsync(db, db.MemberQuotes<BookmarkQuote>().Where(q => q.RemovedAt == null), q => q.IsPrivate ? GroupPermissions.Read : permission, shortId, id, cancellation);

    /// <summary>The passages of a bookmark that the viewer reads, in the order in which they were quoted.</summary>
    public static async Task<IReadOnlyList<QuoteView>> QuotesOfAsync(this Rights rights, AppDbContext db, Guid itemId, Standing standing, CancellationToken cancellation)
    {
        if (!standing.IsMember && !standing.Viewer.SeesAll) return [];

        // Words that bear somebody's name are that person's: an animator takes them off, and does not rewrite them.
        bool MayEdit(BookmarkQuote q) => q.AuthorId == standing.Viewer.MemberId && (q.IsPrivate || rights.Allows(GroupPermissions.EditComment, standing, q.AuthorId));

        var found = await QuoteRows.ViewsAsync(db, db.Set<BookmarkQuote>().Where(q => q.ItemId == itemId && q.RemovedAt == null), q => (MayEdit(q), MayRemove(rights, standing, q)), cancellation);
        return [.. found.Select(f => f.View with { IsPrivate = f.Quote.IsPrivate })];
    }

    /// <summary>Whether the viewer may take a passage off that he reads: his own, and as an animator those of the group.</summary>
    public static bool MayRemove(Rights rights, Standing standing, BookmarkQuote quote) => quote.IsPrivate ? quote.AuthorId == standing.Viewer.MemberId : rights.Allows(GroupPermissions.RemoveComment, standing, quote.AuthorId);
}
