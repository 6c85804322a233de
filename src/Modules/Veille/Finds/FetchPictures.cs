using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Finds;

/// <summary>
/// Fetches the pictures of finds once these are committed: bringing a find waits for no other site. Which are left to do is read from the
/// database, so that nothing is lost by a process that ends.
/// </summary>
internal sealed partial class FetchPictures(AppDb database, FetchPicture fetch, PictureWake wake, TimeProvider clock, ILogger<FetchPictures> log) : IWorker
{
    private const int MostAtOnce = 20;
    private const int MostTogether = 4;
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(5);

    // What was brought before that, while nobody fetched, has none; its author may still ask for it.
    private static readonly TimeSpan Window = TimeSpan.FromDays(2);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var (done, tried) = (0, new HashSet<string>(StringComparer.Ordinal));
        for (var due = await DueAsync(cancellation); due.RemoveAll(d => !tried.Add(d.ShortId)) < MostAtOnce && due.Count > 0; due = await DueAsync(cancellation))
        {
            await Parallel.ForEachAsync(due, new ParallelOptions { MaxDegreeOfParallelism = MostTogether, CancellationToken = cancellation }, async (find, token) => await SettleAsync(find, token));
            done += due.Count;
        }

        return done;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    // One that fails is tried again at the next look, and holds up no other.
    private async Task SettleAsync(Due find, CancellationToken cancellation)
    {
        try
        {
            await fetch.SettleAsync(Viewer.Member(find.AuthorId), find.ShortId, new Uri(find.Address), cancellation);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogFailed(failure, find.ShortId);
        }
    }

    private async Task<List<Due>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        return await PictureActivities.Unsettled(db, clock.GetUtcNow().UtcDateTime - Window).OrderBy(f => f.Item.CreatedAt).Take(MostAtOnce)
            .Select(f => new Due(f.Item.ShortId, f.Item.AuthorId, f.Address)).ToListAsync(cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The picture of the find {ShortId} could not be settled; it is tried again.")]
    private partial void LogFailed(Exception failure, string shortId);

    private sealed record Due(string ShortId, Guid AuthorId, string Address);
}
