using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Forum.Faces;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Forum.Topics;

/// <summary>A thread in the API.</summary>
public sealed record ApiDiscussion
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>First message, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>First message, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who started it.</summary>
    public required ApiAuthor Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Whether it asks for an answer.</summary>
    public required bool IsQuestion { get; init; }
    /// <summary>Number of the answer kept, or null.</summary>
    public int? AcceptedNumber { get; init; }
    /// <summary>Whether it stands on top of the list.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>Whether it takes no more answers.</summary>
    public required bool IsLocked { get; init; }
    /// <summary>Answers that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Merci » given.</summary>
    public required int ThanksCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>First publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the thread itself.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Last change or answer.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads threads for programs, with the rights of the screens.</summary>
internal sealed class ReadDiscussions(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    /// <summary>A page of the group's threads, the last moved first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no forum.</exception>
    public async Task<CursorPage<ApiDiscussion>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ForumModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<Topic>().Where(t => t.Item.GroupId == standing.GroupId).LastMovedFirst(after, limit).Rows(db).ToListAsync(cancellation);
        return new([.. rows.Take(limit).Select(Json)], PageCursor.Next(rows, limit, r => r.AtLastActivity));
    }

    /// <summary>One thread.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiDiscussion> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return Json(await db.Set<Topic>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException());
    }

    private ApiDiscussion Json(ContentRow<Topic> row) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        Body = row.Content.Body,
        BodyHtml = row.Content.BodyHtml,
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        IsQuestion = row.Content.IsQuestion,
        AcceptedNumber = row.Content.AcceptedNumber,
        IsPinned = row.Item.PinnedAt is not null,
        IsLocked = row.Item.LockedAt is not null,
        CommentCount = row.Item.CommentCount,
        ThanksCount = row.Item.ThanksCount,
        UsefulCount = row.Item.UsefulCount,
        CreatedAt = row.Item.CreatedAt,
        UpdatedAt = row.Item.UpdatedAt,
        LastActivityAt = row.Item.LastActivityAt,
        Version = row.Item.Version,
        Url = site.Absolute(TopicAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}
