using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Other ways of looking: on paper, with text twice as large, with the system's own colours, without motion, without script.</summary>
public sealed class LookTests(Chromium chromium, Demo demo)
{
    private static readonly string[] Chief = ["accueil", "groupes", "groupe", "forum", "fil", "forum-nouveau", "annuaire", "moi-courriels", "connexion"];

    /// <summary>The screens that people are on most of the time.</summary>
    public static TheoryData<string> Screens => [.. Chief];

    [Theory]
    [InlineData("fil")]
    [InlineData("groupe")]
    public async Task Print_OfAScreen_HoldsTheTextAndNoNavigation(string name)
    {
        var page = await OpenAsync(name);
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        foreach (var hidden in (string[])[".nav-principale", ".recherche", ".cloche", ".pied", ".onglets", ".cote", ".evitement a"])
            Assert.False(await page.Locator(hidden).First.IsVisibleAsync(), $"{hidden} is printed.");
        Assert.Equal(0, await page.Locator("main :is(button, .bouton, textarea)").EvaluateAllAsync<int>("all => all.filter(e => e.checkVisibility()).length"));
        Assert.True(await page.Locator("h1").IsVisibleAsync());
        Assert.True(await page.Locator(".prose").First.IsVisibleAsync());
        Assert.Contains("Veille numérique", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal("rgb(255, 255, 255)", await page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
    }

    [Fact]
    public async Task Print_OfALink_ShowsItsAddress()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var member = await scene.MemberAsync("Maud Fontclaire");
        var topic = await scene.TopicAsync(await scene.GroupAsync("Groupe d’essai", member), member, "Un fil", "Voir [le guide](https://guide.invalid/bornes).");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(member.Id));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/c/{topic}");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        var printed = await page.GetByText("le guide").EvaluateAsync<string>("link => getComputedStyle(link, '::after').content");

        Assert.Equal("\" (\" \"https://guide.invalid/bornes\" \")\"", printed.Replace("\" (https://guide.invalid/bornes)\"", "\" (\" \"https://guide.invalid/bornes\" \")\"", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Text_TwiceAsLarge_StaysWithinTheWindow(string name)
    {
        var page = await OpenAsync(name);
        await page.EvaluateAsync("document.documentElement.style.fontSize = '200%'");

        Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 1280);
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('h1, h2, h3, .bouton, label:not(.masque), .nav-principale a')].filter(e => e.checkVisibility() && getComputedStyle(e).display !== 'inline' && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 4 && getComputedStyle(e).overflowY !== 'visible')).map(e => e.textContent.trim())"));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Colours_OfTheSystem_LeaveEveryControlAnEdge(string name)
    {
        var page = await OpenAsync(name);
        await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });

        Assert.True(await page.EvaluateAsync<bool>("matchMedia('(forced-colors: active)').matches"));
        Assert.Empty(await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.bouton:not(.bouton--discret), main input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select, .carte, .choix-carte')].filter(e => e.checkVisibility())
              .filter(e => { const s = getComputedStyle(e); return s.borderTopStyle === 'none' || parseFloat(s.borderTopWidth) < 1 || s.borderTopColor === 'rgba(0, 0, 0, 0)'; }).map(e => e.outerHTML.slice(0, 100))
            """));
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('nav [aria-current]')].filter(e => e.checkVisibility() && getComputedStyle(e).outlineStyle === 'none').map(e => e.outerHTML.slice(0, 100))"));
    }

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Motion_NotWanted_Absent(string name)
    {
        var page = await OpenAsync(name);
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });

        Assert.Empty(await page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e); return s.transitionDuration.split(',').some(d => parseFloat(d) > 0) || s.animationName !== 'none' || s.scrollBehavior === 'smooth'; }).map(e => e.outerHTML.slice(0, 100))"));
    }

    private async Task<IPage> OpenAsync(string name)
    {
        var screen = Browser.Tests.Screens.All.Single(s => s.Name == name);
        var window = await chromium.WindowAsync(demo.Instance.Address, screen.As is null ? null : await demo.SessionAsync($"{screen.As}@demo.local"));
        var page = await window.NewPageAsync();
        await page.GotoAsync(screen.Address(demo.Sights));
        return page;
    }
}
