using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Bookmarks.Faces;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>A bookmark in the API.</summary>
public sealed record ApiBookmark
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Address of the page of the web.</summary>
    public required string Address { get; init; }
    /// <summary>Why it matters, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Why it matters, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who added it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Whether the page has not answered for some nights.</summary>
    public required bool IsDead { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the bookmark itself.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page on the platform.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads bookmarks for programs, with the rights of the screens.</summary>
internal sealed class ReadBookmarks(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the group's bookmarks, the newest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no bookmarks.</exception>
    public async Task<CursorPage<ApiBookmark>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(BookmarksModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<Bookmark>().Where(b => b.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new([.. rows.Take(limit).Select(Json)], PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One bookmark.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiBookmark> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await db.Set<Bookmark>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private ApiBookmark Json(ContentRow<Bookmark> row) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        Address = row.Content.Address,
        Body = row.Content.Body,
        BodyHtml = row.Content.Html(),
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        IsDead = row.Content.IsDead,
        CommentCount = row.Item.CommentCount,
        UsefulCount = row.Item.UsefulCount,
        CreatedAt = row.Item.CreatedAt,
        UpdatedAt = row.Item.UpdatedAt,
        Version = row.Item.Version,
        Url = site.Absolute(BookmarkAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}
