using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Notifications;

/// <summary>Who is told of what, and why.</summary>
public sealed class NotifierTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task NewThread_EachLevel_ToldAsChosen(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var scene = new Scene(instance);
        var (author, all, threads, none, outsider) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Tout"), await scene.MemberAsync("Fils"), await scene.MemberAsync("Rien"), await scene.MemberAsync("Dehors"));
        var group = await scene.GroupAsync("Groupe", author);
        await scene.JoinAsync(group, all, level: MailLevel.Everything);
        await scene.JoinAsync(group, threads, level: MailLevel.NewThreads);
        await scene.JoinAsync(group, none, level: MailLevel.Nothing);

        var topic = await scene.TopicAsync(group, author, "Un fil", audience: Audience.Public);
        await instance.SettleAsync();
        Assert.Equal(Names((all, NotificationReason.Group), (threads, NotificationReason.Group)), await ToldAsync(instance, ActivityKinds.ItemCreated));

        await scene.AnswerAsync(topic, all, "une réponse");
        await instance.SettleAsync();
        Assert.Equal(Names((author, NotificationReason.Author)), await ToldAsync(instance, ActivityKinds.CommentCreated));
        Assert.NotEqual(outsider.Id, author.Id);
    }

    [Fact]
    public async Task Mention_OfAnOutsiderInAGroupThread_NotTold()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (author, member, outsider) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Luc"), await scene.MemberAsync("Dehors"));
        var group = await scene.GroupAsync("Groupe", author);
        await scene.JoinAsync(group, member, level: MailLevel.Nothing);

        await scene.TopicAsync(group, author, "Un fil", $"Bonjour @{member.Handle} et @{outsider.Handle}");
        await instance.SettleAsync();

        Assert.Equal(Names((member, NotificationReason.Mention)), await ToldAsync(instance, ActivityKinds.ItemCreated));
    }

    [Fact]
    public async Task Answer_ThreadMuted_ToldOnlyWhenCalledByName()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (author, muted) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Luc"));
        var group = await scene.GroupAsync("Groupe", author);
        await scene.JoinAsync(group, muted, level: MailLevel.Everything);
        var topic = await scene.TopicAsync(group, author, "Un fil");
        await instance.Services.GetRequiredService<Follow>().ExecuteAsync(Viewer.Member(muted.Id), topic, Following.Muted, default);

        await scene.AnswerAsync(topic, author, "sans nom");
        await instance.SettleAsync();
        Assert.Empty(await ToldAsync(instance, ActivityKinds.CommentCreated));

        await scene.AnswerAsync(topic, author, $"avec nom @{muted.Handle}");
        await instance.SettleAsync();
        Assert.Equal(Names((muted, NotificationReason.Mention)), await ToldAsync(instance, ActivityKinds.CommentCreated));
    }

    [Fact]
    public async Task Dispatch_ActivityRunAgain_NobodyToldTwice()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (author, member) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Luc"));
        var group = await scene.GroupAsync("Groupe", author, members: member);
        await scene.TopicAsync(group, author, "Un fil");
        await instance.SettleAsync();
        var mails = instance.Mails().Count;

        // As after a crash between the consumers and the record of their success.
        await using (var db = instance.Open(Viewer.System))
            await db.Activities.ExecuteUpdateAsync(set => set.SetProperty(a => a.DispatchedAt, (DateTime?)null));
        await instance.SettleAsync();

        Assert.Equal(Names((member, NotificationReason.Group)), await ToldAsync(instance, ActivityKinds.ItemCreated));
        Assert.Equal(mails, instance.Mails().Count);
    }

    private static List<(string, NotificationReason)> Names(params (Member Member, NotificationReason Reason)[] told) => [.. told.Select(t => (t.Member.Name, t.Reason)).Order()];

    private static async Task<List<(string, NotificationReason)>> ToldAsync(Instance instance, string kind)
    {
        await using var db = instance.Open(Viewer.System);
        var told = await db.Notifications.Where(n => n.Activity!.Kind == kind).Select(n => new { n.Member!.Name, n.Reason }).ToListAsync();
        return [.. told.Select(t => (t.Name, t.Reason)).Order()];
    }
}
