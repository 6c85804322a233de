using System.Net;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Inbox.Mails;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>M27, the mechanism: acts by the links of a mail, without signing in. A look changes nothing, a press acts with the rights of that moment, once where it must be.</summary>
public sealed class MailActTests(InboxStage stage) : IClassFixture<InboxStage>
{
    [Fact]
    public async Task M27UsefulLink_PressedThenTakenBack_CountsOnceThenNotAtAll()
    {
        var room = await RoomAsync();
        var link = Act(await MailAsync(room.Reader), "C’est utile");
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(link);
        Assert.Equal(0, await UsefulAsync(room.Topic));
        var done = await visitor.SendAsync(page, "button[value='faire']");
        Assert.Equal(1, await UsefulAsync(room.Topic));
        var again = await visitor.PostAsync(link, ("geste", "faire"));
        Assert.Equal(1, await UsefulAsync(room.Topic));
        var undone = await visitor.SendAsync(done, "button[value='annuler']");

        Assert.Contains("« Délibération type »", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("C’est fait.", done.Text, StringComparison.Ordinal);
        Assert.Contains("Vous avez dit que c’était utile", again.Text, StringComparison.Ordinal);
        Assert.Contains("C’est annulé", undone.Text, StringComparison.Ordinal);
        Assert.Equal(0, await UsefulAsync(room.Topic));
    }

    [Fact]
    public async Task M27FollowLink_Pressed_TheThreadIsFollowed()
    {
        var room = await RoomAsync();
        var visitor = new Visitor(stage.Instance.Browser());

        var done = await visitor.SendAsync(await visitor.OpenAsync(Act(await MailAsync(room.Reader), "Suivre ce fil")), "button[value='faire']");

        Assert.Contains("Vous suivez « Délibération type »", InboxStage.Plain(done.Text), StringComparison.Ordinal);
        Assert.Equal(Following.Followed, await FollowingAsync(room));
    }

    [Fact]
    public async Task M27UsefulLink_OfAnAnswer_IsGivenToThatAnswer()
    {
        var room = await RoomAsync();
        var number = await stage.Scene.AnswerAsync(room.Topic, room.Owner, "La réponse qui aide.");
        await LeaveAsync();
        var mail = stage.MailsTo(room.Reader).Single(m => m.Text.Contains("La réponse qui aide", StringComparison.Ordinal));
        var visitor = new Visitor(stage.Instance.Browser());

        await visitor.SendAsync(await visitor.OpenAsync(Act(mail, "C’est utile")), "button[value='faire']");

        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Comments.Where(c => c.Item.ShortId == room.Topic && c.Number == number).Select(c => c.UsefulCount).SingleAsync());
        Assert.Equal(0, await UsefulAsync(room.Topic));
    }

    [Fact]
    public async Task M27AcceptLink_Pressed_AcceptsOnceAndServesNoMore()
    {
        var (room, asking) = await RequestAsync();
        var (accept, refuse) = (Act(await MailAsync(room.Owner), "Accepter la demande"), Act(await MailAsync(room.Owner), "Refuser la demande"));
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(accept);
        var done = await visitor.SendAsync(page, "button[value='faire']");
        var again = await visitor.PostAsync(accept, ("geste", "faire"));
        await visitor.PostAsync(refuse, ("geste", "faire"));

        Assert.Contains("Je suis élue.", page.Text, StringComparison.Ordinal);
        Assert.Contains("C’est fait.", done.Text, StringComparison.Ordinal);
        Assert.Contains("Ce lien a déjà servi", again.Text, StringComparison.Ordinal);
        Assert.Equal(MembershipState.Active, (await stage.MembershipAsync(room.Group, asking))!.State);
    }

    [Fact]
    public async Task M27AcceptLink_PressedTwiceAtOnce_AcceptsOnce()
    {
        var (room, asking) = await RequestAsync();
        var link = Act(await MailAsync(room.Owner), "Accepter la demande");
        Visitor[] visitors = [new(stage.Instance.Browser()), new(stage.Instance.Browser())];
        var pages = await Task.WhenAll(visitors.Select(v => v.OpenAsync(link)));

        await Task.WhenAll(visitors.Zip(pages, (v, p) => v.SendAsync(p, "button[value='faire']")));
        await LeaveAsync();

        Assert.Single(stage.MailsTo(asking), m => m.Text.Contains("a accepté votre demande", StringComparison.Ordinal));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(3, await db.Groups.Where(g => g.Id == room.Group.Id).Select(g => g.MemberCount).SingleAsync());
    }

    [Fact]
    public async Task M27RefuseLink_Pressed_Refuses()
    {
        var (room, asking) = await RequestAsync();
        var visitor = new Visitor(stage.Instance.Browser());

        await visitor.SendAsync(await visitor.OpenAsync(Act(await MailAsync(room.Owner), "Refuser la demande")), "button[value='faire']");

        Assert.Equal(MembershipState.Refused, (await stage.MembershipAsync(room.Group, asking))!.State);
    }

