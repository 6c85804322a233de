using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Bookmarks.Links;

/// <summary>
/// Asks at night whether the pages of bookmarks still answer: each about once a week, those that fail each night, so that a site that is mended is
/// seen to be. The list says which links are dead; nobody is written to for it.
/// </summary>
internal sealed class CheckLinks(AppDb database, FetchPool pool, OutgoingClient client, TimeProvider clock) : IRecurringJob
{
    private const int MostInANight = 2_000;
    private const int Head = 64 * 1024;
    private static readonly TimeSpan Rhythm = TimeSpan.FromDays(7);

    /// <inheritdoc />
    public string Key => "favoris.liens";

    /// <summary>Every night at 4:10.</summary>
    public string Hours => "0 10 4 * * ?";

    /// <inheritdoc />
    public async Task RunAsync(CancellationToken cancellation)
    {
        var left = clock.GetUtcNow().UtcDateTime - Rhythm;
        await using var db = database.Open(Viewer.System);
        var due = await db.Set<Bookmark>().AsNoTracking().Where(b => b.Item.Group!.ArchivedAt == null && (b.CheckedAt == null || b.CheckedAt < left || b.Failures > 0))
            .OrderBy(b => b.CheckedAt).Take(MostInANight).Select(b => new { b.Id, b.Address, b.Failures }).ToListAsync(cancellation);
        await pool.RunAsync(due.Select(b => new FetchTask(new Uri(b.Address), token => CheckAsync(b.Id, new Uri(b.Address), token)) { IsSlow = b.Failures > 0 }), cancellation);
    }

    private async Task<FetchOutcome> CheckAsync(Guid id, Uri address, CancellationToken cancellation)
    {
        var answer = await client.FetchAsync(new FetchRequest(address) { Kind = FetchKind.Page, MaxBytes = Head, Cut = true }, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = database.Open(Viewer.System);
        var bookmark = db.Set<Bookmark>().Where(b => b.Id == id && b.Address == address.AbsoluteUri);
        if (Answers(answer))
            await bookmark.ExecuteUpdateAsync(set => set.SetProperty(b => b.CheckedAt, now).SetProperty(b => b.Failures, 0).SetProperty(b => b.FailingSince, (DateTime?)null), cancellation);
        else
            await bookmark.ExecuteUpdateAsync(set => set.SetProperty(b => b.CheckedAt, now).SetProperty(b => b.Failures, b => b.Failures + 1).SetProperty(b => b.FailingSince, b => b.FailingSince ?? now), cancellation);
        return answer.Outcome;
    }

    // A page that wants a password, or no programs, is there; so is one that is too large to be read whole.
    private static bool Answers(FetchResult answer) => answer.Outcome switch
    {
        FetchOutcome.Ok or FetchOutcome.NotModified or FetchOutcome.TooLarge => true,
        FetchOutcome.HttpError => answer.Status is 401 or 403 or 405 or 406 or 429,
        _ => false,
    };
}
