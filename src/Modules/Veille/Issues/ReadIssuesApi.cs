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

namespace TerritoireCollab.Veille.Issues;

/// <summary>An issue in the API, published or being prepared.</summary>
public sealed record ApiIssue
{
    /// <summary>Short identifier; null while it is being prepared.</summary>
    public string? Id { get; init; }
    /// <summary>Address form of the group.</summary>
    public required string Group { get; init; }
    /// <summary>Its number.</summary>
    public required int Number { get; init; }
    /// <summary>Its ISO 8601 week, such as <c>2026-W48</c>.</summary>
    public required string Week { get; init; }
    /// <summary><c>draft</c>, <c>ready</c> or <c>published</c>.</summary>
    public required string State { get; init; }
    /// <summary>Its own title, or « Revue n° 48 » when it has none.</summary>
    public required string Title { get; init; }
    /// <summary>The introduction, in Markdown.</summary>
    public required string Body { get; init; }
    /// <summary>The introduction, sanitised HTML.</summary>
    public required string BodyHtml { get; init; }
    /// <summary>Who published it.</summary>
    public ApiAuthor? Author { get; init; }
    /// <summary><c>group</c>, <c>platform</c> or <c>public</c>.</summary>
    public string? Audience { get; init; }
    /// <summary>Its articles, in order.</summary>
    public required IReadOnlyList<ApiArticle> Articles { get; init; }
    /// <summary>Comments that can be read.</summary>
    public int CommentCount { get; init; }
    /// <summary>When it was published, or when it leaves by itself.</summary>
    public DateTime? PublishedAt { get; init; }
    /// <summary>Last correction, or null.</summary>
    public DateTime? CorrectedAt { get; init; }
    /// <summary>Address of its page, or null.</summary>
    public string? Url { get; init; }
}

/// <summary>An article of an issue in the API.</summary>
/// <param name="Id">Key: the end of its identifier in feeds.</param>
/// <param name="Rubric">Its rubric, or null.</param>
/// <param name="Title">Title.</param>
/// <param name="Url">Address of the page.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Author">Author of the page, or null.</param>
/// <param name="Date">Date of the page.</param>
/// <param name="Line">What the animator says of it, or null.</param>
/// <param name="Excerpt">Excerpt, plain text.</param>
/// <param name="FoundBy">Name of who found it, or null.</param>
public sealed record ApiArticle(Guid Id, string? Rubric, string Title, string Url, string Source, string? Author, DateTime Date, string? Line, string Excerpt, string? FoundBy);

/// <summary>Reads issues for programs, with the rights of the screens.</summary>
internal sealed class ReadIssuesApi(AppDb database, Rights rights, ModuleCatalog modules, OpenIssue open, Bodies bodies, PlatformOptions site)
{
    /// <summary>A page of the published issues of a group, the newest first.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="groupSlug">The group; null for the one that serves the territory.</param>
    /// <param name="after">Where the page before ended.</param>
    /// <param name="limit">Issues on a page.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no veille.</exception>
    public async Task<CursorPage<ApiIssue>> ListAsync(Viewer viewer, string? groupSlug, PageCursor? after, int limit, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug ?? (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException(), cancellation);
        var rows = await db.Set<PublishedIssue>().Where(i => i.Item.GroupId == standing.GroupId).NewestFirst(after, limit).Rows(db).ToListAsync(cancellation);
        var shown = rows.Take(limit).ToList();
        var articles = await ArticlesAsync(db, [.. shown.Select(r => r.Item.Id)], cancellation);
        return new([.. shown.Select(r => Json(r, articles))], PageCursor.Next(rows, limit, r => r.AtCreation));
    }

    /// <summary>One published issue.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ApiIssue> OneAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var row = await db.Set<PublishedIssue>().Of(shortId).Rows(db).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return Json(row, await ArticlesAsync(db, [row.Item.Id], cancellation));
    }

    /// <summary>The issue being prepared, for those who prepare it.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, has no veille, or the viewer does not animate it.</exception>
    public async Task<ApiIssue> OpenAsync(Viewer viewer, string groupSlug, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.VeilleOfAsync(db, modules, groupSlug, cancellation);
        if (!rights.Allows(VeilleModule.Curate, standing)) throw new NotFoundException();

        var issue = await open.NextAsync(db, standing.GroupId, cancellation);
        var placed = issue.Id == Guid.Empty ? [] : await ChosenArticles.ReadAsync(db, standing.GroupId, issue.Id, await db.Set<Settings.VeilleProfile>().AsNoTracking().FirstOrDefaultAsync(p => p.GroupId == standing.GroupId, cancellation), cancellation);
        var body = issue.Introduction ?? "";
        return new ApiIssue
        {
            Group = standing.Slug,
            Number = issue.Number,
            Week = WeekOf(issue.Week),
            State = issue.State == IssueState.Ready ? "ready" : "draft",
            Title = IssueTitle.Stored(issue.Number, issue.Title),
            Body = body,
            BodyHtml = (await bodies.RenderAsync(db, body, cancellation)).Html,
            Articles = [.. placed.Select(a => new ApiArticle(a.Entry.Id, a.Entry.Rubric, a.Title, a.News.Address, a.SourceName, a.News.Author, a.News.PublishedAt, a.Entry.Line, a.Excerpt, a.Finder?.Name))],
            PublishedAt = issue.PublishAt,
        };
    }

    /// <summary>Address form of the group that serves the territory.</summary>
    /// <exception cref="NotFoundException">None that the viewer may know of.</exception>
    public async Task<string> TerritoryAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return (await TerritoryVeille.FindAsync(db, cancellation))?.GroupSlug ?? throw new NotFoundException();
    }

    private static string WeekOf(int week) => FormattableString.Invariant($"{week / 100}-W{week % 100:00}");

    private static async Task<ILookup<Guid, ApiArticle>> ArticlesAsync(AppDbContext db, IReadOnlyCollection<Guid> items, CancellationToken cancellation)
    {
        var rows = await (
            from a in db.Set<IssueArticle>().AsNoTracking().Where(a => items.Contains(a.ItemId))
            from m in db.Members.Where(m => m.Id == a.FinderId).DefaultIfEmpty()
            orderby a.Position
            select new { Article = a, m.Name }).ToListAsync(cancellation);
        return rows.ToLookup(r => r.Article.ItemId, r => new ApiArticle(
            r.Article.Id, r.Article.Rubric, r.Article.Title, r.Article.Address, r.Article.SourceName, r.Article.Author, r.Article.DatedAt, r.Article.Line, r.Article.Excerpt, r.Name));
    }

    private ApiIssue Json(ContentRow<PublishedIssue> row, ILookup<Guid, ApiArticle> articles) => new()
    {
        Id = row.Item.ShortId,
        Group = row.Group,
        Number = row.Content.Number,
        Week = WeekOf(row.Content.Week),
        State = "published",
        Title = row.Item.Title,
        Body = row.Content.Body,
        BodyHtml = row.Content.BodyHtml,
        Author = row.Author,
        Audience = AudienceWord.Of(row.Item.Audience),
        Articles = [.. articles[row.Item.Id]],
        CommentCount = row.Item.CommentCount,
        PublishedAt = row.Item.CreatedAt,
        CorrectedAt = row.Content.EditedAt,
        Url = site.Absolute(VeilleAddress.Issue(row.Group, row.Item.ShortId)).ToString(),
    };
}
