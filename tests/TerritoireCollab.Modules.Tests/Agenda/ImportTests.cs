using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Files of events: shown before anything is made, made once, updated where nobody changed what was made.</summary>
public sealed class ImportTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private const string Expand = """
        import sys, icalendar, datetime
        from dateutil.rrule import rrulestr
        calendar = icalendar.Calendar.from_ical(sys.stdin.read())
        events = [e for e in calendar.walk('VEVENT') if str(e['UID']) == 'serie@mairie.invalid']
        master = [e for e in events if 'RECURRENCE-ID' not in e][0]
        from zoneinfo import ZoneInfo
        wall = lambda d: d.replace(tzinfo=ZoneInfo('Europe/Paris'))
        start = wall(master.decoded('DTSTART'))
        dates = list(rrulestr(master['RRULE'].to_ical().decode(), dtstart=start))
        def all(e, name):
            found = e.get(name)
            found = found if isinstance(found, list) else [found] if found else []
            return [wall(d.dt) for f in found for d in f.dts]
        dates = [d for d in dates + all(master, 'RDATE') if d not in all(master, 'EXDATE')]
        moved = {wall(e.decoded('RECURRENCE-ID')): e for e in events if 'RECURRENCE-ID' in e}
        out = []
        for d in dates:
            if d in moved:
                if str(moved[d].get('STATUS')) != 'CANCELLED': out.append(wall(moved[d].decoded('DTSTART')))
            else: out.append(d)
        print(*sorted(d.astimezone(datetime.timezone.utc).strftime('%Y%m%dT%H%M') for d in out))
        """;

    private Scene Scene => stage.Scene;

    [Fact]
    public async Task File_DryRunThenImport_SeriesWithItsChangesAllDayAndZones()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);

        var shown = await SendAsync(visitor, group, Calendar());
        Assert.Equal(0, await CountAsync(group));
        Assert.Contains("Seront créés : 4", InboxStage.Plain(shown.Text), StringComparison.Ordinal);
        Assert.Contains("Caché : il est marqué comme privé", InboxStage.Plain(shown.Text), StringComparison.Ordinal);
        var done = await visitor.SendAsync(shown, "[name='Confirmed']");

        Assert.Contains("Événements créés : 4", InboxStage.Plain(done.Text), StringComparison.Ordinal);
        Assert.Equal(
            ["2031-03-04T18:30", "2031-03-18T20:00", "2031-04-01T18:30", "2031-04-05T10:00"],
            (await DatesAsync(group, "Conseil")).Where(d => !d.IsCancelled).Select(d => d.StartLocal.ToString("yyyy-MM-ddTHH:mm", null)));
        Assert.Equal(["2031-03-25T18:30"], (await DatesAsync(group, "Conseil")).Where(d => d.IsCancelled).Select(d => d.StartLocal.ToString("yyyy-MM-ddTHH:mm", null)));
        // Half past nine in New York, on the platform's clocks.
        Assert.Equal("2031-05-06T15:30", Assert.Single(await DatesAsync(group, "Visio outre-mer")).StartLocal.ToString("yyyy-MM-ddTHH:mm", null));
        var fair = Assert.Single(await DatesAsync(group, "Foire *de* printemps"));
        Assert.True(fair.IsAllDay);
        Assert.Equal((new DateTime(2031, 4, 12), new DateTime(2031, 4, 15)), (fair.StartLocal, fair.EndLocal));
    }

    [Fact]
    public async Task Export_OfAnImportedSeries_ExpandsAlikeInAnotherProgram()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await SendAsync(visitor, group, Calendar()), "[name='Confirmed']");

        foreach (var address in new[] { $"/groupes/{group.Slug}/agenda.ics", "/moi/agenda.ics" })
        {
            var text = await visitor.Browser.GetStringAsync(address);
            Assert.Contains("UID:serie@mairie.invalid", text, StringComparison.Ordinal);
            Assert.Contains("BEGIN:VTIMEZONE\r\nTZID:Europe/Paris\r\n", text, StringComparison.Ordinal);
            if (await Python.RunAsync(Expand, text.Split("\r\n"), "icalendar, dateutil") is not { } read)
            {
                Assert.Skip("skipped: not here");
                return;
            }

            Assert.Equal((await DatesAsync(group, "Conseil")).Where(d => !d.IsCancelled).Select(d => d.StartUtc.ToString("yyyyMMddTHHmm", null)), read.Split(' '));
        }
    }

    [Fact]
    public async Task Text_MarkdownAndMarkup_ShownAsItIsWritten()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await SendAsync(visitor, group, Calendar()), "[name='Confirmed']");

        var list = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda");
        var page = await visitor.OpenAsync("/" + list.Document.QuerySelectorAll(".liste h3 a").First(a => a.TextContent.Contains("Foire", StringComparison.Ordinal)).GetAttribute("href"));

        var body = page.Document.QuerySelector(".message .texte, .prose, .texte")!;
        Assert.Contains("**Entrée** <b>libre</b> [ici](javascript:alert(1))", body.TextContent, StringComparison.Ordinal);
        Assert.Empty(body.QuerySelectorAll("b, strong, a[href^='javascript']"));
        Assert.Equal("https://mairie.invalid/foire", body.QuerySelector("a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task SameFile_ImportedAgain_UpdatesWhatNobodyChangedAndSaysTheRest()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);
        await visitor.SendAsync(await SendAsync(visitor, group, Calendar()), "[name='Confirmed']");

        var same = await SendAsync(visitor, group, Calendar());
        Assert.Contains("Déjà là, sans changement.", same.Text, StringComparison.Ordinal);
        Assert.Null(same.Document.QuerySelector("[name='Confirmed']"));
        var fair = await ShortIdAsync(group, "Foire *de* printemps");
        await visitor.SendAsync(await visitor.OpenAsync((await visitor.OpenAsync($"/c/{fair}")).Address.Split('?')[0] + "/modifier"), "[name='Input.Title']", ("Input.Place", "Halles"));
        var plan = await SendAsync(visitor, group, Calendar().Replace("Champ de Mars", "Place du marché", StringComparison.Ordinal).Replace("T093000", "T100000", StringComparison.Ordinal));
        var done = await visitor.SendAsync(plan, "[name='Confirmed']");

        Assert.Contains("Déjà là, modifié depuis : laissé comme il est.", InboxStage.Plain(plan.Text), StringComparison.Ordinal);
        Assert.Contains("Événements mis à jour : 1", InboxStage.Plain(done.Text), StringComparison.Ordinal);
        Assert.Equal("Halles", Assert.Single(await DatesAsync(group, "Foire *de* printemps")).Place);
        Assert.Equal("2031-05-06T16:00", Assert.Single(await DatesAsync(group, "Visio outre-mer")).StartLocal.ToString("yyyy-MM-ddTHH:mm", null));
        Assert.Equal(4, await CountAsync(group));
    }

    [Fact]
    public async Task Import_FollowersOfEverything_NobodyIsTold()
    {
        var (group, author) = await GroupAsync();
        var member = await Scene.MemberAsync("Paul");
        await Scene.JoinAsync(group, member, level: MailLevel.Everything);
        await stage.DecideAsync();
        await stage.SendAsync();
        var visitor = await stage.Instance.VisitorAsync(author);

        await visitor.SendAsync(await SendAsync(visitor, group, Calendar()), "[name='Confirmed']");
        await stage.DecideAsync();
        await stage.SendAsync();

        Assert.DoesNotContain(stage.MailsTo(member), m => m.Text.Contains("Conseil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Import_TooManyOrNoCalendarOrReader_RefusedWithoutAnyEvent()
    {
        var (group, author) = await GroupAsync();
        var reader = await Scene.MemberAsync("Lise");
        var visitor = await stage.Instance.VisitorAsync(author);
        var many = "BEGIN:VCALENDAR\r\n" + string.Concat(Enumerable.Range(0, 501).Select(n => $"BEGIN:VEVENT\r\nUID:{n}@x.invalid\r\nDTSTART:20310304T100000Z\r\nSUMMARY:N{n}\r\nEND:VEVENT\r\n")) + "END:VCALENDAR\r\n";

        var tooMany = await SendAsync(visitor, group, many);
        var none = await SendAsync(visitor, group, "<html>rien</html>");
        var outsider = await (await stage.Instance.VisitorAsync(reader)).OpenAsync($"/groupes/{group.Slug}/agenda/importer");

        Assert.Contains("501", tooMany.Text, StringComparison.Ordinal);
        Assert.True(none.Refuses("Fichier"));
        Assert.Equal(HttpStatusCode.Forbidden, outsider.Status);
        Assert.Equal(0, await CountAsync(group));
    }

    [Fact]
    public async Task Table_OfASpreadsheet_ItsLinesBecomeEventsAndWrongOnesAreNamed()
    {
        var (group, author) = await GroupAsync();
        var visitor = await stage.Instance.VisitorAsync(author);

        var shown = await SendAsync(visitor, group, "Titre;Date;Heure;Fin;Lieu\r\nAssemblée;12/04/2031;18h30;20h;Salle des fêtes\r\nJournée;2031-05-02;;;\r\nSans jour;bientôt;;;\r\n", "agenda.csv");
        await visitor.SendAsync(shown, "[name='Confirmed']");

        Assert.Contains("Sans jour : Choisissez un jour.", InboxStage.Plain(shown.Text), StringComparison.Ordinal);
        var date = Assert.Single(await DatesAsync(group, "Assemblée"));
        Assert.Equal((new DateTime(2031, 4, 12, 18, 30, 0), new DateTime(2031, 4, 12, 20, 0, 0), "Salle des fêtes"), (date.StartLocal, date.EndLocal, date.Place));
        Assert.True(Assert.Single(await DatesAsync(group, "Journée")).IsAllDay);
    }

    private static Task<VisitedPage> SendAsync(Visitor visitor, Group group, string file, string name = "agenda.ics") => SendAsync(visitor, group, Encoding.UTF8.GetBytes(file), name);

    private static async Task<VisitedPage> SendAsync(Visitor visitor, Group group, byte[] file, string name) =>
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/importer"), "form.formulaire", [("Fichier", name, file)]);

    private async Task<int> CountAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<AgendaEvent>().CountAsync(e => e.Item.GroupId == group.Id);
    }

    private async Task<string> ShortIdAsync(Group group, string title)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Items.Where(i => i.GroupId == group.Id && i.Title == title).Select(i => i.ShortId).SingleAsync();
    }

    private async Task<List<EventDate>> DatesAsync(Group group, string title)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<EventDate>().AsNoTracking().Where(d => d.GroupId == group.Id && d.Item.Title == title).OrderBy(d => d.StartUtc).ToListAsync();
    }

    private async Task<(Group Group, Member Author)> GroupAsync()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        return (await Scene.GroupAsync("Groupe qui importe", author), author);
    }

    private static string Calendar() => """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//essai//FR
        BEGIN:VEVENT
        UID:serie@mairie.invalid
        DTSTART;TZID=Europe/Paris:20310304T183000
        DTEND;TZID=Europe/Paris:20310304T203000
        RRULE:FREQ=WEEKLY;COUNT=5
        EXDATE;TZID=Europe/Paris:20310311T183000
        RDATE;TZID=Europe/Paris:20310405T100000
        SUMMARY:Conseil
        LOCATION:Mairie
        END:VEVENT
        BEGIN:VEVENT
        UID:serie@mairie.invalid
        RECURRENCE-ID;TZID=Europe/Paris:20310318T183000
        DTSTART;TZID=Europe/Paris:20310318T200000
        DTEND;TZID=Europe/Paris:20310318T210000
        SUMMARY:Conseil
        LOCATION:Médiathèque
        END:VEVENT
        BEGIN:VEVENT
        UID:serie@mairie.invalid
        RECURRENCE-ID;TZID=Europe/Paris:20310325T183000
        DTSTART;TZID=Europe/Paris:20310325T183000
        DTEND;TZID=Europe/Paris:20310325T203000
        STATUS:CANCELLED
        SUMMARY:Conseil
        END:VEVENT
        BEGIN:VEVENT
        UID:foire@mairie.invalid
        DTSTART;VALUE=DATE:20310412
        DTEND;VALUE=DATE:20310415
        SUMMARY:Foire *de* printemps
        DESCRIPTION:**Entrée** <b>libre</b> [ici](javascript:alert(1))
        URL:https://mairie.invalid/foire
        LOCATION:Champ de Mars
        END:VEVENT
        BEGIN:VEVENT
        UID:visio@mairie.invalid
        DTSTART;TZID=America/New_York:20310506T093000
        DURATION:PT1H
        SUMMARY:Visio outre-mer
        END:VEVENT
        BEGIN:VEVENT
        UID:une@mairie.invalid
        DTSTART:20310601T160000Z
        SUMMARY:Une heure
        END:VEVENT
        BEGIN:VEVENT
        UID:cache@mairie.invalid
        DTSTART:20310601T160000Z
        CLASS:PRIVATE
        SUMMARY:Caché
        END:VEVENT
        END:VCALENDAR
        """.ReplaceLineEndings("\r\n");
}
