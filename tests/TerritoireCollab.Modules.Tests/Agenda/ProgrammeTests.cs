using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Agenda.Events;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Agenda;

/// <summary>Who speaks when and where at an event, who organises it, and which files go with it once it is published.</summary>
public sealed class ProgrammeTests(InboxStage stage) : IClassFixture<InboxStage>
{
    private Scene Scene => stage.Scene;

    [Fact]
    public async Task Form_RowsOfAProgramme_ShownInOrderPrintedAndInTheCalendar()
    {
        var (visitor, group, author) = await GroupAsync();
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        var page = await visitor.SendAsync(form, "[name='Input.Title']", [.. Day("Journée du tilleul"), .. Row(1, "11:00", "12:00", "Table ronde", "Grande salle", "Odile et Paul"), .. Row(2, "09:30", null, "Accueil & café")]);
        var link = page.Document.QuerySelector("#programme ~ .actions a, section:has(#programme) a")!.GetAttribute("href")!;
        var printed = await visitor.OpenAsync("/" + link);
        using var program = await stage.Instance.SignedInAsync(author.Id);
        var calendar = await program.GetStringAsync("/" + page.Document.QuerySelector("link[rel='alternate'][type='text/calendar']")!.GetAttribute("href"));

        foreach (var shown in (VisitedPage[])[page, printed])
        {
            var rows = shown.Document.QuerySelectorAll("table.programme tr").Select(r => InboxStage.Plain(r.TextContent)).ToList();
            Assert.Equal(2, rows.Count);
            Assert.StartsWith("9 h 30", rows[0], StringComparison.Ordinal);
            Assert.Contains("Accueil & café", rows[0], StringComparison.Ordinal);
            Assert.StartsWith("11 h – 12 h", rows[1], StringComparison.Ordinal);
            Assert.Contains("Grande salle · Odile et Paul", rows[1], StringComparison.Ordinal);
        }

        Assert.Contains("Journée du tilleul", printed.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Table ronde (Grande salle · Odile et Paul)", calendar.Replace("\r\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_HoursThatDoNotFit_RefusedAtTheirFieldsAndNothingIsLost()
    {
        var (visitor, group, _) = await GroupAsync();
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        var page = await visitor.SendAsync(form, "[name='Input.Title']", [.. Day("Trop tard"), .. Row(1, "08:00", "09:30", "Avant l’heure"), .. Row(2, "11:00", "10:00", "À l’envers"), .. Row(3, "", "12:00", "")]);

        Assert.All(["Input.Slot1From", "Input.Slot2To", "Input.Slot3From", "Input.Slot3Title"], field => Assert.True(page.Refuses(field), field));
        Assert.False(page.Refuses("Input.Slot1To"));
        Assert.Contains("Cette heure n’est pas dans celles de l’événement.", page.Text, StringComparison.Ordinal);
        Assert.Equal(("Avant l’heure", "08:00", "À l’envers"), (page.ValueOf("Input.Slot1Title"), page.ValueOf("Input.Slot1From"), page.ValueOf("Input.Slot2Title")));
        Assert.Empty(await DatesAsync(group));
    }

    [Fact]
    public async Task Form_MoreRowsAskedFor_WhatWasTypedStaysAndNothingIsPublished()
    {
        var (visitor, group, _) = await GroupAsync();
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        var page = await visitor.SendAsync(form, "button[name='Input.AddsSlots']", [.. Day("Longue journée"), .. Row(3, "15:00", "16:00", "Le troisième")]);

        Assert.Equal(6, page.Document.QuerySelectorAll("input[name^='Input.Slot'][name$='Title']").Length);
        Assert.Equal(("Longue journée", "Le troisième"), (page.ValueOf("Input.Title"), page.ValueOf("Input.Slot3Title")));
        Assert.Empty(await DatesAsync(group));
    }

    [Fact]
    public async Task Programme_EventOrDateMoved_GoesAlongAndItsFormShowsTheNewHours()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Veillée", with: d => d with { To = "23:30", Programme = [new() { From = "19:00", To = "20:00", Title = "Lecture" }] });

        await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date"), "main form button:not([name])", ("From", "17:30"), ("To", "22:30"));

        Assert.StartsWith("18 h – 19 h", Slots(await visitor.OpenAsync($"/c/{id}"))[0], StringComparison.Ordinal);
        Assert.Equal("18:00", (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier")).ValueOf("Input.Slot1From"));
    }

    [Fact]
    public async Task Programme_FollowingDatesOfASeries_HaveItToo()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Cours du soir", with: d => d with { Repetition = new() { Frequency = Frequency.Weekly, Times = "4" }, Organisations = "Mairie de Crest", Programme = [new() { From = "18:45", Title = "Exercices" }] });
        var third = (await DatesAsync(group))[2];

        var moved = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/date?date={third.Key:yyyyMMdd-HHmm}"), "main form button:not([name])", ("Scope", "Following"), ("From", "20:00"), ("To", "22:00"));

        Assert.StartsWith("20 h 15", Slots(moved)[0], StringComparison.Ordinal);
        Assert.Contains("Mairie de Crest", moved.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programme_SeveralDays_EachDayByItself()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Deux journées", with: d => d with { From = "09:00", To = "17:00", LastDay = EventDetails.Typed(Scene.Now.AddDays(4)), Programme = [new() { Day = "2", From = "10:00", Title = "Atelier" }, new() { From = "10:00", Title = "Ouverture" }] });

        var page = await visitor.OpenAsync($"/c/{id}");
        var refused = await visitor.SendAsync(await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{id}/modifier"), "[name='Input.Title']", ("Input.Slot2Day", "3"));

        Assert.Equal(["Ouverture", "Atelier"], page.Document.QuerySelectorAll("table.programme b").Select(b => b.TextContent));
        Assert.Equal(2, page.Document.QuerySelectorAll("table.programme").Length);
        Assert.True(refused.Refuses("Input.Slot2Day"));
    }

    [Fact]
    public async Task Printed_WithoutAProgrammeOrTheRightToRead_NotFound()
    {
        var (visitor, group, author) = await GroupAsync();
        var (without, with) = (await Scene.EventAsync(group, author, "Sans"), await Scene.EventAsync(group, author, "Avec", audience: Audience.Group, with: d => d with { Programme = [new() { From = "18:45", Title = "Secret" }] }));
        var stranger = await stage.Instance.VisitorAsync(await Scene.MemberAsync("Olga"));

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{without}/programme")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/{with}/programme")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.OpenAsync($"/groupes/{group.Slug}/agenda/{with}/programme")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stage.Instance.Stranger().OpenAsync($"/groupes/{group.Slug}/agenda/{with}/programme")).Status);
    }

    [Fact]
    public async Task Organisers_OthersInsteadOfTheAuthor_NamedAndMayEdit()
    {
        var (visitor, group, _) = await GroupAsync();
        var other = await Scene.MemberAsync("Vera Essai");
        await Scene.JoinAsync(group, other);
        var form = await visitor.OpenAsync($"/groupes/{group.Slug}/agenda/nouveau");

        var unknown = await visitor.SendAsync(form, "[name='Input.Title']", [.. Day("Avec d’autres"), ("Input.Organisers", "Personne Inconnue")]);
        var page = await visitor.SendAsync(unknown, "[name='Input.Title']", ("Input.Organisers", "Vera Essai"), ("Input.Organisations", "Club du tilleul, Amicale"));
        var edit = page.Address.Split('?')[0] + "/modifier";
        var byOther = await stage.Instance.VisitorAsync(other);
        var both = await byOther.SendAsync(await byOther.OpenAsync(edit), "[name='Input.Title']", ("Input.Organisers", "Anne Essai, Vera Essai"));

        Assert.Equal("Anne Essai", form.ValueOf("Input.Organisers"));
        Assert.True(unknown.Refuses("Input.Organisers"));
        Assert.Equal("Vera Essai, Club du tilleul, Amicale", OrganisedBy(page));
        Assert.Equal("Anne Essai, Vera Essai, Club du tilleul, Amicale", OrganisedBy(both));
    }

    [Fact]
    public async Task Api_ProgrammeAndOrganisers_WrittenReadAndMovedWithTheEvent()
    {
        var (_, group, author) = await GroupAsync();
        using var program = await stage.Instance.SignedInAsync(author.Id);
        program.DefaultRequestHeaders.Add("X-Requested-With", "fetch");
        var day = $"{Scene.Now.AddDays(9):yyyy-MM-dd}";

        using var made = await program.PostAsJsonAsync($"/api/v1/groups/{group.Slug}/events", new { title = "Par un programme", localStart = $"{day}T09:00", localEnd = $"{day}T17:00", organisations = new[] { "Amicale" }, programme = new[] { new { localStart = $"{day}T10:00", localEnd = $"{day}T11:00", title = "Ouverture", speakers = "Odile" } } });
        var first = JsonDocument.Parse(await made.Content.ReadAsStringAsync()).RootElement;
        var id = first.GetProperty("id").GetString();
        using var moved = await program.PatchAsJsonAsync($"/api/v1/events/{id}", new { localStart = $"{day}T08:00", localEnd = $"{day}T16:00" });
        using var refused = await program.PatchAsJsonAsync($"/api/v1/events/{id}", new { programme = new[] { new { localStart = $"{day}T20:00", title = "Trop tard" } } });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(("Ouverture", $"{day}T10:00:00", $"{day}T11:00:00", "Odile"), Slot(first));
        Assert.Equal("Anne Essai", first.GetProperty("organisers")[0].GetProperty("name").GetString());
        Assert.Equal("Amicale", first.GetProperty("organisations")[0].GetString());
        Assert.Equal(("Ouverture", $"{day}T09:00:00", $"{day}T10:00:00", "Odile"), Slot(JsonDocument.Parse(await moved.Content.ReadAsStringAsync()).RootElement));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Edit_FilesAddedAndTakenAway_AfterPublication()
    {
        var (visitor, group, author) = await GroupAsync();
        var id = await Scene.EventAsync(group, author, "Avec pièces");
        var edit = $"/groupes/{group.Slug}/agenda/{id}/modifier";

        var added = await visitor.SendAsync(await visitor.OpenAsync(edit), "form.formulaire .actions button", [("Files", "plan.txt", "Un plan"u8.ToArray()), ("Files", "devis.txt", "Un devis"u8.ToArray())]);
        var form = await visitor.OpenAsync(edit);
        var taken = await visitor.SendAsync(form, "form.formulaire .actions button", ("Input.RemovedFiles", form.Document.QuerySelectorAll("input[name='Input.RemovedFiles']").Single(i => i.ParentElement!.TextContent.Contains("plan.txt", StringComparison.Ordinal)).GetAttribute("value")));

        Assert.Contains("plan.txt", added.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("plan.txt", taken.Text, StringComparison.Ordinal);
        Assert.Contains("devis.txt", taken.Text, StringComparison.Ordinal);
        await using var db = stage.Instance.Open(Viewer.System);
        Assert.Equal(1, await db.Items.Where(i => i.ShortId == id).Select(i => i.AttachmentCount).SingleAsync());
    }

    private static (string?, string?, string?, string?) Slot(JsonElement e)
    {
        var slot = e.GetProperty("programme")[0];
        return (slot.GetProperty("title").GetString(), slot.GetProperty("localStart").GetString(), slot.GetProperty("localEnd").GetString(), slot.GetProperty("speakers").GetString());
    }

    private static string OrganisedBy(VisitedPage page) => page.Document.QuerySelectorAll("dt").Single(d => d.TextContent == "Organisé par").NextElementSibling!.TextContent.Trim();

    private static List<string> Slots(VisitedPage page) => [.. page.Document.QuerySelectorAll("table.programme tr").Select(r => InboxStage.Plain(r.TextContent))];

    private (string, string?)[] Day(string title) => [("Input.Title", title), ("Input.Day", EventDetails.Typed(Scene.Now.AddDays(11))), ("Input.From", "09:00"), ("Input.To", "17:00")];

    private static (string, string?)[] Row(int n, string? from, string? to, string title, string? place = null, string? speakers = null) =>
        [($"Input.Slot{n}From", from), ($"Input.Slot{n}To", to), ($"Input.Slot{n}Title", title), ($"Input.Slot{n}Place", place), ($"Input.Slot{n}Speakers", speakers)];

    private async Task<List<EventDate>> DatesAsync(Group group)
    {
        await using var db = stage.Instance.Open(Viewer.System);
        return await db.Set<EventDate>().AsNoTracking().Where(d => d.GroupId == group.Id).OrderBy(d => d.StartUtc).ToListAsync();
    }

    private async Task<(Visitor Visitor, Group Group, Member Author)> GroupAsync()
    {
        var author = await Scene.MemberAsync("Anne Essai");
        return (await stage.Instance.VisitorAsync(author), await Scene.GroupAsync("Groupe au programme", author), author);
    }
}
