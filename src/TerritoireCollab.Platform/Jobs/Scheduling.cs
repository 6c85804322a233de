using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Quartz;

namespace TerritoireCollab.Platform.Jobs;

/// <summary>The only place that knows Quartz: wakes every <see cref="IRecurringJob"/> at its hours.</summary>
internal static partial class Scheduling
{
    private const string KeyName = "job";

    /// <summary>Schedules the jobs that are registered; they are read from the container when the scheduler starts.</summary>
    public static void AddScheduling(this IServiceCollection services, TimeZoneInfo zone)
    {
        services.AddQuartz(quartz =>
        {
            foreach (var (key, cron) in services.Where(s => s.ServiceType == typeof(ScheduledJob)).Select(s => (ScheduledJob)s.ImplementationInstance!).Select(s => (s.Key, s.Cron)).ToList())
            {
                quartz.AddJob<Runner>(job => job.WithIdentity(key).UsingJobData(KeyName, key).StoreDurably());
                quartz.AddTrigger(trigger => trigger.ForJob(key).WithIdentity(key).WithCronSchedule(cron, schedule => schedule.InTimeZone(zone)));
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Registers a job under its key and its hours, a Quartz cron expression (seconds first) in the platform's time zone.</summary>
    public static IServiceCollection AddRecurringJob<T>(this IServiceCollection services, string key, string cron) where T : class, IRecurringJob =>
        services.AddSingleton<IRecurringJob, T>().AddSingleton(new ScheduledJob(key, cron));

    /// <summary>A job's hours, known before the container is built.</summary>
    internal sealed record ScheduledJob(string Key, string Cron);

    [DisallowConcurrentExecution]
    private sealed partial class Runner(IEnumerable<IRecurringJob> jobs, ILogger<Runner> log) : IJob
    {
        public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            var key = context.MergedJobDataMap.GetString(KeyName);
            try
            {
                await jobs.Single(j => j.Key == key).RunAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                LogFailed(failure, key);
            }
        }

        [LoggerMessage(Level = LogLevel.Error, Message = "The job {Key} failed; it runs again at its next hour.")]
        private partial void LogFailed(Exception failure, string? key);
    }
}
