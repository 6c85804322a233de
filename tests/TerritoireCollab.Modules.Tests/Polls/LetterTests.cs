using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>What mails about a poll let their readers do, and whom they reach besides members.</summary>
public sealed class LetterTests : IAsyncLifetime
{
    private Instance _instance = null!;
    private Member _author = null!;
    private Member _voter = null!;
    private Member _late = null!;
    private Group _group = null!;

    private Scene Scene => new(_instance);

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true);
        (_author, _voter, _late) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Vera Essai"), await Scene.MemberAsync("Luc Essai"));
        _group = await Scene.GroupAsync("Groupe qui écrit", _author, members: [_voter, _late]);
        await Scene.JoinAsync(_group, _voter, level: MailLevel.Everything);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Theory]
    [InlineData(PollKind.Dates, "Option1=2&Option2=0")]
    [InlineData(PollKind.Approval, "Choix=1")]
    [InlineData(PollKind.Ranking, "Option1=2&Option2=1")]
    [InlineData(PollKind.Points, "Option1=4&Option2=6")]
    public async Task Mail_OfANewPoll_VotesOnAPageOfItsReaderWithoutSigningIn(PollKind kind, string vote)
    {
        var id = await AskedAsync(kind, "Par la page");
        var stranger = _instance.Stranger();

        var page = await stranger.OpenAsync(Link());
        var refused = await stranger.SendAsync(page, "main form", ("Reason", new string('a', 2000)));
        var fields = vote.Split('&').Select(v => v.Split('=')).Select(v => (v[0], (string?)v[1])).ToArray();
        var voted = await stranger.SendAsync(page, "main form", fields);

        Assert.Contains(_voter.Name, page.Text, StringComparison.Ordinal);
        Assert.Null(page.Document.QuerySelector(".resultats"));
        Assert.True(refused.Refuses("Reason"));
        Assert.Contains("Votre vote est enregistré.", voted.Text, StringComparison.Ordinal);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(_voter.Id, (await db.Set<PollVoter>().SingleAsync(v => v.Item.ShortId == id)).MemberId);
    }

    [Fact]
    public async Task Mail_OfADatePoll_ItsLinkServesOneMemberUntilTheEndAndShowsNoVote()
    {
        var id = await AskedAsync(PollKind.Dates, "Jusqu’à la fin");
        var link = Link();
        var stranger = _instance.Stranger();
        var page = await stranger.OpenAsync(link);
        await stranger.SendAsync(page, "main form", ("Option1", "2"), ("Option2", "0"));

        var again = await stranger.OpenAsync(link);
        var other = await (await _instance.VisitorAsync(_late)).OpenAsync(link);
        await Scene.JoinAsync(_group, _voter, GroupRole.Reader);
        var reader = await stranger.OpenAsync(link);
        await Scene.JoinAsync(_group, _voter, state: MembershipState.Left);
        var former = (await stranger.OpenAsync(link)).Status;
        var formerVote = await stranger.SendAsync(page, "main form", ("Option1", "0"), ("Option2", "2"));
        await Scene.JoinAsync(_group, _voter);
        await StateAsync(MemberState.Suspended);
        var suspended = await stranger.OpenAsync(link);
        var suspendedVote = await stranger.SendAsync(page, "main form", ("Option1", "0"), ("Option2", "2"));
        await StateAsync(MemberState.Active);
        _instance.Clock.Advance(TimeSpan.FromDays(8));
        var over = await stranger.OpenAsync(link);
        var late = await stranger.SendAsync(page, "main form", ("Option1", "0"), ("Option2", "2"));

        Assert.Contains("remplacera", again.Text, StringComparison.Ordinal);
        Assert.Null(again.Document.QuerySelector("input[checked]"));
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [other.Status, former, formerVote.Status, suspended.Status, suspendedVote.Status]);
        Assert.Null(reader.Document.QuerySelector("[name='Option1']"));
        Assert.Null(over.Document.QuerySelector("[name='Option1']"));
        Assert.Contains("Le vote est clos.", over.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync(link[..^2] + "AA")).Status);
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal("1:2 2:0", (await db.Set<PollBallot>().SingleAsync(b => b.Item.ShortId == id)).Marks);
    }

    [Fact]
    public async Task Guests_WhoHaveNotVoted_AreRemindedOnceAndThoseWhoDidGetTheConclusion()
    {
        var id = await Scene.PollAsync(_group, _author, "Avec des invités", inDays: 4);
        var (voted, waiting, gone, stopped) = ("vote@exterieur.invalid", "attend@exterieur.invalid", "parti@exterieur.invalid", "arret@exterieur.invalid");
        foreach (var address in (string[])[voted, waiting, gone, stopped]) await InviteAsync(id, address);
        var guest = _instance.Stranger();
        await guest.SendAsync(await guest.OpenAsync(GuestScene.LinkOf(_instance, voted)), "form:has([name='Choix'])", ("Choix", "1"));
        await guest.SendAsync(await guest.OpenAsync(GuestScene.LinkOf(_instance, gone)), "form:has([name='_handler'][value='quitter'])");
        var stop = Letter.Of(_instance.Mails().Last(m => m.Contains(stopped, StringComparison.Ordinal))).LinksTo("/invite/arret/")[0];
        await guest.SendAsync(await guest.OpenAsync(stop), "main form");
        var before = _instance.Mails().Count;

        _instance.Clock.Advance(TimeSpan.FromDays(3.4));
        await RunAsync();
        var leader = await _instance.VisitorAsync(_author);
        await leader.SendAsync(await leader.OpenAsync($"/c/{id}"), "form[action$='/relancer']");
        await RunAsync();
        var reminders = ReceivedMail.AllOf(_instance).Skip(before).Where(m => m.To.EndsWith("@exterieur.invalid", StringComparison.Ordinal)).ToList();

        await leader.SendAsync(await leader.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/clore"), "main form");
        await RunAsync();
        before = _instance.Mails().Count;
        await leader.SendAsync(await leader.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/conclure"), "[name='Text']", ("Text", "Nous passons par le pont."));
        await RunAsync();
        var conclusions = ReceivedMail.AllOf(_instance).Skip(before).Where(m => m.To.EndsWith("@exterieur.invalid", StringComparison.Ordinal)).ToList();

        var reminder = Assert.Single(reminders);
        Assert.Equal(waiting, reminder.To);
        Assert.Contains("Votez", InboxStage.Plain(reminder.Text), StringComparison.Ordinal);
        Assert.Contains("/invite/", reminder.Text, StringComparison.Ordinal);
        Assert.Contains("/invite/arret/", reminder.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/geste/", reminder.Text, StringComparison.Ordinal);
        var conclusion = Assert.Single(conclusions);
        Assert.Equal(voted, conclusion.To);
        Assert.Contains("Nous passons par le pont.", conclusion.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guests_WhoVotedOrStoppedWhileTheMailWaited_GetNone()
    {
        var id = await Scene.PollAsync(_group, _author, "Entre-temps", inDays: 4);
        var (votes, stops) = ("vote.entre@exterieur.invalid", "arret.entre@exterieur.invalid");
        foreach (var address in (string[])[votes, stops]) await InviteAsync(id, address);
        var before = _instance.Mails().Count;

        _instance.Clock.Advance(TimeSpan.FromDays(3.4));
        await _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "polls.fins").RunAsync(default);
        await using (var db = _instance.Open(Viewer.System)) Assert.Equal(2, await db.Mails.CountAsync(m => m.ToAddress.EndsWith("entre@exterieur.invalid") && m.UniqueKey.StartsWith("polls.mail:0:")));
        var guest = _instance.Stranger();
        await guest.SendAsync(await guest.OpenAsync(GuestScene.LinkOf(_instance, votes)), "form:has([name='Choix'])", ("Choix", "1"));
        await guest.SendAsync(await guest.OpenAsync(Letter.Of(_instance.Mails().Last(m => m.Contains(stops, StringComparison.Ordinal))).LinksTo("/invite/arret/")[0]), "main form");
        await RunAsync();

        Assert.DoesNotContain(ReceivedMail.AllOf(_instance).Skip(before), m => m.To.EndsWith("@exterieur.invalid", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Date_Confirmed_AllWhoVotedAreToldAndLedToTheEvent()
    {
        var id = await AskedAsync(PollKind.Dates, "Quel jour");
        await Scene.VoteAsync(id, _voter, new Dictionary<int, int> { [1] = 2, [2] = 0 });
        await Scene.VoteAsync(id, _author, new Dictionary<int, int> { [1] = 2, [2] = 2 });
        await InviteAsync(id, "date@exterieur.invalid");
        var guest = _instance.Stranger();
        await guest.SendAsync(await guest.OpenAsync(GuestScene.LinkOf(_instance, "date@exterieur.invalid")), "form:has([name='Option1'])", ("Option1", "2"), ("Option2", "1"));
        await _instance.WorkAsync();
        var before = _instance.Mails().Count;
        var leader = await _instance.VisitorAsync(_author);

        var form = await leader.SendAsync(await leader.OpenAsync($"/c/{id}"), "select[name='date']", ("date", "1"));
        await RunAsync();
        var told = ReceivedMail.AllOf(_instance).Skip(before).Where(m => InboxStage.Plain(m.Text).Contains("Date confirmée", StringComparison.Ordinal)).ToList();
        var link = Letter.Of(_instance.Mails().Skip(before).First(m => m.Contains(_voter.Email!, StringComparison.Ordinal))).LinksTo($"/groupes/{_group.Slug}/sondages/").First(l => l.EndsWith("/evenement", StringComparison.Ordinal));
        var voter = await _instance.VisitorAsync(_voter);
        var early = await voter.OpenAsync(link);
        await leader.SendAsync(form, "form:has([name='Input.Title'])");
        var then = await voter.OpenAsync(link);

        Assert.Equal(new[] { "date@exterieur.invalid", _voter.Email }.Order(), told.Select(m => m.To).Order());
        Assert.All(told, m => Assert.Contains("18 h 30", InboxStage.Plain(m.Text), StringComparison.Ordinal));
        Assert.Contains($"/sondages/{id}", early.Address, StringComparison.Ordinal);
        Assert.Contains("/agenda/", then.Address, StringComparison.Ordinal);
        Assert.Contains("Quel jour", then.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<string> AskedAsync(PollKind kind, string title)
    {
        var day = Scene.Now.AddDays(20).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var id = await Scene.PollAsync(_group, _author, title, kind, ["Le pont", "Le bac"], audience: Audience.Platform, with: d => d with { Secrecy = Secrecy.Named, Dates = kind == PollKind.Dates ? [new(day, "18:30", null), new(day, "20:30", null)] : [] });
        await _instance.DecideAsync();
        _instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await _instance.DecideAsync();
        await _instance.WorkAsync();
        return id;
    }

    private string Link() => Letter.Of(_instance.Mails().Last(m => m.Contains(_voter.Email!, StringComparison.Ordinal))).LinksTo("/voter/")[0];

    private async Task InviteAsync(string id, string address)
    {
        var visitor = await _instance.VisitorAsync(_author);
        await visitor.SendAsync(await visitor.OpenAsync($"/contenus/{id}/invites"), "[name='Addresses']", ("Addresses", address));
        await _instance.WorkAsync();
    }

    private async Task StateAsync(MemberState state)
    {
        await using var db = _instance.Open(Viewer.System);
        await db.Members.Where(m => m.Id == _voter.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, state));
    }

    private async Task RunAsync()
    {
        await _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "polls.fins").RunAsync(default);
        await _instance.DecideAsync();
        await _instance.WorkAsync();
    }
}
