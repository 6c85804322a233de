using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The board of the veille in a browser: drag, keys, two animators at once, and what it looks like. TERRITOIRE_SHOTS names a folder for pictures.</summary>
public sealed class BoardTests(Chromium chromium) : IAsyncLifetime
{
    // Shorter than the 20 s of the sweep and the 25 s of the revalidation, which would hide that no signal came.
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    private static readonly string? Shots = Environment.GetEnvironmentVariable("TERRITOIRE_SHOTS");

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _claire = null!;
    private Member _yves = null!;
    private VeilleBoard _board = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(jobs: true);
        _scene = new Scene(_instance);
        (_claire, _yves) = (await _scene.MemberAsync("Claire Montélier"), await _scene.MemberAsync("Yves Combelle"));
        _board = await VeilleBoard.CreateAsync(_scene, _claire, rubrics: ["Numérique", "Emploi"]);
        await _scene.JoinAsync(_board.Group, _yves, GroupRole.Animator);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Card_DraggedByTheMouse_GoesToItsRubricAndPlace()
    {
        var (moved, first, second) = (await _board.CardAsync("La fibre arrive"), await _board.CardAsync("Un premier", PoolState.Placed, "Emploi"), await _board.CardAsync("Un second", PoolState.Placed, "Emploi"));
        await using var window = await WindowAsync(_claire);
        var page = await OpenAsync(window);

        await DragAsync(page, moved, Card(page, second));

        await Assertions.Expect(page.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveTextAsync(["Un premier", "La fibre arrive", "Un second"]);
        Assert.Equal(["Un premier", "La fibre arrive", "Un second"], await _board.TitlesAsync(PoolState.Placed, "Emploi"));
        await DragAsync(page, moved, Card(page, first));
        await Assertions.Expect(page.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveTextAsync(["La fibre arrive", "Un premier", "Un second"]);
    }

    [Fact]
    public async Task Card_DraggedByAFinger_GoesOnePlaceUp()
    {
        var (first, second) = (await _board.CardAsync("Un premier", PoolState.Kept), await _board.CardAsync("Un second", PoolState.Kept));
        await using var window = await WindowAsync(_claire, width: 390);
        var page = await OpenAsync(window, "?colonne=retenus");
        var (from, to) = (await Grip(page, second).BoundingBoxAsync(), await Card(page, first).BoundingBoxAsync());
        var touch = await window.NewCDPSessionAsync(page);
        async Task TouchAsync(string kind, double x, double y) =>
            await touch.SendAsync("Input.dispatchTouchEvent", new() { ["type"] = kind, ["touchPoints"] = kind == "touchEnd" ? Array.Empty<object>() : new[] { new { x, y } } });

        await TouchAsync("touchStart", from!.X + 8, from.Y + 8);
        for (var step = 1; step <= 8; step++) await TouchAsync("touchMove", from.X + 8, from.Y + 8 + ((to!.Y + 4 - from.Y - 8) * step / 8));
        await TouchAsync("touchEnd", 0, 0);

        await Assertions.Expect(page.Locator("#retenus h3")).ToHaveTextAsync(["Un second", "Un premier"]);
        Assert.Equal(["Un second", "Un premier"], await _board.TitlesAsync(PoolState.Kept));
    }

    [Fact]
    public async Task Card_PlacedUnderAChosenRubric_LeavesItsColumnAtOnce()
    {
        var (card, other) = (await _board.CardAsync("La fibre arrive", PoolState.Kept), await _board.CardAsync("Un salon", PoolState.Kept));
        await using var window = await WindowAsync(_claire);
        var page = await OpenAsync(window);

        await Card(page, card).GetByLabel("Rubrique").SelectOptionAsync("Emploi");
        await Card(page, card).GetByRole(AriaRole.Button, new() { Name = "Placer dans la revue" }).ClickAsync();
        await Assertions.Expect(page.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveTextAsync("La fibre arrive");
        await Assertions.Expect(page.Locator("#retenus h3")).ToHaveTextAsync("Un salon");
        await Assertions.Expect(Card(page, other).GetByRole(AriaRole.Button, new() { Name = "Placer dans la revue" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Drag_GivenUp_MovesNothing()
    {
        var (moved, _) = (await _board.CardAsync("La fibre arrive"), await _board.CardAsync("Un premier", PoolState.Kept));
        await using var window = await WindowAsync(_claire);
        var page = await OpenAsync(window);
        var grip = await Grip(page, moved).BoundingBoxAsync();

        await page.Mouse.MoveAsync(grip!.X + 8, grip.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(grip.X + 500, grip.Y + 60, new() { Steps = 6 });
        await Assertions.Expect(page.Locator(".fiche--fantome")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.UpAsync();

        await Assertions.Expect(page.Locator(".fiche--fantome, .fiche-ici")).ToHaveCountAsync(0);
        Assert.Equal(PoolState.Proposed, (await _board.EntryAsync(moved)).State);
    }

    [Fact]
    public async Task Board_ByKeysAlone_SortsAndUndoes()
    {
        var cards = new List<Guid>();
        foreach (var title in new[] { "Un", "Deux", "Trois", "Quatre" }) cards.Add(await _board.CardAsync(title));
        await using var window = await WindowAsync(_claire);
        var page = await OpenAsync(window);

        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Un", Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.Locator("[data-annonce]")).ToHaveTextAsync("L’article est retenu.");
        await Assertions.Expect(Card(page, cards[1]).Locator("button[value^='retenir']")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("[data-annonce]")).ToHaveTextAsync("L’article est écarté.");
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(page.Locator("#retenus h3")).ToHaveTextAsync(["Un", "Trois"]);

        await Card(page, cards[2]).GetByRole(AriaRole.Link).First.FocusAsync();
        await page.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(page.Locator("#retenus h3")).ToHaveTextAsync(["Trois", "Un"]);
        Assert.Equal(cards[2].ToString("N"), await page.EvaluateAsync<string>("document.activeElement.closest('[data-carte]').dataset.carte"));
        await page.Keyboard.PressAsync("z");
        await Assertions.Expect(page.Locator("#retenus h3")).ToHaveTextAsync(["Un", "Trois"]);
        await Assertions.Expect(page.Locator("[data-annonce]")).ToHaveTextAsync("C’est annulé.");
        Assert.Equal(["Un", "Trois"], await _board.TitlesAsync(PoolState.Kept));
    }

    [Fact]
    public async Task Keys_SwitchedOffOrInAField_DoNothing()
    {
        var (card, placed) = (await _board.CardAsync("Un"), await _board.CardAsync("Deux", PoolState.Placed));
        await using var window = await WindowAsync(_claire);
        var page = await OpenAsync(window);
        await Card(page, placed).Locator("summary").ClickAsync();
        await Card(page, placed).GetByLabel("Votre ligne").ClickAsync();
        await page.Keyboard.TypeAsync("rxcz");
        await Assertions.Expect(Card(page, placed).GetByLabel("Votre ligne")).ToHaveValueAsync("rxcz");

        await page.EvaluateAsync("localStorage.setItem('raccourcis', 'non')");
        await Card(page, card).GetByRole(AriaRole.Link).First.FocusAsync();
        await page.Keyboard.PressAsync("r");
        await page.Keyboard.PressAsync("x");

        await page.WaitForTimeoutAsync(300);
        Assert.Equal((PoolState.Proposed, PoolState.Placed), ((await _board.EntryAsync(card)).State, (await _board.EntryAsync(placed)).State));
    }

    [Fact]
    public async Task Board_WithoutScript_DoesItAll()
    {
        var (card, other) = (await _board.CardAsync("La fibre arrive"), await _board.CardAsync("Un salon"));
        await using var window = await WindowAsync(_claire, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync(_board.Address);

        await Card(page, card).GetByRole(AriaRole.Button, new() { Name = "Retenir" }).ClickAsync();
        await Card(page, card).GetByLabel("Rubrique").SelectOptionAsync("Emploi");
        await Card(page, card).GetByRole(AriaRole.Button, new() { Name = "Placer dans la revue" }).ClickAsync();
        await Assertions.Expect(page.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveTextAsync("La fibre arrive");
        await Card(page, card).Locator("summary").ClickAsync();
        await Card(page, card).GetByLabel("Votre ligne").FillAsync("À lire avant jeudi.");
        await Card(page, card).GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(page.Locator(".fiche-ligne")).ToHaveTextAsync("À lire avant jeudi.");
        await page.GetByLabel("Cocher « Un salon »").CheckAsync();
        await page.GetByRole(AriaRole.Group, new() { Name = "Articles cochés" }).GetByRole(AriaRole.Button, new() { Name = "Écarter" }).ClickAsync();
        await Assertions.Expect(page.Locator(".bandeau")).ToContainTextAsync("L’article est écarté.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Annuler" }).ClickAsync();

        await Assertions.Expect(Card(page, other)).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".poignee").First).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Board_OfTwoAnimators_EachSeesTheOtherAndTheirMoves()
    {
        var (card, written) = (await _board.CardAsync("La fibre arrive"), await _board.CardAsync("Un salon", PoolState.Placed, "Emploi"));
        await using var clairesWindow = await WindowAsync(_claire);
        await using var yvesWindow = await WindowAsync(_yves);
        var (claires, yves) = (await OpenAsync(clairesWindow), await OpenAsync(yvesWindow));
        await Assertions.Expect(claires.GetByText("Yves Combelle regarde aussi ce tableau.")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(yves.GetByText("Claire Montélier regarde aussi ce tableau.")).ToBeVisibleAsync(Soon);
        await Card(yves, written).Locator("summary").ClickAsync();
        await Card(yves, written).GetByLabel("Votre ligne").ClickAsync();
        await yves.Keyboard.TypeAsync("À ne pas");

        await Card(claires, card).GetByRole(AriaRole.Button, new() { Name = "Retenir" }).ClickAsync();
        await Card(claires, written).GetByRole(AriaRole.Button, new() { Name = "Sortir de la revue" }).ClickAsync();

        await Assertions.Expect(yves.Locator("#retenus h3").First).ToHaveTextAsync("La fibre arrive", new() { Timeout = 30_000 });
        await yves.Keyboard.TypeAsync(" manquer");
        await Assertions.Expect(Card(yves, written).GetByLabel("Votre ligne")).ToBeFocusedAsync();
        await Assertions.Expect(Card(yves, written).GetByLabel("Votre ligne")).ToHaveValueAsync("À ne pas manquer");
        await Card(yves, written).GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
        await Assertions.Expect(yves.Locator("#retenus h3")).ToHaveTextAsync(["La fibre arrive", "Un salon"]);
        Assert.Equal((PoolState.Kept, "À ne pas manquer"), ((await _board.EntryAsync(written)).State, (await _board.EntryAsync(written)).Line));

        await clairesWindow.CloseAsync();
        await Assertions.Expect(yves.Locator("[data-presence]")).ToHaveTextAsync("", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task Animator_RemovedWhileTheBoardIsOpen_IsLedAway()
    {
        await _board.CardAsync("Réservé aux animateurs");
        await using var window = await WindowAsync(_yves);
        var page = await OpenAsync(window);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Réservé aux animateurs" })).ToBeVisibleAsync();
        var hands = new Visitor(await _instance.SignedInAsync(_claire.Id));

        await hands.SendAsync(await hands.OpenAsync($"/groupes/{_board.Group.Slug}/membres/{_yves.Handle}"), "form[action$='/retrait']");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(_board.Group.Name, new() { Timeout = 30_000 });
        Assert.DoesNotContain("Réservé aux animateurs", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Board_InEveryLook_AccessibleAndWithinItsWindow()
    {
        await FillAsync();
        var faults = new List<string>();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var window = await WindowAsync(_claire, scheme: scheme);
            foreach (var (name, address) in new[] { ("tableau", _board.Address), ("tableau-retenus", _board.Address + "?colonne=retenus&voir=score"), ("tableau-revue", _board.Address + "?colonne=revue"), ("reglages", $"/groupes/{_board.Group.Slug}/veille/reglages") })
            {
                var page = await window.NewPageAsync();
                page.Console += (_, message) => { if (message.Type is "error" or "warning") faults.Add($"{name}: the console says {message.Text}"); };
                await page.GotoAsync(address);
                if (name == "tableau-revue") await page.Locator("#revue summary").First.ClickAsync();
                await page.EvaluateAsync(new BundledAxeScriptProvider().GetScript());
                foreach (var width in new[] { 1280, 320 })
                {
                    await page.SetViewportSizeAsync(width, 800);
                    faults.AddRange((await page.EvaluateAsync<string[]>("async () => (await axe.run(document, { rules: { 'target-size': { enabled: true } } })).violations.map(v => `${v.id} ${v.help} (${v.nodes.slice(0, 3).map(n => n.html).join(' ; ')})`)")).Select(v => $"{name} {width} {scheme}: {v}"));
                    var wide = await page.EvaluateAsync<int>("document.documentElement.scrollWidth");
                    if (wide > width) faults.Add($"{name} {width} {scheme}: {wide} px wide.");
                    if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}-{width}-{scheme}.png".ToLowerInvariant()), FullPage = true });
                }
            }
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task FillAsync()
    {
        var prefecture = await _board.SourceAsync("Préfecture de la Drôme");
        await _board.SourceAsync("Mairie de Nyons", TerritoireCollab.Veille.Sources.SourceFault.HttpError);
        var fibre = await _board.FindAsync(_yves, "Très haut débit : le point d’étape", comments: 4, useful: 3);
        await _board.CardAsync("Très haut débit : le point d’étape sur les communes rurales", source: prefecture, sources: 3, find: fibre, excerpt: "Le département compte désormais 78 % de prises raccordables. Trois secteurs prendront du retard : le Diois, les Baronnies et le Vercors drômois, où les poteaux doivent être remplacés.");
        for (var n = 0; n < 4; n++) await _board.CardAsync($"Appel à projets n° {n + 1} pour les petites villes", source: prefecture, excerpt: "Les communes de moins de 20 000 habitants peuvent déposer un dossier jusqu’au 15 janvier.");
        await _board.CardAsync("Une page trouvée par un membre", find: await _board.FindAsync(_yves, "Une page trouvée par un membre", useful: 1));
        await _board.CardAsync("Un tiers-lieu ouvre à Die", PoolState.Kept, source: prefecture, sources: 2);
        await _board.CardAsync("Les chiffres de l’emploi au troisième trimestre", PoolState.Kept, "Emploi", source: prefecture);
        await _board.CardAsync("Formation des secrétaires de mairie", PoolState.Placed, "Emploi", source: prefecture);
        await _board.CardAsync("Un article sans rubrique", PoolState.Placed, source: prefecture);
        await _board.CardAsync("Un autre de la même rubrique", PoolState.Placed, "Emploi", source: prefecture);
    }

    // High enough for every card of a test: what lies outside the window is no place to let a card go.
    private async Task<IBrowserContext> WindowAsync(Member member, bool script = true, int width = 1280, ColorScheme scheme = ColorScheme.Light) =>
        await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(member.Id), script, width, height: 1600, scheme);

    // The board is ready once its script is: before, its forms load the page.
    private async Task<IPage> OpenAsync(IBrowserContext window, string query = "")
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(_board.Address + query);
        await page.Locator("[data-tableau].pret").WaitForAsync();
        return page;
    }

    private static ILocator Card(IPage page, Guid card) => page.Locator($"[data-carte='{card:N}']");

    private static ILocator Grip(IPage page, Guid card) => Card(page, card).Locator(".poignee");

    private static async Task DragAsync(IPage page, Guid card, ILocator before)
    {
        var (from, to) = (await Grip(page, card).BoundingBoxAsync(), await before.BoundingBoxAsync());
        await page.Mouse.MoveAsync(from!.X + 8, from.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to!.X + 40, to.Y + 6, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }
}
