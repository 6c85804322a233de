using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Forum.Topics;

/// <summary>Where a message stands now.</summary>
/// <param name="ShortId">Short identifier of the thread.</param>
/// <param name="Number">Its number there, 0 for the first message; null when only the thread is known.</param>
public sealed record MovedMessage(string ShortId, int? Number)
{
    /// <summary>Permanent address from the root.</summary>
    public string Address => Number is { } number ? $"/c/{ShortId}?reponse={number}" : $"/c/{ShortId}";
}

/// <summary>Follows an old permanent link to where a split or a merge has put its message, as far as the reader may see.</summary>
internal sealed class FollowMoved(AppDb database)
{
    private const int MostHops = 8;

    /// <summary>Where the message of that number went; null when it never left, or when the reader may not read where it went.</summary>
    /// <param name="viewer">The reader.</param>
    /// <param name="shortId">Short identifier of the thread that the link names.</param>
    /// <param name="number">Number of the message in it; null or 0 for the thread itself.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public async Task<MovedMessage?> ExecuteAsync(Viewer viewer, string shortId, int? number, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        MovedMessage? found = null;
        for (var (at, hops) = (new MovedMessage(shortId, number), 0); hops < MostHops && await NextAsync(db, at, cancellation) is { } next; hops++) found = at = next;
        return found;
    }

    private static async Task<MovedMessage?> NextAsync(AppDbContext db, MovedMessage at, CancellationToken cancellation)
    {
        var item = await Readable(db, at.ShortId).Select(i => new { i.Id, IsGone = i.DeletedAt != null }).FirstOrDefaultAsync(cancellation);
        if (item is null) return null;

        var number = at.Number ?? 0;
        if (!item.IsGone && (number == 0 || await db.Comments.AnyAsync(c => c.ItemId == item.Id && c.Number == number, cancellation))) return null;

        var traces = await db.Comments.IgnoreQueryFilters([AppDbContext.DeletedFilter])
            .Where(c => c.ItemId == item.Id && c.Kind == CommentKind.Trace && (c.Body.StartsWith(Comment.MergedInto) || c.Body.StartsWith(TraceActions.SplitTo + "|")))
            .OrderByDescending(c => c.Number).Select(c => c.Body).ToListAsync(cancellation);
        var next = traces.Select(t => Find(t.Split('|'), number)).FirstOrDefault(m => m is not null);
        return next is not null && await Readable(db, next.ShortId).AnyAsync(cancellation) ? next : null;
    }

    private static IQueryable<Platform.Content.ContentItem> Readable(AppDbContext db, string shortId) =>
        db.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).Where(i => i.ShortId == shortId && i.Kind == ForumModule.TopicKind);

    // split-to|thread|count|numbers, and merged-into|thread|numbers|thread=numbers;thread=numbers for what had been split off before.
    private static MovedMessage? Find(string[] trace, int number)
    {
        var (action, thread) = (trace[0], trace.ElementAtOrDefault(1) ?? "");
        if (action == TraceActions.SplitTo) return NumberMap.Find(trace.ElementAtOrDefault(3) ?? "", number) is { } there ? new(thread, there) : null;
        if (NumberMap.Find(trace.ElementAtOrDefault(2) ?? "", number) is { } here) return new(thread, here);

        foreach (var earlier in (trace.ElementAtOrDefault(3) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (earlier.Split('=') is [var other, var numbers] && NumberMap.Find(numbers, number) is { } elsewhere) return new(other, elsewhere);
        return new(thread, null);
    }
}
