using System.IO.Compression;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Who comes: places are never given twice, who waits gets what is free, and each is reminded as chosen.</summary>
public sealed class RegistrationTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const int Crowd = 50;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Answer_FullThenLeft_FirstWhoWaitsGetsThePlaceAndAMail()
    {
        var (group, author, people) = await GroupAsync(3);
        var id = await Scene.EventAsync(group, author, "Formation d’une place", with: d => d with { Places = "1" });

        var first = await AnswerAsync(people[0], id, "Yes");
        stage.Later();
        var second = await AnswerAsync(people[2], id, "Yes");
        stage.Later();
        await AnswerAsync(people[1], id, "Yes");
        Assert.Contains("Vous participez.", first.Text, StringComparison.Ordinal);
        Assert.Contains("vous êtes sur la liste d’attente", second.Text, StringComparison.Ordinal);

        await AnswerAsync(people[0], id, "No");
        await stage.SendAsync();

        Assert.Contains("Vous participez.", (await (await stage.Instance.VisitorAsync(people[2])).OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
        Assert.Contains("Vous êtes sur la liste d’attente.", (await (await stage.Instance.VisitorAsync(people[1])).OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
        Assert.Single(stage.MailsTo(people[2]), m => m.Text.Contains("Une place s’est libérée", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.MailsTo(people[1]), m => m.Text.Contains("Une place s’est libérée", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_FiftyAtOnce_NoMorePlacesThanThereAre()
    {
        var (group, author, people) = await GroupAsync(Crowd);
        var id = await Scene.EventAsync(group, author, "Très demandé", with: d => d with { Places = "7" });
        var ready = new List<(Visitor Visitor, VisitedPage Page)>();
        foreach (var person in people)
        {
            var visitor = await stage.Instance.VisitorAsync(person);
            ready.Add((visitor, await visitor.OpenAsync($"/c/{id}")));
        }

        var answers = await Task.WhenAll(ready.Select(r => r.Visitor.SendAsync(r.Page, "button[name='Reply'][value='Yes']")));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        var page = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");
        Assert.Equal(["Participent (7)", $"En attente ({Crowd - 7})"], page.Document.QuerySelectorAll("section[aria-labelledby='venir'] dt").Select(d => d.TextContent));
    }

    [Fact]
    public async Task Answer_RequiredQuestion_AskedThenInTheTableOfTheAuthorAlone()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.EventAsync(group, author, "Repas", with: d => d with { Questions = "Menu : viande / légumes *\nAllergies ?" });

        var refused = await AnswerAsync(people[0], id, "Yes");
        var taken = await AnswerAsync(people[0], id, "Yes", ("Reponse1", "légumes"), ("Reponse2", "=1+1"));

        Assert.True(refused.Refuses("Reponse1"));
        Assert.Contains("Vous participez.", taken.Text, StringComparison.Ordinal);
        var page = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");
        var table = "/" + page.Document.QuerySelector("a[href*='inscrits.csv']")!.GetAttribute("href");
        using var organiser = await stage.Instance.SignedInAsync(author.Id);
        var csv = await organiser.GetStringAsync(table);
        Assert.Contains("\"légumes\";\"'=1+1\"", csv, StringComparison.Ordinal);
        using var member = await stage.Instance.SignedInAsync(people[0].Id);
        using var no = await member.GetAsync(table);
        Assert.Equal(HttpStatusCode.Forbidden, no.StatusCode);

        var sheet = "/" + page.Document.QuerySelector("a[href*='inscrits.xlsx']")!.GetAttribute("href");
        using var workbook = new ZipArchive(new MemoryStream(await organiser.GetByteArrayAsync(sheet)));
        var texts = string.Concat(workbook.Entries.Where(e => e.Name.EndsWith(".xml", StringComparison.Ordinal)).Select(e => new StreamReader(e.Open()).ReadToEnd()));
        Assert.Contains("légumes", texts, StringComparison.Ordinal);
        Assert.DoesNotContain("<f>", texts, StringComparison.Ordinal);
        using var neither = await member.GetAsync(sheet);
        Assert.Equal(HttpStatusCode.Forbidden, neither.StatusCode);
    }

    [Fact]
    public async Task Minutes_PresenceAndText_ShownUnderTheEventByOrganisation()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.EventAsync(group, author, "Comité");
        foreach (var person in people) await Scene.ComeAsync(id, person);
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/c/{id}");
        var form = await visitor.OpenAsync("/" + page.Document.QuerySelector("a[href*='/compte-rendu?']")!.GetAttribute("href"));
        var written = await visitor.SendAsync(form, "[name='Text']", ("Text", "**Décision** : recommencer."), ("Present", people[0].Id.ToString()));

        var section = written.Document.QuerySelector("section[aria-labelledby='compte-rendu']")!;
        Assert.Contains("sans organisation (1)", section.TextContent, StringComparison.Ordinal);
        Assert.Equal("Décision", section.QuerySelector("strong")!.TextContent);
    }

    [Fact]
    public async Task Carpool_OneSeatOffered_TakenOnceAndTheDriverIsWrittenTo()
    {
        var (group, author, people) = await GroupAsync(3);
        var id = await Scene.EventAsync(group, author, "Loin d’ici");
        var (driver, first, second) = (await stage.Instance.VisitorAsync(people[0]), await stage.Instance.VisitorAsync(people[1]), await stage.Instance.VisitorAsync(people[2]));

        var refused = await driver.SendAsync(await driver.OpenAsync($"/c/{id}"), "button[name='Ride'][value='proposer']", ("RideSeats", "1"));
        Assert.True(refused.Refuses("RideCommune"));
        var offered = await driver.SendAsync(await driver.OpenAsync($"/c/{id}"), "button[name='Ride'][value='proposer']", ("RideSeats", "1"), ("RideCommune", "Die"));
        Assert.Contains("part de Die, places libres : 1 sur 1", InboxStage.Plain(offered.Text), StringComparison.Ordinal);
        var late = await second.OpenAsync($"/c/{id}");
        var joined = await first.SendAsync(await first.OpenAsync($"/c/{id}"), "button[name='Ride'][value^='rejoindre']");
        var full = await second.SendAsync(late, "button[name='Ride'][value^='rejoindre']");
        await stage.SendAsync();

        Assert.Contains("Avec Membre 1", joined.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, full.Status);
        Assert.Single(stage.MailsTo(people[0]), m => InboxStage.Plain(m.Text).Contains("Membre 1 prend une place dans votre voiture", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Reminder_DayBefore_OnceToWhoeverComesAndWantsIt()
    {
        await using var alone = await StartedAsync();
        var scene = new Scene(alone);
        var (author, comes, quiet) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Vera"), await scene.MemberAsync("Nils"));
        var group = await scene.GroupAsync("Groupe", author, members: [comes, quiet]);
        var id = await scene.EventAsync(group, author, "Rappelée", inDays: 3);
        foreach (var person in (Member[])[comes, quiet]) await scene.ComeAsync(id, person);
        var visitor = await alone.VisitorAsync(quiet);
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "[name='rappel']", ("rappel", "None"));
        await alone.WorkAsync();
        var before = alone.Mails().Count;

        await RemindAsync(alone);
        Assert.Equal(before, alone.Mails().Count);
        alone.Clock.Advance(TimeSpan.FromDays(2));
        await RemindAsync(alone);
        await RemindAsync(alone);

        var told = ReceivedMail.AllOf(alone).Skip(before).ToList();
        var mail = Assert.Single(told);
        Assert.Equal(comes.Email, mail.To);
        Assert.Contains("Rappel : Rappelée", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mail_OfAnAnnouncement_TakesPartWithoutSigningIn()
    {
        var (group, author, people) = await GroupAsync(1);
        await Scene.JoinAsync(group, people[0], level: MailLevel.Everything);
        var id = await Scene.EventAsync(group, author, "Par courriel");
        await stage.DecideAsync();
        await stage.SendAsync();
        var stranger = stage.Instance.Stranger();
        var acts = new List<VisitedPage>();
        foreach (var link in Letter.Of(stage.Instance.Mails().Last(m => m.Contains(people[0].Email!, StringComparison.Ordinal))).LinksTo("/geste/")) acts.Add(await stranger.OpenAsync(link));

        var asked = Assert.Single(acts, a => a.Text.Contains("Dire que vous participez", StringComparison.Ordinal));
        var done = await stranger.SendAsync(asked, "main form");

        Assert.Contains("Par courriel", asked.Text, StringComparison.Ordinal);
        Assert.Contains("vous participez", done.Text, StringComparison.Ordinal);
        Assert.Contains("Vous participez.", (await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/c/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Maybe", "Dire que vous viendrez peut-être", "Vous avez répondu « Peut-être ».")]
    [InlineData("No", "Dire que vous ne venez pas", "Vous avez répondu que vous ne venez pas.")]
    public async Task Mail_OfAnAnnouncement_TakesTheOtherAnswersToo(string answer, string asks, string says)
    {
        var (group, author, people) = await GroupAsync(1);
        await Scene.JoinAsync(group, people[0], level: MailLevel.Everything);
        var id = await Scene.EventAsync(group, author, $"Par courriel aussi : {answer}");
        await stage.DecideAsync();
        await stage.SendAsync();
        var stranger = stage.Instance.Stranger();
        var acts = new List<VisitedPage>();
        foreach (var link in Letter.Of(stage.Instance.Mails().Last(m => m.Contains(people[0].Email!, StringComparison.Ordinal))).LinksTo("/geste/")) acts.Add(await stranger.OpenAsync(link));

        var asked = Assert.Single(acts, a => a.Text.Contains(asks, StringComparison.Ordinal));
        var done = await stranger.SendAsync(asked, "main form");

        Assert.Contains("C’est noté", done.Text, StringComparison.Ordinal);
        Assert.Contains(says, InboxStage.Plain((await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/c/{id}")).Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Closed_HoursBefore_TakesNobodyAndLetsGoWhoeverCame()
    {
        await using var alone = await StartedAsync();
        var scene = new Scene(alone);
        var (author, comes, late) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Vera"), await scene.MemberAsync("Nils"));
        var group = await scene.GroupAsync("Groupe", author, members: [comes, late]);
        var id = await scene.EventAsync(group, author, "Bientôt close", inDays: 3, with: d => d with { ClosesBefore = "48" });
        await scene.ComeAsync(id, comes);
        var (in1, in2) = (await alone.VisitorAsync(comes), await alone.VisitorAsync(late));
        var open = await in2.OpenAsync($"/c/{id}");
        alone.Clock.Advance(TimeSpan.FromDays(2));

        var refused = await in2.SendAsync(open, "button[name='Reply'][value='Yes']");
        var seen = await in2.OpenAsync($"/c/{id}");
        var page = await in1.OpenAsync($"/c/{id}");
        var left = await in1.SendAsync(page, "button[name='Reply']");

        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Contains("Les inscriptions sont closes.", seen.Text, StringComparison.Ordinal);
        Assert.Null(seen.Document.QuerySelector("button[name='Reply']"));
        var only = Assert.Single(page.Document.QuerySelectorAll("button[name='Reply']"));
        Assert.Equal("Je ne viens plus", only.TextContent.Trim());
        Assert.NotNull(page.Document.QuerySelector("[name='rappel']"));
        Assert.Contains("Vous avez répondu que vous ne venez pas.", left.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hour", 10, 0, 70, 10)]
    [InlineData("Week", 10, 2, 0, 60 * 24)]
    public async Task Reminder_AnHourOrAWeekBefore_AtThatMomentAlone(string lead, int inDays, int tooEarlyInDays, int minutesBefore, int thenMinutes)
    {
        await using var alone = await StartedAsync();
        var scene = new Scene(alone);
        var (author, comes) = (await scene.MemberAsync("Anne"), await scene.MemberAsync("Vera"));
        var group = await scene.GroupAsync("Groupe", author, members: [comes]);
        var id = await scene.EventAsync(group, author, "Rappelée autrement", inDays);
        await scene.ComeAsync(id, comes);
        var visitor = await alone.VisitorAsync(comes);
        await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), "[name='rappel']", ("rappel", lead));
        await alone.WorkAsync();
        var before = alone.Mails().Count;
        await using var db = alone.Open(Platform.Access.Viewer.System);
        var start = db.Set<TerritoireCollab.Agenda.Events.EventDate>().Single(d => d.Item.ShortId == id).StartUtc;

        // A moment too early: seventy minutes before, or eight days.
        alone.Clock.Advance((minutesBefore > 0 ? start.AddMinutes(-minutesBefore) : scene.Now.AddDays(tooEarlyInDays)) - alone.Clock.GetUtcNow().UtcDateTime);
        await RemindAsync(alone);
        Assert.Equal(before, alone.Mails().Count);
        alone.Clock.Advance(TimeSpan.FromMinutes(thenMinutes));
        await RemindAsync(alone);
        await RemindAsync(alone);

        var mail = Assert.Single(ReceivedMail.AllOf(alone).Skip(before));
        Assert.Equal(comes.Email, mail.To);
        Assert.Contains("Rappel : Rappelée autrement", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_OnSiteOrOnline_EachIsCountedAsChosen()
    {
        var (group, author, people) = await GroupAsync(2);
        var id = await Scene.EventAsync(group, author, "Les deux", with: d => d with { Attendance = TerritoireCollab.Agenda.Events.Attendance.Both, OnlineUrl = "https://visio.invalid/ici" });

        await AnswerAsync(people[0], id, "Yes", ("How", "Online"));
        await AnswerAsync(people[1], id, "Yes", ("How", "OnSite"));

        var chosen = await (await stage.Instance.VisitorAsync(people[0])).OpenAsync($"/c/{id}");
        Assert.Equal("Online", chosen.ValueOf("How"));
        var page = await (await stage.Instance.VisitorAsync(author)).OpenAsync($"/c/{id}");
        using var organiser = await stage.Instance.SignedInAsync(author.Id);
        var lines = (await organiser.GetStringAsync("/" + page.Document.QuerySelector("a[href*='inscrits.csv']")!.GetAttribute("href"))).Split('\n');
        Assert.Contains("En visio", Assert.Single(lines, l => l.Contains("Membre 0", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("Sur place", Assert.Single(lines, l => l.Contains("Membre 1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakesPlaceAfterAll_ACancelledDate_SaidToThoseWhoCome()
    {
        var (group, author, people) = await GroupAsync(1);
        var id = await Scene.EventAsync(group, author, "Annulée puis maintenue");
        await Scene.ComeAsync(id, people[0]);
        var visitor = await stage.Instance.VisitorAsync(author);
        var cancelled = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/annuler"), "[name='Reason']", ("Reason", "Neige"));

        var back = await visitor.SendAsync(cancelled, "form[action$='/maintenir']");
        await stage.SendAsync();

        Assert.DoesNotContain("Ce rendez-vous est annulé.", back.Text, StringComparison.Ordinal);
        Assert.Null(back.Document.QuerySelector("form[action$='/maintenir']"));
        var mail = Assert.Single(stage.MailsTo(people[0]), m => InboxStage.Plain(m.Subject).Contains("A lieu finalement", StringComparison.Ordinal));
        Assert.Contains("L’événement a bien lieu", mail.Text, StringComparison.Ordinal);
    }

    private static Task<Instance> StartedAsync() => Instance.StartAsync(manualClock: true);

    private static async Task RemindAsync(Instance instance)
    {
        await instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "agenda.rappels").RunAsync(default);
        await instance.WorkAsync();
    }

    private async Task<VisitedPage> AnswerAsync(Member person, string id, string answer, params (string, string?)[] fields)
    {
        var visitor = await stage.Instance.VisitorAsync(person);
        return await visitor.SendAsync(await visitor.OpenAsync($"/c/{id}"), $"button[name='Reply'][value='{answer}']", fields);
    }

    private async Task<(Group Group, Member Author, Member[] People)> GroupAsync(int count)
    {
        var author = await Scene.MemberAsync("Anne Essai");
        var people = new Member[count];
        for (var n = 0; n < count; n++) people[n] = await Scene.MemberAsync($"Membre {n}");
        return (await Scene.GroupAsync("Groupe qui s’inscrit", author, members: people), author, people);
    }
}
