using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Polls.Closing;
using TerritoireCollab.Polls.Mails;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>What happens around the end of a vote, by the clock: reminders, the closing, the conclusion; and votes by the links of mails.</summary>
public sealed class ClosingTests : IAsyncLifetime
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
        _group = await Scene.GroupAsync("Groupe qui vote", _author, members: [_voter, _late]);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Reminder_DayBefore_OnceToThoseWhoHaveNotVotedAndWantMails()
    {
        var silent = await Scene.MemberAsync("Muette Essai");
        await Scene.JoinAsync(_group, silent, level: MailLevel.Nothing);
        var id = await Scene.PollAsync(_group, _author, "Rappelé", inDays: 4);
        await Scene.VoteAsync(id, _voter);
        await Scene.VoteAsync(id, _author);
        await _instance.WorkAsync();
        var before = _instance.Mails().Count;

        await RunAsync();
        Assert.Equal(before, _instance.Mails().Count);
        _instance.Clock.Advance(TimeSpan.FromDays(3.4));
        await RunAsync();
        await RunAsync();

        var mail = Assert.Single(ReceivedMail.AllOf(_instance).Skip(before));
        Assert.Equal(_late.Email, mail.To);
        Assert.Contains("Votez : Rappelé", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
        Assert.Contains("personne ne verra ce que vous avez voté", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Button_Twice_RemindsOnceADay()
    {
        var id = await Scene.PollAsync(_group, _author, "Relancé");
        await Scene.VoteAsync(id, _voter);
        await Scene.VoteAsync(id, _author);
        await _instance.WorkAsync();
        var before = _instance.Mails().Count;
        var visitor = await _instance.VisitorAsync(_author);
        var page = await visitor.OpenAsync($"/c/{id}");

        var first = await visitor.SendAsync(page, "form[action$='/relancer']");
        var second = await visitor.SendAsync(page, "form[action$='/relancer']");
        await _instance.WorkAsync();
        var once = _instance.Mails().Count;
        _instance.Clock.Advance(TimeSpan.FromDays(1.1));
        await visitor.SendAsync(page, "form[action$='/relancer']");
        await _instance.WorkAsync();

        Assert.Contains("sont relancés", first.Text, StringComparison.Ordinal);
        Assert.Contains("déjà partie", second.Text, StringComparison.Ordinal);
        Assert.Equal((before + 1, before + 2), (once, _instance.Mails().Count));
    }

    [Fact]
    public async Task Closing_ByTheClock_VotesNoMoreTellsOnceAndPartsSecretVotes()
    {
        var id = await Scene.PollAsync(_group, _author, "Secret et clos", inDays: 2, with: d => d with { RemindBefore = 0 });
        await Scene.VoteAsync(id, _voter, 1, "Une raison.");
        await Scene.VoteAsync(id, _late, 2);
        await _instance.WorkAsync();
        var before = _instance.Mails().Count;
        var visitor = await _instance.VisitorAsync(_voter);
        var open = await visitor.OpenAsync($"/c/{id}");

        _instance.Clock.Advance(TimeSpan.FromDays(3));
        var late = await visitor.SendAsync(open, "input[name='Vote']", ("Choix", "2"));
        var kept = await SearchedAsync(id);
        await RunAsync();
        await RunAsync();

        Assert.Equal((true, false), (kept.Contains("Se termine le", StringComparison.Ordinal), kept.Contains("Clos le", StringComparison.Ordinal)));
        Assert.Contains("Clos le", await SearchedAsync(id), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, late.Status);
        var mail = Assert.Single(ReceivedMail.AllOf(_instance).Skip(before));
        Assert.Equal(_author.Email, mail.To);
        var closed = await visitor.OpenAsync($"/c/{id}");
        Assert.Contains("Une raison.", closed.Text, StringComparison.Ordinal);
        Assert.Contains("2 votes sur 3 membres", InboxStage.Plain(closed.Text), StringComparison.Ordinal);
        await using var db = _instance.Open(Viewer.System);
        var poll = await db.Set<Poll>().SingleAsync(p => p.Item.ShortId == id);
        Assert.Null(poll.Seal);
        var tags = _instance.Services.GetRequiredService<BallotTags>();
        Assert.Null(tags.Of(poll, _voter.Id));
        Assert.Equal(["1:1", "2:1"], await db.Set<PollBallot>().Where(b => b.ItemId == poll.Id).Select(b => b.Marks).OrderBy(m => m).ToListAsync());
    }

    [Fact]
    public async Task Closing_SecretVotes_NoRowKeepsTheTagThatLedToItsVoter()
    {
        var id = await Scene.PollAsync(_group, _author, "Détaché", inDays: 2);
        await Scene.VoteAsync(id, _voter);
        List<(Guid, string)> open, closed;
        await using (var db = _instance.Open(Viewer.System)) open = [.. (await db.Set<PollBallot>().Where(b => b.Item.ShortId == id).ToListAsync()).Select(b => (b.Id, b.Tag))];

        _instance.Clock.Advance(TimeSpan.FromDays(3));
        await RunAsync();

        await using (var db = _instance.Open(Viewer.System)) closed = [.. (await db.Set<PollBallot>().Where(b => b.Item.ShortId == id).ToListAsync()).Select(b => (b.Id, b.Tag))];
        var (before, after) = (Assert.Single(open), Assert.Single(closed));
        Assert.NotEqual(before.Item1, after.Item1);
        Assert.NotEqual(before.Item2, after.Item2);
    }

    [Fact]
    public async Task Conclusion_Written_StandsOnTopAndGoesToAllOnce()
    {
        var id = await Scene.PollAsync(_group, _author, "Conclu");
        await Scene.VoteAsync(id, _voter);
        await Scene.JoinAsync(_group, _late, level: MailLevel.WeeklyDigest);
        await _instance.WorkAsync();
        var visitor = await _instance.VisitorAsync(_author);
        var early = await visitor.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/conclure");
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/clore"), "main form");
        await RunAsync();
        var before = _instance.Mails().Count;

        var written = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/conclure"), "[name='Text']", ("Text", "Nous passons par **le pont**."));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{_group.Slug}/sondages/{id}/conclure"), "[name='Text']", ("Text", "Nous passons par le bac."));
        await _instance.WorkAsync();

        Assert.Equal(HttpStatusCode.Forbidden, early.Status);
        Assert.Equal("le pont", written.Document.QuerySelector(".encart strong")!.TextContent);
        var told = ReceivedMail.AllOf(_instance).Skip(before).ToList();
        Assert.Equal(new[] { _late.Email, _voter.Email }.Order(), told.Select(m => m.To).Order());
        Assert.All(told, m => Assert.Contains("le pont", m.Text, StringComparison.Ordinal));
        Assert.Contains("a conclu le sondage", (await (await _instance.VisitorAsync(_late)).OpenAsync("/moi/nouveautes")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conclusion_QueuedWhenAMemberLeaves_GoesToThoseWhoStay()
    {
        var id = await Scene.PollAsync(_group, _author, "Conclu sans lui");
        var leads = _instance.Services.GetRequiredService<LeadPoll>();
        await leads.CloseAsync(Viewer.Member(_author.Id), id, default);
        await _instance.WorkAsync();
        var before = _instance.Mails().Count;

        await leads.ConcludeAsync(Viewer.Member(_author.Id), id, "Nous passons par le pont.", default);
        await Scene.JoinAsync(_group, _late, state: MembershipState.Left);
        await _instance.WorkAsync();

        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(2, await db.Mails.CountAsync(m => m.UniqueKey.StartsWith(PollMailCheck.Prefix(LetterCause.Concluded))));
        Assert.Equal([_voter.Email], ReceivedMail.AllOf(_instance).Skip(before).Select(m => m.To));
    }

    [Fact]
    public async Task Mail_OfANewPoll_VotesByALinkAndTheLastWins()
    {
        await Scene.JoinAsync(_group, _voter, level: MailLevel.Everything);
        var id = await Scene.PollAsync(_group, _author, "Par courriel", options: ["Le pont", "Le bac"], with: d => d with { Showing = Showing.Always });
        await _instance.DecideAsync();
        _instance.Clock.Advance(TimeSpan.FromMinutes(5));
        await _instance.DecideAsync();
        await _instance.WorkAsync();
        var stranger = _instance.Stranger();
        var acts = new List<VisitedPage>();
        foreach (var link in Letter.Of(_instance.Mails().Last(m => m.Contains(_voter.Email!, StringComparison.Ordinal))).LinksTo("/geste/")) acts.Add(await stranger.OpenAsync(link));

        var votes = acts.Where(a => a.Text.Contains("Votre vote :", StringComparison.Ordinal) || InboxStage.Plain(a.Text).Contains("Votre vote :", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, votes.Count);
        foreach (var vote in votes) await stranger.SendAsync(vote, "main form");

        var page = await (await _instance.VisitorAsync(_voter)).OpenAsync($"/c/{id}");
        Assert.Contains("1 vote sur 3 membres", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("Le bac en tête votre choix 1 (100 %)", InboxStage.Plain(page.Text), StringComparison.Ordinal);
    }

    // What the search keeps of a poll.
    private async Task<string> SearchedAsync(string id)
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.SearchDocuments.Where(d => db.Items.Any(i => i.Id == d.ItemId && i.ShortId == id)).Select(d => d.Text).FirstAsync();
    }

    private async Task RunAsync()
    {
        await _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "polls.fins").RunAsync(default);
        await _instance.DecideAsync();
        await _instance.WorkAsync();
    }
}
