using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Comments;

/// <summary>Open pages look again at the same moment: each hears what is true for its own reader.</summary>
public sealed class WatchThreadTests
{
    private const int Crowd = 100;

    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Looks_OfDifferentReadersAtOnce_EachHearsItsOwn(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (author, reader, outsider, leaver) = (await scene.MemberAsync("Anne Auteure"), await scene.MemberAsync("Luc Lecteur"), await scene.MemberAsync("Eve Dehors"), await scene.MemberAsync("Paul Parti"));
        var group = await scene.GroupAsync("Réunion", author, members: [reader, leaver]);
        var topic = await scene.TopicAsync(group, author, "Le fil", "Message");
        foreach (var who in new[] { author, reader, author }) await scene.AnswerAsync(topic, who, "réponse");
        var itemId = await ItemAsync(instance, topic);
        var sessions = new Dictionary<Guid, Guid>();
        foreach (var member in new[] { author, reader, outsider, leaver }) sessions[member.Id] = await SessionAsync(instance, member);
        await instance.Services.GetRequiredService<Sessions>().CloseOneAsync(leaver.Id, sessions[leaver.Id], default);
        var watch = instance.Services.GetRequiredService<WatchThread>();

        var asked = new (Member Who, Guid Session, int Number, WatchedThread Expected)[]
        {
            (reader, sessions[reader.Id], 0, new(WatchState.Open, 2, 1)),
            (reader, sessions[reader.Id], 1, new(WatchState.Open, 1, 3)),
            (author, sessions[author.Id], 0, new(WatchState.Open, 1, 2)),
            (author, sessions[author.Id], 3, new(WatchState.Open, 0, null)),
            (outsider, sessions[outsider.Id], 0, new(WatchState.Closed, 0, null)),
            (leaver, sessions[leaver.Id], 0, new(WatchState.SignedOut, 0, null)),
            // The sign-in of somebody else opens nothing.
            (outsider, sessions[reader.Id], 0, new(WatchState.SignedOut, 0, null)),
        };
        var heard = await Task.WhenAll(asked.Select(a => watch.ExecuteAsync(a.Who.Id, a.Session, itemId, a.Number, default)));

        Assert.Equal(asked.Select(a => a.Expected), heard);
    }

    [Fact]
    public async Task Look_AfterTheMemberLeft_Closed()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (author, reader) = (await scene.MemberAsync("Anne Auteure"), await scene.MemberAsync("Luc Lecteur"));
        var group = await scene.GroupAsync("Réunion", author, members: [reader]);
        var itemId = await ItemAsync(instance, await scene.TopicAsync(group, author, "Le fil", "Message"));
        var session = await SessionAsync(instance, reader);
        var watch = instance.Services.GetRequiredService<WatchThread>();
        Assert.Equal(WatchState.Open, (await watch.ExecuteAsync(reader.Id, session, itemId, 0, default)).State);

        await using (var db = instance.Open(Viewer.System)) await db.Memberships.Where(m => m.GroupId == group.Id && m.MemberId == reader.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MembershipState.Removed));

        Assert.Equal(WatchState.Closed, (await watch.ExecuteAsync(reader.Id, session, itemId, 0, default)).State);
    }

    [Fact]
    public async Task Looks_OfACrowdAtOnce_AskedTogether()
    {
        var commands = new CommandCounter { OfJobsToo = true };
        await using var instance = await Instance.StartAsync(adjust: commands.Watch);
        var scene = new Scene(instance);
        var author = await scene.MemberAsync("Anne Auteure");
        var group = await scene.GroupAsync("Réunion", author);
        var topic = await scene.TopicAsync(group, author, "Le fil", "Message");
        var (itemId, session) = (await ItemAsync(instance, topic), await SessionAsync(instance, author));
        var watch = instance.Services.GetRequiredService<WatchThread>();
        commands.Clear();

        var heard = await Task.WhenAll(Enumerable.Range(0, Crowd).Select(_ => watch.ExecuteAsync(author.Id, session, itemId, 0, default)));

        Assert.All(heard, h => Assert.Equal(WatchState.Open, h.State));
        Assert.InRange(commands.Commands.Count, 1, Crowd / 2);
    }

    private static async Task<Guid> ItemAsync(Instance instance, string shortId)
    {
        await using var db = instance.Open(Viewer.System);
        return await db.Items.Where(i => i.ShortId == shortId).Select(i => i.Id).SingleAsync();
    }

    private static async Task<Guid> SessionAsync(Instance instance, Member member)
    {
        await instance.SessionAsync(member.Id);
        await using var db = instance.Open(Viewer.System);
        return await db.Sessions.Where(s => s.MemberId == member.Id).Select(s => s.Id).SingleAsync();
    }
}
