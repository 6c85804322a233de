using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>
/// Every screen in four looks (wide and narrow, light and dark): accessible, within its window, alone with our host, quiet in the console.
/// TERRITOIRE_SHOTS names a folder for their pictures.
/// </summary>
public sealed partial class ScreenTests(Chromium chromium, Demo demo)
{
    private static readonly string? Shots = Environment.GetEnvironmentVariable("TERRITOIRE_SHOTS");

    private static readonly string Axe = new BundledAxeScriptProvider().GetScript();

    // Targets of 24 px at least are WCAG 2.2 AA, and off in axe unless asked for. No page has frames. In the dark a page differs by its colours alone;
    // narrow, by what is shown and where it stands: its words and their order are those of the wide page.
    private const string RunAxe =
        """
        async look => (await axe.run(document, {
            wide: { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } },
            dark: { resultTypes: ['violations'], runOnly: ['color-contrast', 'link-in-text-block'] },
            narrow: { resultTypes: ['violations'], runOnly: ['color-contrast', 'target-size', 'scrollable-region-focusable', 'button-name', 'link-name', 'summary-name', 'label', 'aria-hidden-focus'] },
          }[look])).violations.map(v => `${v.id}, ${v.help} (${v.nodes.slice(0, 3).map(n => n.html).join(' ; ')})`)
        """;

    // Sideways scrolling inside the page is for tables and code alone.
    private const string Overflowing =
        "() => [...document.querySelectorAll('body *')].filter(e => e.scrollWidth > e.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(e).overflowX) && !e.closest('.tableau, .prose, textarea, input')).map(e => e.outerHTML.slice(0, 120))";

    private const string Cut = "() => [...document.querySelectorAll('h1, h2, h3, .bouton, .nav-principale a')].filter(e => e.checkVisibility() && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline')).map(e => e.textContent.trim())";

    // A box that grows with its text must not shrink to one line while it is empty.
    private const string Low = "() => [...document.querySelectorAll('textarea[rows]')].filter(e => e.checkVisibility() && e.clientHeight + 1 < Math.min(e.rows * parseFloat(getComputedStyle(e).lineHeight), parseFloat(getComputedStyle(e).maxHeight) || Infinity)).map(e => e.outerHTML.slice(0, 120))";

    /// <summary>Names of the screens.</summary>
    public static TheoryData<string> Names => [.. Screens.All.Select(s => s.Name)];

    [Fact]
    public void Screens_ListedByHand_AreAllThatTheHostMaps()
    {
        var mapped = demo.Instance.Services.GetRequiredService<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null && !e.RoutePattern.RawText!.StartsWith("/_", StringComparison.Ordinal)).Select(e => e.RoutePattern.RawText!).Distinct().ToList();

        Assert.InRange(mapped.Count, 40, 200);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Screens.All.Select(s => s.Route).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Screen_FourLooks_AccessibleAndWithinItsWindow(string name)
    {
        var screen = Screens.All.Single(s => s.Name == name);
        var session = screen.As is null ? null : await demo.SessionAsync($"{screen.As}@demo.local");
        var faults = new ConcurrentQueue<string>();

        await LookAsync(screen, session, faults);

        Assert.True(faults.IsEmpty, string.Join('\n', faults));
    }

    private async Task LookAsync(Screen screen, string? session, ConcurrentQueue<string> faults)
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, session);
        var page = await window.NewPageAsync();
        var address = screen.Address(demo.Sights);
        var root = demo.Instance.Address.ToString();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(root, StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal)) faults.Enqueue($"asks {request.Url}");
        };
        page.Console += (_, message) =>
        {
            // The browser itself reports the status of the page.
            if (message.Type is "error" or "warning" && !(screen.Status >= 400 && message.Text.Contains($"{screen.Status}", StringComparison.Ordinal))) faults.Enqueue($"the console says {message.Text}");
        };
        page.PageError += (_, error) => faults.Enqueue($"script failed: {error}");

        var answer = await page.GotoAsync(address);
        if (screen.Prepare is not null) await screen.Prepare(page);

        if (answer!.Status != screen.Status) faults.Enqueue($"answered {answer.Status}.");
        await FrameAsync(page, faults);
        await page.EvaluateAsync(Axe);
        foreach (var width in (int[])[1280, 320])
        {
            await page.SetViewportSizeAsync(width, 800);
            foreach (var scheme in (ColorScheme[])[ColorScheme.Light, ColorScheme.Dark])
            {
                // Colours that fade from one scheme to the other are those of neither.
                await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await LookAsync(page, scheme, width, faults);
                if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{screen.Name}-{width}-{scheme}.png".ToLowerInvariant()), FullPage = true });
            }
        }
    }

    private static async Task FrameAsync(IPage page, ConcurrentQueue<string> faults)
    {
        void Expect(bool holds, string what)
        {
            if (!holds) faults.Enqueue(what);
        }

        var title = await page.TitleAsync();
        var heading = await page.Locator("h1").AllInnerTextsAsync();
        Expect(heading.Count == 1 && heading[0].Trim().Length > 0, $"{heading.Count} h1.");
        Expect(await page.Locator("main").CountAsync() == 1, "not one main.");
        Expect(await page.Locator("body > header, body > footer").CountAsync() == 2, "not one header and one footer.");
        Expect(await page.Locator("nav:not([aria-label]), nav[aria-label='']").CountAsync() == 0, "a nav has no name.");
        Expect(await page.Locator("html").GetAttributeAsync("lang") == "fr", "not said to be French.");
        Expect(title.Trim().Length > 2, $"its title is « {title} ».");
        Expect(!EnglishWord().IsMatch(title + await page.Locator("body").InnerTextAsync()), $"speaks English: {EnglishWord().Match(title + await page.Locator("body").InnerTextAsync())}.");
        Expect(await page.EvaluateAsync<string?>("document.querySelector('a[href], button, input, summary')?.hash") == "#contenu", "the first thing to reach is not the link to the content.");
        Expect(await page.Locator("footer a[href='accessibilite']").CountAsync() == 1, "the state of accessibility is not in the footer.");
    }

    [GeneratedRegex(@"\b(the|and|your|with|this|click|save|cancel|delete|search|settings|loading|submit|sign|log in|not found|error|home|member|members|new|of)\b", RegexOptions.IgnoreCase)]
    private static partial Regex EnglishWord();

    // Narrow and dark at once, nothing is left to differ.
    private static string? Axes(ColorScheme scheme, int width) => (scheme, width) switch { (ColorScheme.Dark, 320) => null, (ColorScheme.Dark, _) => "dark", (_, 320) => "narrow", _ => "wide" };

    private static async Task LookAsync(IPage page, ColorScheme scheme, int width, ConcurrentQueue<string> faults)
    {
        var look = $"{width} {scheme}";
        if (Axes(scheme, width) is { } rules)
            foreach (var violation in await page.EvaluateAsync<string[]>(RunAxe, rules)) faults.Enqueue($"{look}: {violation}");

        var scroll = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
        if (scroll > width) faults.Enqueue($"{look}: the page is {scroll} px wide.");
        foreach (var part in await page.EvaluateAsync<string[]>(Overflowing)) faults.Enqueue($"{look}: scrolls sideways inside: {part}");
        foreach (var part in await page.EvaluateAsync<string[]>(Cut)) faults.Enqueue($"{look}: is cut: « {part} »");
        foreach (var part in await page.EvaluateAsync<string[]>(Low)) faults.Enqueue($"{look}: is lower than its lines: {part}");
    }
}
