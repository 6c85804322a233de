using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Outside;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Calendars of other sites, asked for real of a server on this machine: shown, refreshed, told of when they fail, and never more than they are.</summary>
public sealed class OutsideCalendarTests : IAsyncLifetime
{
    private readonly RawServer _server;
    private Func<RawExchange, Task> _answer;
    private Instance _instance = null!;
    private Scene _scene = null!;

    public OutsideCalendarTests()
    {
        _answer = e => e.WriteAsync("200 OK\nETag: \"un\"\nContent-Type: text/calendar", Encoding.UTF8.GetBytes(Calendar()));
        _server = new RawServer(e => _answer(e));
    }

    private string Address => $"http://127.0.0.1:{_server.Port}/mairie.ics";

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(manualClock: true, settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);
        _scene = new Scene(_instance);
    }

    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Calendar_AddedByItsAddress_MarkedInTheListTheMonthAndTheTerritoryAndHiddenAtWill()
    {
        var (group, animator, member) = await GroupAsync();
        var page = await AddAsync(await _instance.VisitorAsync(animator), group);
        Assert.Contains("Mairie de Crest", page.Text, StringComparison.Ordinal);
        await FetchAsync();

        var visitor = await _instance.VisitorAsync(member);
        var month = $"{_scene.Now.AddDays(4):yyyy-MM}";
        foreach (var address in new[] { $"/groupes/{group.Slug}/agenda", "/agenda" })
        {
            var list = await visitor.OpenAsync(address);
            var row = Assert.Single(list.Document.QuerySelectorAll(".liste > li"), l => l.TextContent.Contains("Conseil & débat", StringComparison.Ordinal));
            Assert.Contains("Extérieur", row.TextContent, StringComparison.Ordinal);
            Assert.Contains("Mairie de Crest", row.TextContent, StringComparison.Ordinal);
            Assert.Equal("https://mairie.invalid/conseil", row.QuerySelector("a")!.GetAttribute("href"));
            Assert.DoesNotContain("Réservé", list.Text, StringComparison.Ordinal);
            var shown = await visitor.OpenAsync($"{address}?mois={month}");
            Assert.Contains("Extérieur (Mairie de Crest) : Conseil & débat", InboxStage.Plain(shown.Document.QuerySelector("table.mois")!.TextContent), StringComparison.Ordinal);
            foreach (var hidden in new[] { $"{address}?exterieur=non", $"{address}?mois={month}&exterieur=non" }) Assert.DoesNotContain("Conseil & débat", (await visitor.OpenAsync(hidden)).Text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Conseil", (await visitor.OpenAsync("/recherche?q=conseil")).Document.QuerySelector("main")!.TextContent.Replace("« conseil »", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("Conseil", await visitor.Browser.GetStringAsync($"/groupes/{group.Slug}/agenda.ics"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_WeeklySeriesAndLongEvents_SpreadWithinTheWindow()
    {
        var (group, animator, _) = await GroupAsync();
        await AddAsync(await _instance.VisitorAsync(animator), group);
        await FetchAsync();

        await using var db = _instance.Open(Viewer.System);
        var dates = await db.Set<OutsideDate>().AsNoTracking().OrderBy(d => d.StartUtc).ToListAsync();
        var market = dates.Where(d => d.Title == "Marché").ToList();
        Assert.InRange(market.Count, 400 / 7, (462 / 7) + 1);
        Assert.All(market, d => Assert.Equal(8, d.StartLocal.Hour));
        var exhibition = dates.Where(d => d.Title == "Exposition").ToList();
        Assert.Equal(3, exhibition.Count);
        Assert.All(exhibition, d => Assert.True(d.EndUtc - d.StartUtc <= TimeSpan.FromDays(32)));
        Assert.Equal(exhibition[0].EndLocal, exhibition[1].StartLocal);
    }

    [Fact]
    public async Task Calendar_Unchanged_AskedWithItsTagAndReadAgainOnceTheWindowHasMoved()
    {
        var (group, animator, _) = await GroupAsync();
        await AddAsync(await _instance.VisitorAsync(animator), group);
        await FetchAsync();
        var whole = _answer;
        _answer = e => e.Header("If-None-Match") == "\"un\"" ? e.WriteAsync("304 Not Modified", []) : whole(e);

        Assert.Equal(0, await FetchAsync());
        _instance.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(1, await FetchAsync());
        Assert.Equal("\"un\"", _server.Exchanges.Last().Header("If-None-Match"));
        var before = await LastDateAsync();
        for (var day = 0; day < 8; day++)
        {
            _instance.Clock.Advance(TimeSpan.FromDays(1));
            await FetchAsync();
        }

        Assert.Contains(_server.Exchanges.Skip(2), e => e.Header("If-None-Match") is null);
        Assert.True(await LastDateAsync() > before);
    }

    [Fact]
    public async Task Calendar_FailingForAWeek_AnimatorsToldOnceAndItsDatesStay()
    {
        var (group, animator, member) = await GroupAsync();
        await AddAsync(await _instance.VisitorAsync(animator), group);
        await FetchAsync();
        _answer = e => e.WriteAsync("404 Not Found", []);

        await MorningsAsync(20);

        var mail = Assert.Single(ReceivedMail.AllOf(_instance), m => m.To == animator.Email && m.Subject.Contains("calendrier", StringComparison.Ordinal));
        Assert.Contains("Le site répond par une erreur (404) depuis le", InboxStage.Plain(mail.Text), StringComparison.Ordinal);
        Assert.DoesNotContain(ReceivedMail.AllOf(_instance), m => m.To == member.Email && m.Subject.Contains("calendrier", StringComparison.Ordinal));
        await using var db = _instance.Open(Viewer.System);
        Assert.NotEqual(0, await db.Set<OutsideDate>().CountAsync());
    }

    [Fact]
    public async Task Calendar_FailingWhereTheAgendaIsOff_ToldOnceItIsBack()
    {
        var (group, animator, _) = await GroupAsync();
        await AddAsync(await _instance.VisitorAsync(animator), group);
        _answer = e => e.WriteAsync("404 Not Found", []);
        await FetchAsync();
        await using (var db = _instance.Open(Viewer.System))
        {
            db.GroupTools.Add(new GroupTool { GroupId = group.Id, ToolKey = "agenda", Enabled = false });
            await db.SaveChangesAsync();
        }

        await MorningsAsync(20);
        Assert.DoesNotContain(ReceivedMail.AllOf(_instance), m => m.To == animator.Email && m.Subject.Contains("calendrier", StringComparison.Ordinal));
        await using (var db = _instance.Open(Viewer.System)) await db.GroupTools.Where(t => t.GroupId == group.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.Enabled, true));
        await MorningsAsync(1);

        Assert.Single(ReceivedMail.AllOf(_instance), m => m.To == animator.Email && m.Subject.Contains("calendrier", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Calendar_ForThePlatformOrTheGroup_SeenByThose()
    {
        var (group, animator, _) = await GroupAsync();
        var outsider = await _instance.VisitorAsync(await _scene.MemberAsync("Zoé"));
        var visitor = await _instance.VisitorAsync(animator);
        await AddAsync(visitor, group, ("Posted.Audience", "Platform"));
        await FetchAsync();

        Assert.Contains("Conseil & débat", (await outsider.OpenAsync("/agenda")).Text, StringComparison.Ordinal);
        Assert.Contains("Mairie de Crest", (await outsider.OpenAsync($"/groupes/{group.Slug}/agenda/calendriers")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Conseil & débat", (await new Visitor(_instance.Browser()).OpenAsync("/agenda")).Text, StringComparison.Ordinal);
        await ChangeAsync(visitor, group, ("Posted.Audience", "Group"));
        Assert.DoesNotContain("Conseil & débat", (await outsider.OpenAsync("/agenda")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calendar_ExportedOnDemand_InTheGroupsCalendarAndRemovedWithItsDates()
    {
        var (group, animator, _) = await GroupAsync();
        var visitor = await _instance.VisitorAsync(animator);
        await AddAsync(visitor, group);
        await FetchAsync();
        await ChangeAsync(visitor, group, ("Posted.IsExported", "true"));
        Assert.Contains("SUMMARY:Conseil & débat", await visitor.Browser.GetStringAsync($"/groupes/{group.Slug}/agenda.ics"), StringComparison.Ordinal);

        var page = await OpenFormAsync(visitor, group);
        await visitor.SendAsync(page, "button[value='retirer']");

        Assert.DoesNotContain("Conseil", await visitor.Browser.GetStringAsync($"/groupes/{group.Slug}/agenda.ics"), StringComparison.Ordinal);
        Assert.DoesNotContain("Conseil", (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameEvening_OfACalendar_ToldToWhoPreparesAnEvent()
    {
        var (group, animator, _) = await GroupAsync();
        var visitor = await _instance.VisitorAsync(animator);
        await AddAsync(visitor, group);
        await FetchAsync();

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");
        var check = await visitor.SendAsync(form, "[name='Input.Checks']", ("Input.Title", "La nôtre"), ("Input.Day", EventDetails.Typed(_scene.Now.AddDays(4))), ("Input.From", "20:45"));

        Assert.Contains("Conseil & débat", check.Text, StringComparison.Ordinal);
        Assert.Contains("Mairie de Crest", check.Document.QuerySelector(".encart")!.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webcal://mairie.invalid/agenda.ics", true)]
    [InlineData("mairie.invalid/agenda.ics", true)]
    [InlineData("ftp://mairie.invalid/agenda.ics", false)]
    [InlineData("https://moi:secret@mairie.invalid/agenda.ics", false)]
    [InlineData("rien du tout", false)]
    public async Task Add_Addresses_OnlyThoseThatMayBeAsked(string address, bool isTaken)
    {
        var (group, animator, member) = await GroupAsync();
        var visitor = await _instance.VisitorAsync(animator);

        var page = await AddAsync(visitor, group, ("Posted.Address", address));
        var keep = _instance.Services.GetRequiredService<KeepOutsideCalendars>();

        await Assert.ThrowsAsync<ForbiddenException>(() => keep.AddAsync(Viewer.Member(member.Id), group.Slug, new(Address, "Mairie", Audience.Group, false), default));
        Assert.Equal(!isTaken, page.Refuses("Posted.Address"));
        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(isTaken ? ["https://mairie.invalid/agenda.ics"] : [], await db.Set<OutsideCalendar>().Select(c => c.Address).ToListAsync());
    }

    private async Task MorningsAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            _instance.Clock.Advance(TimeSpan.FromDays(1));
            await FetchAsync();
            await _instance.Services.GetServices<IRecurringJob>().Single(j => j.Key == "agenda.pannes").RunAsync(default);
            await _instance.WorkAsync();
        }
    }

    private async Task<DateTime> LastDateAsync()
    {
        await using var db = _instance.Open(Viewer.System);
        return await db.Set<OutsideDate>().MaxAsync(d => d.StartUtc);
    }

    private Task<int> FetchAsync() => _instance.Services.GetServices<IWorker>().Single(w => w.GetType().Name == "FetchCalendars").RunOnceAsync(TestContext.Current.CancellationToken);

    private async Task<VisitedPage> AddAsync(Visitor visitor, Group group, params (string, string?)[] fields) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/calendriers"), "[name='Posted.Address']", [.. new (string Name, string?)[] { ("Posted.Address", Address), ("Posted.Name", "Mairie de Crest") }.Where(f => fields.All(other => other.Item1 != f.Name)), .. fields]);

    private static async Task<VisitedPage> OpenFormAsync(Visitor visitor, Group group)
    {
        var list = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/calendriers");
        return await visitor.OpenAsync("/" + list.Document.QuerySelector("main li a[href*='/agenda/calendriers/']")!.GetAttribute("href"));
    }

    private static async Task ChangeAsync(Visitor visitor, Group group, params (string, string?)[] fields) =>
        Assert.Equal(HttpStatusCode.OK, (await visitor.SendAsync(await OpenFormAsync(visitor, group), "[name='Posted.Name']", fields)).Status);

    private async Task<(Group Group, Member Animator, Member Member)> GroupAsync()
    {
        var (animator, member) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc"));
        return (await _scene.GroupAsync("Groupe des calendriers", animator, members: member), animator, member);
    }

    private string Calendar()
    {
        var day = _scene.Now.AddDays(4);
        return $"""
            BEGIN:VCALENDAR
            VERSION:2.0
            BEGIN:VEVENT
            UID:conseil@mairie.invalid
            DTSTART;TZID=Europe/Paris:{day:yyyyMMdd}T190000
            DTEND;TZID=Europe/Paris:{day:yyyyMMdd}T210000
            SUMMARY:Conseil & débat
            LOCATION:<script>alert(1)</script>
            URL:https://mairie.invalid/conseil
            END:VEVENT
            BEGIN:VEVENT
            UID:marche@mairie.invalid
            DTSTART;TZID=Europe/Paris:20200103T080000
            DTEND;TZID=Europe/Paris:20200103T120000
            RRULE:FREQ=WEEKLY
            SUMMARY:Marché
            URL:javascript:alert(1)
            END:VEVENT
            BEGIN:VEVENT
            UID:expo@mairie.invalid
            DTSTART;VALUE=DATE:{day.AddDays(10):yyyyMMdd}
            DTEND;VALUE=DATE:{day.AddDays(90):yyyyMMdd}
            SUMMARY:Exposition
            END:VEVENT
            BEGIN:VEVENT
            UID:secret@mairie.invalid
            DTSTART:{day:yyyyMMdd}T080000Z
            CLASS:PRIVATE
            SUMMARY:Réservé
            END:VEVENT
            END:VCALENDAR
            """.ReplaceLineEndings("\r\n");
    }
}
