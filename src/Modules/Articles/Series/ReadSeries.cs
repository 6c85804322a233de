using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Articles.Series;

/// <summary>A series of a group, as far as the viewer may read its parts.</summary>
/// <param name="Key">Its address form.</param>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many parts.</param>
public sealed record SeriesLine(string Key, string Name, int Count);

/// <summary>A part of a series.</summary>
/// <param name="ShortId">Short identifier.</param>
/// <param name="Title">Title.</param>
public sealed record SeriesPart(string ShortId, string Title);

/// <summary>Where an article stands in its series: among the parts that the viewer may read, in the order in which they were published.</summary>
/// <param name="Key">Address form of the series.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parts">Its parts.</param>
/// <param name="Place">Place of the article among them, from 0.</param>
public sealed record SeriesPlace(string Key, string Name, IReadOnlyList<SeriesPart> Parts, int Place)
{
    /// <summary>The part before; null for the first.</summary>
    public SeriesPart? Previous => Place > 0 ? Parts[Place - 1] : null;

    /// <summary>The part after; null for the last.</summary>
    public SeriesPart? Next => Place < Parts.Count - 1 ? Parts[Place + 1] : null;
}

/// <summary>A page of the articles of a series, the first published first.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Series">The series.</param>
/// <param name="Rows">Articles of this page.</param>
/// <param name="Page">This page, from 1.</param>
/// <param name="PageCount">Pages in all.</param>
public sealed record SeriesView(Standing Standing, SeriesLine Series, IReadOnlyList<ArticleRow> Rows, int Page, int PageCount);

/// <summary>Reads series of articles.</summary>
internal sealed class ReadSeries(AppDb database, Rights rights, ModuleCatalog modules, GroupFeed feeds)
{
    private const int MostParts = 200;
    private const int MostSeries = 30;

    /// <summary>Fewest parts that make a series: an article alone leads nowhere.</summary>
    private const int Fewest = 2;

    /// <summary>Where an article stands in its series; null when it is in none, or alone in it for the viewer.</summary>
    public static async Task<SeriesPlace?> PlaceAsync(AppDbContext db, Article article, CancellationToken cancellation)
    {
        if (article.SeriesKey is not { } key) return null;

        var parts = await Parts(db, article.Item.GroupId, key).OrderBy(a => a.Item.CreatedAt).ThenBy(a => a.Item.ShortId).Take(MostParts).Select(a => new SeriesPart(a.Item.ShortId, a.Item.Title)).ToListAsync(cancellation);
        var place = parts.FindIndex(p => p.ShortId == article.Item.ShortId);
        return parts.Count < Fewest || place < 0 ? null : new(key, article.Series!, parts, place);
    }

    /// <summary>The series of a group that have several parts for the viewer, the one that grew last first.</summary>
    public static async Task<IReadOnlyList<SeriesLine>> ListAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        var found = await db.Set<Article>().Where(a => a.SeriesKey != null && a.Item.GroupId == groupId).Select(a => new { a.SeriesKey, a.Series, a.Item.CreatedAt }).GroupBy(a => a.SeriesKey).Where(g => g.Count() >= Fewest)
            .OrderByDescending(g => g.Max(a => a.CreatedAt)).Take(MostSeries).Select(g => new { g.Key, Name = g.Min(a => a.Series), Count = g.Count() }).ToListAsync(cancellation);
        return [.. found.Select(s => new SeriesLine(s.Key!, s.Name!, s.Count))];
    }

    /// <summary>The page of a series.</summary>
    /// <exception cref="NotFoundException">The group is absent or hidden, or has no articles; or the viewer may read no part of such a series.</exception>
    public async Task<SeriesView> ExecuteAsync(Viewer viewer, string groupSlug, string series, int page, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await StandingAsync(db, groupSlug, cancellation);
        var line = await LineAsync(db, standing, series, cancellation);
        var pages = Math.Max(1, (line.Count + ListArticles.PageSize - 1) / ListArticles.PageSize);
        page = Math.Clamp(page, 1, pages);
        var wanted = Parts(db, standing.GroupId, line.Key).OrderBy(a => a.Item.CreatedAt).ThenBy(a => a.Item.ShortId).Skip((page - 1) * ListArticles.PageSize);
        return new(standing, line, await ListArticles.RowsAsync(db, wanted, cancellation), page, pages);
    }

    /// <summary>The feed of a series, its newest part first as in every feed.</summary>
    /// <inheritdoc cref="ExecuteAsync"/>
    public async Task<Feed> FeedAsync(Viewer viewer, string groupSlug, string series, string self, CancellationToken cancellation)
    {
        SeriesLine line;
        await using (var db = database.Open(viewer)) line = await LineAsync(db, await StandingAsync(db, groupSlug, cancellation), series, cancellation);
        return await feeds.ReadAsync(viewer, groupSlug, ArticlesModule.ToolKey, self, new FeedPart(Faces.ArticleAddress.Series(groupSlug, line.Key), _ => line.Name, (db, group) => Parts(db, group, line.Key).Select(a => a.Id)), cancellation);
    }

    private async Task<Standing> StandingAsync(AppDbContext db, string groupSlug, CancellationToken cancellation)
    {
        var standing = await rights.StandingAsync(db, groupSlug, cancellation);
        return standing.Has(modules.Tool(ArticlesModule.ToolKey)!) ? standing : throw new NotFoundException();
    }

    private static async Task<SeriesLine> LineAsync(AppDbContext db, Standing standing, string series, CancellationToken cancellation)
    {
        var key = Slug.Of(series);
        var found = await Parts(db, standing.GroupId, key).GroupBy(a => a.SeriesKey).Select(g => new { Name = g.Min(a => a.Series), Count = g.Count() }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return new(key, found.Name!, found.Count);
    }

    private static IQueryable<Article> Parts(AppDbContext db, Guid groupId, string key) => db.Set<Article>().AsNoTracking().Where(a => a.SeriesKey == key && a.Item.GroupId == groupId);
}

/// <summary>An article that goes to another group takes its series along, under the name that it has there already.</summary>
internal sealed class SeriesThatMoves : Platform.Content.IContentCompanion
{
    public string Kind => ArticlesModule.ArticleKind;

    public async Task MovedAsync(AppDbContext db, Platform.Content.ContentItem item, Guid from, CancellationToken cancellation)
    {
        var article = await db.Set<Article>().FirstAsync(a => a.Id == item.Id, cancellation);
        await SeriesName.GiveAsync(db, article, article.Series, cancellation);
    }
}
