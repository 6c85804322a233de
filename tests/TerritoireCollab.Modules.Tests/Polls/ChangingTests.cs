using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Polls.Creating;
using TerritoireCollab.Polls.Voting;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Polls;

/// <summary>What can still change of a poll while people vote, and what the rest of the house says of it meanwhile.</summary>
public sealed class ChangingTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Close_AskedForFirst_SaysWhatItDoesAndClosesOnlyThen()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Secret à clore");
        var visitor = await stage.Instance.VisitorAsync(author);

        var asked = await visitor.OpenAsync((await visitor.OpenAsync($"/c/{id}")).Document.QuerySelector("a[href$='/clore']")!.GetAttribute("href")!.Insert(0, "/"));
        var still = await visitor.OpenAsync($"/c/{id}");
        var closed = await visitor.SendAsync(asked, "main form");
        var member = await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/groupes/{group.Slug}/sondages/{id}/clore");

        Assert.Contains("plus rien ne relie", InboxStage.Plain(asked.Text), StringComparison.Ordinal);
        Assert.NotNull(still.Document.QuerySelector("input[name='Vote']"));
        Assert.Contains("Le vote est clos.", closed.Text, StringComparison.Ordinal);
        Assert.Null(closed.Document.QuerySelector("input[name='Vote']"));
        Assert.Equal(HttpStatusCode.Forbidden, member.Status);
    }

    [Fact]
    public async Task Reopen_VotesWithNamesUntilTheConclusion_NeverOnceSecretVotesWereParted()
    {
        var (group, author, people) = await GroupAsync(1);
        var (named, secret) = (await Scene.PollAsync(group, author, "Rouvert", with: d => d with { Secrecy = Secrecy.Named }), await Scene.PollAsync(group, author, "Secret détaché"));
        foreach (var id in (string[])[named, secret])
        {
            await Scene.VoteAsync(id, people[0]);
            await CloseAsync(author, group, id);
        }

        await stage.Instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "polls.fins").RunAsync(default);
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{named}/rouvrir");
        var past = await visitor.SendAsync(form, "[name='Day']", ("Day", Day(-1)));
        var open = await visitor.SendAsync(form, "[name='Day']", ("Day", Day(3)), ("Hour", "12:00"));
        var voted = await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/c/{named}");
        var refused = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{secret}/rouvrir");
        var member = await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/groupes/{group.Slug}/sondages/{named}/rouvrir");

        Assert.True(past.Refuses("Day"));
        Assert.Contains("Le vote est rouvert.", open.Text, StringComparison.Ordinal);
        Assert.Equal("1", voted.Document.QuerySelector("input[name='Choix'][checked]")!.GetAttribute("value"));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (refused.Status, member.Status));
        Assert.Null((await visitor.OpenAsync($"/c/{secret}")).Document.QuerySelector("a[href$='/rouvrir']"));

        await CloseAsync(author, group, named);
        Assert.NotNull((await visitor.OpenAsync($"/c/{named}")).Document.QuerySelector("a[href$='/rouvrir']"));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{named}/conclure"), "[name='Text']", ("Text", "C’est dit."));
        Assert.Equal(HttpStatusCode.Forbidden, (await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{named}/rouvrir")).Status);
    }

    private string Day(int ahead) => Scene.Now.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private Task<string> DatesAsync(Group group, Member author, string title, Func<PollDetails, PollDetails>? with = null) =>
        Scene.PollAsync(group, author, title, PollKind.Dates, with: d => (with?.Invoke(d) ?? d) with { Secrecy = Secrecy.Named, Showing = Showing.Always, Dates = [new(Day(20), "18:30", null), new(Day(21), "18:30", null)] });

    private async Task CloseAsync(Member author, Group group, string id)
    {
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/{id}/clore"), "main form");
    }

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Votante {(char)('A' + n)}");
        return (await Scene.GroupAsync("Groupe qui change", author, members: people), author, people);
    }
}
