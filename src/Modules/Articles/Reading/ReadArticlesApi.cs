using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Faces;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Articles.Reading;

/// <summary>An article in the API.</summary>
public sealed record ApiWrittenArticle
{
    /// <summary>Short identifier.</summary>
    public required string Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The lead.</summary>
    public required string Summary { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Text, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Authors, in order.</summary>
    public required IReadOnlyList<ApiAuthor> Authors { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Tags.</summary>
    public required IReadOnlyList<string> Tags { get; init; }
    /// <summary>Name of its series, or null.</summary>
    public string? Series { get; init; }
    /// <summary>Address of the cover picture, or null.</summary>
    public string? CoverUrl { get; init; }
    /// <summary>What the cover shows.</summary>
    public string? CoverText { get; init; }
    /// <summary>Minutes that reading takes.</summary>
    public required int ReadingMinutes { get; init; }
    /// <summary>Whether it stands on top of the list.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>Whether it takes no comments.</summary>
    public required bool IsLocked { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>« Merci » given.</summary>
    public required int ThanksCount { get; init; }
    /// <summary>« Utile » given.</summary>
    public required int UsefulCount { get; init; }
    /// <summary>Publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Last change of the article itself.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Last change or comment.</summary>
    public required DateTime LastActivityAt { get; init; }
    /// <summary>Version to send back when changing it.</summary>
    public required int Version { get; init; }
    /// <summary>Address of its page.</summary>
    public required string Url { get; init; }
}

/// <summary>A draft in the API, for its authors.</summary>
public sealed record ApiDraft
{
    /// <summary>Key.</summary>
    public required Guid Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Title; may be empty.</summary>
    public required string Title { get; init; }
    /// <summary>Text, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>Who will read it: <c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public required string Audience { get; init; }
    /// <summary>Name of its series, or null.</summary>
    public string? Series { get; init; }
    /// <summary>When it is to be published, or null.</summary>
    public DateTime? PublishAt { get; init; }
    /// <summary>Why it was not published at its hour, or null.</summary>
    public string? Failure { get; init; }
    /// <summary>Last change.</summary>
    public required DateTime UpdatedAt { get; init; }
    /// <summary>Address of its form.</summary>
    public required string Url { get; init; }
}

/// <summary>Reads articles for programs, with the rights of the screens.</summary>
internal sealed class ReadArticlesApi(AppDb database, Rights rights, ModuleCatalog modules, PlatformOptions site)
{
    private const int MostDrafts = 100;

    /// <summary>A page of the group's articles, the last moved first.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no articles.</exception>
    public async Task<CursorPage<ApiWrittenArticle>> ListAsync(Viewer viewer, string groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ArticlesModule.ToolKey)!)) throw new NotFoundException();

        var rows = await db.Set<Article>().Where(a => a.Item.GroupId == standing.GroupId).LastMovedFirst(after, limit).Rows(db).ToListAsync(cancellation);
        var coAuthors = await CoAuthors.OfAsync(db, [.. rows.Where(r => r.Item.HasCoAuthors).Select(r => r.Item.Id)], cancellation);
        return new([.. rows.Take(limit).Select(r => Json(r, coAuthors[r.Item.Id]))], PageCursor.Next(rows, limit, r => r.AtLastActivity));
    }

    /// <summary>One article.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiWrittenArticle> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await db.Set<Article>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(row, await CoAuthors.OfAsync(db, row.Item, cancellation));
    }

    /// <summary>Drafts of which the viewer is an author.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no articles.</exception>
    public async Task<IReadOnlyList<ApiDraft>> DraftsAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ArticlesModule.ToolKey)!)) throw new NotFoundException();

        var me = viewer.MemberId;
        var drafts = await db.Set<ArticleDraft>().AsNoTracking().Where(d => d.GroupId == standing.GroupId && d.Authors.Any(a => a.MemberId == me))
            .OrderByDescending(d => d.UpdatedAt).Take(MostDrafts).ToListAsync(cancellation);
        return [.. drafts.Select(d => Json(d, standing.Slug))];
    }

    /// <summary>One draft.</summary>
    /// <exception cref="NotFoundException">Absent, or the viewer is none of its authors.</exception>
    public async Task<ApiDraft> DraftAsync(Viewer viewer, string groupSlug, Guid id, CancellationToken cancellation) =>
        (await DraftsAsync(viewer, groupSlug, cancellation)).FirstOrDefault(d => d.Id == id) ?? throw new NotFoundException();

    private ApiDraft Json(ArticleDraft draft, string slug) => new()
    {
        Id = draft.Id,
        Group = slug,
        Title = draft.Title,
        Body = draft.Body,
        Audience = AudienceWord.Of(draft.Audience),
        Series = draft.Series,
        PublishAt = draft.PublishAt,
        Failure = draft.Failure,
        UpdatedAt = draft.UpdatedAt,
        Url = site.Absolute(ArticleAddress.Draft(slug, draft.Id)).ToString(),
    };

    private ApiWrittenArticle Json(ContentRow<Article> row, IEnumerable<AuthorView> coAuthors) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Title = row.Item.Title,
        Summary = row.Content.Summary,
        Body = row.Content.Body,
        BodyHtml = row.Content.BodyHtml,
        Authors = [row.Author, .. coAuthors.Select(a => new ApiAuthor(a.Handle, a.Name, a.Organisation))],
        Audience = AudienceWord.Of(row.Item.Audience),
        Tags = row.Tags,
        Series = row.Content.Series,
        CoverUrl = ArticleAddress.Cover(row.Group, row.Item.ShortId, row.Content.CoverFileId) is { } cover ? site.Absolute(cover).ToString() : null,
        CoverText = row.Content.CoverText,
        ReadingMinutes = ReadingTime.Minutes(row.Content.WordCount),
        IsPinned = row.Item.PinnedAt is not null,
        IsLocked = row.Item.LockedAt is not null,
        CommentCount = row.Item.CommentCount,
        ThanksCount = row.Item.ThanksCount,
        UsefulCount = row.Item.UsefulCount,
        CreatedAt = row.Item.CreatedAt,
        UpdatedAt = row.Item.UpdatedAt,
        LastActivityAt = row.Item.LastActivityAt,
        Version = row.Item.Version,
        Url = site.Absolute(ArticleAddress.Of(row.Group, row.Item.ShortId, row.Item.Title)).ToString(),
    };
}
