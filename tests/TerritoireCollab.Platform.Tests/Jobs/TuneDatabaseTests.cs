using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Jobs;

/// <summary>What the night does for the database.</summary>
public sealed class TuneDatabaseTests
{
    [Fact]
    public async Task FullText_AfterManyWrites_OneSegmentAndEverythingFound()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var owner = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", owner);
        for (var i = 0; i < 6; i++)
        {
            await scene.TopicAsync(group, owner, $"Passerelle {i}");
            await instance.SettleAsync();
        }

        Assert.InRange(await Segments(instance), 2, int.MaxValue);

        await instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "tune").RunAsync(default);

        Assert.Equal(1, await Segments(instance));
        var found = await instance.Services.GetRequiredService<FindEverywhere>().ExecuteAsync(Viewer.Member(owner.Id), new SearchInput("passerelles"), default);
        Assert.Equal(6, found.Hits.Count);
    }

    private static async Task<int> Segments(Instance instance)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Database.SqlQuery<int>($"SELECT COUNT(DISTINCT segid) AS Value FROM SearchFullText_idx").SingleAsync();
    }
}
