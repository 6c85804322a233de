using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Platform.Quotes;

/// <summary>A quoted passage as a page shows it.</summary>
/// <param name="Id">Key.</param>
/// <param name="Text">The passage.</param>
/// <param name="Note">What is said of it, or null.</param>
/// <param name="Author">Who quotes it.</param>
/// <param name="At">When.</param>
/// <param name="MayEdit">Whether the viewer may rewrite what is said of it.</param>
/// <param name="MayRemove">Whether the viewer may take it off.</param>
public sealed record QuoteView(Guid Id, string Text, string? Note, AuthorView Author, DateTime At, bool MayEdit, bool MayRemove)
{
    /// <summary>Whether its author alone reads it.</summary>
    public bool IsPrivate { get; init; }
}

/// <summary>The way to quoted passages. They are a group's own work on a page: of a content that others read too, they read none.</summary>
public static class QuoteRows
{
    /// <summary>The passages that the viewer reads: of contents that are read as a member of their group.</summary>
    public static IQueryable<T> MemberQuotes<T>(this AppDbContext db) where T : PageQuote
    {
        ArgumentNullException.ThrowIfNull(db);
        var (me, shown, seesAll) = (db.Viewer.MemberId, db.Viewer.AsMemberOf, db.Viewer.SeesAll);
        return db.Set<T>().Where(q => seesAll || q.Item.GroupId == shown || db.Memberships.Any(m => m.GroupId == q.Item.GroupId && m.MemberId == me && m.State == MembershipState.Active));
    }

    /// <summary>One of those passages with its content's row and the viewer's standing, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or of another content.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static async Task<(T Quote, Standing Standing)> RequireQuoteAsync<T>(this Rights rights, AppDbContext db, IQueryable<T> quotes, Func<T, Permission> permission, string shortId, Guid id, CancellationToken cancellation) where T : PageQuote
    {
        ArgumentNullException.ThrowIfNull(rights);
        ArgumentNullException.ThrowIfNull(permission);
        var quote = await quotes.Include(q => q.Item).FirstOrDefaultAsync(q => q.Id == id && q.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        var standing = await rights.StandingAsync(db, quote.Item.GroupId, cancellation);
        rights.Require(permission(quote), standing, quote.AuthorId);
        return (quote, standing);
    }

    /// <summary>Passages as a page shows them, in the order in which they were quoted.</summary>
    /// <param name="db">The context.</param>
    /// <param name="quotes">The passages.</param>
    /// <param name="may">Whether the viewer may rewrite each, and take it off.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<IReadOnlyList<(T Quote, QuoteView View)>> ViewsAsync<T>(AppDbContext db, IQueryable<T> quotes, Func<T, (bool Edit, bool Remove)> may, CancellationToken cancellation) where T : PageQuote
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(may);
        var found = await (from q in quotes.AsNoTracking()
                           join m in db.Members on q.AuthorId equals m.Id
                           orderby q.At, q.Id
                           select new { Quote = q, m.Name, m.Handle }).ToListAsync(cancellation);
        return found.ConvertAll(f =>
        {
            var (edit, remove) = may(f.Quote);
            return (f.Quote, new QuoteView(f.Quote.Id, f.Quote.Text, f.Quote.Note, new(f.Quote.AuthorId, f.Name, f.Handle, null), f.Quote.At, edit, remove));
        });
    }
}
