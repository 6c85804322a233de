using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Live;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Live;

/// <summary>Whoever looks at something is told before notifications, mails and index follow.</summary>
public sealed class PageSignalTests
{
    [Fact]
    public async Task Thread_Removed_SignalledBeforeTheIndexForgetsIt()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Anne Essai");
        var topic = await scene.TopicAsync(await scene.GroupAsync("Groupe", member), member, "Un fil");
        await instance.SettleAsync();
        var item = await instance.Open(Viewer.System).Items.Where(i => i.ShortId == topic).Select(i => i.Id).SingleAsync();
        var indexed = new List<bool>();
        using var _ = instance.Services.GetRequiredService<LiveTopics>().Subscribe(LiveTopics.Item(item), async () => indexed.Add(await IsIndexedAsync(instance, item)));

        await instance.Services.GetRequiredService<RemoveContent>().ExecuteAsync(Viewer.Member(member.Id), topic, default);
        await instance.SettleAsync();

        Assert.Equal([true], indexed);
    }

    private static async Task<bool> IsIndexedAsync(Instance instance, Guid item)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.SearchDocuments.AnyAsync(d => d.ItemId == item);
    }
}
