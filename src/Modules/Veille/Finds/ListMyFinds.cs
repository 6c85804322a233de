using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find in the list of whoever brought it.</summary>
public sealed record MyFindRow(
    string ShortId, string Title, string Address, string GroupSlug, string GroupName, DateTime CreatedAt, int CommentCount, int UsefulCount, int ThanksCount, PoolState? State, int? IssueNumber)
{
    /// <summary>What became of it.</summary>
    public FindFate Fate => new(State, CommentCount, IssueNumber);
}

/// <summary>The finds of a member over all groups.</summary>
/// <param name="Rows">The newest first.</param>
/// <param name="Next">Where the next page begins; null at the end.</param>
public sealed record MyFindsView(IReadOnlyList<MyFindRow> Rows, string? Next);

/// <summary>Lists what a member brought, with what became of it.</summary>
internal sealed class ListMyFinds(AppDb database)
{
    private const int PageSize = 25;

    /// <summary>A page of the list.</summary>
    /// <exception cref="InvalidInputException">The cursor is none that was given.</exception>
    public async Task<MyFindsView> ExecuteAsync(Viewer viewer, string? after, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var (me, cursor) = (viewer.MemberId, PageCursor.Parse(after));
        var finds = db.Set<Find>().AsNoTracking().Where(f => f.Item.AuthorId == me).NewestFirst(cursor, PageSize);
        var rows = await (from f in finds
                          from e in db.Set<PoolEntry>().Where(e => e.FindId == f.Id).DefaultIfEmpty()
                          orderby f.Item.CreatedAt descending, f.Item.ShortId
                          select new MyFindRow(
                              f.Item.ShortId, f.Item.Title, f.Address, f.Item.Group!.Slug, f.Item.Group.Name, f.Item.CreatedAt, f.Item.CommentCount, f.Item.UsefulCount, f.Item.ThanksCount, (PoolState?)e!.State,
                              db.Set<Issue>().Where(i => i.Id == e.IssueId && e.State == PoolState.Published).Select(i => (int?)i.Number).FirstOrDefault())).ToListAsync(cancellation);
        return new([.. rows.Take(PageSize)], PageCursor.Next(rows, PageSize, f => new(f.CreatedAt, f.ShortId)));
    }
}
