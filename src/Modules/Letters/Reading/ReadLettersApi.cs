using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Letters.Faces;
using TerritoireCollab.Letters.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Letters.Reading;

/// <summary>A letter in the API.</summary>
public sealed record ApiLetter
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The text, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who wrote it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Whether it left at once to everybody.</summary>
    public required bool IsUrgent { get; init; }
    /// <summary>Answers that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>When it was sent.</summary>
    public required DateTime SentAt { get; init; }
    /// <summary>Its version, for corrections.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads letters for programs, with the rights of the screens.</summary>
internal sealed class ReadLettersApi(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the letters of a group, the newest first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no letters.</exception>
    public async Task<CursorPage<ApiLetter>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.LettersOfAsync(db, modules, groupSlug, cancellation);
        var rows = await db.Set<Letter>().Where(l => l.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new([.. rows.Take(limit).Select(Json)], PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One letter.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiLetter> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await db.Set<Letter>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private ApiLetter Json(ContentRow<Letter> row) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        Body = row.Content.Body,
        BodyHtml = row.Content.BodyHtml,
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        IsUrgent = row.Content.IsUrgent,
        CommentCount = row.Item.CommentCount,
        SentAt = row.Item.CreatedAt,
        Version = row.Item.Version,
        Url = site.Absolute(LetterAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}
