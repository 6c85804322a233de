using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The édito of a month in a browser: written on a phone without script, printed on A4. TERRITOIRE_SHOTS names a folder for pictures.</summary>
public sealed class EditorialBrowserTests(Chromium chromium, Demo demo)
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("TERRITOIRE_SHOTS");

    [Fact]
    public async Task Editorial_Printed_TwoColumnsAndNothingThatIsPressed()
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("agent@demo.local"), width: 680, height: 980);
        var page = await window.NewPageAsync();
        await page.GotoAsync(demo.Sights.Editorial);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        if (Shots is not null) await page.PdfAsync(new() { Path = Path.Combine(Shots, "edito.pdf"), Format = "A4" });

        var columns = await page.EvalOnSelectorAsync<string>(".edito", "e => getComputedStyle(e).columnCount");
        var lefts = await page.EvalOnSelectorAllAsync<double[]>(".edito > *", "all => all.map(e => Math.round(e.getBoundingClientRect().left))");

        Assert.Equal("2", columns);
        Assert.Equal(2, lefts.Distinct().Count());
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".edito")).ToContainTextAsync("Cinq ont échoué.");
        foreach (var pressed in (string[])[".nav-principale", ".commentaires", ".edito-merci", ".cote", ".composeur"]) await Assertions.Expect(page.Locator(pressed).First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Editorial_OnAPhoneWithoutScript_WrittenFromTheDraftAndReadByAnybody()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var anne = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(anne);
        await scene.ServeTerritoryAsync(group);
        await scene.PlaceAsync(group, anne, new("La rivière remonte") { Rubric = "Eau" });
        await scene.PublishAsync(group, anne, "Eaux vives", "Un mot.");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(anne.Id), script: false, width: 360);
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/groupes/{group.Slug}/veille");

        await page.GetByRole(AriaRole.Link, new() { Name = "Éditos", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Écrire un édito" }).First.ClickAsync();
        await page.Locator("select[name='mois']").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher" }).ClickAsync();
        var text = page.Locator("[name='Input.Body']");
        Assert.Contains("La rivière remonte", await text.InputValueAsync(), StringComparison.Ordinal);
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, "edito-sans-script.png"), FullPage = true });
        await text.FillAsync("Ce mois-ci, l’eau est revenue.\n\n" + await text.InputValueAsync());
        await page.Locator("[name='Input.Title']").FillAsync("Le mois de l’eau");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier l’édito" }).ClickAsync();

        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("L’édito est publié.");
        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 300, 360);
        await using var outside = await chromium.WindowAsync(instance.Address, script: false, width: 360);
        var seen = await outside.NewPageAsync();
        await seen.GotoAsync("/veille");
        await seen.GetByRole(AriaRole.Link, new() { Name = "Le mois de l’eau" }).ClickAsync();
        await Assertions.Expect(seen.Locator(".edito")).ToContainTextAsync("l’eau est revenue");
        if (Shots is not null) await seen.ScreenshotAsync(new() { Path = Path.Combine(Shots, "edito-lu-sans-script.png"), FullPage = true });
    }
}
