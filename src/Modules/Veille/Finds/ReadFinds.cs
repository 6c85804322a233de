using System.Linq.Expressions;
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
        var finds = db.Set<Find>().Where(f => f.Item.GroupId == standing.GroupId);
#pragma warning disable CA1309 // Translated to SQL, where the collation of the column compares.
        if (after is not null) finds = finds.Where(f => f.Item.LastActivityAt < after.At || (f.Item.LastActivityAt == after.At && string.Compare(f.Item.ShortId, after.Key) > 0));
#pragma warning restore CA1309
        var rows = await finds.OrderByDescending(f => f.Item.LastActivityAt).ThenBy(f => f.Item.ShortId).Take(limit + 1).AsNoTracking().Select(Row(db)).ToListAsync(cancellation);
        var shown = rows.Take(limit).Select(Json).ToList();
        return new(shown, rows.Count > limit ? new PageCursor(shown[^1].LastActivityAt, shown[^1].Id).ToString() : null);
    }

    /// <summary>One find.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiFind> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await db.Set<Find>().Where(f => f.Item.ShortId == shortId).AsNoTracking().Select(Row(db)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private static Expression<Func<Find, FindData>> Row(AppDbContext db) => f => new FindData
    {
        Find = f,
        Item = f.Item,
        Group = f.Item.Group!.Slug,
        Handle = f.Item.Author!.Handle,
        Name = f.Item.Author.Name,
        Organisation = f.Item.Organisation!.Name,
        Card = db.Set<PoolEntry>().Where(e => e.FindId == f.Id).Select(e => new CardData(e.State, e.SourceCount)).FirstOrDefault(),
        Tags = db.Tags.Where(g => g.ItemId == f.Id).Select(g => g.Name).ToList(),
    };

    private ApiFind Json(FindData row) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        PageUrl = row.Find.Address,
        Body = row.Find.Body,
        BodyHtml = row.Find.BodyHtml,
        Author = new(row.Handle, row.Name, row.Organisation),
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        State = row.Card?.State switch
        {
            null => null,
            PoolState.Kept or PoolState.Placed => "kept",
            PoolState.Published => "published",
            PoolState.SetAside => "aside",
            _ => row.Item.CommentCount > 0 ? "discussed" : "proposed",
        },
        SourceCount = row.Card?.SourceCount,
        CommentCount = row.Item.CommentCount,
        ThanksCount = row.Item.ThanksCount,
        UsefulCount = row.Item.UsefulCount,
        CreatedAt = row.Item.CreatedAt,
        UpdatedAt = row.Item.UpdatedAt,
        LastActivityAt = row.Item.LastActivityAt,
        Version = row.Item.Version,
        Url = site.Absolute(VeilleAddress.Find(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };

    private sealed record CardData(PoolState State, int SourceCount);

    private sealed record FindData
    {
        public required Find Find { get; init; }
        public required ContentItem Item { get; init; }
        public required string Group { get; init; }
        public required string Handle { get; init; }
        public required string Name { get; init; }
        public string? Organisation { get; init; }
        public CardData? Card { get; init; }
        public required List<string> Tags { get; init; }
    }
}