    [Fact]
    public async Task M27AcceptLink_OfWhoAnimatesNoMore_TellsAndDoesNothing()
    {
        var (room, asking) = await RequestAsync();
        var link = Act(await MailAsync(room.Owner), "Accepter la demande");
        var visitor = new Visitor(stage.Instance.Browser());
        await stage.Scene.JoinAsync(room.Group, room.Owner, GroupRole.Member);

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync(link, ("geste", "faire"))).Status);

        Assert.Equal(MembershipState.Requested, (await stage.MembershipAsync(room.Group, asking))!.State);
        // Nothing was done, so the link is not used up: whoever animates again may press it.
        await stage.Scene.JoinAsync(room.Group, room.Owner, GroupRole.Owner);
        await visitor.SendAsync(await visitor.OpenAsync(link), "button[value='faire']");
        Assert.Equal(MembershipState.Active, (await stage.MembershipAsync(room.Group, asking))!.State);
    }

    [Fact]
    public async Task M27AcceptLink_OfAnOlderRequest_AnswersNotTheNewOne()
    {
        var (room, asking) = await RequestAsync();
        var link = Act(await MailAsync(room.Owner), "Accepter la demande");
        await using (var db = stage.Instance.Open(Viewer.System))
            await db.Memberships.Where(m => m.GroupId == room.Group.Id && m.MemberId == asking.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Since, stage.Scene.Now.AddHours(1)));
        var visitor = new Visitor(stage.Instance.Browser());

        var page = await visitor.OpenAsync(link);
        await visitor.PostAsync(link, ("geste", "faire"));

        Assert.Null(page.Document.QuerySelector("button[value='faire']"));
        Assert.Equal(MembershipState.Requested, (await stage.MembershipAsync(room.Group, asking))!.State);
    }

    [Fact]
    public async Task M27EveryAct_OpenedTenTimesByAScanner_ChangesNothing()
    {
        var (room, asking) = await RequestAsync();
        var links = Acts(await MailAsync(room.Owner)).Concat(Acts(stage.MailsTo(room.Reader)[0])).ToList();
        Assert.Equal(4, links.Count);
        using var scanner = stage.Instance.Browser();

        foreach (var link in links)
            for (var i = 0; i < 10; i++)
            {
                using var answer = await scanner.GetAsync(link);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }

        Assert.Equal(MembershipState.Requested, (await stage.MembershipAsync(room.Group, asking))!.State);
        Assert.Equal((0, null), (await UsefulAsync(room.Topic), await FollowingAsync(room)));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Empty(await db.SpentLinks.Where(l => links.Select(k => MailActTokens.HashOf(k.Substring(MailActs.Path.Length))).Contains(l.Hash)).ToListAsync());
    }

    [Fact]
    public async Task M27Link_OfAnotherMember_NotFoundAsOneThatNobodyMade()
    {
        var room = await RoomAsync();
        var link = Act(await MailAsync(room.Reader), "C’est utile");
        var other = await stage.AsAsync(room.Owner);

        var theirs = await other.OpenAsync(link);
        var nobodys = await other.OpenAsync("/geste/inconnu");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (theirs.Status, nobodys.Status));
        Assert.Equal(nobodys.Text, theirs.Text);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(link, ("geste", "faire"))).Status);
        Assert.Equal(0, await UsefulAsync(room.Topic));
    }

    [Theory]
    [InlineData(89, HttpStatusCode.OK)]
    [InlineData(91, HttpStatusCode.NotFound)]
    public async Task M27Link_AfterDays_GoodForNinety(int days, HttpStatusCode expected)
    {
        await using var apart = await Instance.StartAsync(manualClock: true);
        var scene = new Scene(apart);
        var (owner, reader) = (await scene.MemberAsync("Anne Essai"), await scene.MemberAsync("Luc Essai"));
        var group = await scene.GroupAsync("Groupe", owner, members: reader);
        var topic = await scene.TopicAsync(group, owner, "Délibération type");
        await using var db = apart.Open(Viewer.System);
        var item = await db.Items.Where(i => i.ShortId == topic).Select(i => i.Id).SingleAsync();
        var link = MailActs.Path + apart.Services.GetRequiredService<MailActTokens>().Make(reader.Id, "utile", new MailActOffer("", item));

        apart.Clock.Advance(TimeSpan.FromDays(days));

        Assert.Equal(expected, (await new Visitor(apart.Browser()).OpenAsync(link)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task M27Link_AfterItsReaderLeftOrWasSuspended_ShowsNothingAndDoesNothing(bool isSuspended)
    {
        var room = await RoomAsync();
        var link = Act(await MailAsync(room.Reader), "C’est utile");
        await using (var db = stage.Instance.Open(Viewer.System))
            if (isSuspended) await db.Members.Where(m => m.Id == room.Reader.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Suspended));
        if (!isSuspended) await stage.Scene.JoinAsync(room.Group, room.Reader, state: MembershipState.Removed);
        var visitor = new Visitor(stage.Instance.Browser());

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync(link)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.PostAsync(link, ("geste", "faire"))).Status);
        Assert.Equal(0, await UsefulAsync(room.Topic));
    }

    [Fact]
    public async Task M18OneClick_Posted_StopsThatListAtOnceWithoutCookieOrRedirectAndDropsWhatIsQueued()
    {
        var room = await RoomAsync();
        var mail = await MailAsync(room.Reader);
        var link = new Uri(mail.Field("List-Unsubscribe").Split('>')[0].TrimStart('<')).PathAndQuery;
        var elsewhere = await stage.Scene.GroupAsync("Ailleurs", room.Owner);
        await stage.Scene.JoinAsync(elsewhere, room.Reader, level: MailLevel.Everything);
        await stage.Scene.TopicAsync(room.Group, room.Owner, "En file d’attente");
        await stage.Scene.TopicAsync(elsewhere, room.Owner, "D’une autre liste");
        await stage.DecideAsync();
        using var provider = stage.Instance.Browser();

        for (var i = 0; i < 10; i++) (await provider.GetAsync(link)).Dispose();
        Assert.Equal(MailLevel.Everything, (await stage.MembershipAsync(room.Group, room.Reader))!.MailLevel);
        using var first = await OneClickAsync(provider, link);
        using var second = await OneClickAsync(provider, link);
        await LeaveAsync();

        foreach (var answer in (HttpResponseMessage[])[first, second])
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Set-Cookie"));
            Assert.Null(answer.Headers.Location);
        }

        Assert.Equal("List-Unsubscribe=One-Click", mail.Field("List-Unsubscribe-Post"));
        Assert.Equal(MailLevel.Nothing, (await stage.MembershipAsync(room.Group, room.Reader))!.MailLevel);
        Assert.Equal(MailLevel.Everything, (await stage.MembershipAsync(elsewhere, room.Reader))!.MailLevel);
        Assert.DoesNotContain(stage.MailsTo(room.Reader), m => m.Subject.Contains("En file", StringComparison.Ordinal));
        Assert.Contains(stage.MailsTo(room.Reader), m => m.Subject.Contains("autre liste", StringComparison.Ordinal));
    }

    [Fact]
    public async Task M18OneClick_WithSomebodyElsesSession_NotFound()
    {
        var room = await RoomAsync();
        var link = new Uri((await MailAsync(room.Reader)).Field("List-Unsubscribe").Split('>')[0].TrimStart('<')).PathAndQuery;
        using var other = await stage.Instance.SignedInAsync(room.Owner.Id);

        using var answer = await OneClickAsync(other, link);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(MailLevel.Everything, (await stage.MembershipAsync(room.Group, room.Reader))!.MailLevel);
    }

    private static Task<HttpResponseMessage> OneClickAsync(HttpClient client, string link) =>
        client.PostAsync(link, new FormUrlEncodedContent([KeyValuePair.Create("List-Unsubscribe", "One-Click")]));

    private static IReadOnlyList<string> Acts(ReceivedMail mail) => [.. mail.HtmlLinks.Select(l => new Uri(l).PathAndQuery).Where(l => l.StartsWith(MailActs.Path, StringComparison.Ordinal))];

    private static string Act(ReceivedMail mail, string label) => new Uri(mail.Document.QuerySelectorAll("a").Single(a => a.TextContent == label).GetAttribute("href")!).PathAndQuery;

    private async Task<int> UsefulAsync(string shortId)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        var item = await db.Items.SingleAsync(i => i.ShortId == shortId);
        Assert.Equal(item.UsefulCount, await db.Reactions.CountAsync(r => r.TargetId == item.Id && r.Kind == ReactionKind.Useful));
        return item.UsefulCount;
    }

    private async Task<Following?> FollowingAsync(Room room)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Subscriptions.Where(s => s.Item.ShortId == room.Topic && s.MemberId == room.Reader.Id).Select(s => (Following?)s.Following).SingleOrDefaultAsync();
    }

    private async Task<ReceivedMail> MailAsync(Member member)
    {
        await LeaveAsync();
        return stage.MailsTo(member)[^1];
    }

    // Mails may wait a little for what follows at once.
    private async Task LeaveAsync()
    {
        await stage.Instance.SettleAsync();
        stage.Instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await stage.Instance.SettleAsync();
    }

    private async Task<(Room Room, Member Asking)> RequestAsync()
    {
        var room = await RoomAsync();
        var asking = await stage.Scene.MemberAsync("Zoé Essai");
        await LeaveAsync();
        using var program = await stage.Instance.ProgramAsync(asking.Id);
        using var asked = await program.PostAsJsonAsync($"groups/{room.Group.Slug}/join", new { answer = "Je suis élue." });
        Assert.True(asked.IsSuccessStatusCode);
        return (room, asking);
    }

    private async Task<Room> RoomAsync()
    {
        var (owner, reader) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe", owner);
        await stage.Scene.JoinAsync(group, reader, level: MailLevel.Everything);
        return new(group, owner, reader, await stage.Scene.TopicAsync(group, owner, "Délibération type"));
    }

    private sealed record Room(Group Group, Member Owner, Member Reader, string Topic);
}
