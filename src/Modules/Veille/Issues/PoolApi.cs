using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Board;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Resources;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Issues;

/// <summary>A piece of news of the pool in the API.</summary>
/// <param name="Id">Key of its card.</param>
/// <param name="Title">The find's own title, or the page's.</param>
/// <param name="Url">Address of the page.</param>
/// <param name="Author">Author of the page, or null.</param>
/// <param name="Excerpt">Its beginning, plain text.</param>
/// <param name="State"><c>proposed</c>, <c>kept</c>, <c>placed</c> (to those who prepare the revue; to others it is kept), <c>published</c> or <c>set-aside</c>.</param>
/// <param name="SourceCount">Sources of the group that carry it.</param>
/// <param name="Find">Short identifier of the find about it, or null.</param>
/// <param name="Date">Date of the page.</param>
/// <param name="ArrivedAt">When it came into the pool.</param>
public sealed record ApiItem(Guid Id, string Title, string Url, string? Author, string Excerpt, string State, int SourceCount, string? Find, DateTime Date, DateTime ArrivedAt);

/// <summary>Reads the pool of the group that serves the territory for programs of its members.</summary>
internal sealed class ReadItems(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>A page of the pool, the newest first; what came when it was old already is left out.</summary>
    /// <exception cref="NotFoundException">No group serves the territory, or the viewer is no member of it.</exception>
    /// <exception cref="InvalidInputException">No such state.</exception>
    public async Task<CursorPage<ApiItem>> PageAsync(Viewer viewer, string? state, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, await SlugAsync(db, cancellation), cancellation);
        var prepares = rights.Allows(VeilleModule.Curate, standing);
        var states = States(state, prepares);
        var entries = db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == standing.GroupId && states.Contains(e.State));
        if (after is not null)
        {
            if (!Guid.TryParseExact(after.Key, "N", out var last)) throw PageCursor.Unknown();
            entries = entries.Where(e => e.ArrivedAt < after.At || (e.ArrivedAt == after.At && e.Id.CompareTo(last) > 0));
        }

        var rows = await Rows(db, entries.OrderByDescending(e => e.ArrivedAt).ThenBy(e => e.Id).Take(limit + 1)).ToListAsync(cancellation);
        var shown = rows.Take(limit).Select(r => Json(r, prepares)).ToList();
        return new(shown, rows.Count > limit ? new PageCursor(shown[^1].ArrivedAt, $"{shown[^1].Id:N}").ToString() : null);
    }

    /// <summary>One card.</summary>
    /// <exception cref="NotFoundException">No group serves the territory, the viewer is no member of it, or it has no such card.</exception>
    public async Task<ApiItem> OneAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.PoolOfAsync(db, modules, await SlugAsync(db, cancellation), cancellation);
        var row = await Rows(db, db.Set<PoolEntry>().AsNoTracking().Where(e => e.GroupId == standing.GroupId && e.Id == id)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(row, rights.Allows(VeilleModule.Curate, standing));
    }

    /// <summary>Address form of the group that serves the territory.</summary>
    /// <exception cref="NotFoundException">There is none.</exception>
    public async Task<string> TerritoryAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await SlugAsync(db, cancellation);
    }

    private static async Task<string> SlugAsync(AppDbContext db, CancellationToken cancellation) => (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();

    // What is placed in the issue being prepared is the animators' business until it is published.
    private static List<PoolState> States(string? word, bool prepares) => word switch
    {
        null => [PoolState.Proposed, PoolState.Kept, PoolState.Placed, PoolState.Published, PoolState.SetAside],
        "proposed" => [PoolState.Proposed],
        "kept" => prepares ? [PoolState.Kept] : [PoolState.Kept, PoolState.Placed],
        "placed" when prepares => [PoolState.Placed],
        "published" => [PoolState.Published],
        "set-aside" => [PoolState.SetAside],
        _ => throw new InvalidInputException("state", IssueTexts.UnknownState),
    };

    private static IQueryable<Row> Rows(AppDbContext db, IQueryable<PoolEntry> entries) =>
        from e in entries
        join n in db.Set<News>() on e.NewsId equals n.Id
        from f in db.Items.Where(i => i.Id == e.FindId).DefaultIfEmpty()
        select new Row(e, n, f.ShortId, f.Title);

    private static ApiItem Json(Row row, bool prepares) => new(
        row.Entry.Id, row.FindTitle ?? row.News.Title, row.News.Address, row.News.Author, row.News.Excerpt,
        row.Entry.State switch
        {
            PoolState.Proposed or PoolState.Old => "proposed",
            PoolState.Placed when prepares => "placed",
            PoolState.Kept or PoolState.Placed => "kept",
            PoolState.Published => "published",
            _ => "set-aside",
        },
        row.Entry.SourceCount, row.Find, row.News.PublishedAt, row.Entry.ArrivedAt);

    private sealed record Row(PoolEntry Entry, News News, string? Find, string? FindTitle);
}

/// <summary>The pool under <c>/api/v1</c>, by the handlers of its board.</summary>
internal static class PoolApi
{
    public static void MapPoolApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").WithTags("veille");
        api.AddEndpointFilter<ApiGuard>();
        api.MapGet("/veille/items", (string? state, string? after, int? limit, ReadItems read, CurrentViewer current, CancellationToken cancellation) =>
            read.PageAsync(current.Viewer, state, PageCursor.Parse(after), PageCursor.Limit(limit), cancellation)).WithName("listItems").WithSummary(IssueTexts.ApiItems);
        api.MapPost("/veille/items/{id:guid}/select", (Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation) =>
            MoveAsync(id, PoolState.Kept, handlers, current.Viewer, cancellation)).WithName("selectItem").WithSummary(IssueTexts.ApiSelect);
        api.MapPost("/veille/items/{id:guid}/reject", (Guid id, [AsParameters] Handlers handlers, CurrentViewer current, CancellationToken cancellation) =>
            MoveAsync(id, PoolState.SetAside, handlers, current.Viewer, cancellation)).WithName("rejectItem").WithSummary(IssueTexts.ApiReject);
    }

    private static async Task<ApiItem> MoveAsync(Guid id, PoolState to, Handlers handlers, Viewer viewer, CancellationToken cancellation)
    {
        await handlers.Move.ExecuteAsync(viewer, await handlers.Read.TerritoryAsync(viewer, cancellation), new MoveInput([id], to), cancellation);
        return await handlers.Read.OneAsync(viewer, id, cancellation);
    }

    /// <summary>What moving a card needs, taken from the services.</summary>
    internal sealed record Handlers(ReadItems Read, MoveCards Move);
}
