using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;

namespace TerritoireCollab.Veille.Issues;

/// <summary>
/// Lets the issues leave whose hour has come. Whoever said that one is ready speaks in it; when that person may not publish it any more, or
/// when there is nothing left in it, it goes back to being prepared, where the animators see it.
/// </summary>
internal sealed partial class PublishDueIssues(AppDb database, PublishIssue publish, TimeProvider clock, ILogger<PublishDueIssues> log) : IWorker
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    /// <inheritdoc />
    public async Task<int> RunOnceAsync(CancellationToken cancellation)
    {
        var left = 0;
        foreach (var (id, number, readyBy) in await DueAsync(cancellation))
        {
            try
            {
                if (await publish.DueAsync(Viewer.Member(readyBy), id, cancellation)) left++;
            }
            catch (Exception refusal) when (refusal is NotFoundException or ForbiddenException or InvalidInputException)
            {
                LogTakenBack(number, refusal.Message);
                await TakeBackAsync(id, cancellation);
            }
        }

        return left;
    }

    /// <inheritdoc />
    public Task WaitAsync(CancellationToken cancellation) => Task.Delay(Pause, clock, cancellation);

    private async Task<List<(Guid Id, int Number, Guid ReadyBy)>> DueAsync(CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        var now = clock.GetUtcNow().UtcDateTime;
        var due = await db.Set<Issue>().Where(i => i.State == IssueState.Ready && i.PublishAt <= now && i.ReadyById != null)
            .OrderBy(i => i.PublishAt).Select(i => new { i.Id, i.Number, ReadyBy = i.ReadyById!.Value }).ToListAsync(cancellation);
        return [.. due.Select(i => (i.Id, i.Number, i.ReadyBy))];
    }

    private async Task TakeBackAsync(Guid id, CancellationToken cancellation)
    {
        await using var db = database.Open(Viewer.System);
        await db.Set<Issue>().Where(i => i.Id == id && i.State == IssueState.Ready).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.State, IssueState.Draft).SetProperty(i => i.PublishAt, (DateTime?)null).SetProperty(i => i.Version, i => i.Version + 1), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Issue {Number} was due and goes back to being prepared: {Reason}")]
    private partial void LogTakenBack(int number, string reason);
}
