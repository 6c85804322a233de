using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Jobs;

/// <summary>Jobs that come back at fixed hours.</summary>
public sealed class DueJobsTests
{
    [Fact]
    public async Task NightlyJob_ItsHourMissedTwice_RunsOnceAtTheNextOccasion()
    {
        await using var instance = await Instance.StartAsync(manualClock: true);
        var due = instance.Services.GetRequiredService<DueJobs>();
        var jobs = instance.Services.GetServices<IRecurringJob>().Count();

        Assert.Equal(0, await due.RunAsync(default));
        Assert.Equal(0, await due.RunAsync(default));
        instance.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(jobs, await due.RunAsync(default));
        Assert.Equal(0, await due.RunAsync(default));
    }

    [Fact]
    public async Task NightlyJob_DueInTwentyPlacesAtOnce_RunsInOne()
    {
        await using var instance = await Instance.StartAsync(DatabaseProvider.PostgreSql, manualClock: true);
        var due = instance.Services.GetRequiredService<DueJobs>();
        await due.RunAsync(default);
        instance.Clock.Advance(TimeSpan.FromDays(1));

        var ran = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => due.RunAsync(default))));

        Assert.Equal(instance.Services.GetServices<IRecurringJob>().Count(), ran.Sum());
    }
}
