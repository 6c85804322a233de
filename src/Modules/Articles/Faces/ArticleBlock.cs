using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Articles.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Articles.Faces;

/// <summary>The block of articles on the home page of a group: the newest, with their leads.</summary>
internal sealed class ArticleBlock(Dates dates) : IHomeBlock
{
    private const int MostShown = 3;

    public string Tool => ArticlesModule.ToolKey;

    public async Task<IReadOnlyList<HomeLine>> ReadAsync(AppDbContext db, Standing standing, int most, CancellationToken cancellation)
    {
        var group = standing.GroupId;
        var found = await db.Set<Article>().AsNoTracking().Where(a => a.Item.GroupId == group).OrderByDescending(a => a.Item.CreatedAt).Take(Math.Min(most, MostShown))
            .Select(a => new { a.Item, a.Summary, a.WordCount, Author = a.Item.Author!.Name }).ToListAsync(cancellation);
        return [.. found.Select(a => new HomeLine(a.Item.Title, ArticleAddress.Of(standing.Slug, a.Item.ShortId, a.Item.Title),
            string.Join(" · ", a.Author, dates.Brief(a.Item.CreatedAt), ArticlesTexts.MinutesToRead.With(ReadingTime.Minutes(a.WordCount))), a.Summary.Length > 0 ? a.Summary : a.Item.Excerpt))];
    }
}
