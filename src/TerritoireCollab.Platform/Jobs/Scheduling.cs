using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>Wakes <see cref="DueJobs"/> at the start and every quarter of an hour; which job is due is its own affair.</summary>
internal static partial class Scheduling
{
    private const string Key = "due-jobs";
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    public static void AddScheduling(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.AddJob<Waker>(job => job.WithIdentity(Key));
            quartz.AddTrigger(trigger => trigger.ForJob(Key).WithIdentity(Key).StartNow().WithSimpleSchedule(schedule => schedule.WithInterval(Pause).RepeatForever()));
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Registers a job that comes back.</summary>
    public static IServiceCollection AddRecurringJob<T>(this IServiceCollection services) where T : class, IRecurringJob => services.AddSingleton<IRecurringJob, T>();

    [DisallowConcurrentExecution]
    private sealed partial class Waker(DueJobs due, ILogger<Waker> log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            try
            {
                await due.RunAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure);
            }
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "A recurring job failed; it runs again at its next hour.")]
        private partial void LogFailed(Exception failure);
    }
}
