using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Browser.Tests;

/// <summary>
/// The story of a week of veille: an animator imports a list of feeds and sees how each one is, members bring and discuss finds, two animators
/// sort the same board and see each other, the revue that they publish is there at once for everyone, in every form, and the édito of the month
/// begins with what it held.
/// </summary>
public sealed partial class VeilleStoryTests(Chromium chromium)
{
    private const int News = 12;
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    [Fact]
    public async Task Story_FromAListOfFeedsToThePublishedRevue_LivedByEveryone()
    {
        await using var web = new RawServer(AnswerAsync);
        await using var instance = await Instance.StartAsync(jobs: true, settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);
        var scene = new Scene(instance);
        var (maud, yves, agathe, remi) = (await scene.MemberAsync("Maud Fontclaire"), await scene.MemberAsync("Yves Combelle"), await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.VeilleAsync(maud, "Veille d’essai", members: [agathe, remi]);
        await scene.JoinAsync(group, yves, GroupRole.Animator);
        await scene.ServeTerritoryAsync(group, Audience.Public);
        await scene.SetVeilleAsync(group, p => (p.FirstNumber, p.Rubrics, p.ListsSources) = (47, "Numérique\nEmploi", true));
        var veille = $"/groupes/{group.Slug}/veille";

        await using var maudsWindow = await WindowAsync(instance, maud);
        var desk = await maudsWindow.NewPageAsync();
        await ImportAsync(desk, veille, web.Port);
        await SubscribeAsync(instance);
        await ProposeByBookmarkletAsync(instance, agathe, web.Port, veille);
        await CommentAsync(instance, remi, veille);

        await using var yvesWindow = await WindowAsync(instance, yves);
        var (mauds, yvess) = (await OpenBoardAsync(maudsWindow, veille), await OpenBoardAsync(yvesWindow, veille));
        await Assertions.Expect(mauds.GetByText("Yves Combelle regarde aussi ce tableau.")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(mauds.Locator(".panneau").First).ToContainTextAsync("Une ferme partage ses outils");
        await SortAsync(mauds, yvess);
        await PublishAsync(mauds, veille);

        await ReadEverywhereAsync(instance, veille);
        await WriteEditorialAsync(mauds, veille);
        await ReadEditorialAsync(instance);
    }

    // Four addresses of one list: two feeds that share a news, one that is gone, one that is a page.
    private static async Task ImportAsync(IPage page, string veille, int port)
    {
        var list = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0"><head><title>Nos flux</title></head><body>
              <outline text="Communes">
                <outline text="Ville d’Exemple" type="rss" xmlUrl="http://127.0.0.1:{port}/ville.xml"/>
                <outline text="Le Journal d’essai" type="rss" xmlUrl="http://127.0.0.1:{port}/journal.xml"/>
              </outline>
              <outline text="Perdu de vue" type="rss" xmlUrl="http://127.0.0.1:{port}/perdu.xml"/>
            </body></opml>
            """;
        await page.GotoAsync(veille + "/sources");
        await page.GetByLabel("Fichier").Or(page.Locator("input[type=file]")).First.SetInputFilesAsync(new FilePayload { Name = "flux.opml", MimeType = "text/x-opml", Buffer = Encoding.UTF8.GetBytes(list) });
        await page.Locator("#importer button").ClickAsync();
        await Assertions.Expect(page.GetByText("Ville d’Exemple").First).ToBeVisibleAsync();

        await UntilAsync(page, page.GetByText("erreur 404"));
        await Assertions.Expect(page.GetByText("Communes").First).ToBeVisibleAsync();
        await page.GotoAsync(veille);
        await UntilAsync(page, page.GetByText("2 sources"));
    }

    private async Task SubscribeAsync(Instance instance)
    {
        await using var window = await chromium.WindowAsync(instance.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/veille/abonnement");
        await page.Locator("input[type=email]").FillAsync("lectrice@exemple.invalid");
        await page.Locator("main form button[type=submit]").ClickAsync();
        var mail = await MailAsync(instance, "lectrice@exemple.invalid", "/veille/abonnement/");
        await page.GotoAsync(new Uri(ConfirmLink().Match(mail).Value).PathAndQuery);
        await page.Locator("main form button[type=submit]").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("C’est confirmé");
    }

    private async Task ProposeByBookmarkletAsync(Instance instance, Member member, int port, string veille)
    {
        await using var window = await WindowAsync(instance, member);
        var page = await window.NewPageAsync();
        await page.GotoAsync(veille + "/proposer");
        var bookmarklet = await page.Locator("a[href^='javascript:']").GetAttributeAsync("href");

        await page.GotoAsync($"http://127.0.0.1:{port}/ferme");
        // The site's public address in a test has no port.
        await page.EvaluateAsync(bookmarklet!["javascript:".Length..].Replace("http://127.0.0.1/", instance.Address.AbsoluteUri, StringComparison.Ordinal));
        // Asked again and again: it may be there before one begins to wait for it.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(@"/veille/proposer\?"));
        await Assertions.Expect(page.GetByLabel("Titre")).ToHaveValueAsync("Une ferme partage ses outils");
        await page.Locator("textarea").First.FillAsync("À copier chez nous.");
        await page.Locator("main form button[type=submit]").Last.ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Une ferme partage ses outils");
    }

    private async Task CommentAsync(Instance instance, Member member, string veille)
    {
        await using var window = await WindowAsync(instance, member);
        var page = await window.NewPageAsync();
        await page.GotoAsync(veille);
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Commenter.*Une ferme partage ses outils") }).First.ClickAsync();
        await page.Locator("form:has(textarea) textarea").Last.FillAsync("Je connais cette ferme : ils sont trois.");
        await page.Locator("form:has(textarea) button[type=submit]").Last.ClickAsync();
        await Assertions.Expect(page.GetByText("Je connais cette ferme")).ToBeVisibleAsync();
    }

    // Twelve are kept with one key each, then placed: one by the mouse, one by its button, the rest ticked together.
    private static async Task SortAsync(IPage mauds, IPage yvess)
    {
        await mauds.Keyboard.PressAsync("j");
        for (var kept = 1; kept <= News; kept++)
        {
            await mauds.Keyboard.PressAsync("r");
            await Assertions.Expect(mauds.Locator("#retenus h3")).ToHaveCountAsync(kept);
        }

        await Assertions.Expect(yvess.Locator("#retenus h3")).ToHaveCountAsync(News, new() { Timeout = 30_000 });
        await yvess.Locator("#retenus [data-carte]").First.GetByLabel("Rubrique").SelectOptionAsync("Emploi");
        await yvess.Locator("#retenus [data-carte]").First.GetByRole(AriaRole.Button, new() { Name = "Placer dans la revue" }).ClickAsync();
        await Assertions.Expect(mauds.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        await DragAsync(mauds, mauds.Locator("#retenus [data-carte]").First, mauds.Locator("#revue [data-rubrique='Emploi'] [data-carte]").First);
        await Assertions.Expect(mauds.Locator("#revue [data-rubrique='Emploi'] h3")).ToHaveCountAsync(2);
        foreach (var box in await mauds.Locator("#retenus input[type=checkbox]").AllAsync()) await box.CheckAsync();
        var together = mauds.GetByRole(AriaRole.Group, new() { Name = "Articles cochés" });
        await together.GetByLabel("Rubrique").SelectOptionAsync("Numérique");
        await together.GetByRole(AriaRole.Button, new() { Name = "Placer dans la revue" }).ClickAsync();
        await Assertions.Expect(mauds.Locator("#revue [data-carte]")).ToHaveCountAsync(News);
        await Assertions.Expect(yvess.Locator("#revue [data-carte]")).ToHaveCountAsync(News, new() { Timeout = 30_000 });

        var second = mauds.Locator("#revue [data-rubrique='Emploi'] [data-carte]").Nth(1);
        var title = await second.Locator("h3").InnerTextAsync();
        await second.GetByRole(AriaRole.Link).First.FocusAsync();
        await mauds.Keyboard.PressAsync("Alt+ArrowUp");
        await Assertions.Expect(mauds.Locator("#revue [data-rubrique='Emploi'] h3").First).ToHaveTextAsync(title);
        for (var line = 0; line < 3; line++)
        {
            var card = mauds.Locator("#revue [data-carte]").Nth(line);
            await card.Locator("summary").ClickAsync();
            await card.GetByLabel("Votre ligne").FillAsync($"Ma ligne {line + 1}.");
            await card.GetByRole(AriaRole.Button, new() { Name = "Enregistrer" }).ClickAsync();
            await Assertions.Expect(mauds.GetByText($"Ma ligne {line + 1}.").First).ToBeVisibleAsync();
        }
    }

    private static async Task PublishAsync(IPage page, string veille)
    {
        await page.GotoAsync(veille + "/revue");
        await page.GetByLabel("Titre").First.FillAsync("Outils en commun");
        await page.Locator("textarea").First.FillAsync("Une semaine **bien remplie**.");
        await Assertions.Expect(page.Locator(".revue-apercu")).ToContainTextAsync("Ma ligne 1.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier maintenant" }).ClickAsync();
        await Assertions.Expect(page.GetByText("12 articles").First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex("Publier .*47") }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/veille/revues/"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Outils en commun");
    }

    private async Task ReadEverywhereAsync(Instance instance, string veille)
    {
        await using var window = await chromium.WindowAsync(instance.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/veille");
        await page.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("47") }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/veille/revues/47$"));
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Outils en commun");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("2", await page.EvalOnSelectorAsync<string>(".revue", "e => getComputedStyle(e).columnCount"));

        using var reader = instance.Browser();
        foreach (var extension in (string[])["rss", "rdf", "atom", "json"])
        {
            var feed = Regex.Unescape((await reader.GetStringAsync($"/veille/flux.{extension}")).Replace("\\/", "/", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal));
            Assert.Equal(News, Enumerable.Range(1, News).Count(n => feed.Contains($"La nouvelle {n} de la semaine", StringComparison.Ordinal)) + (feed.Contains("Une ferme partage", StringComparison.Ordinal) ? 1 : 0));
            Assert.Contains("Outils en commun", await reader.GetStringAsync($"/veille/revues.{extension}"), StringComparison.Ordinal);
        }

        Assert.Contains("Ville d’Exemple", await reader.GetStringAsync("/veille/sources.opml"), StringComparison.Ordinal);
        Assert.Contains("<outline", await reader.GetStringAsync("/veille/selection.opml"), StringComparison.Ordinal);
        var letter = await MailAsync(instance, "lectrice@exemple.invalid", "Ma ligne 3");
        Assert.Contains("List-Unsubscribe-Post", letter, StringComparison.Ordinal);
    }

    private static async Task WriteEditorialAsync(IPage page, string veille)
    {
        await page.GotoAsync(veille);
        await page.GetByRole(AriaRole.Link, new() { Name = "Éditos", Exact = true }).First.ClickAsync();
        await page.Locator("main").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Écrire") }).First.ClickAsync();
        await page.GetByLabel("Changer de mois").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Afficher", Exact = true }).ClickAsync();
        var text = page.Locator("textarea[name='Input.Body']");
        await Assertions.Expect(text).ToHaveValueAsync(new Regex("12 articles"));
        await Assertions.Expect(text).ToHaveValueAsync(new Regex("Une ferme partage ses outils.*1 commentaire"));
        await page.GetByLabel("Titre").FillAsync("Le mois des outils");
        await text.FillAsync("Ce mois-ci, nous avons partagé.\n\n" + await text.InputValueAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier l’édito" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Le mois des outils");
    }

    private async Task ReadEditorialAsync(Instance instance)
    {
        await using var window = await chromium.WindowAsync(instance.Address, script: false);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/veille");
        await page.GetByRole(AriaRole.Link, new() { Name = "Le mois des outils" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Ce mois-ci, nous avons partagé.");
        await Assertions.Expect(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Une ferme partage ses outils" }).First).ToBeVisibleAsync();

        using var reader = instance.Browser();
        foreach (var extension in (string[])["rss", "rdf", "atom", "json"]) Assert.Contains("Le mois des outils", await reader.GetStringAsync($"/veille/editos.{extension}"), StringComparison.Ordinal);
    }

    private Task<IBrowserContext> WindowAsync(Instance instance, Member member) => WindowAsync(instance.Address, () => instance.SessionAsync(member.Id));

    private async Task<IBrowserContext> WindowAsync(Uri address, Func<Task<string>> session) => await chromium.WindowAsync(address, await session(), width: 1280, height: 2400);

    private static async Task<IPage> OpenBoardAsync(IBrowserContext window, string veille)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(veille + "/tableau");
        await page.Locator("[data-tableau].pret").WaitForAsync();
        return page;
    }

    private static async Task DragAsync(IPage page, ILocator card, ILocator before)
    {
        var (from, to) = (await card.Locator(".poignee").BoundingBoxAsync(), await before.BoundingBoxAsync());
        await page.Mouse.MoveAsync(from!.X + 8, from.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(to!.X + 40, to.Y + 6, new() { Steps = 12 });
        await page.Mouse.UpAsync();
    }

    // What the platform does by itself shows when the page is asked again.
    private static async Task UntilAsync(IPage page, ILocator shown)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await shown.CountAsync() == 0)
        {
            await Task.Delay(200, patience.Token);
            await page.ReloadAsync();
        }
    }

    private static async Task<string> MailAsync(Instance instance, string address, string text)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            if (instance.Mails().Select(m => m.Replace("=\r\n", "", StringComparison.Ordinal)).FirstOrDefault(m => m.Contains(address, StringComparison.OrdinalIgnoreCase) && m.Contains(text, StringComparison.Ordinal)) is { } mail) return mail;
            await Task.Delay(100, patience.Token);
        }
    }

    private static Task AnswerAsync(RawExchange exchange) => exchange.Path switch
    {
        "/ville.xml" => exchange.WriteAsync("200 OK\nContent-Type: application/rss+xml", Encoding.UTF8.GetBytes(Feed("Ville d’Exemple", 1, News - 1))),
        "/journal.xml" => exchange.WriteAsync("200 OK\nContent-Type: application/rss+xml", Encoding.UTF8.GetBytes(Feed("Le Journal d’essai", News - 1, 1))),
        "/ferme" => exchange.WriteAsync("200 OK\nContent-Type: text/html; charset=utf-8", Encoding.UTF8.GetBytes("<!doctype html><html lang=fr><title>Une ferme partage ses outils</title><p>Trois voisins, un tracteur.")),
        _ => exchange.WriteAsync("404 Not Found\nContent-Type: text/plain", "rien"u8.ToArray()),
    };

    private static string Feed(string title, int first, int count)
    {
        var items = Enumerable.Range(first, count).Select(n => $"<item><title>La nouvelle {n} de la semaine, vue de près</title><link>https://ville.invalid/{n}</link><guid>{title}-{n}</guid><pubDate>{DateTime.UtcNow.AddHours(-n).ToString("r", CultureInfo.InvariantCulture)}</pubDate><description>Le début de la nouvelle {n}.</description></item>");
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>{title}</title><link>https://ville.invalid/</link><description>{title}</description>{string.Concat(items)}</channel></rss>";
    }

    [GeneratedRegex("https?://[^\\s\"<>]+/veille/abonnement/[^\\s\"<>]+")]
    private static partial Regex ConfirmLink();
}
