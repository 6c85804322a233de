using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Articles.Writing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Reading;

/// <summary>An article in the list.</summary>
public sealed record ArticleRow
{
    /// <summary>Short identifier.</summary>
    public required string ShortId { get; init; }
    /// <summary>Title.</summary>
    public required string Title { get; init; }
    /// <summary>The lead, or the beginning of the text.</summary>
    public required string Extract { get; init; }
    /// <summary>Authors, in order.</summary>
    public required IReadOnlyList<AuthorView> Authors { get; init; }
    /// <summary>Publication.</summary>
    public required DateTime CreatedAt { get; init; }
    /// <summary>Comments that can be read.</summary>
    public required int CommentCount { get; init; }
    /// <summary>Minutes that reading takes.</summary>
    public required int Minutes { get; init; }
    /// <summary>The cover picture, if any.</summary>
    public Guid? CoverFileId { get; init; }
    /// <summary>On top.</summary>
    public required bool IsPinned { get; init; }
    /// <summary>Whether the viewer never opened it.</summary>
    public required bool IsNew { get; init; }
}

/// <summary>A draft of the viewer in the list.</summary>
/// <param name="Id">Key.</param>
/// <param name="Title">Title; may be empty.</param>
/// <param name="Audience">Who will read it.</param>
/// <param name="UpdatedAt">Last change.</param>
/// <param name="PublishAt">When it is to be published, if somebody said so.</param>
/// <param name="Failure">Why it was not published at its hour.</param>
/// <param name="Others">Names of its other authors.</param>
public sealed record DraftRow(Guid Id, string Title, Audience Audience, DateTime UpdatedAt, DateTime? PublishAt, string? Failure, IReadOnlyList<string> Others);

/// <summary>The articles of a group.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Rows">Articles of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
/// <param name="MayWrite">Whether the viewer may write one.</param>
public sealed record ArticleListView(Standing Standing, IReadOnlyList<ArticleRow> Rows, int Page, int PageCount, bool MayWrite)
{
    /// <summary>Drafts of which the viewer is an author.</summary>
    public IReadOnlyList<DraftRow> Drafts { get; init; } = [];
    /// <summary>Words that the articles carry most.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];
    /// <summary>Series with several parts.</summary>
    public IReadOnlyList<SeriesLine> Series { get; init; } = [];
    /// <summary>Address form of the tag asked for, if any.</summary>
    public string? Tag { get; init; }
    /// <summary>Active members of the platform, for the sentence on who will read a draft.</summary>
    public int PlatformMembers { get; init; }
}

/// <summary>Lists the articles of a group, and the viewer's own drafts.</summary>
internal sealed class ListArticles(AppDb database, Rights rights, ModuleCatalog modules)
{
    /// <summary>Articles on a page.</summary>
    public const int PageSize = 12;

    private const int LastPage = 100_000;
    private const int MostDrafts = 30;

    /// <summary>One page of the list.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no articles.</exception>
    public async Task<ArticleListView> ExecuteAsync(Viewer viewer, string groupSlug, string? tag, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        if (!standing.Has(modules.Tool(ArticlesModule.ToolKey)!)) throw new NotFoundException();

        tag = tag is { Length: > 0 } word ? Slug.Of(word) : null;
        var articles = db.Set<Article>().AsNoTracking().Where(a => a.Item.GroupId == standing.GroupId && (tag == null || db.Tags.Any(t => t.ItemId == a.Id && t.Slug == tag)));
        var count = await articles.CountAsync(cancellation);
        var pages = Math.Max(1, (count + PageSize - 1) / PageSize);
        page = Math.Clamp(page, 1, Math.Min(pages, LastPage));
        var ordered = articles.OrderByDescending(a => a.Item.IsPinned).ThenByDescending(a => a.Item.CreatedAt).Skip((page - 1) * PageSize);
        var drafts = viewer.IsMember && standing.IsMember ? await DraftsAsync(db, standing.GroupId, cancellation) : [];
        return new(standing, count == 0 ? [] : await RowsAsync(db, ordered, cancellation), page, pages, rights.Allows(ArticlesModule.WriteArticle, standing))
        {
            Drafts = drafts,
            Tags = count == 0 ? [] : await UsualTags.OfAsync(db, standing.GroupId, ArticlesModule.ArticleKind, cancellation),
            Tag = tag,
            Series = count == 0 || tag is not null ? [] : await ReadSeries.ListAsync(db, standing.GroupId, cancellation),
            PlatformMembers = drafts.Count == 0 ? 0 : await EditContent.PlatformMembersAsync(db, cancellation),
        };
    }

