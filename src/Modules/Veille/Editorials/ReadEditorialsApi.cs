using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;
using TerritoireCollab.Veille.Faces;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Veille.Editorials;

/// <summary>An édito in the API.</summary>
public sealed record ApiEditorial
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Its month, such as <c>2026-11</c>.</summary>
    public required string Month { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The text, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who published it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>When it was published.</summary>
    public required DateTime PublishedAt { get; init; }
    /// <summary>Last correction, or null.</summary>
    public DateTime? CorrectedAt { get; init; }
    /// <summary>The version, to send back with a correction.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads éditos for programs, with the rights of the screens.</summary>
internal sealed class ReadEditorialsApi(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the éditos of a group, the newest first.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="groupSlug">The group; null for the one that serves the territory.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">Éditos on a page.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    public async Task<CursorPage<ApiEditorial>> ListAsync(Viewer viewer, string? groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException(), cancellation);
        var rows = await db.Set<Editorial>().Where(e => e.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new([.. rows.Take(limit).Select(Json)], PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One édito.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiEditorial> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await db.Set<Editorial>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private ApiEditorial Json(ContentRow<Editorial> row) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Month = EditorialMonth.Word(row.Content.Month),
        Title = row.Item.Title,
        Body = row.Content.Body,
        BodyHtml = row.Content.BodyHtml,
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        CommentCount = row.Item.CommentCount,
        PublishedAt = row.Item.CreatedAt,
        CorrectedAt = row.Content.EditedAt,
        Version = row.Item.Version,
        Url = site.Absolute(VeilleAddress.Editorial(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}
