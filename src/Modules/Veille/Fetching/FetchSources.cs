using System.Threading.Channels;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>
/// Asks the sources that are due, each once whoever follows it and however many processes there are, and writes what they answer. What
/// hangs holds up nobody (<see cref="FetchPool"/>).
/// </summary>
internal sealed class FetchSources(AppDb database, AskSource ask, StoreAnswers store, FetchPool pool, FetchWake wake, TimeProvider clock) : IWorker
{
    private const int MostClaimed = 400;
    private const int MostStoredAtOnce = 100;
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(30);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var asked = 0;
        for (var due = await ClaimAsync(cancellation); due.Count > 0; due = await ClaimAsync(cancellation))
        {
            await AskAsync(due, cancellation);
            asked += due.Count;
        }

        return asked;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => wake.WaitAsync(Sweep, cancellation);

    private async Task<List<Source>> ClaimAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = db.Set<Source>()
            .Where(s => s.State == SourceState.Active && s.NextFetchAt <= now && db.Set<GroupSource>().Any(g => g.SourceId == s.Id && !g.IsMuted))
            .OrderBy(s => s.Failures).ThenBy(s => s.NextFetchAt);
        return await db.ClaimAsync(due, MostClaimed, now, cancellation);
    }

    private async Task AskAsync(List<Source> sources, CancellationToken cancellation)
    {
        var answers = Channel.CreateUnbounded<SourceAnswer>();
        var storing = StoreAsync(answers.Reader, cancellation);
        try
        {
            var tasks = sources.ToDictionary(s => new FetchTask(new Uri(s.Address), token => AskAsync(s, answers.Writer, token)) { IsSlow = s.Fault == SourceFault.TimedOut });
            foreach (var left in await pool.RunAsync(tasks.Keys, cancellation)) await answers.Writer.WriteAsync(ask.Silent(tasks[left]), cancellation);
        }
        finally
        {
            answers.Writer.Complete();
        }

        await storing;
    }

    // Reading takes a core for a while: off the thread that hands out the places.
    private Task<FetchOutcome> AskAsync(Source source, ChannelWriter<SourceAnswer> answers, CancellationToken cancellation) => Task.Run(async () =>
    {
        var answer = await ask.ExecuteAsync(source, cancellation);
        await answers.WriteAsync(answer, cancellation);
        return answer.Outcome;
    }, cancellation);

    private async Task StoreAsync(ChannelReader<SourceAnswer> answers, CancellationToken cancellation)
    {
        List<SourceAnswer> batch = [];
        while (await answers.WaitToReadAsync(cancellation))
        {
            while (batch.Count < MostStoredAtOnce && answers.TryRead(out var answer)) batch.Add(answer);
            await store.ExecuteAsync(batch, cancellation);
            batch.Clear();
        }
    }
}
