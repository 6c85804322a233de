using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Series;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Platform.Files;

namespace TerritoireCollab.Articles.Reading;

/// <summary>The page of an article.</summary>
/// <param name="Content">What every content shows.</param>
/// <param name="Article">Its own fields.</param>
/// <param name="Html">Its text, sanitised.</param>
/// <param name="Series">Where it stands in its series; null when it stands alone.</param>
public sealed record ArticleView(ContentView Content, Article Article, string Html, SeriesPlace? Series);

/// <summary>Reads an article with its discussion.</summary>
internal sealed class ReadArticle(AppDb database, ReadContent read)
{
    /// <summary>The page.</summary>
    /// <exception cref="NotFoundException">Absent, invisible or in the trash.</exception>
    public async Task<ArticleView> ExecuteAsync(Viewer viewer, string shortId, DiscussionPlace place, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var article = await db.Set<Article>().AsNoTracking().Include(a => a.Item).FirstOrDefaultAsync(a => a.Item.ShortId == shortId, cancellation) ?? throw new NotFoundException();
        return new(await read.ExecuteAsync(db, article.Item, place, cancellation), article, Headings.UnderTheTitle(article.Html()), await ReadSeries.PlaceAsync(db, article, cancellation));
    }
}

/// <summary>Finds the covers of articles.</summary>
internal sealed class ArticleCovers(AppDb database)
{
    /// <summary>The cover of an article, and whether everybody may see it.</summary>
    /// <exception cref="NotFoundException">The article is absent, invisible or in the trash.</exception>
    public async Task<(StoredFile? File, bool IsPublic)> FindAsync(Viewer viewer, string shortId, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var found = await db.Set<Article>().AsNoTracking().Where(a => a.Item.ShortId == shortId).Select(a => new { a.Cover, a.Item.Audience }).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        return (found.Cover, found.Audience == Audience.Public);
    }
}
