using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Finds;

/// <summary>A find in the API.</summary>
public sealed record ApiFind
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page of the web.</summary>
    public required string PageUrl { get; init; }
    /// <summary>Why it matters, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Why it matters, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who brought it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary><c>proposed</c>, <c>discussed</c>, <c>kept</c>, <c>published</c> or <c>aside</c>; null for whoever does not read the pool.</summary>
    public string? State { get; init; }
    /// <summary>Sources of the group that carry the page; null for whoever does not read the pool.</summary>
    public int? SourceCount { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Merci » given.</summary>
    public required int ThanksCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>When it was brought.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the find itself.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Last change or comment.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page here.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads finds for programs, with the rights of the screens.</summary>
internal sealed class ReadFinds(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the group's finds, the last moved first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    public async Task<CursorPage<ApiFind>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        var rows = await Finds(db, db.Set<Find>().Where(f => f.Item.GroupId == standing.GroupId).LastMovedFirst(after, limit)).ToListAsync(cancellation);
        return new([.. rows.Take(limit).Select(Json)], PageCursor.Next(rows, limit, f => f.Row.AtLastActivity));
    }

    /// <summary>One find.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiFind> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await Finds(db, db.Set<Find>().Of(shortId)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private static IQueryable<FindRow> Finds(AppDbContext db, IQueryable<Find> finds) =>
        finds.Rows(db).Select(r => new FindRow(r, db.Set<PoolEntry>().Where(e => e.FindId == r.Item.Id).Select(e => new CardData(e.State, e.SourceCount)).FirstOrDefault()));

    private ApiFind Json(FindRow found) => new()
    {
        Id = found.Row.Item.ShortId,
        Group = found.Row.Group,
        Title = found.Row.Item.Title,
        PageUrl = found.Row.Content.Address,
        Body = found.Row.Content.Body,
        BodyHtml = found.Row.Content.BodyHtml,
        Author = found.Row.Author,
        Audience = AudienceWord.Of(found.Row.Item.Audience),
        Tags = found.Row.Tags,
        State = found.Card?.State switch
        {
            null => null,
            PoolState.Kept or PoolState.Placed => "kept",
            PoolState.Published => "published",
            PoolState.SetAside => "aside",
            _ => found.Row.Item.CommentCount > 0 ? "discussed" : "proposed",
        },
        SourceCount = found.Card?.SourceCount,
        CommentCount = found.Row.Item.CommentCount,
        ThanksCount = found.Row.Item.ThanksCount,
        UsefulCount = found.Row.Item.UsefulCount,
        CreatedAt = found.Row.Item.CreatedAt,
        UpdatedAt = found.Row.Item.UpdatedAt,
        LastActivityAt = found.Row.Item.LastActivityAt,
        Version = found.Row.Item.Version,
        Url = site.Absolute(VeilleAddress.Find(found.Row.Group, found.Row.Item.ShortId, found.Row.Item.Title)).ToString(),
    };

    private sealed record CardData(PoolState State, int SourceCount);

    private sealed record FindRow(ContentRow<Find> Row, CardData? Card);
}
