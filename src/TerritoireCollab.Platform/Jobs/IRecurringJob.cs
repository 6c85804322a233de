namespace TerritoireCollab.Platform.Jobs;

/// <summary>Work that comes back at fixed hours. Running it twice, or late, leaves what running it once leaves.</summary>
public interface IRecurringJob
{
    /// <summary>Key, unique among the jobs.</summary>
    string Key { get; }

    /// <summary>Its hours: a Quartz cron expression (seconds first) in the platform's time zone.</summary>
    string Hours { get; }

    /// <summary>Does the work.</summary>
    Task RunAsync(CancellationToken cancellation);
}
