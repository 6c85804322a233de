using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Bookmarks.Quotes;

/// <summary>A quoted passage as a page shows it.</summary>
public sealed record QuoteView
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The passage.</summary>
    public required string Text { get; init; }

    /// <summary>What is said of it, or null.</summary>
    public string? Note { get; init; }

    /// <summary>Who quotes it.</summary>
    public required AuthorView Author { get; init; }

    /// <summary>When.</summary>
    public required DateTime At { get; init; }

    /// <summary>Whether its author alone reads it.</summary>
    public required bool IsPrivate { get; init; }

    /// <summary>Whether the viewer may rewrite it.</summary>
    public required bool MayEdit { get; init; }

    /// <summary>Whether the viewer may take it off.</summary>
    public required bool MayRemove { get; init; }
}

/// <summary>
/// Who reads and changes the passages quoted from pages. Those for the group are its own work: whoever else reads the bookmark reads none of them. Those
/// that somebody keeps for himself the context gives to nobody else.
/// </summary>
internal static class QuoteRights
{
    /// <summary>The passages that the viewer reads, those taken off too.</summary>
    public static IQueryable<BookmarkQuote> MemberQuotesWithTrash(this AppDbContext db)
    {
        var (me, shown, seesAll) = (db.Viewer.MemberId, db.Viewer.AsMemberOf, db.Viewer.SeesAll);
        return db.Set<BookmarkQuote>().Where(q => seesAll || q.Item.GroupId == shown || db.Memberships.Any(m => m.GroupId == q.Item.GroupId && m.MemberId == me && m.State == MembershipState.Active));
    }

    /// <summary>The passage with its bookmark's row and the viewer's standing, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or of another bookmark.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static async Task<(BookmarkQuote Quote, Standing Standing)> RequireQuoteAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, Guid id, CancellationToken cancellation)
    {
        var quote = await db.MemberQuotesWithTrash().Include(q => q.Item).FirstOrDefaultAsync(q => q.Id == id && q.Item.ShortId == shortId && q.RemovedAt == null, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, quote.Item.GroupId, cancellation);
        rights.Require(quote.IsPrivate ? GroupPermissions.Read : permission, standing, quote.AuthorId);
        return (quote, standing);
    }

    /// <summary>The passages of a bookmark that the viewer reads, in the order in which they were quoted.</summary>
    public static async Task<IReadOnlyList<QuoteView>> QuotesOfAsync(this Rights rights, AppDbContext db, Guid itemId, Standing standing, CancellationToken cancellation)
    {
        if (!standing.IsMember && !standing.Viewer.SeesAll) return [];

        var quotes = await (from q in db.Set<BookmarkQuote>().AsNoTracking()
                            where q.ItemId == itemId && q.RemovedAt == null
                            join m in db.Members on q.AuthorId equals m.Id
                            orderby q.At, q.Id
                            select new { Quote = q, m.Name, m.Handle }).ToListAsync(cancellation);
        return [.. quotes.Select(q => new QuoteView
        {
            Id = q.Quote.Id,
            Text = q.Quote.Text,
            Note = q.Quote.Note,
            Author = new(q.Quote.AuthorId, q.Name, q.Handle, null),
            At = q.Quote.At,
            IsPrivate = q.Quote.IsPrivate,
            // Words that bear somebody's name are that person's: an animator takes them off, and does not rewrite them.
            MayEdit = q.Quote.AuthorId == standing.Viewer.MemberId && (q.Quote.IsPrivate || rights.Allows(GroupPermissions.EditComment, standing, q.Quote.AuthorId)),
            MayRemove = MayRemove(rights, standing, q.Quote),
        })];
    }

    /// <summary>Whether the viewer may take a passage off that he reads: his own, and as an animator those of the group.</summary>
    public static bool MayRemove(Rights rights, Standing standing, BookmarkQuote quote) => quote.IsPrivate ? quote.AuthorId == standing.Viewer.MemberId : rights.Allows(GroupPermissions.RemoveComment, standing, quote.AuthorId);
}
