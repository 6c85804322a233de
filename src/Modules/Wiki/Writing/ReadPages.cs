using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Wiki.Faces;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A page in the API.</summary>
public sealed record ApiPage
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of its group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>Markdown, with the titles of today in its links.</summary>
    public required string Body { get; init; }
    /// <summary>Sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who wrote it first.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Short identifier of the page that it stands under, or null.</summary>
    public string? Parent { get; init; }
    /// <summary>Place among its siblings.</summary>
    public required int Rank { get; init; }
    /// <summary><c>members</c> or <c>animators</c>.</summary>
    public required string Writers { get; init; }
    /// <summary>Whether pages can begin as a copy of it.</summary>
    public required bool IsTemplate { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the page itself.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Last change or comment.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads pages for programs, with the rights of the screens.</summary>
internal sealed class ReadPages(AppDb database, Rights rights, ModuleCatalog modules, PageLinks links, PlatformOptions site)
{
    /// <summary>Some of the group's pages, the last moved first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no pages.</exception>
    public async Task<CursorPage<ApiPage>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(WikiModule.ToolKey)!)) throw new NotFoundException();

        var rows = await Pages(db, db.Set<WikiPage>().Where(p => p.Item.GroupId == standing.GroupId).LastMovedFirst(after, limit)).ToListAsync(cancellation);
        var shown = rows.Take(limit).ToList();
        var bodies = await links.EditedAsync(db, standing.GroupId, shown.ConvertAll(p => p.Row.Content.Body), cancellation);
        return new([.. shown.Zip(bodies, Json)], PageCursor.Next(rows, limit, p => p.Row.AtLastActivity));
    }

    /// <summary>One page.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiPage> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var page = await Pages(db, db.Set<WikiPage>().Of(shortId)).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(page, await links.EditedAsync(db, page.Row.Item.GroupId, page.Row.Content.Body, cancellation));
    }

    private static IQueryable<PageRow> Pages(AppDbContext db, IQueryable<WikiPage> pages) =>
        pages.Rows(db).Select(r => new PageRow(r, db.Items.Where(i => i.Id == r.Content.ParentId).Select(i => i.ShortId).FirstOrDefault()));

    private ApiPage Json(PageRow page, string body) => new()
    {
        Id = page.Row.Item.ShortId,
        Group = page.Row.Group,
        Title = page.Row.Item.Title,
        Body = body,
        BodyHtml = page.Row.Content.Html(),
        Author = page.Row.Author,
        Audience = AudienceWord.Of(page.Row.Item.Audience),
        Tags = page.Row.Tags,
        Parent = page.Parent,
        Rank = page.Row.Content.Rank,
        Writers = WritersWord.Of(page.Row.Content.Writers),
        IsTemplate = page.Row.Content.IsTemplate,
        CommentCount = page.Row.Item.CommentCount,
        CreatedAt = page.Row.Item.CreatedAt,
        UpdatedAt = page.Row.Item.UpdatedAt,
        LastActivityAt = page.Row.Item.LastActivityAt,
        Version = page.Row.Item.Version,
        Url = site.Absolute(PageAddress.Of(page.Row.Group, page.Row.Item.ShortId, page.Row.Item.Title)).ToString(),
    };

    private sealed record PageRow(ContentRow<WikiPage> Row, string? Parent);
}

/// <summary>Who writes a page, as the API says it.</summary>
internal static class WritersWord
{
    public static string Of(PageWriters writers) => writers == PageWriters.Animators ? "animators" : "members";

    /// <summary>The writers of a word; null when there is none.</summary>
    /// <exception cref="InvalidInputException">Another word.</exception>
    public static PageWriters? Parse(string? word) => word switch
    {
        null => null,
        "members" => PageWriters.Members,
        "animators" => PageWriters.Animators,
        _ => throw new InvalidInputException("Writers", Resources.WikiTexts.UnknownWriters),
    };
}
