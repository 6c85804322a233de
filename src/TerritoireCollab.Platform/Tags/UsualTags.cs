using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Platform.Tags;

/// <summary>The dictionary of a group: the words that its contents of a kind carry, so that the same thing gets the same word.</summary>
public static class UsualTags
{
    private const int Most = 20;

    /// <summary>The words, the most used first, of the contents that <paramref name="db"/>'s viewer may read.</summary>
    public static async Task<IReadOnlyList<string>> OfAsync(AppDbContext db, Guid groupId, string kind, CancellationToken cancellation) =>
        await db.Tags.Where(t => t.Item.GroupId == groupId && t.Item.Kind == kind).GroupBy(t => t.Slug)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key).Take(Most).Select(g => g.Min(t => t.Name)!).ToListAsync(cancellation);
}
