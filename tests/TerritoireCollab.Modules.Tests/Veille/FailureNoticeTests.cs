using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sources that fail for a week, told to those who can do something about it: once.</summary>
public sealed class FailureNoticeTests : FetchTest
{
    private const string Line = "Une source du groupe « Groupe de veille » est en panne depuis une semaine";
    private const string Title = "Une source est en panne depuis une semaine";

    [Fact]
    public async Task Source_FailingForAWeek_ItsAnimatorsToldOnceInTheirNewsAndByMail()
    {
        var (group, owner, animator, member) = await PeopleAsync();
        Say("404 Not Found");
        await FollowAsync(group, await Instance.VisitorAsync(owner));
        await FetchAsync();

        await MorningsAsync(6);
        Assert.Empty(MailsTo(owner));
        await MorningsAsync(30);

        foreach (var told in (Member[])[owner, animator])
        {
            var mail = Assert.Single(MailsTo(told));
            Assert.Equal($"[Groupe de veille] {Title}", InboxStage.Plain(mail.Subject));
            Assert.Contains("flux.xml", mail.Text, StringComparison.Ordinal);
            Assert.Contains("Le site répond que ce flux est introuvable (erreur 404) depuis le 23 novembre", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
            Assert.Equal("animation", mail.Field("X-Territoire-Raison"));
            var news = await (await Instance.VisitorAsync(told)).OpenAsync("/moi/nouveautes");
            var line = Assert.Single(news.Document.QuerySelectorAll("li.non-lu h3"));
            Assert.Equal(Line, InboxStage.Plain(line.TextContent).Trim());
            Assert.EndsWith($"groupes/{group.Slug}/veille/sources?filtre=panne", line.QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        }

        Assert.Empty(MailsTo(member));
        Assert.Contains("Aucune nouveauté", (await (await Instance.VisitorAsync(member)).OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_ReadAgainThenFailing_ToldAgain()
    {
        var (group, owner, _, _) = await PeopleAsync();
        var sound = Answer;
        Say("500 Oups");
        await FollowAsync(group, await Instance.VisitorAsync(owner));
        await FetchAsync();
        await MorningsAsync(12);
        Assert.Single(MailsTo(owner));

        Answer = sound;
        await MorningsAsync(4);
        Assert.Null((await SourceAsync()).FailureToldAt);
        Say("500 Oups");
        await MorningsAsync(5);
        Assert.Single(MailsTo(owner));
        await MorningsAsync(5);

        Assert.Equal(2, MailsTo(owner).Count);
    }

    [Fact]
    public async Task Sources_ThatFailTogether_OneNoticeForAllOfTheGroup()
    {
        var (group, owner, _, _) = await PeopleAsync();
        var (other, stranger) = await SetAsync();
        Say("410 Gone");
        await FollowAsync(group, await Instance.VisitorAsync(owner), "/un.xml", "/deux.xml", "/trois.xml");
        await FollowAsync(other, stranger, "/un.xml");
        await FetchAsync();
        await using (var db = Instance.Open(Viewer.System))
            await db.Set<GroupSource>().Where(s => s.GroupId == group.Id && s.Source!.Address.EndsWith("/trois.xml")).ExecuteUpdateAsync(set => set.SetProperty(s => s.IsMuted, true));

        await MorningsAsync(10);

        var mail = Assert.Single(MailsTo(owner));
        Assert.Equal("[Groupe de veille] 2 sources sont en panne depuis une semaine", InboxStage.Plain(mail.Subject));
        Assert.Equal([true, true, false], ((string[])["un.xml", "deux.xml", "trois.xml"]).Select(n => mail.Text.Contains(n, StringComparison.Ordinal)));
        var news = await stranger.OpenAsync("/moi/nouveautes");
        Assert.Contains(Line, InboxStage.Plain(news.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Source_FailingWhereTheVeilleIsOff_ToldOnceItIsBack()
    {
        var (group, owner, _, _) = await PeopleAsync();
        Say("404 Not Found");
        await FollowAsync(group, await Instance.VisitorAsync(owner));
        await FetchAsync();
        await TurnAsync(group, isOn: false);

        await MorningsAsync(20);
        Assert.Empty(MailsTo(owner));
        await TurnAsync(group, isOn: true);
        await MorningsAsync(1);

        Assert.Single(MailsTo(owner));
    }

    [Fact]
    public async Task Mail_DecidedBeforeTheSourceIsReadAgain_DoesNotLeave()
    {
        var (group, owner, _, _) = await PeopleAsync();
        var sound = Answer;
        Say("404 Not Found");
        await FollowAsync(group, await Instance.VisitorAsync(owner));
        await FetchAsync();
        await LiveAsync(8);
        await TellAsync();
        await Instance.Services.GetRequiredService<Platform.Activities.Dispatcher>().RunOnceAsync(default);

        Answer = sound;
        await LiveAsync(4);
        await Instance.SettleAsync();

        Assert.Empty(MailsTo(owner));
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(2, await db.Mails.CountAsync(m => m.State == Platform.Mail.MailState.Dropped));
    }

    private async Task<(Group Group, Member Owner, Member Animator, Member Member)> PeopleAsync()
    {
        var (owner, animator, member) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Yves Essai"), await Scene.MemberAsync("Luc Essai"));
        var group = await Scene.VeilleAsync(owner, members: member);
        await Scene.JoinAsync(group, animator, GroupRole.Animator);
        return (group, owner, animator, member);
    }

    private async Task TurnAsync(Group group, bool isOn)
    {
        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(1, await db.GroupTools.Where(t => t.GroupId == group.Id && t.ToolKey == "veille").ExecuteUpdateAsync(set => set.SetProperty(t => t.Enabled, isOn)));
    }

    // Sources that were retried too rarely to fail today are still as they were: the notice counts days, not fetches.
    private async Task MorningsAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            await LiveAsync(1);
            await TellAsync();
            await Instance.SettleAsync();
        }
    }

    private Task TellAsync() => Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "veille-pannes").RunAsync(default);

    private IReadOnlyList<ReceivedMail> MailsTo(Member member) => [.. ReceivedMail.AllOf(Instance).Where(m => m.To == member.Email)];
}
