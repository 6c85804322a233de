using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A marked passage as a page shows it.</summary>
/// <param name="Id">Key.</param>
/// <param name="Text">The passage.</param>
/// <param name="Note">What is said of it, or null.</param>
/// <param name="Author">Who marked it.</param>
/// <param name="At">When.</param>
/// <param name="MayEdit">Whether the viewer may rewrite the note and take the passage off.</param>
public sealed record QuoteView(Guid Id, string Text, string? Note, AuthorView Author, DateTime At, bool MayEdit);

/// <summary>Who reads and changes marked passages. They are the group's own work on a page: of a find that others read too, they read none.</summary>
internal static class QuoteRights
{
    /// <summary>The passages that the viewer reads: of finds that are read as a member of their group.</summary>
    public static IQueryable<FindQuote> MemberQuotes(this AppDbContext db)
    {
        var (me, shown, seesAll) = (db.Viewer.MemberId, db.Viewer.AsMemberOf, db.Viewer.SeesAll);
        return db.Set<FindQuote>().Where(q => seesAll || q.Item.GroupId == shown || db.Memberships.Any(m => m.GroupId == q.Item.GroupId && m.MemberId == me && m.State == MembershipState.Active));
    }

    /// <summary>The passage with its find's row and the viewer's standing, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or of another find.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static async Task<(FindQuote Quote, Standing Standing)> RequireQuoteAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, Guid id, CancellationToken cancellation)
    {
        var quote = await db.MemberQuotes().Include(q => q.Item).FirstOrDefaultAsync(q => q.Id == id && q.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, quote.Item.GroupId, cancellation);
        rights.Require(permission, standing, quote.AuthorId);
        return (quote, standing);
    }

    /// <summary>The passages of a find in the order in which they were marked.</summary>
    public static async Task<IReadOnlyList<QuoteView>> QuotesOfAsync(this Rights rights, AppDbContext db, Guid itemId, Standing standing, CancellationToken cancellation)
    {
        if (standing.Role is null && !standing.Viewer.SeesAll) return [];

        var quotes = await (from q in db.Set<FindQuote>().AsNoTracking()
                            where q.ItemId == itemId
                            join m in db.Members on q.AuthorId equals m.Id
                            orderby q.At, q.Id
                            select new { Quote = q, m.Name, m.Handle }).ToListAsync(cancellation);
        return [.. quotes.Select(q => new QuoteView(
            q.Quote.Id, q.Quote.Text, q.Quote.Note, new(q.Quote.AuthorId, q.Name, q.Handle, null), q.Quote.At, rights.Allows(GroupPermissions.EditComment, standing, q.Quote.AuthorId)))];
    }
}