    /// <summary>Drafts of which the viewer is an author, those that are to be published first.</summary>
    public static async Task<IReadOnlyList<DraftRow>> DraftsAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var found = await db.Set<ArticleDraft>().AsNoTracking().Where(d => d.GroupId == groupId && d.Authors.Any(a => a.MemberId == me))
            .OrderBy(d => d.PublishAt == null).ThenBy(d => d.PublishAt).ThenByDescending(d => d.UpdatedAt).Take(MostDrafts)
            .Select(d => new { d.Id, d.Title, d.Audience, d.UpdatedAt, d.PublishAt, d.Failure, Others = d.Authors.Where(a => a.MemberId != me).OrderBy(a => a.Position).Select(a => a.Member!.Name).ToList() })
            .AsSingleQuery().ToListAsync(cancellation);
        return [.. found.Select(d => new DraftRow(d.Id, d.Title, d.Audience, d.UpdatedAt, d.PublishAt, d.Failure, d.Others))];
    }

    /// <summary>A page of rows, in the order that <paramref name="articles"/> have.</summary>
    public static async Task<IReadOnlyList<ArticleRow>> RowsAsync(AppDbContext db, IQueryable<Article> articles, CancellationToken cancellation)
    {
        var lines = await LinesAsync(db, articles, cancellation);
        var coAuthors = await CoAuthors.OfAsync(db, [.. lines.Where(l => l.HasCoAuthors).Select(l => l.Id)], cancellation);
        return [.. lines.Select(l => Row(l, coAuthors[l.Id], db.Viewer))];
    }

    private static Task<List<Line>> LinesAsync(AppDbContext db, IQueryable<Article> articles, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        return articles.Take(PageSize)
            .Select(a => new Line(
                a.Id, a.Item.ShortId, a.Item.Title, a.Summary, a.Item.Excerpt, a.Item.AuthorId, a.Item.Author!.Name, a.Item.Author.Handle, a.Item.Organisation!.Name,
                a.Item.CreatedAt, a.Item.CommentCount, a.WordCount, a.CoverFileId, a.Item.IsPinned, a.Item.HasCoAuthors, db.OwnReadMarks.Any(r => r.ItemId == a.Id && r.MemberId == me)))
            .ToListAsync(cancellation);
    }

    private static ArticleRow Row(Line line, IEnumerable<AuthorView> coAuthors, Viewer viewer) => new()
    {
        ShortId = line.ShortId,
        Title = line.Title,
        Extract = line.Summary.Length > 0 ? line.Summary : line.Excerpt,
        Authors = [new(line.AuthorId, line.AuthorName, line.AuthorHandle, line.OrganisationName), .. coAuthors],
        CreatedAt = line.CreatedAt,
        CommentCount = line.CommentCount,
        Minutes = ReadingTime.Minutes(line.WordCount),
        CoverFileId = line.CoverFileId,
        IsPinned = line.IsPinned,
        IsNew = viewer.IsMember && !line.WasRead,
    };

    private sealed record Line(
        Guid Id, string ShortId, string Title, string Summary, string Excerpt, Guid AuthorId, string AuthorName, string AuthorHandle, string? OrganisationName,
        DateTime CreatedAt, int CommentCount, int WordCount, Guid? CoverFileId, bool IsPinned, bool HasCoAuthors, bool WasRead);
}
