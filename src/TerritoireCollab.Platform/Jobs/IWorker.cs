namespace TerritoireCollab.Platform.Jobs;

/// <summary>Work of a room that goes on beside the pages: hosted where a process runs background jobs, and run to its end by <c>work --once</c>.</summary>
public interface IWorker
{
    /// <summary>Does all that is due now.</summary>
    /// <returns>How many pieces of work were done.</returns>
    Task<int> RunOnceAsync(CancellationToken cancellation);

    /// <summary>Waits until there may be work: somebody says so, or the next look has come.</summary>
    Task WaitAsync(CancellationToken cancellation);
}
