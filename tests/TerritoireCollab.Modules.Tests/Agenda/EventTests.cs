using System.Net;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Events are announced with four fields, and found as a list and as a month by whoever may read them.</summary>
public sealed class EventTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Form_TitleDayHourPlace_InTheListTheMonthAndTheTerritory()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        var day = Scene.Now.AddDays(9);

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");
        var page = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Réunion des communes"), ("Input.Day", EventDetails.Typed(day)), ("Input.From", "18:30"), ("Input.Place", "Salle des fêtes, Crest"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("de 18 h 30 à 20 h 30", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("Salle des fêtes, Crest", page.Text, StringComparison.Ordinal);
        foreach (var address in new[] { $"/groupes/{group.Slug}/agenda", "/agenda" })
        {
            var list = await visitor.OpenAsync(address);
            Assert.Contains(list.Document.QuerySelectorAll(".liste h3"), h => h.TextContent.Contains("Réunion des communes", StringComparison.Ordinal));
            var month = await visitor.OpenAsync($"{address}?mois={day:yyyy-MM}");
            var cell = month.Document.QuerySelectorAll("table.mois td").Single(c => c.TextContent.Contains("Réunion des communes", StringComparison.Ordinal));
            Assert.Equal($"{day.Day}", cell.FirstChild!.TextContent.Trim());
            Assert.Contains("18 h 30 Réunion des communes", InboxStage.Plain(cell.TextContent), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Form_WithoutDay_RefusedAtItsFieldWithWhatWasTyped()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");
        var page = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Sans jour"), ("Input.From", "18:30"), ("Input.OnlineUrl", "http://visio.invalid"));

        Assert.True(page.Refuses("Input.Day"));
        Assert.True(page.Refuses("Input.OnlineUrl"));
        Assert.Equal("Sans jour", page.ValueOf("Input.Title"));
        Assert.Equal("18:30", page.ValueOf("Input.From"));
    }

    [Fact]
    public async Task Month_MoreAtOneMomentThanAreDrawnAtAll_CountedAndTheNextDayShown()
    {
        var (group, author) = await GroupAsync();
        const int many = 45;
        var day = new DateTime(Scene.Now.Year, Scene.Now.Month, 10, 0, 0, 0, DateTimeKind.Utc).AddMonths(2);
        for (var n = 1; n <= many; n++) await Scene.EventAsync(group, author, $"Ensemble {n}", with: d => d with { Day = EventDetails.Typed(day), IsAllDay = true });
        await Scene.EventAsync(group, author, "Le lendemain", with: d => d with { Day = EventDetails.Typed(day.AddDays(1)) });
        var visitor = await stage.Instance.VisitorAsync(author);

        var month = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda?mois={day:yyyy-MM}");

        var cell = month.Document.QuerySelectorAll("table.mois td").Single(c => c.TextContent.Contains("Ensemble", StringComparison.Ordinal));
        Assert.Equal("et 42 de plus", cell.QuerySelector("a.mois-suite")!.TextContent);
        Assert.Equal(3, cell.QuerySelectorAll("a:not(.mois-suite)").Length);
        Assert.Single(month.Document.QuerySelectorAll("table.mois td"), c => c.TextContent.Contains("Le lendemain", StringComparison.Ordinal));
        Assert.Equal(40, month.Document.QuerySelectorAll("ul.mois-liste a").Count(a => a.TextContent.Contains("Ensemble", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Month_TwoThatBeganAtOneMomentBeforeIt_ListsTheOneThatIsStillOn()
    {
        var (group, author) = await GroupAsync();
        var first = new DateTime(Scene.Now.Year, Scene.Now.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(3);
        EventDetails On(EventDetails details) => details with { Day = EventDetails.Typed(first.AddDays(-1)) };
        await Scene.EventAsync(group, author, "Un soir seulement", with: On);
        await Scene.EventAsync(group, author, "Trois jours de suite", with: d => On(d) with { LastDay = EventDetails.Typed(first.AddDays(1)) });
        var visitor = await stage.Instance.VisitorAsync(author);

        var list = (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda?mois={first:yyyy-MM}")).Document.QuerySelector("ul.mois-liste")!.TextContent;

        Assert.Contains("Trois jours de suite", list, StringComparison.Ordinal);
        Assert.DoesNotContain("Un soir seulement", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Month_MoreDatesThanADayCanShow_LeadsToAPageOfThatDay()
    {
        var (group, author) = await GroupAsync();
        for (var n = 1; n <= 5; n++) await Scene.EventAsync(group, author, $"Atelier {n}", inDays: 20);
        await Scene.EventAsync(group, author, "La veille au soir", inDays: 19);
        var visitor = await stage.Instance.VisitorAsync(author);
        var address = $"/groupes/{group.Slug}/agenda";

        var month = await visitor.OpenAsync($"{address}?mois={Scene.Now.AddDays(20):yyyy-MM}");
        var cell = month.Document.QuerySelectorAll("table.mois td").Single(c => c.TextContent.Contains("Atelier", StringComparison.Ordinal));
        var link = cell.QuerySelector("a.mois-suite")!;
        var day = await visitor.OpenAsync("/" + link.GetAttribute("href"));

        Assert.Equal(3, cell.QuerySelectorAll("a:not(.mois-suite)").Length);
        Assert.Equal("et 2 de plus", link.TextContent);
        Assert.Equal(Enumerable.Range(1, 5).Select(n => $"Atelier {n}"), day.Document.QuerySelectorAll(".agenda-mois h3 a").Select(a => a.TextContent).Order(StringComparer.Ordinal));
        Assert.Contains(day.Document.QuerySelectorAll("main a"), a => $"/{a.GetAttribute("href")}" == $"{address}?mois={Scene.Now.AddDays(20):yyyy-MM}");
        Assert.Contains("Rien le", (await visitor.OpenAsync($"{address}?jour={Scene.Now.AddDays(27):yyyy-MM-dd}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Month_MoreDatesThanAPhoneLists_LastLinesAreItsDays()
    {
        var (group, author) = await GroupAsync();
        var day = new DateOnly(Scene.Now.Year, Scene.Now.Month, 1).AddMonths(2);
        var from = day.DayNumber - DateOnly.FromDateTime(Scene.Now).DayNumber;
        for (var n = 0; n < 42; n++) await Scene.EventAsync(group, author, $"Atelier {n}", inDays: from + (n / 3));
        var visitor = await stage.Instance.VisitorAsync(author);

        var month = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda?mois={day:yyyy-MM}");

        var lines = month.Document.QuerySelectorAll(".mois-liste a");
        Assert.Equal(41, lines.Length);
        Assert.Equal($"groupes/{group.Slug}/agenda?jour={day.AddDays(13):yyyy-MM-dd}", lines[^1].GetAttribute("href"));
        Assert.EndsWith("dates : 3", InboxStage.Plain(lines[^1].TextContent), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Series_SecondWeekdayOfTheMonth_InWordsAndAtEachDate()
    {
        var (group, author) = await GroupAsync();
        var first = Enumerable.Range(1, 31).Select(d => Scene.Now.Date.AddDays(d)).First(d => d.DayOfWeek == DayOfWeek.Tuesday && d.Day is >= 8 and <= 14);
        var id = await Scene.EventAsync(group, author, "Rencontre", with: d => d with { Day = EventDetails.Typed(first), Repetition = new() { Frequency = Frequency.MonthlyByDay, Until = EventDetails.Typed(first.AddDays(95)) } });
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/c/{id}");
        var list = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda");

        Assert.Contains("chaque 2e mardi du mois, jusqu’au", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        var days = list.Document.QuerySelectorAll("time.jour").Select(t => DateTime.Parse(t.GetAttribute("datetime")!, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.InRange(days.Count, 3, 4);
        Assert.All(days, d => Assert.True(d is { DayOfWeek: DayOfWeek.Tuesday, Day: >= 8 and <= 14 }));
    }

    [Fact]
    public async Task Cancel_OneDateOfASeries_SaidThereAndMailedToThoseWhoCome()
    {
        var (group, author) = await GroupAsync();
        var (comes, declines) = (await Scene.MemberAsync("Vera"), await Scene.MemberAsync("Nils"));
        await Scene.JoinAsync(group, comes);
        await Scene.JoinAsync(group, declines);
        var id = await Scene.EventAsync(group, author, "Permanence annulée", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly } });
        await Scene.ComeAsync(id, comes);
        await Scene.ComeAsync(id, declines, TerritoireCollab.Agenda.Registrations.Answer.No);
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/c/{id}");
        var form = await visitor.OpenAsync("/" + page.Document.QuerySelector("a[href*='/annuler?']")!.GetAttribute("href"));
        await visitor.SendAsync(form, "[name='Reason']", ("Scope", "Date"), ("Reason", "La salle est prise."));
        await stage.SendAsync();

        var list = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda");
        var rows = list.Document.QuerySelectorAll(".liste > li").Select(r => r.TextContent).ToList();
        Assert.Contains("Annulé", rows[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Annulé", rows[1], StringComparison.Ordinal);
        var mail = Assert.Single(stage.MailsTo(comes), m => m.Text.Contains("Permanence annulée", StringComparison.Ordinal) && m.Text.Contains("La salle est prise.", StringComparison.Ordinal));
        Assert.Equal("agenda", mail.Field("X-Territoire-Raison"));
        Assert.DoesNotContain(stage.MailsTo(declines), m => m.Text.Contains("La salle est prise.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangeDate_OneOfASeries_ThatOneMovesAlone()
    {
        var (group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Atelier déplacé", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly } });
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/c/{id}");
        var form = await visitor.OpenAsync("/" + page.Document.QuerySelector("a[href*='/date?']")!.GetAttribute("href"));
        var moved = await visitor.SendAsync(form, "[name='Day']", ("From", "20:00"), ("To", "21:00"), ("Place", "Ailleurs"));

        Assert.Contains("de 20 h à 21 h", InboxStage.Plain(moved.Text), StringComparison.Ordinal);
        var lines = (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda")).Document.QuerySelectorAll(".liste .meta").Select(p => InboxStage.Plain(p.TextContent)).ToList();
        Assert.Equal("20 h · Ailleurs", lines[0]);
        Assert.Equal("18 h 30 · Salle des fêtes", lines[1]);
    }

    [Fact]
    public async Task SameEvening_OtherGroups_ToldWithWhatTheAuthorMayReadAlone()
    {
        var (group, author) = await GroupAsync();
        var other = await Scene.MemberAsync("Olga");
        var open = await Scene.GroupAsync("Groupe ouvert", other);
        var closed = await Scene.GroupAsync("Groupe secret", other, GroupVisibility.Hidden);
        await Scene.EventAsync(open, other, "Conférence connue", inDays: 6, audience: Audience.Platform);
        await Scene.EventAsync(closed, other, "Rendez-vous inconnu", inDays: 6);
        var visitor = await stage.Instance.VisitorAsync(author);

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");
        var check = await visitor.SendAsync(form, "[name='Input.Checks']", ("Input.Title", "La nôtre"), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(6))), ("Input.From", "20:45"));

        Assert.Contains("Conférence connue", check.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Rendez-vous inconnu", check.Text, StringComparison.Ordinal);
        Assert.Equal("La nôtre", check.ValueOf("Input.Title"));
        Assert.DoesNotContain("La nôtre", (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EmptyMonth_NextDateElsewhere_SaidWithALinkToIt()
    {
        var (group, author) = await GroupAsync();
        await Scene.EventAsync(group, author, "Bien plus tard", inDays: 200);
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda?mois={Scene.Now.AddDays(60):yyyy-MM}");

        Assert.Contains("Aucune date en", page.Text, StringComparison.Ordinal);
        Assert.Contains("Bien plus tard", page.Document.QuerySelector(".etat-vide a")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_AnotherHour_AnswersStayWithTheDate()
    {
        var (group, author) = await GroupAsync();
        var comes = await Scene.MemberAsync("Paula");
        await Scene.JoinAsync(group, comes);
        var id = await Scene.EventAsync(group, author, "À l’heure");
        await Scene.ComeAsync(id, comes);
        var visitor = await stage.Instance.VisitorAsync(author);

        var page = await visitor.OpenAsync($"/c/{id}");
        var form = await visitor.OpenAsync(page.Address.Split('?')[0] + "/modifier");
        var edited = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.From", "09:00"), ("Input.To", "10:00"));

        Assert.Contains("de 9 h à 10 h", InboxStage.Plain(edited.Text), StringComparison.Ordinal);
        Assert.Contains("Paula", edited.Document.QuerySelector("section[aria-labelledby='venir']")!.TextContent, StringComparison.Ordinal);
    }

    private async Task<(Group Group, Platform.Members.Member Author)> GroupAsync()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        return (await Scene.GroupAsync("Groupe de l’agenda", author), author);
    }
}
