using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>A group's agenda filled from elsewhere: a file is imported after a look, a calendar of another site shows beside it.</summary>
public sealed class OtherAgendasStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Agenda_FileImportedThenCalendarAdded_DatesOfBoth(bool script)
    {
        await using var site = await WebSite.StartAsync();
        await using var instance = await Instance.StartAsync(settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        var day = scene.Now.AddDays(5);
        var calendar = site.Put("/mairie.ics", Encoding.UTF8.GetBytes(Calendar("dehors@mairie.invalid", day.AddDays(1), "Conseil municipal")), "text/calendar");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id), script);
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/groupes/{group.Slug}/agenda");
        await page.GetByRole(AriaRole.Link, new() { Name = "Importer des événements" }).ClickAsync();
        await page.GetByLabel("Fichier à importer").SetInputFilesAsync(new FilePayload { Name = "commission.ics", MimeType = "text/calendar", Buffer = Encoding.UTF8.GetBytes(Calendar("un@mairie.invalid", day, "Commission importée")) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Voir ce qui serait fait" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Row, new() { Name = "Commission importée" })).ToContainTextAsync("Sera créé.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Importer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("Import terminé")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir l’agenda" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Commission importée" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Calendriers extérieurs" }).ClickAsync();
        await page.GetByLabel("Adresse du calendrier").FillAsync(calendar.AbsoluteUri);
        await page.GetByLabel("Nom du calendrier").FillAsync("Mairie de Crest");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ajouter ce calendrier" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Calendrier ajouté")).ToBeVisibleAsync();
        await instance.Services.GetServices<Platform.Jobs.IWorker>().Single(w => w.GetType().Name == "FetchCalendars").RunOnceAsync(default);

        await page.GotoAsync($"/groupes/{group.Slug}/agenda");
        var row = page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "Conseil municipal" });
        await Assertions.Expect(row).ToContainTextAsync("Extérieur");
        await Assertions.Expect(row).ToContainTextAsync("Mairie de Crest");
        await page.GetByRole(AriaRole.Link, new() { Name = "Dates extérieures" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Conseil municipal")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Commission importée" })).ToBeVisibleAsync();
    }

    private static string Calendar(string uid, DateTime day, string title) =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTART;TZID=Europe/Paris:{day:yyyyMMdd}T190000\r\nDTEND;TZID=Europe/Paris:{day:yyyyMMdd}T210000\r\nSUMMARY:{title}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}
