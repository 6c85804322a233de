using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Live;

/// <summary>Several processes on one database: who looks at a page in one hears what was written in another.</summary>
public sealed class RelayTests
{
    [Fact]
    public async Task Answer_WrittenInAnotherProcess_SignalledHereOnce()
    {
        await using var one = await Instance.StartAsync(DatabaseProvider.PostgreSql, manualClock: true);
        await using var other = await one.SecondAsync();
        var scene = new Scene(one);
        var member = await scene.MemberAsync("Anne Essai");
        var group = await scene.GroupAsync("Groupe", member);
        var topic = await scene.TopicAsync(group, member, "Un fil");
        await one.SettleAsync();
        var item = await ItemAsync(one, topic);
        var relay = other.Services.GetRequiredService<LiveRelay>();
        var since = one.Clock.GetUtcNow().UtcDateTime;
        // The relay of the other process may, or may not yet, have told of the thread by itself.
        await relay.RelayAsync(since - TimeSpan.FromMinutes(1), default);
        one.Clock.Advance(TimeSpan.FromSeconds(1));
        // The other process relays by itself too: the thread itself is signalled before anybody listens.
        await relay.RelayAsync(since.AddSeconds(-1), default);
        var heard = 0;
        using var _ = other.Services.GetRequiredService<LiveTopics>().Subscribe(LiveTopics.Item(item), () => Task.FromResult(Interlocked.Increment(ref heard)));

        await scene.AnswerAsync(topic, member, "Une réponse.");
        await relay.RelayAsync(since, default);
        Assert.Equal(0, heard);
        await one.SettleAsync();
        await relay.RelayAsync(since, default);
        await relay.RelayAsync(since, default);

        Assert.Equal(1, heard);
    }

    private static async Task<Guid> ItemAsync(Instance instance, string topic)
    {
        await using var db = instance.Open(Viewer.System);
        return db.Items.Where(i => i.ShortId == topic).Select(i => i.Id).First();
    }
}
