using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>What already takes place on the dates of a poll: said to whoever votes and to whoever proposes them, and never what they may not read.</summary>
public sealed class TimetableTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Vote_OnDates_SaysWhereOneGoesAndWhatElseTakesPlaceThatEvening()
    {
        var (author, voter) = (await Scene.MemberAsync("Anne Essai"), await Scene.MemberAsync("Votante Essai"));
        var group = await Scene.GroupAsync("Groupe qui cherche", author, members: voter);
        var closed = await Scene.GroupAsync("Groupe masqué", author, GroupVisibility.Hidden);
        var mine = await Scene.EventAsync(group, author, "Conseil municipal", inDays: 20);
        await Scene.ComeAsync(mine, voter);
        await Scene.EventAsync(group, author, "Atelier du soir", inDays: 20, with: d => d with { From = "20:30" });
        await Scene.EventAsync(group, author, "Atelier du matin", inDays: 20, with: d => d with { From = "08:00", To = "09:00" });
        await Scene.EventAsync(closed, author, "Réunion secrète", inDays: 20);
        var id = await Scene.PollAsync(group, author, "Quand ?", PollKind.Dates, with: d => d with { Dates = [new(Day(20), "18:00", null), new(Day(22), "18:00", null)] });

        var page = await (await stage.Instance.VisitorAsync(voter)).OpenAsync($"/c/{id}");
        var linked = await stage.Instance.Stranger().OpenAsync(await Scene.VoteLinkAsync(id, voter));
        var dates = page.Document.QuerySelectorAll(".vote-date");

        var first = InboxStage.Plain(dates[0].TextContent);
        Assert.Contains("Vous avez déjà :", first, StringComparison.Ordinal);
        Assert.Contains("Conseil municipal", first.Split("À ce moment-là")[0], StringComparison.Ordinal);
        Assert.Contains("Atelier du soir", first.Split("À ce moment-là")[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Atelier du matin", first, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous avez déjà", dates[1].TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Réunion secrète", page.Body, StringComparison.Ordinal);
        // A mail may have been passed on: its page tells nobody where its reader goes.
        Assert.DoesNotContain("Conseil municipal", linked.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewPoll_DatesLookedAt_SaysWhatTakesPlaceThenAndPublishesNothing()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var group = await Scene.GroupAsync("Groupe qui propose", author);
        await Scene.EventAsync(group, author, "Fête du canal", inDays: 30, audience: Audience.Group);
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau?sorte=dates");

        var seen = await visitor.SendAsync(form, "button[name='Input.CheckDates']", ("Input.Title", "Quand ?"), ("Input.Dates[0].Day", Day(30)), ("Input.Dates[0].From", "19:00"), ("Input.Dates[0].To", "20:00"));
        var none = await visitor.SendAsync(seen, "button[name='Input.CheckDates']", ("Input.Dates[0].Day", Day(31)));

        Assert.Contains("Fête du canal", seen.Document.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Quand ?", seen.ValueOf("Input.Title"));
        Assert.Contains("Rien d’autre n’a lieu", none.Text, StringComparison.Ordinal);
    }

    private string Day(int ahead) => PollDetails.Typed(DateOnly.FromDateTime(Scene.Now.AddDays(ahead)));
}
