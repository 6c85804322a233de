using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>What a page costs: bytes on the wire, requests, elements; a first visit, a second one, a visit to what has not changed.</summary>
public sealed class BudgetTests(Chromium chromium, Demo demo)
{
    private const int Kilo = 1024;

    /// <summary>Screen; most kB and requests of a first visit; most kB of the next visit; most elements.</summary>
    public static TheoryData<string, int, int, int> Kinds => new()
    {
        { "accueil", 120, 8, 450 },
        { "groupes", 115, 6, 350 },
        { "groupe", 115, 6, 340 },
        { "forum", 115, 6, 400 },
        { "fil", 120, 10, 550 },
        { "recherche", 115, 5, 260 },
        { "articles", 115, 6, 400 },
        // A whole text with its people: 6.8 kB and 253 elements.
        { "article", 115, 7, 260 },
        { "favoris", 115, 6, 400 },
        { "favori", 115, 6, 220 },
        { "moi-favoris", 115, 6, 400 },
        { "agenda", 120, 6, 390 },
        { "agenda-mois", 120, 6, 390 },
        { "agenda-groupe", 120, 6, 390 },
        { "agenda-evenement", 120, 7, 390 },
        { "pages", 115, 6, 400 },
        { "page", 115, 6, 220 },
        { "fichiers", 115, 6, 340 },
        { "annuaire", 120, 8, 450 },
        { "moi-courriels", 115, 6, 300 },
        { "connexion", 60, 12, 400 },
        { "mentions-legales", 60, 12, 400 },
    };

    /// <summary>Screens where nothing is live but the bell.</summary>
    public static TheoryData<string> Still => ["accueil", "groupes", "groupe", "forum", "recherche", "agenda", "agenda-mois", "fichiers", "annuaire", "moi-courriels", "moi-nouveautes", "aide", "mentions-legales"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Visit_FirstAndNext_WithinTheBudget(string name, int first, int next, int nodes)
    {
        await using var window = await OpenAsync(name);
        var page = await window.NewPageAsync();
        var meter = await Meter.OnAsync(page);
        var address = Address(name);

        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var once = meter.Take();
        var elements = await page.EvaluateAsync<int>("document.querySelectorAll('*').length");
        await page.GotoAsync("about:blank");
        meter.Take();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var again = meter.Take();

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {once.Bytes} bytes in {once.Requests} requests first, {again.Bytes} again, {elements} elements");
        Assert.InRange(once.Bytes, 5 * Kilo, first * Kilo);
        Assert.InRange(once.Requests, 2, 8);
        Assert.InRange(again.Bytes, 1, next * Kilo);
        Assert.True(again.Requests == 1, string.Join('\n', again.Addresses));
        Assert.InRange(elements, 20, nodes);
    }

    [Theory]
    [MemberData(nameof(Still))]
    public async Task Visit_NothingLive_AnsweredByOneNotModified(string name)
    {
        await using var window = await OpenAsync(name);
        var page = await window.NewPageAsync();
        var address = Address(name);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        // What the first visit itself marks as seen is told apart by the second.
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var meter = await Meter.OnAsync(page);

        await page.GotoAsync("about:blank");
        meter.Take();
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        var again = meter.Take();

        Assert.Equal([$"304 {new Uri(demo.Instance.Address, address)}"], again.Statuses.Zip(again.Addresses, (status, asked) => $"{status} {asked}"));
        Assert.InRange(again.Bytes, 1, Kilo);
        await Assertions.Expect(page.Locator("h1")).ToBeVisibleAsync();
        Assert.False(await page.EvaluateAsync<bool>("'Blazor' in globalThis"), "The large script is here for nothing.");
    }

    [Fact]
    public async Task Script_OfBlazor_LoadedOnlyWhereSomethingIsLive()
    {
        var with = new List<string>();
        using var visitor = demo.Instance.Browser(await demo.SessionAsync("animatrice@demo.local"));
        using var admin = demo.Instance.Browser(await demo.SessionAsync("admin@demo.local"));
        using var stranger = demo.Instance.Browser();
        foreach (var screen in Screens.All.Where(s => s is { Status: 200, Prepare: null }))
        {
            var browser = screen.As switch { null => stranger, "admin" => admin, _ => visitor };
            using var answer = await browser.GetAsync(screen.Address(demo.Sights));
            var html = await (answer.Headers.Location is { } location ? browser.GetStringAsync(location) : answer.Content.ReadAsStringAsync());
            if (html.Contains("blazor.web", StringComparison.Ordinal)) with.Add(screen.Name);
        }

        Assert.Equal("fil fil-resolu article favori fichier sondage sondage-places sondage-dates sondage-classement sondage-decision sondage-conclu questionnaire questionnaire-clos lettre lettre-animatrice page page-animatrice veille-revue veille-trouvaille veille-groupe-revue veille-groupe-edito agenda-evenement".Split(' ').Order(StringComparer.Ordinal), with.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Assets_Fingerprinted_KeptForEver()
    {
        using var browser = demo.Instance.Browser(await demo.SessionAsync("agent@demo.local"));
        var html = await browser.GetStringAsync(demo.Sights.Thread);
        var assets = System.Text.RegularExpressions.Regex.Matches(html, "(?:src|href)=\"((?:_content|_framework)/[^\"#]+)").Select(m => m.Groups[1].Value).Distinct().ToList();

        Assert.InRange(assets.Count, 5, 8);
        foreach (var asset in assets)
        {
            using var answer = await browser.GetAsync("/" + asset);
            Assert.Equal("max-age=31536000, immutable", answer.Headers.CacheControl!.ToString());
        }
    }

    private async Task<IBrowserContext> OpenAsync(string name) =>
        await chromium.WindowAsync(demo.Instance.Address, Screen(name).As is null ? null : await demo.SessionAsync("agent@demo.local"));

    private string Address(string name) => Screen(name).Address(demo.Sights);

    private static Screen Screen(string name) => Screens.All.Single(s => s.Name == name);
}
