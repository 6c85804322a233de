using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>A page as two people live it: written, linked, renamed, written by both, compared, put back.</summary>
public sealed class WikiStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Page_LivedByOnePerson_LinkedRenamedComparedAndPutBack(bool script)
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id), script);
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/groupes/{group.Slug}/pages");
        await page.GetByRole(AriaRole.Link, new() { Name = "Compte rendu", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("## Décisions"));
        await page.GetByLabel("Titre").FillAsync("Réunion de mars");
        await page.Locator("textarea").FillAsync("Voir [[Plan d’action]].\n\n# Décisions\n\nUne.\n\n# Suites\n\nDeux.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Réunion de mars");
        var minutes = new Uri(page.Url).AbsolutePath;

        await page.GetByRole(AriaRole.Link, new() { Name = "Plan d’action" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Titre")).ToHaveValueAsync("Plan d’action");
        await page.Locator("textarea").FillAsync("Des **bornes**.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Aperçu" }).Last.ClickAsync();
        if (!script) await Assertions.Expect(page.Locator("section .prose strong")).ToHaveTextAsync("bornes");
        else await Assertions.Expect(page.Locator(".prose strong").First).ToHaveTextAsync("bornes");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Plan d’action");
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByRole(AriaRole.Link, new() { Name = "Réunion de mars" })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Modifier la page" }).ClickAsync();
        await page.GetByLabel("Titre").FillAsync("Plan 2027");
        await page.GetByLabel("Ce que vous avez changé").FillAsync("Le titre");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Plan 2027");
        await page.GotoAsync(minutes);
        await Assertions.Expect(page.Locator("article").GetByRole(AriaRole.Link, new() { Name = "Plan 2027" })).ToBeVisibleAsync();

        var id = minutes.Split('/')[^1][..8];
        await scene.RewriteAsync(id, maud, "Voir le plan.\n\n# Décisions\n\nAucune.");
        await page.GotoAsync(minutes);
        await page.GetByRole(AriaRole.Link, new() { Name = "Versions de la page" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Comparer" }).ClickAsync();
        await Assertions.Expect(page.Locator("td ins").First).ToBeVisibleAsync();
        await page.SetViewportSizeAsync(390, 800);
        await Assertions.Expect(page.Locator("p.differences ins").First).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("td ins").First).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Voir la plus ancienne" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Rétablir cette version" }).ClickAsync();
        await Assertions.Expect(page.Locator("article")).ToContainTextAsync("Suites");
    }

    [Fact]
    public async Task Page_WrittenByTwoAtOnce_IsOneTextAndIsRead()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var (maud, remi) = (await scene.MemberAsync("Maud Fontclaire"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", maud, members: remi);
        var id = await scene.PageAsync(group, maud, "Ordre du jour", "Un point");
        await using var one = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id));
        await using var other = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id));
        async Task<IPage> OpenAsync(IBrowserContext window)
        {
            var page = await window.NewPageAsync();
            await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}/modifier");
            await Assertions.Expect(page.Locator("editeur-texte .etat")).ToHaveTextAsync("Enregistré");
            return page;
        }

        var (hers, his) = (await OpenAsync(one), await OpenAsync(other));
        foreach (var (page, key, words) in new[] { (hers, "Control+Home", "Mardi : "), (his, "Control+End", ", puis un autre") })
        {
            await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
            await page.Keyboard.PressAsync(key);
            await page.Keyboard.TypeAsync(words);
        }

        await Assertions.Expect(hers.Locator("textarea")).ToHaveValueAsync("Mardi : Un point, puis un autre");
        await Assertions.Expect(his.Locator("textarea")).ToHaveValueAsync("Mardi : Un point, puis un autre");
        await his.GetByRole(AriaRole.Button, new() { Name = "Enregistrer", Exact = true }).ClickAsync();

        await Assertions.Expect(his.Locator("article")).ToHaveTextAsync("Mardi : Un point, puis un autre");
    }

    [Fact]
    public async Task Page_WrittenTogether_IsLeftAndPreviewedWithoutLosingTheOthers()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        var id = await scene.PageAsync(group, maud, "Ordre du jour", "Un point");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}/modifier");
        await Assertions.Expect(page.Locator("editeur-texte .etat")).ToHaveTextAsync("Enregistré");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" **deux**");

        await page.GetByRole(AriaRole.Button, new() { Name = "Aperçu" }).ClickAsync();
        await Assertions.Expect(page.Locator("section .prose strong")).ToHaveTextAsync("deux");
        await Assertions.Expect(page.Locator("editeur-texte .etat")).ToHaveTextAsync("Enregistré");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Un point **deux**");
        await Assertions.Expect(page.GetByText("Personne d’autre n’est sur cette page.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Le texte est gardé à mesure que vous écrivez")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Annuler" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Quitter", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Ordre du jour");
        await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}/modifier");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Un point **deux**");
        await Assertions.Expect(page.Locator("editeur-texte .etat")).ToHaveTextAsync("Enregistré");
        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("C’est enregistré.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Page_WrittenWhereNoLineOpens_IsKeptUntilItIsSaved()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        var id = await scene.PageAsync(group, maud, "Ordre du jour", "Un point");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id));
        await window.RouteWebSocketAsync("**/coedition", _ => { });
        var page = await window.NewPageAsync();
        async Task OpenAsync()
        {
            await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}/modifier");
            await Assertions.Expect(page.Locator("editeur-texte .etat")).ToBeVisibleAsync();
            await page.Clock.FastForwardAsync(10_000);
            await Assertions.Expect(page.Locator("editeur-texte .etat")).ToContainTextAsync("vous écrivez seul");
        }

        Task<int> KeptAsync() => page.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('coedition:')).length");
        await page.Clock.InstallAsync();
        await OpenAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(", deux");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Un point, deux");
        await page.Clock.FastForwardAsync(10_000);
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Annuler" })).ToBeVisibleAsync();
        Assert.Equal(1, await KeptAsync());

        await page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("article")).ToHaveTextAsync("Un point, deux");
        Assert.Equal(0, await KeptAsync());

        await OpenAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
        await page.Keyboard.TypeAsync("Brouillon ");
        await page.GetByRole(AriaRole.Link, new() { Name = "Annuler" }).ClickAsync();
        await Assertions.Expect(page.Locator("article")).ToHaveTextAsync("Un point, deux");
        Assert.Equal(0, await KeptAsync());
    }

    [Fact]
    public async Task Link_TypedByKeyboard_OffersTheTitlesInBothEditors()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        var id = await scene.PageAsync(group, maud, "Ordre du jour", "Voir ");
        await scene.PageAsync(group, maud, "Plan annuel", "Texte.");
        await scene.PageAsync(group, maud, "Plan des lieux", "Texte.");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id));
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}/modifier");
        await Assertions.Expect(page.Locator("editeur-texte .etat")).ToHaveTextAsync("Enregistré");
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" [[plan");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(2);
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToContainTextAsync("Plan des lieux");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Voir  [[Plan des lieux]]");
        await page.Keyboard.TypeAsync(" et ");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lien vers une page" }).ClickAsync();
        await page.Keyboard.TypeAsync("annu");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("Voir  [[Plan des lieux]] et [[Plan annuel]]");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(0);

        await page.GotoAsync($"/groupes/{group.Slug}/pages/nouveau");
        await page.GetByRole(AriaRole.Button, new() { Name = "Lien vers une page" }).ClickAsync();
        await page.Keyboard.TypeAsync("lieux");
        await Assertions.Expect(page.GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("textarea")).ToHaveValueAsync("[[Plan des lieux]]");
    }

    [Fact]
    public async Task Passage_SelectedOnThePage_CommentedBesideTheText()
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        var id = await scene.PageAsync(group, maud, "Ordre du jour", "Un point le mardi.\n\nUn autre **point** le mardi soir.");
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id));
        var page = await window.NewPageAsync();
        await page.SetViewportSizeAsync(1400, 900);
        await page.GotoAsync($"/groupes/{group.Slug}/pages/{id}");
        await page.Locator(".composeur-barre").WaitForAsync();

        await page.Locator("article p").Nth(1).EvaluateAsync("p => getSelection().setBaseAndExtent(p.querySelector('strong').firstChild, 0, p.lastChild, 9)");
        await page.GetByRole(AriaRole.Button, new() { Name = "Commenter ce passage" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Passage commenté")).ToHaveValueAsync("point le mardi");
        await page.Keyboard.TypeAsync("Lequel ?");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();

        await Assertions.Expect(page.Locator("article mark")).ToHaveTextAsync(["point", " le mardi"], new() { UseInnerText = false });
        var (note, text) = (await page.Locator(".marge li").BoundingBoxAsync(), await page.Locator("article.prose").BoundingBoxAsync());
        Assert.True(note!.X >= text!.X + text.Width, $"{note.X} {text.X} {text.Width}");
        await page.Locator(".marge .passage-n").ClickAsync();
        await Assertions.Expect(page.Locator("#p1")).ToBeInViewportAsync();
        await page.SetViewportSizeAsync(320, 700);
        await Assertions.Expect(page.Locator(".marge li")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= 320"));
    }
}
