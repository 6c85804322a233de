using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;
using Group = TerritoireCollab.Platform.Groups.Group;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>
/// A mail was decided, then something changed before it left: the server was down for an hour. Rights, wishes and the thing itself are
/// looked at again at the moment of sending.
/// </summary>
public sealed class LateChangeTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task Answer_LevelLoweredBeforeSending_NotSent()
    {
        var (author, reader, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Everything, reader, witness);
        var topic = await QuietTopicAsync(group, author);
        await stage.Scene.AnswerAsync(topic, author, "attendue");
        await stage.DecideAsync();

        using var browser = await stage.Instance.SignedInAsync(reader.Id);
        await browser.GestureAsync("/moi/notifications", "/moi/notifications/groupes", ($"niveau-{group.Slug}", $"{MailLevel.NewThreads:D}"));

        await AssertOnlyAsync(witness, reader);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_ThreadMutedBeforeSending_SentOnlyToWhoIsNamed(bool isNamed)
    {
        var (author, reader, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Everything, reader, witness);
        var topic = await QuietTopicAsync(group, author);
        await stage.Scene.AnswerAsync(topic, author, "attendue" + (isNamed ? $" @{reader.Handle}" : ""));
        await stage.DecideAsync();

        using var browser = await stage.Instance.SignedInAsync(reader.Id);
        await browser.GestureAsync("/groupes", $"/contenus/{topic}/suivi", ("suivi", nameof(Following.Muted)));
        await stage.SendAsync();

        Assert.Single(stage.MailsTo(witness));
        Assert.Equal(isNamed ? 1 : 0, stage.MailsTo(reader).Count);
    }

    [Theory]
    [InlineData(Audience.Group)]
    [InlineData(Audience.Platform)]
    public async Task Mention_GroupLeftBeforeSending_NotSent(Audience audience)
    {
        var (author, reader, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Nothing, reader, witness);
        await stage.Scene.TopicAsync(group, author, "Un fil", $"@{reader.Handle} @{witness.Handle}", audience);
        await stage.DecideAsync();

        await LeaveAsync(group, reader);

        await AssertOnlyAsync(witness, reader);
    }

    [Fact]
    public async Task Mention_AudienceNarrowedBeforeSending_NotSentOutside()
    {
        var (author, outsider, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Nothing, witness);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil", $"@{outsider.Handle} @{witness.Handle}", Audience.Platform);
        await stage.DecideAsync();

        await OkAsync((await stage.Instance.ProgramAsync(author.Id)).PatchAsJsonAsync($"discussions/{topic}", new { audience = "group" }));

        await AssertOnlyAsync(witness, outsider);
    }

    [Fact]
    public async Task Mention_GroupHiddenBeforeSending_ItsNameNotSentOutside()
    {
        var (author, outsider, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Nothing, witness);
        await stage.Scene.TopicAsync(group, author, "Un fil", $"@{outsider.Handle} @{witness.Handle}", Audience.Public);
        await stage.DecideAsync();

        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Groups.Where(g => g.Id == group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.Visibility, GroupVisibility.Hidden));

        await AssertOnlyAsync(witness, outsider);
    }

    [Fact]
    public async Task Thread_MemberSuspendedBeforeSending_NotSent()
    {
        var (author, reader, witness) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.NewThreads, reader, witness);
        await stage.Scene.TopicAsync(group, author, "Un fil", $"@{reader.Handle}");
        await stage.DecideAsync();

        await SuspendAsync(reader);

        await AssertOnlyAsync(witness, reader);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_RemovedBeforeSending_NotSentUnlessBroughtBack(bool isBroughtBack)
    {
        var (author, reader, _) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Everything, reader);
        var topic = await QuietTopicAsync(group, author);
        var number = await stage.Scene.AnswerAsync(topic, author, $"écrite trop vite @{reader.Handle}");
        await stage.DecideAsync();

        using var browser = await stage.Instance.SignedInAsync(author.Id);
        await browser.GestureAsync($"/groupes/{group.Slug}", $"/contenus/{topic}/reponses/{number}/corbeille");
        if (isBroughtBack) await browser.GestureAsync($"/groupes/{group.Slug}", $"/contenus/{topic}/reponses/{number}/retablir");
        await stage.SendAsync();

        Assert.Equal(isBroughtBack ? 1 : 0, stage.MailsTo(reader).Count);
        Assert.Equal(isBroughtBack ? MailState.Sent : MailState.Dropped, await StateAsync(reader));
    }

    [Fact]
    public async Task Thread_RemovedBeforeSending_NotSent()
    {
        var (author, reader, _) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.NewThreads, reader);
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil", $"@{reader.Handle}");
        await stage.DecideAsync();

        await OkAsync((await stage.Instance.ProgramAsync(author.Id)).DeleteAsync($"discussions/{topic}"));
        await stage.SendAsync();

        Assert.Empty(stage.MailsTo(reader));
        Assert.Equal(MailState.Dropped, await StateAsync(reader));
    }

    [Fact]
    public async Task Thread_MovedBeforeSending_SentToThoseWhoReadItThere()
    {
        var (author, reader, witness) = await PeopleAsync();
        var stopped = await stage.Scene.MemberAsync("Silencieuse");
        var from = await GroupAsync(author, MailLevel.NewThreads, reader, witness, stopped);
        var to = await GroupAsync(author, MailLevel.NewThreads, witness);
        await stage.Scene.JoinAsync(to, stopped, level: MailLevel.Nothing);
        var topic = await stage.Scene.TopicAsync(from, author, "Un fil");
        await stage.DecideAsync();

        var visitor = new Visitor(await stage.Instance.SignedInAsync(author.Id));
        var page = await visitor.OpenAsync($"/groupes/{from.Slug}/forum/{topic}/animer");
        var moved = await visitor.SendAsync(page, "select[name='To']", ("To", to.Slug));
        Assert.Contains($"/groupes/{to.Slug}/", moved.Address, StringComparison.Ordinal);

        await AssertOnlyAsync(witness, reader, stopped);
    }

    [Fact]
    public async Task Answer_ItsThreadMergedBeforeSending_StillSent()
    {
        var (author, reader, _) = await PeopleAsync();
        var group = await GroupAsync(author, MailLevel.Everything, reader);
        var (topic, into) = (await QuietTopicAsync(group, author), await QuietTopicAsync(group, author));
        await stage.Scene.AnswerAsync(topic, author, "déplacée avec son fil");
        await stage.DecideAsync();

        var visitor = new Visitor(await stage.Instance.SignedInAsync(author.Id));
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/forum/{topic}/animer");
        var merged = await visitor.SendAsync(page, "select[name='Into']", ("Into", into));
        Assert.Contains(into, merged.Address, StringComparison.Ordinal);
        await stage.SendAsync();

        Assert.Contains("déplacée avec son fil", Assert.Single(stage.MailsTo(reader)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("retirée du rôle")]
    [InlineData("partie")]
    [InlineData("suspendue")]
    public async Task Request_AnimatorNoLongerSoBeforeSending_NotSent(string change)
    {
        var (owner, animator, asking) = await PeopleAsync();
        var group = await GroupAsync(owner, MailLevel.NewThreads);
        await stage.Scene.JoinAsync(group, animator, GroupRole.Animator);
        await AskAsync(group, asking);
        await stage.DecideAsync();

        if (change == "partie") await LeaveAsync(group, animator);
        else if (change == "suspendue") await SuspendAsync(animator);
        else
        {
            using var browser = await stage.Instance.SignedInAsync(owner.Id);
            await browser.GestureAsync($"/groupes/{group.Slug}", $"/groupes/{group.Slug}/membres/{animator.Id}/role", ("role", nameof(GroupRole.Member)));
        }

        await AssertOnlyAsync(owner, animator);
    }

    [Theory]
    [InlineData("reprise")]
    [InlineData("acceptée")]
    [InlineData("suspendue")]
    public async Task Request_NoLongerOpenBeforeSending_NotSent(string change)
    {
        var (owner, _, asking) = await PeopleAsync();
        var group = await GroupAsync(owner, MailLevel.NewThreads);
        await AskAsync(group, asking);
        await stage.DecideAsync();

        if (change == "reprise") await LeaveAsync(group, asking);
        else if (change == "suspendue") await SuspendAsync(asking);
        else await AnswerAsync(group, owner, "accepter", asking);
        await stage.SendAsync();

        Assert.Empty(stage.MailsTo(owner));
        Assert.Equal(MailState.Dropped, await StateAsync(owner));
    }

    [Fact]
    public async Task Refusal_AcceptedAfterAllBeforeSending_OnlyTheLastWordSent()
    {
        var (owner, _, asking) = await PeopleAsync();
        var group = await GroupAsync(owner, MailLevel.NewThreads);
        await AskAsync(group, asking);
        await AnswerAsync(group, owner, "refuser", asking);
        await AskAsync(group, asking);
        await AnswerAsync(group, owner, "accepter", asking);
        await stage.DecideAsync();

        await stage.SendAsync();

        Assert.Contains("Votre demande est acceptée", Assert.Single(stage.MailsTo(asking)).Subject, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Welcome_RemovedBeforeSending_NotSent()
    {
        var (owner, added, witness) = await PeopleAsync();
        var group = await GroupAsync(owner, MailLevel.NewThreads);
        var program = await stage.Instance.ProgramAsync(owner.Id);
        foreach (var member in (Member[])[added, witness]) await OkAsync(program.PostAsJsonAsync($"groups/{group.Slug}/members", new { handle = member.Handle }));
        await stage.DecideAsync();

        await OkAsync(program.DeleteAsync($"groups/{group.Slug}/members/{added.Id}"));

        await AssertOnlyAsync(witness, added);
    }

    [Fact]
    public async Task Ownership_HandedBackBeforeSending_NotSent()
    {
        var (owner, heir, _) = await PeopleAsync();
        var group = await GroupAsync(owner, MailLevel.NewThreads, heir);
        await HandOverAsync(group, owner, heir);
        await stage.DecideAsync();

        await HandOverAsync(group, heir, owner);
        await stage.SendAsync();

        Assert.Empty(stage.MailsTo(heir));
        Assert.Equal(MailState.Dropped, await StateAsync(heir));
    }

    [Fact]
    public async Task Invitation_WithdrawnOrSentAgainBeforeSending_OnlyTheOneThatHoldsIsSent()
    {
        var (owner, withdrawn, again) = await PeopleAsync();
        var group = await stage.Scene.GroupAsync("Groupe caché", owner, GroupVisibility.Hidden);
        using var browser = await stage.Instance.SignedInAsync(owner.Id);
        var page = $"/groupes/{group.Slug}/invitations";
        foreach (var member in (Member[])[withdrawn, again]) await browser.GestureAsync(page, page + "/membre", ("inviter", member.Handle));
        var ids = await InvitationsAsync(group);
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(10));

        await browser.GestureAsync(page, page + "/liste", ("retirer", ids[withdrawn.Handle].ToString()));
        await browser.GestureAsync(page, page + "/liste", ("renvoyer", ids[again.Handle].ToString()));
        await stage.SendAsync();

        Assert.Empty(stage.MailsTo(withdrawn));
        var link = Regex.Match(Assert.Single(stage.MailsTo(again)).Text, "/invitation/[^\\s]+").Value;
        using var invited = await stage.Instance.SignedInAsync(again.Id);
        Assert.Equal(HttpStatusCode.OK, (await invited.GetAsync(link)).StatusCode);
    }

    [Fact]
    public async Task SignInLink_PastItsTimeBeforeSending_NotSent()
    {
        var (late, inTime, _) = await PeopleAsync();
        await AskLinkAsync(late);
        stage.Instance.Clock.Advance(TimeSpan.FromHours(3));
        await AskLinkAsync(inTime);

        await AssertOnlyAsync(inTime, late);
    }

    private async Task AskLinkAsync(Member member)
    {
        var visitor = new Visitor(stage.Instance.Browser());
        var page = await visitor.OpenAsync("/mot-de-passe");
        await visitor.SendAsync(page, "main form", ("Email", member.Email));
    }

    private async Task<(Member, Member, Member)> PeopleAsync() =>
        (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"), await stage.Scene.MemberAsync("Témoin Essai"));

    private async Task<Group> GroupAsync(Member owner, MailLevel level, params Member[] members)
    {
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        foreach (var member in members) await stage.Scene.JoinAsync(group, member, level: level);
        return group;
    }

    // A thread whose own mails are gone before the test begins.
    private async Task<string> QuietTopicAsync(Group group, Member author)
    {
        var topic = await stage.Scene.TopicAsync(group, author, "Un fil");
        await stage.DecideAsync();
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Mails.Where(m => m.State == MailState.Pending).ExecuteDeleteAsync();
        return topic;
    }

    private async Task AskAsync(Group group, Member member) =>
        await OkAsync((await stage.Instance.ProgramAsync(member.Id)).PostAsJsonAsync($"groups/{group.Slug}/join", new { answer = "Bonjour" }));

    private async Task AnswerAsync(Group group, Member animator, string answer, Member asking)
    {
        using var browser = await stage.Instance.SignedInAsync(animator.Id);
        await browser.GestureAsync($"/groupes/{group.Slug}/membres", $"/groupes/{group.Slug}/demandes", (answer, asking.Id.ToString()));
    }

    private async Task HandOverAsync(Group group, Member from, Member to)
    {
        using var browser = await stage.Instance.SignedInAsync(from.Id);
        await browser.GestureAsync("/groupes", $"/groupes/{group.Slug}/membres/{to.Id}/cession");
    }

    private async Task LeaveAsync(Group group, Member member)
    {
        using var browser = await stage.Instance.SignedInAsync(member.Id);
        var answer = await browser.GestureAsync("/groupes", $"/groupes/{group.Slug}/depart");
        Assert.True((int)answer.StatusCode < 400, answer.StatusCode.ToString());
    }

    private async Task SuspendAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
    }

    private async Task<Dictionary<string, Guid>> InvitationsAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Invitations.Where(i => i.GroupId == group.Id).ToDictionaryAsync(i => i.Email!.TrimStart('@'), i => i.Id);
    }

    private async Task<MailState> StateAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Mails.Where(m => m.MemberId == member.Id).Select(m => m.State).SingleAsync();
    }

    private async Task AssertOnlyAsync(Member told, params Member[] others)
    {
        await stage.SendAsync();
        Assert.Single(stage.MailsTo(told));
        foreach (var other in others)
        {
            Assert.Empty(stage.MailsTo(other));
            Assert.Equal(MailState.Dropped, await StateAsync(other));
        }
    }

    private static async Task OkAsync(Task<HttpResponseMessage> sent)
    {
        using var answer = await sent;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
