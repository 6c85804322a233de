using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Modules;

namespace TerritoireCollab.Articles.Faces;

/// <summary>The articles that administrators show on the platform's home page, as far as all members, or everybody, may read them at this moment.</summary>
internal sealed class FeaturedArticles : IFeaturedContents
{
    public async Task<IReadOnlyList<FeaturedContent>> ReadAsync(AppDbContext db, int most, CancellationToken cancellation)
    {
        var off = db.GroupsWithout(ArticlesModule.ToolKey);
        // The members of a group that has closed an article again do not see it there either: the page is the same for all.
        var found = await db.Set<Article>().AsNoTracking()
            .Where(a => a.Item.FeaturedAt != null && a.Item.Audience >= Audience.Platform && a.Item.Group!.Visibility == GroupVisibility.AllMembers && !off.Contains(a.Item.GroupId))
            .OrderByDescending(a => a.Item.FeaturedAt).Take(most)
            .Select(a => new { a.Item, a.Summary, a.CoverFileId, a.Item.Group!.Slug, Group = a.Item.Group.Name, Author = a.Item.Author!.Name, Organisation = a.Item.Organisation!.Name }).ToListAsync(cancellation);
        var coAuthors = await CoAuthors.OfAsync(db, [.. found.Where(a => a.Item.HasCoAuthors).Select(a => a.Item.Id)], cancellation);
        return [.. found.Select(a => new FeaturedContent
        {
            Title = a.Item.Title,
            Address = ArticleAddress.Of(a.Slug, a.Item.ShortId, a.Item.Title),
            Text = a.Summary.Length > 0 ? a.Summary : a.Item.Excerpt,
            Authors = [a.Author, .. coAuthors[a.Item.Id].Select(c => c.Name)],
            Organisation = a.Organisation,
            GroupName = a.Group,
            CoverAddress = ArticleAddress.Cover(a.Slug, a.Item.ShortId, a.CoverFileId),
            CreatedAt = a.Item.CreatedAt,
            FeaturedAt = a.Item.FeaturedAt!.Value,
        })];
    }
}
