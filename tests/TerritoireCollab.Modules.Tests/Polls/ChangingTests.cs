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
    public async Task Date_AddedAfterAVote_AnswersStayAndThoseWhoVotedAloneAreTold()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await DatesAsync(group, author, "Quel soir");
        await Scene.VoteAsync(id, people[0], new Dictionary<int, int> { [1] = 2, [2] = 0 });
        var visitor = await stage.Instance.VisitorAsync(author);

        var added = await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "[name='NewDates[0].Day']", ("NewDates[0].Day", Day(25)), ("NewDates[0].From", "20:15"));
        await stage.SendAsync();
        var voter = await stage.Instance.VisitorAsync(people[0]);
        var page = await voter.OpenAsync($"/c/{id}");

        Assert.Contains("20 h 15", InboxStage.Plain(added.Text), StringComparison.Ordinal);
        var answers = page.Document.QuerySelectorAll(".vote-date");
        Assert.Equal(["2", "0", null], answers.Select(a => a.QuerySelector("input[checked]")?.GetAttribute("value")));
        Assert.Equal([false, false, true], answers.Select(a => a.TextContent.Contains("pas répondu", StringComparison.Ordinal)));
        Assert.Contains("pas répondu", page.Document.QuerySelector("section[aria-labelledby='resultats']")!.TextContent, StringComparison.OrdinalIgnoreCase);
        Assert.Single(stage.MailsTo(people[0]), m => m.Text.Contains("20 h 15", StringComparison.Ordinal) || InboxStage.Plain(m.Text).Contains("20 h 15", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.MailsTo(people[1]), m => InboxStage.Plain(m.Text).Contains("20 h 15", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.MailsTo(author), m => InboxStage.Plain(m.Text).Contains("20 h 15", StringComparison.Ordinal));

        var changed = await voter.SendAsync(page, "input[name='Vote']", ("Option3", "1"));
        Assert.Equal(["2", "0", "1"], changed.Document.QuerySelectorAll(".vote-date").Select(a => a.QuerySelector("input[checked]")?.GetAttribute("value")));
    }

    [Fact]
    public async Task Date_AddedByAMember_OnlyWhereThePollLetsThemAndNeverTwiceOrUnread()
    {
        var (group, author, people) = await GroupAsync(1);
        var (open, closed) = (await DatesAsync(group, author, "Ouvert aux dates", d => d with { TakesOptions = true }), await DatesAsync(group, author, "Dates arrêtées"));
        await Scene.VoteAsync(open, author, new Dictionary<int, int> { [1] = 2, [2] = 2 });
        var visitor = await stage.Instance.VisitorAsync(people[0]);
        var page = await visitor.OpenAsync($"/c/{open}");

        var twice = await visitor.SendAsync(page, "[name='NewDates[0].Day']", ("NewDates[0].Day", Day(20)), ("NewDates[0].From", "18:30"));
        var unread = await visitor.SendAsync(page, "[name='NewDates[0].Day']", ("NewDates[0].Day", Day(27)), ("NewDates[0].From", ""));
        var none = await visitor.SendAsync(page, "[name='NewDates[0].Day']");
        var added = await visitor.SendAsync(page, "[name='NewDates[0].Day']", ("NewDates[0].Day", Day(26)), ("NewDates[0].From", "09:00"), ("NewDates[1].Day", Day(26)), ("NewDates[1].From", "14:00"));

        Assert.Contains("y est déjà", twice.Text, StringComparison.Ordinal);
        Assert.Contains("Indiquez le jour et l’heure", unread.Text, StringComparison.Ordinal);
        Assert.Equal(Day(27), unread.ValueOf("NewDates[0].Day"));
        Assert.Contains("Indiquez au moins une date", none.Text, StringComparison.Ordinal);
        Assert.Equal(4, added.Document.QuerySelectorAll(".vote-date").Length);
        Assert.Null((await visitor.OpenAsync($"/c/{closed}")).Document.QuerySelector("[name='NewDates[0].Day']"));
        var refused = await visitor.PostAsync((await visitor.OpenAsync($"/c/{closed}")).Address, ("_handler", "option"), ("NewDates[0].Day", Day(26)), ("NewDates[0].From", "09:00"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
    }

    [Fact]
    public async Task Option_AddedToAChoice_ThoseWhoVotedAreTold()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Un choix de plus", options: ["Le pont", "Le bac"]);
        await Scene.VoteAsync(id, people[0]);
        var visitor = await stage.Instance.VisitorAsync(author);

        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "[name='NewOption']", ("NewOption", "Le tunnel"));
        await stage.SendAsync();

        Assert.Contains("Votre vote reste", Assert.Single(stage.MailsTo(people[0]), m => m.Text.Contains("Le tunnel", StringComparison.Ordinal)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Face_WhileOpen_SaysWhenItEndsAndOnceClosedThatItIs()
    {
        var (group, author, _) = await GroupAsync(0);
        var id = await Scene.PollAsync(group, author, "Annoncé");
        using var reader = await stage.Instance.SignedInAsync(author.Id);

        var open = await reader.GetStringAsync($"/groupes/{group.Slug}/sondages/flux.atom");
        await CloseAsync(author, group, id);
        var closed = await reader.GetStringAsync($"/groupes/{group.Slug}/sondages/flux.atom");

        Assert.Contains("Se termine le", open, StringComparison.Ordinal);
        Assert.DoesNotContain("Clos le", open, StringComparison.Ordinal);
        Assert.Contains("Clos le", closed, StringComparison.Ordinal);
        Assert.DoesNotContain("Se termine le", closed, StringComparison.Ordinal);
    }

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

    [Fact]
    public async Task NewPoll_KindChanged_WhatWasTypedStaysAndComesBack()
    {
        var (group, author, _) = await GroupAsync(0);
        var visitor = await stage.Instance.VisitorAsync(author);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau");

        var dates = await visitor.SendAsync(form, "button[name='Input.SwitchTo'][value='dates']", ("Input.Title", "Où et quand"), ("Input.Options", "Die\nCrest"), ("Input.Body", "Le contexte."), ("Input.Quorum", "3"));
        var points = await visitor.SendAsync(dates, "button[name='Input.SwitchTo'][value='points']", ("Input.Dates[0].Day", Day(20)), ("Input.Dates[0].From", "08:45"));
        var again = await visitor.SendAsync(points, "button[name='Input.SwitchTo'][value='dates']");
        var poll = await visitor.SendAsync(points, "form:has([name='Input.Title'])");

        Assert.NotNull(dates.Document.QuerySelector("input[type='date'][name='Input.Dates[0].Day']"));
        Assert.Equal(("Où et quand", "Le contexte.", "3"), (dates.ValueOf("Input.Title"), dates.ValueOf("Input.Body"), dates.ValueOf("Input.Quorum")));
        Assert.Equal("Named", dates.Document.QuerySelector("[name='Input.Secrecy'][checked]")!.GetAttribute("value"));
        Assert.Equal(("Die\nCrest", "10"), (points.ValueOf("Input.Options")!.ReplaceLineEndings("\n"), points.ValueOf("Input.Points") is { Length: > 0 } typed ? typed : "10"));
        Assert.Equal("Secret", points.Document.QuerySelector("[name='Input.Secrecy'][checked]")!.GetAttribute("value"));
        Assert.Equal((Day(20), "08:45"), (again.ValueOf("Input.Dates[0].Day"), again.ValueOf("Input.Dates[0].From")));
        Assert.Contains("Où et quand", poll.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, poll.Document.QuerySelectorAll("input[type='number'][name^='Option']").Length);
    }

    [Fact]
    public async Task SignedOut_OfAPublicPoll_IsLedToSignInAndBack()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var group = await Scene.GroupAsync("Groupe public", author, GroupVisibility.AllMembers);
        var id = await Scene.PollAsync(group, author, "Question publique", audience: Audience.Public);

        var page = await stage.Instance.Stranger().OpenAsync($"/c/{id}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal($"connexion?retour={Uri.EscapeDataString(page.Address)}", page.Document.QuerySelector("section[aria-labelledby='voter'] a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Home_OfTheGroup_ShowsOpenQuestionnairesAmongPolls()
    {
        var (group, author, _) = await GroupAsync(0);
        await Scene.PollAsync(group, author, "Une question ouverte", inDays: 5);
        await Scene.QuestionnaireAsync(group, author, "Une enquête ouverte", inDays: 3);
        var visitor = await stage.Instance.VisitorAsync(author);

        var home = await visitor.OpenAsync($"/groupes/{group.Slug}");
        var lines = home.Document.QuerySelectorAll("main a[href*='/sondages/']").Select(a => a.TextContent.Trim()).ToList();

        Assert.True(lines.IndexOf("Une enquête ouverte") >= 0, string.Join(", ", lines));
        Assert.True(lines.IndexOf("Une enquête ouverte") < lines.IndexOf("Une question ouverte"));
        Assert.Contains("vous n’avez pas répondu", home.Text, StringComparison.Ordinal);
        Assert.Contains("/sondages/questionnaires/", home.Document.QuerySelectorAll("main a").First(a => a.TextContent.Trim() == "Une enquête ouverte").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quorum_CountsMembersAlone_AndSaysSo()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.PollAsync(group, author, "À deux au moins", options: ["Le pont", "Le bac"], with: d => d with { Quorum = "2", Showing = Showing.Always });
        var visitor = await stage.Instance.VisitorAsync(author);
        await Scene.VoteAsync(id, people[0]);
        var link = await stage.InviteAsync(visitor, id, "quorum@exterieur.invalid");
        var guest = stage.Instance.Stranger();
        await guest.SendAsync(await guest.OpenAsync(link), "form:has([name='Choix'])", ("Choix", "2"));

        var one = InboxStage.Plain((await visitor.OpenAsync($"/c/{id}")).Text);
        await Scene.VoteAsync(id, people[1]);
        var two = InboxStage.Plain((await visitor.OpenAsync($"/c/{id}")).Text);
        await CloseAsync(author, group, id);
        var closed = InboxStage.Plain((await visitor.OpenAsync($"/c/{id}")).Text);

        Assert.Contains("1 vote sur 3 membres", one, StringComparison.Ordinal);
        Assert.Contains("Et 1 vote d’invité : il compte dans les résultats, pas dans le quorum.", one, StringComparison.Ordinal);
        Assert.Contains("Quorum de 2 votes de membres : pas encore atteint.", one, StringComparison.Ordinal);
        Assert.Contains("Quorum de 2 votes de membres : atteint.", two, StringComparison.Ordinal);
        Assert.Contains("Quorum de 2 votes de membres : atteint.", closed, StringComparison.Ordinal);
        Assert.Contains("Les votes d’invités n’y comptent pas", InboxStage.Plain((await visitor.OpenAsync($"/groupes/{group.Slug}/sondages/nouveau")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quorum_MissedAtTheEnd_DecidesNothingWhateverGuestsVoted()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.PollAsync(group, author, "Trop peu", with: d => d with { Quorum = "2" });
        var visitor = await stage.Instance.VisitorAsync(author);
        await Scene.VoteAsync(id, people[0]);
        var guest = stage.Instance.Stranger();
        await guest.SendAsync(await guest.OpenAsync(await stage.InviteAsync(visitor, id, "peu@exterieur.invalid")), "form:has([name='Choix'])", ("Choix", "1"));

        await CloseAsync(author, group, id);

        Assert.Contains("Quorum de 2 votes de membres : non atteint. Ce vote ne décide rien.", InboxStage.Plain((await visitor.OpenAsync($"/c/{id}")).Text), StringComparison.Ordinal);
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
