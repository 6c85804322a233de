using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Access;

/// <summary>What each viewer reads from the database, on each provider.</summary>
public sealed class ReadingTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Items_EachViewer_ExactlyTheirs(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (owner, member, outsider) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"), await scene.MemberAsync("Zoé Essai"));
        var group = await scene.GroupAsync("Groupe visible", owner, members: member);
        await scene.TopicAsync(group, owner, "interne", audience: Audience.Group);
        await scene.TopicAsync(group, owner, "plateforme", audience: Audience.Platform);
        await scene.TopicAsync(group, owner, "public", audience: Audience.Public);

        Assert.Equal(["public"], await Titles(instance, Viewer.Anonymous));
        Assert.Equal(["plateforme", "public"], await Titles(instance, Viewer.Member(outsider.Id)));
        Assert.Equal(["interne", "plateforme", "public"], await Titles(instance, Viewer.Member(member.Id)));
        Assert.Equal(["interne", "plateforme", "public"], await Titles(instance, Viewer.AnyMemberOf(group.Id)));
        Assert.Equal(["plateforme", "public"], await Titles(instance, Viewer.AnyMember));
    }

    [Theory]
    [InlineData(MembershipState.Requested)]
    [InlineData(MembershipState.Left)]
    [InlineData(MembershipState.Removed)]
    [InlineData(MembershipState.Refused)]
    public async Task Items_MembershipNotActive_NothingOfTheGroup(MembershipState state)
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, former) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, GroupVisibility.Hidden, members: former);
        var own = await scene.TopicAsync(group, former, "écrit par le membre lui-même");
        await scene.AnswerAsync(own, owner, "une réponse");

        await scene.JoinAsync(group, former, state: state);

        await using var db = instance.Open(Viewer.Member(former.Id));
        Assert.Empty(await db.Items.ToListAsync());
        Assert.Empty(await db.Comments.ToListAsync());
        Assert.Empty(await db.Groups.ToListAsync());
    }

    [Fact]
    public async Task Administrator_NotAMember_ReadsNothingOfTheGroup()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, admin) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Admin Essai", admin: true));
        var group = await scene.GroupAsync("Groupe", owner, GroupVisibility.Hidden);
        await scene.TopicAsync(group, owner, "interne");

        Assert.Empty(await Titles(instance, Viewer.Member(admin.Id, isAdmin: true)));
    }

    [Fact]
    public async Task Trash_FilterOfDeletedLifted_RightsStillHold()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (owner, outsider) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Zoé Essai"));
        var group = await scene.GroupAsync("Groupe", owner);
        var topic = await scene.TopicAsync(group, owner, "interne");
        await using (var system = instance.Open(Viewer.System))
            await system.Items.Where(i => i.ShortId == topic).ExecuteUpdateAsync(set => set.SetProperty(i => i.DeletedAt, DateTime.UnixEpoch));

        await using var own = instance.Open(Viewer.Member(owner.Id));
        await using var other = instance.Open(Viewer.Member(outsider.Id));

        Assert.Empty(await own.Items.ToListAsync());
        Assert.Single(await own.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).ToListAsync());
        Assert.Empty(await other.Items.IgnoreQueryFilters([AppDbContext.DeletedFilter]).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task OwnReadMarks_EachViewer_TheirsAlone(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (owner, member) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe visible", owner, members: member);
        var topic = await scene.TopicAsync(group, owner, "lu par les deux", audience: Audience.Public);
        await scene.AnswerAsync(topic, member, "une réponse");

        Assert.Equal([owner.Id], await Readers(instance, Viewer.Member(owner.Id)));
        Assert.Equal([member.Id], await Readers(instance, Viewer.Member(member.Id)));
        Assert.Empty(await Readers(instance, Viewer.Anonymous));
        Assert.Empty(await Readers(instance, Viewer.AnyMemberOf(group.Id)));
    }

    private static async Task<List<Guid>> Readers(Instance instance, Viewer viewer)
    {
        await using var db = instance.Open(viewer);
        return await db.OwnReadMarks.Select(m => m.MemberId).ToListAsync();
    }

    private static async Task<List<string>> Titles(Instance instance, Viewer viewer)
    {
        await using var db = instance.Open(viewer);
        return [.. (await db.Items.Select(i => i.Title).ToListAsync()).Order(StringComparer.Ordinal)];
    }
}
