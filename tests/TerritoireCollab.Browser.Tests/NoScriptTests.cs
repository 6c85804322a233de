using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Without script every screen is read, every form can be sent, and a thread stays light.</summary>
public sealed class NoScriptTests(Chromium chromium, Demo demo)
{
    // What a person without script cannot do anything with: a form without a button, a control that only a script wakes.
    private const string Dead =
        """
        [...document.querySelectorAll('main form')].filter(f => f.checkVisibility() && !document.querySelector(`form button, button[form="${f.id}"]`)).map(f => f.outerHTML.slice(0, 150))
          .concat([...document.querySelectorAll('main :is(button[type=button], [onclick], a[href="#"])')].filter(e => e.checkVisibility()).map(e => e.outerHTML.slice(0, 150)))
        """;

    [Fact]
    public async Task Screens_WithoutScript_AllReadable()
    {
        var faults = new List<string>();
        foreach (var (who, screens) in Screens.All.Where(s => s.Prepare is null).GroupBy(s => s.As ?? "").Select(g => (g.Key, g.ToList())))
        {
            await using var window = await chromium.WindowAsync(demo.Instance.Address, who.Length == 0 ? null : await demo.SessionAsync($"{who}@demo.local"), script: false);
            var page = await window.NewPageAsync();
            foreach (var screen in screens) faults.AddRange(await ReadAsync(page, screen));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task Thread_WithoutScript_Light()
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("agent@demo.local"), script: false);
        var page = await window.NewPageAsync();
        var meter = await Meter.OnAsync(page);

        await page.GotoAsync(demo.Sights.Thread, new() { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.InRange(meter.Take().Bytes, 5 * 1024, 45 * 1024);
    }

    [Fact]
    public async Task Menu_WithoutScript_OpensAndSignsOut()
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("association@demo.local"), script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/groupes");

        await page.Locator("details.menu > summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Se déconnecter" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connexion");
        demo.Forget("association@demo.local");
    }

    private async Task<IEnumerable<string>> ReadAsync(IPage page, Screen screen)
    {
        await page.GotoAsync(screen.Address(demo.Sights));
        var faults = new List<string>();
        if (!await page.Locator("h1").IsVisibleAsync()) faults.Add($"{screen.Name}: no title.");
        if ((await page.Locator("main").InnerTextAsync()).Length < 40) faults.Add($"{screen.Name}: nothing to read.");
        faults.AddRange((await page.EvaluateAsync<string[]>(Dead)).Select(f => $"{screen.Name}: is dead: {f}"));
        return faults;
    }
}
