using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Articles.Reading;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Series;

/// <summary>The name of a series as it is typed with each of its parts.</summary>
internal static class SeriesName
{
    /// <summary>Longest name, in characters.</summary>
    public const int Longest = 80;

    private const int MostSuggested = 30;

    /// <summary>What is typed, with plain spaces between its words; null for nothing, and where no sign of it has a place in an address.</summary>
    public static string? Of(string? typed)
    {
        var name = string.Join(' ', (typed ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Any(char.IsLetterOrDigit) ? name : null;
    }

    /// <summary>Gives an article its series: under the name that its other parts have in the group already, so that one series has one name.</summary>
    /// <param name="db">The context.</param>
    /// <param name="article">The article.</param>
    /// <param name="typed">The name as typed; empty for none.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static async Task GiveAsync(AppDbContext db, Article article, string? typed, CancellationToken cancellation)
    {
        if (Of(typed) is not { } name)
        {
            (article.Series, article.SeriesKey) = (null, null);
            return;
        }

        var (key, group, id) = (Slug.Of(name), article.Item.GroupId, article.Id);
        var present = await db.Set<Article>().Where(a => a.SeriesKey == key && a.Item.GroupId == group && a.Id != id).OrderBy(a => a.Item.CreatedAt).Select(a => a.Series).FirstOrDefaultAsync(cancellation);
        (article.Series, article.SeriesKey) = (present ?? name, key);
    }

    /// <summary>Names of the group's series that the viewer of <paramref name="db"/> may read of, the one that grew last first.</summary>
    public static async Task<IReadOnlyList<string>> UsualAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        await db.Set<Article>().Where(a => a.SeriesKey != null && a.Item.GroupId == groupId).Select(a => new { a.SeriesKey, a.Series, a.Item.CreatedAt }).GroupBy(a => a.SeriesKey)
            .OrderByDescending(g => g.Max(a => a.CreatedAt)).Take(MostSuggested).Select(g => g.Min(a => a.Series)!).ToListAsync(cancellation);
}
