using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The revue on paper: A4, two columns, addresses in full, nothing that is pressed.</summary>
public sealed class RevuePrintTests(Chromium chromium)
{
    [Fact]
    public async Task Issue_Printed_TwoColumnsWithAddressesAndNoButton()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var anne = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(anne);
        await scene.ServeTerritoryAsync(group);
        for (var i = 0; i < 8; i++) await scene.PlaceAsync(group, anne, new($"Article {i}") { Rubric = i < 4 ? "Eau" : "Mobilité", Line = "Une ligne." });
        await scene.PublishAsync(group, anne, "Eaux vives", "Un mot.");
        await using var window = await chromium.WindowAsync(instance.Address, width: 680, height: 980);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/veille/revues/1");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        var columns = await page.EvalOnSelectorAsync<string>(".revue", "e => getComputedStyle(e).columnCount");
        var lefts = await page.EvalOnSelectorAllAsync<double[]>(".revue-article", "all => all.map(e => Math.round(e.getBoundingClientRect().left))");
        var address = await page.EvalOnSelectorAsync<string>(".revue-article h3 a", "e => getComputedStyle(e, '::after').content");

        Assert.Equal("2", columns);
        Assert.Equal(2, lefts.Distinct().Count());
        Assert.Contains("https://gazette.exemple.invalid/", address, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".revue-article")).ToHaveCountAsync(8);
        foreach (var pressed in (string[])[".nav-principale", ".commentaires", ".revue-commenter >> nth=0", ".cote", ".revue-suivre"]) await Assertions.Expect(page.Locator(pressed)).ToBeHiddenAsync();
    }
}
