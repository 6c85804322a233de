namespace TerritoireCollab.Platform.Jobs;

/// <summary>Work that comes back at fixed hours. The scheduler only wakes it: running it twice, or late, leaves what running it once leaves.</summary>
public interface IRecurringJob
{
    /// <summary>Key, unique among the jobs.</summary>
    string Key { get; }

    /// <summary>Does the work.</summary>
    Task RunAsync(CancellationToken cancellation);
}
