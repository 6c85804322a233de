using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>The links of mails, which work without signing in: a look changes nothing, a press acts, and nothing is told to who lost the right to know.</summary>
public sealed class MailLinkTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task EveryLink_OpenedTenTimes_ChangesNothing()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        using var scanner = stage.Instance.Browser();
        var before = await StandingAsync(group, reader, topic);

        foreach (var link in mail.TextLinks.Select(l => new Uri(l).PathAndQuery).Distinct())
            for (var i = 0; i < 10; i++) (await scanner.GetAsync(link)).Dispose();

        Assert.Equal(before, await StandingAsync(group, reader, topic));
    }

    [Fact]
    public async Task MuteLink_PressedThenUndone_AsBefore()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(mail.Actions[0]);
        Assert.Contains("« Délibération type »", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        var done = await visitor.SendAsync(page, "button[value='faire']");
        var muted = await StandingAsync(group, reader, topic);
        var undone = await visitor.SendAsync(done, "button[value='annuler']");

        Assert.Equal(Following.Muted, muted.Following);
        Assert.Contains("C’est fait.", done.Text, StringComparison.Ordinal);
        Assert.Contains("C’est annulé", undone.Text, StringComparison.Ordinal);
        Assert.Equal(new Standing(MembershipState.Active, GroupRole.Member, MailLevel.Everything, null), await StandingAsync(group, reader, topic));
    }

    [Fact]
    public async Task StopLink_PressedThenUndone_AsBefore()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var visitor = new Visitor(stage.Instance.Browser());

        var done = await visitor.SendAsync(await visitor.OpenAsync(mail.Actions[1]), "button[value='faire']");
        var stopped = await StandingAsync(group, reader, topic);
        await visitor.SendAsync(done, "button[value='annuler']");

        Assert.Equal(MailLevel.Nothing, stopped.Level);
        Assert.Equal(MailLevel.Everything, (await StandingAsync(group, reader, topic)).Level);
    }

    [Fact]
    public async Task StopLink_UndoneAfterAnotherChoice_TheChoiceStays()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var visitor = new Visitor(stage.Instance.Browser());
        var done = await visitor.SendAsync(await visitor.OpenAsync(mail.Actions[1]), "button[value='faire']");
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.NewThreads);

        await visitor.SendAsync(done, "button[value='annuler']");

        Assert.Equal(MailLevel.NewThreads, (await StandingAsync(group, reader, topic)).Level);
    }

    [Fact]
    public async Task SettingsLink_LevelsChosen_Saved()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(mail.Actions[2]);
        var saved = await visitor.SendAsync(page, "button[value='regler']", ($"niveau-{group.Slug}", $"{MailLevel.Nothing:D}"));

        Assert.Contains("Vos choix sont enregistrés.", saved.Text, StringComparison.Ordinal);
        Assert.Equal(MailLevel.Nothing, (await StandingAsync(group, reader, topic)).Level);
    }

    [Fact]
    public async Task OneClick_PostedByAMailProgram_ActsAtOnceAndAgain()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var address = new Uri(mail.Field("List-Unsubscribe").Trim('<', '>')).PathAndQuery;

        using var program = stage.Instance.Browser();
        using var first = await program.PostAsync(address, OneClick());
        using var second = await program.PostAsync(address, OneClick());

        Assert.Equal("List-Unsubscribe=One-Click", mail.Field("List-Unsubscribe-Post"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.False(first.Headers.Contains("Set-Cookie"));
        Assert.Equal(MailLevel.Nothing, (await StandingAsync(group, reader, topic)).Level);
    }

    [Fact]
    public async Task OneClick_MailsDecidedBefore_Dropped()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var before = stage.MailsTo(reader).Count;
        await stage.Scene.AnswerAsync(topic, await OwnerAsync(group), "décidée avant");
        await stage.DecideAsync();

        using var program = stage.Instance.Browser();
        await program.PostAsync(new Uri(mail.Field("List-Unsubscribe").Trim('<', '>')).PathAndQuery, OneClick());
        await stage.SendAsync();

        Assert.Equal(before, stage.MailsTo(reader).Count);
    }

    [Fact]
    public async Task Link_PressedWithoutItsForm_Refused()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        using var browser = stage.Instance.Browser();

        using var forged = await browser.PostAsync(mail.Actions[1], new FormUrlEncodedContent([new("geste", "faire")]));

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal(MailLevel.Everything, (await StandingAsync(group, reader, topic)).Level);
    }

    [Fact]
    public async Task Link_InAnotherMembersSession_NotFoundAndNothingDone()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        using var other = await stage.Instance.SignedInAsync((await OwnerAsync(group)).Id);

        foreach (var link in mail.Actions)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(link)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(link, OneClick())).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await other.GestureAsync("/groupes", link, ("geste", "faire"))).StatusCode);
        }

        Assert.Equal(new Standing(MembershipState.Active, GroupRole.Member, MailLevel.Everything, null), await StandingAsync(group, reader, topic));
    }

    [Fact]
    public async Task Link_ForgedOrCut_SameAnswerAsAnUnknownAddress()
    {
        var (mail, _, _, _) = await AnswerMailAsync();
        using var browser = stage.Instance.Browser();
        var token = mail.Actions[1].Split('/')[^1];
        string[] forged = [token[..^1], token[1..], token + "A", token[..40], "A", new string('A', 200), new string('z', 5000), token[..^4] + "AAAA", "..%2f.."];

        foreach (var link in forged.Select(t => "/desabonnement/" + t))
        {
            using var shown = await browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.PostAsync(link, OneClick())).StatusCode);
        }
    }

    [Fact]
    public async Task Undo_OfAnotherActionOrTooLate_NotFound()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        var visitor = new Visitor(stage.Instance.Browser());
        var done = await visitor.SendAsync(await visitor.OpenAsync(mail.Actions[1]), "button[value='faire']");
        var undo = done.ValueOf("avant")!;
        using var browser = stage.Instance.Browser();

        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", mail.Actions[0], ("geste", "annuler"), ("avant", undo))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", mail.Actions[1], ("geste", "annuler"), ("avant", undo[..^2]))).StatusCode);
        stage.Instance.Clock.Advance(TimeSpan.FromHours(25));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", mail.Actions[1], ("geste", "annuler"), ("avant", undo))).StatusCode);
        Assert.Equal(MailLevel.Nothing, (await StandingAsync(group, reader, topic)).Level);
    }

    [Theory]
    [InlineData("partie")]
    [InlineData("retirée")]
    [InlineData("suspendue")]
    public async Task EveryLink_ReaderOfAHiddenGroupGone_TellsNeitherGroupNorThread(string change)
    {
        var (mail, group, reader, _) = await AnswerMailAsync(GroupVisibility.Hidden);
        if (change == "suspendue") await SuspendAsync(reader);
        else await stage.Scene.JoinAsync(group, reader, state: change == "partie" ? MembershipState.Left : MembershipState.Removed);
        using var browser = stage.Instance.Browser();

        foreach (var (link, at) in mail.Actions.Select((l, i) => (l, i)))
        {
            using var shown = await browser.GetAsync(link);
            var body = await shown.Content.ReadAsStringAsync();
            Assert.DoesNotContain("Cercle réservé", body, StringComparison.Ordinal);
            Assert.DoesNotContain("Délibération type", body, StringComparison.Ordinal);
            // The settings of who is still a member of the platform open, without that group.
            Assert.Equal(at == 2 && change != "suspendue" ? HttpStatusCode.OK : HttpStatusCode.NotFound, shown.StatusCode);
        }
    }

    [Fact]
    public async Task MuteLink_ThreadNoLongerReadable_ItsTitleNotTold()
    {
        var (mail, group, reader, topic) = await AnswerMailAsync();
        await stage.Scene.JoinAsync(group, reader, state: MembershipState.Left);
        using var browser = stage.Instance.Browser();

        using var shown = await browser.GetAsync(mail.Actions[0]);
        using var pressed = await browser.PostAsync(mail.Actions[0], OneClick());

        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        Assert.DoesNotContain("Délibération type", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, pressed.StatusCode);
        Assert.Null((await StandingAsync(group, reader, topic)).Following);
    }

    [Fact]
    public async Task LeaveLink_PressedThenUndone_BackWithTheSameRole()
    {
        var (mail, group, added) = await WelcomeMailAsync(GroupVisibility.AllMembers);
        var visitor = new Visitor(stage.Instance.Browser());

        var left = await visitor.SendAsync(await visitor.OpenAsync(LeaveOf(mail)), "button[value='faire']");
        var gone = await StandingAsync(group, added);
        await visitor.SendAsync(left, "button[value='annuler']");

        Assert.Equal(MembershipState.Left, gone.State);
        Assert.Equal((MembershipState.Active, GroupRole.Animator), ((await StandingAsync(group, added)).State, (await StandingAsync(group, added)).Role));
    }

    [Theory]
    [InlineData("retirée")]
    [InlineData("revenue puis repartie")]
    [InlineData("archivé")]
    public async Task LeaveLink_UndoneThoughMuchChanged_StaysOut(string change)
    {
        var (mail, group, added) = await WelcomeMailAsync(GroupVisibility.AllMembers);
        var visitor = new Visitor(stage.Instance.Browser());
        var left = await visitor.SendAsync(await visitor.OpenAsync(LeaveOf(mail)), "button[value='faire']");
        stage.Instance.Clock.Advance(TimeSpan.FromSeconds(1));

        if (change == "archivé") await ChangeAsync(group, g => g.ArchivedAt = stage.Instance.Clock.GetUtcNow().UtcDateTime);
        else await EndAgainAsync(group, added, change == "retirée" ? MembershipState.Removed : MembershipState.Left);
        var refused = await visitor.SendAsync(left, "button[value='annuler']");
        var again = await visitor.OpenAsync(left.Address);

        Assert.Contains("Ce lien ne permet plus de revenir dans ce groupe", refused.Text, StringComparison.Ordinal);
        Assert.NotEqual(MembershipState.Active, (await StandingAsync(group, added)).State);
        // What cannot be undone is not offered.
        Assert.Empty(again.Document.QuerySelectorAll("button[value='annuler']"));
    }

    [Fact]
    public async Task LeaveLink_OfAHiddenGroup_ConfirmedWithoutItsNameAndNoWayBack()
    {
        var (mail, group, added) = await WelcomeMailAsync(GroupVisibility.Hidden);
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(LeaveOf(mail));
        var left = await visitor.SendAsync(page, "button[value='faire']");
        var undo = Uri.UnescapeDataString(left.Address.Split("avant=")[1]);
        using var browser = stage.Instance.Browser();

        Assert.Contains("Cercle réservé", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, left.Status);
        Assert.Contains("Vous ne faites plus partie de ce groupe.", left.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Cercle réservé", left.Body, StringComparison.Ordinal);
        Assert.Empty(left.Document.QuerySelectorAll("button[value='annuler']"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GestureAsync("/connexion", LeaveOf(mail), ("geste", "annuler"), ("avant", undo))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(LeaveOf(mail))).StatusCode);
        Assert.Equal(MembershipState.Left, (await StandingAsync(group, added)).State);
    }

    [Fact]
    public async Task LeaveLink_UndoneInAGroupHiddenSince_NotFoundAndStaysOut()
    {
        var (mail, group, added) = await WelcomeMailAsync(GroupVisibility.AllMembers);
        var visitor = new Visitor(stage.Instance.Browser());
        var left = await visitor.SendAsync(await visitor.OpenAsync(LeaveOf(mail)), "button[value='faire']");

        await ChangeAsync(group, g => g.Visibility = GroupVisibility.Hidden);
        var refused = await visitor.SendAsync(left, "button[value='annuler']");

        Assert.Equal(HttpStatusCode.NotFound, refused.Status);
        Assert.DoesNotContain("Cercle réservé", refused.Body, StringComparison.Ordinal);
        Assert.Equal(MembershipState.Left, (await StandingAsync(group, added)).State);
    }

    [Fact]
    public async Task LeaveLink_OfWhoOwnsTheGroupNow_SaysToHandItOver()
    {
        var (mail, group, added) = await WelcomeMailAsync(GroupVisibility.AllMembers);
        await stage.Scene.JoinAsync(group, added, GroupRole.Owner);
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(LeaveOf(mail));
        using var browser = stage.Instance.Browser();
        using var pressed = await browser.GestureAsync("/connexion", LeaveOf(mail), ("geste", "faire"));
        var after = await visitor.OpenAsync(pressed.Headers.Location!.ToString());

        Assert.All([page, after], p => Assert.Contains("Vous êtes propriétaire de ce groupe", p.Text, StringComparison.Ordinal));
        Assert.Equal(MembershipState.Active, (await StandingAsync(group, added)).State);
    }

    private sealed record Standing(MembershipState State, GroupRole Role, MailLevel Level, Following? Following);

    private async Task<(ReceivedMail Mail, Group Group, Member Reader, string Topic)> AnswerMailAsync(GroupVisibility visibility = GroupVisibility.AllMembers)
    {
        var (owner, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Cercle réservé", owner, visibility);
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.Everything);
        var topic = await stage.Scene.TopicAsync(group, owner, "Délibération type");
        await stage.Scene.AnswerAsync(topic, owner, "Une réponse.");
        await stage.DecideAsync();
        await stage.SendAsync();
        var mail = stage.MailsTo(reader).Single(m => m.Subject.StartsWith("Re:", StringComparison.Ordinal));
        Assert.Equal(3, mail.Actions.Count);
        return (mail, group, reader, topic);
    }

    private async Task<(ReceivedMail Mail, Group Group, Member Added)> WelcomeMailAsync(GroupVisibility visibility)
    {
        var (owner, added) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Cercle réservé", owner, visibility);
        using var program = await stage.Instance.ProgramAsync(owner.Id);
        await program.PostAsJsonAsync($"groups/{group.Slug}/members", new { handle = added.Handle, role = "animator" });
        await stage.DecideAsync();
        await stage.SendAsync();
        return (Assert.Single(stage.MailsTo(added)), group, added);
    }

    // The mail of who was added offers it in its body, before the links of its foot.
    private static string LeaveOf(ReceivedMail mail) => mail.Actions[0];

    private static FormUrlEncodedContent OneClick() => new([new("List-Unsubscribe", "One-Click")]);

    private async Task<Standing> StandingAsync(Group group, Member member, string? topic = null)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var mine = await db.Memberships.SingleAsync(m => m.GroupId == group.Id && m.MemberId == member.Id);
        return new(mine.State, mine.Role, mine.MailLevel, await db.Subscriptions.Where(s => s.Item.ShortId == topic && s.MemberId == member.Id).Select(s => (Following?)s.Following).FirstOrDefaultAsync());
    }

    private async Task<Member> OwnerAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Memberships.Where(m => m.GroupId == group.Id && m.Role == GroupRole.Owner).Select(m => m.Member!).FirstAsync();
    }

    private async Task SuspendAsync(Member member)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
    }

    private async Task ChangeAsync(Group group, Action<Group> change)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        change(await db.Groups.SingleAsync(g => g.Id == group.Id));
        await db.SaveChangesAsync();
    }

    private async Task EndAgainAsync(Group group, Member member, MembershipState end)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var now = stage.Instance.Clock.GetUtcNow().UtcDateTime;
        await db.Memberships.Where(m => m.GroupId == group.Id && m.MemberId == member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, end).SetProperty(m => m.Since, now));
    }
}
