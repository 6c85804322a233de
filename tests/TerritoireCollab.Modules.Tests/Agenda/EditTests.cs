using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Agenda.Registrations;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>What « Modifier » and « Changer cette date » change of an event, what they leave, and whom they tell.</summary>
public sealed class EditTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Edit_SeriesOfANumberOfTimes_KeepsTheNumber()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Quatre fois", with: d => d with { Repetition = new() { Frequency = Frequency.Other, Whole = "FREQ=DAILY;COUNT=4" } });

        var form = await FormAsync(visitor, group, id);
        await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Quatre fois seulement"));

        Assert.Equal("4", form.ValueOf("Input.Times"));
        Assert.Equal("FREQ=DAILY;COUNT=4", await RuleAsync(author, id));
        Assert.Equal(4, (await DatesAsync(group)).Count);
    }

    [Fact]
    public async Task Form_NumberOfTimes_ThatManyAndNotWithALastDayToo()
    {
        var (visitor, group, _) = await GroupAsync();
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");
        var fields = new (string, string?)[] { ("Input.Title", "Trois soirs"), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(4))), ("Input.From", "18:30"), ("Input.Frequency", "Daily"), ("Input.Times", "3") };

        var both = await visitor.SendAsync(form, "[name='Input.Title']", [.. fields, ("Input.Until", EventDetails.Typed(Scene.Now.AddDays(9)))]);
        var page = await visitor.SendAsync(form, "[name='Input.Title']", fields);

        Assert.True(both.Refuses("Input.Times"));
        Assert.Contains("3 fois", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Equal(3, (await DatesAsync(group)).Count);
    }

    [Fact]
    public async Task Edit_WeeklyToAnotherDay_ComesBackOnThatDayAlone()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Hebdomadaire", with: Weekly);
        var (old, day) = (Scene.Now.AddDays(3).DayOfWeek, Scene.Now.AddDays(5));

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.Day", EventDetails.Typed(day)));

        Assert.All(await DatesAsync(group), d => Assert.Equal(day.DayOfWeek, d.StartLocal.DayOfWeek));
        Assert.NotEqual(old, day.DayOfWeek);
    }

    [Fact]
    public async Task Edit_WeeklyOnTwoDaysToAnother_KeepsTheDayThatWasChosen()
    {
        var (visitor, group, author) = await GroupAsync();
        var other = Scene.Now.AddDays(4).DayOfWeek;
        var id = await Scene.EventAsync(group, author, "Deux fois la semaine", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly, Days = [other] } });

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(5))));

        Assert.Contains(await DatesAsync(group), d => d.StartLocal.DayOfWeek == other);
    }

    [Fact]
    public async Task Edit_AnotherHour_CarsAndTheirPassengersStay()
    {
        var (visitor, group, author) = await GroupAsync();
        var (drives, rides) = (await Scene.MemberAsync("Vera"), await Scene.MemberAsync("Nils"));
        foreach (var person in (Member[])[drives, rides]) await Scene.JoinAsync(group, person);
        var id = await Scene.EventAsync(group, author, "Loin d’ici");
        var (driver, passenger) = (await stage.Instance.VisitorAsync(drives), await stage.Instance.VisitorAsync(rides));
        await driver.SendAsync(await driver.OpenAsync($"/c/{id}"), "button[name='Ride'][value='proposer']", ("RideSeats", "2"), ("RideCommune", "Die"));
        await passenger.SendAsync(await passenger.OpenAsync($"/c/{id}"), "button[name='Ride'][value^='rejoindre']");

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.From", "09:00"), ("Input.To", "10:00"));

        var page = await visitor.OpenAsync($"/c/{id}");
        Assert.Contains("part de Die, places libres : 1 sur 2", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Contains("Avec Nils", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Edit_EarlierLastDay_ThoseOfTheDatesGoneAreToldAndCountNoMore()
    {
        var (visitor, group, author) = await GroupAsync();
        var (gone, stays) = (await Scene.MemberAsync("Vera"), await Scene.MemberAsync("Nils"));
        foreach (var person in (Member[])[gone, stays]) await Scene.JoinAsync(group, person);
        var id = await Scene.EventAsync(group, author, "Raccourcie", with: Weekly);
        await Scene.ComeAsync(id, stays);
        var other = await stage.Instance.VisitorAsync(gone);
        await other.SendAsync(await other.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date={Key(10)}"), "button[name='Reply'][value='Yes']");

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.Until", EventDetails.Typed(Scene.Now.AddDays(5))));
        await stage.SendAsync();

        Assert.Single(stage.MailsTo(gone), m => m.Subject.Contains("Annulé", StringComparison.Ordinal) && InboxStage.Plain(m.Text).Contains("n’aura pas lieu", StringComparison.Ordinal));
        Assert.DoesNotContain(stage.MailsTo(stays), m => m.Subject.Contains("Annulé", StringComparison.Ordinal) || m.Subject.Contains("Changement", StringComparison.Ordinal));
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal([stays.Id], await db.Set<Registration>().Where(r => r.Item.ShortId == id).Select(r => r.MemberId).ToListAsync());
    }

    [Fact]
    public async Task Edit_OtherLinkOfTheConference_ToldToThoseWhoCome()
    {
        var (visitor, group, author) = await GroupAsync();
        var comes = await Scene.MemberAsync("Vera");
        await Scene.JoinAsync(group, comes);
        var id = await Scene.EventAsync(group, author, "En ligne", with: d => d with { OnlineUrl = "https://visio.invalid/un" });
        await Scene.ComeAsync(id, comes);

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.Title", "En ligne, corrigé"));
        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.OnlineUrl", "https://visio.invalid/deux"));
        await stage.SendAsync();

        var mail = Assert.Single(stage.MailsTo(comes), m => m.Subject.Contains("Changement", StringComparison.Ordinal));
        Assert.Contains("https://visio.invalid/deux", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_OfAnHourThatWas_ShowsThatDayAndTakesNoAnswerForAnother()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Déplacée", with: Weekly);
        var opened = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date={Key(10)}");

        await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.From", "09:00"), ("Input.To", "10:00"));
        var sameDay = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date={Key(10)}");
        var noDay = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date={Key(11)}");
        var answered = await visitor.SendAsync(opened, "button[name='Reply'][value='Yes']");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (sameDay.Status, noDay.Status, answered.Status));
        Assert.Equal($"{Scene.Now.AddDays(10):yyyyMMdd}-0900", Shown(sameDay));
        Assert.Equal($"{Scene.Now.AddDays(3):yyyyMMdd}-0900", Shown(noDay));
        Assert.Contains("Cette date a changé depuis", answered.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Vous participez.", answered.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}?date=hier")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/annuler?date={Key(11)}")).Status);
    }

    [Fact]
    public async Task ChangeDate_OfAnEventWithOneDate_SaysNothingOfOthers()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Une seule");

        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date");

        Assert.Contains("Cette date est prévue", form.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Les autres ne changent pas", form.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SameEvening_Announced_AskedOnceAndPublishedAnyway()
    {
        var (visitor, group, _) = await GroupAsync();
        await ElsewhereAsync("Conférence du six", 6);
        await ElsewhereAsync("Concert du sept", 7);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        var asked = await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "La nôtre"), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(6))), ("Input.From", "20:45"), ("Input.Place", "Salle des fêtes"));
        var moved = await visitor.SendAsync(asked, "button[name='Input.Anyway']", ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(7))));
        var none = (await DatesAsync(group)).Count;
        var page = await visitor.SendAsync(asked, "button[name='Input.Anyway']");

        Assert.Contains("Conférence du six", asked.Text, StringComparison.Ordinal);
        Assert.Contains("Publier quand même", asked.Text, StringComparison.Ordinal);
        Assert.Equal(("La nôtre", "20:45", "Salle des fêtes"), (asked.ValueOf("Input.Title"), asked.ValueOf("Input.From"), asked.ValueOf("Input.Place")));
        Assert.Contains("Concert du sept", moved.Text, StringComparison.Ordinal);
        Assert.Equal(0, none);
        Assert.Contains("de 20 h 45", InboxStage.Plain(page.Text), StringComparison.Ordinal);
        Assert.Single(await DatesAsync(group));
    }

    [Fact]
    public async Task SameEvening_WholeDaysOrAnotherDay_NotAsked()
    {
        var (visitor, group, _) = await GroupAsync();
        await ElsewhereAsync("Conférence du huit", 8);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        await visitor.SendAsync(form, "[name='Input.Title']", ("Input.Title", "Journée"), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(8))), ("Input.From", ""));
        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau"), "[name='Input.Title']", ("Input.Title", "Le midi"), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(8))), ("Input.From", "12:00"));

        Assert.Equal(2, (await DatesAsync(group)).Count);
    }

    [Fact]
    public async Task SameEvening_EventOrDateMovedThere_AskedBeforeItIsSaved()
    {
        var (visitor, group, author) = await GroupAsync();
        await ElsewhereAsync("Conférence du seize", 16);
        var id = await Scene.EventAsync(group, author, "À déplacer", inDays: 14);
        var fields = new (string, string?)[] { ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(16))) };

        var edited = await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", fields);
        var change = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date"), "main form button:not([name])", ("Day", EventDetails.Typed(Scene.Now.AddDays(16))));
        var before = (await DatesAsync(group))[0].StartLocal;
        await visitor.SendAsync(change, "button[name='Anyway']");
        var after = (await DatesAsync(group))[0].StartLocal;
        var retitled = await visitor.SendAsync(await FormAsync(visitor, group, id), "[name='Input.Title']", ("Input.Title", "Retitrée"));

        Assert.Contains("Conférence du seize", edited.Text, StringComparison.Ordinal);
        Assert.NotNull(edited.Document.QuerySelector("button[name='Input.Anyway']"));
        Assert.Contains("Conférence du seize", change.Text, StringComparison.Ordinal);
        Assert.Equal((Scene.Now.AddDays(14).Date, Scene.Now.AddDays(16).Date), (before.Date, after.Date));
        Assert.Contains("Retitrée", retitled.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
    }

    private static EventDetails Weekly(EventDetails details) => details with { Repetition = new() { Frequency = Frequency.Weekly } };

    private string Key(int inDays) => $"{Scene.Now.AddDays(inDays):yyyyMMdd}-1830";

    private static string Shown(VisitedPage page) => page.ValueOf("Date")!;

    private static Task<VisitedPage> FormAsync(Visitor visitor, Group group, string id) => visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier");

    private async Task<string?> RuleAsync(Member reader, string id)
    {
        using var program = await stage.Instance.SignedInAsync(reader.Id);
        return JsonDocument.Parse(await program.GetStringAsync($"/api/v1/events/{id}")).RootElement.GetProperty("rule").GetString();
    }

    private async Task ElsewhereAsync(string title, int inDays)
    {
        var other = await Scene.MemberAsync("Olga");
        await Scene.EventAsync(await Scene.GroupAsync("Groupe voisin", other), other, title, inDays, audience: Audience.Platform);
    }

    private async Task<List<EventDate>> DatesAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<EventDate>().AsNoTracking().Where(d => d.GroupId == group.Id).OrderBy(d => d.StartUtc).ToListAsync();
    }

    private async Task<(Visitor Visitor, Group Group, Member Author)> GroupAsync()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        return (await stage.Instance.VisitorAsync(author), await Scene.GroupAsync("Groupe qui modifie", author), author);
    }
}
