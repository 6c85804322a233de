using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Quotes;

namespace TerritoireCollab.Veille.Finds;

/// <summary>Who reads and changes the passages marked on the page of a find.</summary>
internal static class QuoteRights
{
    /// <summary>The passage with its find's row and the viewer's standing, when the permission is given for it.</summary>
    /// <exception cref="NotFoundException">Absent, invisible, or of another find.</exception>
    /// <exception cref="ForbiddenException">Visible, but not allowed.</exception>
    public static Task<(FindQuote Quote, Standing Standing)> RequireQuoteAsync(this Rights rights, AppDbContext db, Permission permission, string shortId, Guid id, CancellationToken cancellation) =>
        rights.RequireQuoteAsync(db, db.MemberQuotes<FindQuote>(), _ => permission, shortId, id, cancellation);

    /// <summary>The passages of a find in the order in which they were marked.</summary>
    public static async Task<IReadOnlyList<QuoteView>> QuotesOfAsync(this Rights rights, AppDbContext db, Guid itemId, Standing standing, CancellationToken cancellation)
    {
        if (standing.Role is null && !standing.Viewer.SeesAll) return [];

        var found = await QuoteRows.ViewsAsync(db, db.Set<FindQuote>().Where(q => q.ItemId == itemId), q =>
        {
            var may = rights.Allows(GroupPermissions.EditComment, standing, q.AuthorId);
            return (may, may);
        }, cancellation);
        return [.. found.Select(f => f.View)];
    }
}
