using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Veille.Pool;

/// <summary>A piece of news to know.</summary>
/// <param name="Address">Address of the page, http or https.</param>
/// <param name="Title">Title, plain text.</param>
/// <param name="Author">Author, or null.</param>
/// <param name="Excerpt">Its beginning, plain text.</param>
/// <param name="Language">Language tag, or null.</param>
/// <param name="PublishedAt">Its date, or null when it says none.</param>
public sealed record NewsInput(Uri Address, string Title, string? Author, string Excerpt, string? Language, DateTime? PublishedAt);

/// <summary>Puts a piece of news that a member brings into the pool of a group, or finds it there.</summary>
internal sealed class EnterPool(TimeProvider clock)
{
    /// <summary>
    /// The card of that news in the group, tracked by <paramref name="db"/>; new when nobody had brought it. Within a transaction that is
    /// begun again when another writes the same key (<see cref="AppDb.TransactAsync"/>).
    /// </summary>
    public async Task<PoolEntry> ExecuteAsync(AppDbContext db, Guid groupId, NewsInput input, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var news = await NewsAsync(db, input, now, cancellation);
        // The card of that very address where an animator parted it from what it was taken for.
        if (await db.Set<PoolEntry>().Where(e => e.GroupId == groupId && (e.NewsId == news.Id || e.NewsId == news.SameAsId)).OrderBy(e => e.NewsId == news.Id ? 0 : 1).FirstOrDefaultAsync(cancellation) is { } present)
        {
            // Somebody speaks of what had come too late to be read.
            if (present.State == PoolState.Old) present.State = PoolState.Proposed;
            return present;
        }

        var entry = new PoolEntry { GroupId = groupId, NewsId = news.SameAsId ?? news.Id, ArrivedAt = now };
        db.Add(entry);
        await db.SaveChangesAsync(cancellation);
        return entry;
    }

    private static async Task<News> NewsAsync(AppDbContext db, NewsInput input, DateTime now, CancellationToken cancellation)
    {
        var key = NewsKeys.OfAddress(input.Address);
        if (await db.Set<News>().FirstOrDefaultAsync(n => n.AddressKey == key, cancellation) is { } known) return known;

        var news = new News
        {
            Address = input.Address.AbsoluteUri,
            AddressKey = key,
            TitleKey = NewsKeys.OfTitle(input.Title),
            Title = Cut(input.Title, News.TitleLength),
            Author = input.Author is null ? null : Cut(input.Author, Sources.GroupSource.NameLength),
            Excerpt = Cut(input.Excerpt, News.ExcerptLength),
            Language = input.Language,
            PublishedAt = input.PublishedAt is { } date && date < now ? date : now,
            FirstSeenAt = now,
        };
        db.Add(news);
        await db.SaveChangesAsync(cancellation);
        return news;
    }

    // Never between the two halves of a letter.
    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1)].TrimEnd() + "…";
}
