using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The story of an article: begun, found again after a reload, looked at as its readers will see it, scheduled, published, commented, printed.</summary>
public sealed class ArticleStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Article_FromTheFirstWordsToThePrintedPage_LivedByItsAuthorAndAReader(bool script)
    {
        await using var instance = await Instance.StartAsync(jobs: true);
        var scene = new Scene(instance);
        var (agathe, remi) = (await scene.MemberAsync("Agathe Montbrun"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Collectivités d’essai", agathe, members: remi);
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(agathe.Id), script);
        var desk = await window.NewPageAsync();

        await desk.GotoAsync($"/groupes/{group.Slug}");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Articles", Exact = true }).First.ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "Écrire un article" }).First.ClickAsync();
        await desk.GetByLabel("Titre", new() { Exact = true }).FillAsync("Notre puits, un an après");
        await desk.Locator("textarea[name='Input.Body']").FillAsync("## Ce que nous avons fait\n\nNous avons **creusé**.");
        if (script)
        {
            await Assertions.Expect(desk.GetByText("Enregistré à")).ToBeVisibleAsync();
            await desk.ReloadAsync();
            await Assertions.Expect(desk.Locator("textarea[name='Input.Body']")).ToHaveValueAsync("## Ce que nous avons fait\n\nNous avons **creusé**.");
            await Assertions.Expect(desk.GetByLabel("Titre", new() { Exact = true })).ToHaveValueAsync("Notre puits, un an après");
        }

        await desk.GetByRole(AriaRole.Button, new() { Name = "Enregistrer le brouillon" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Brouillon enregistré.")).ToBeVisibleAsync();
        await desk.GetByLabel("Chapeau").FillAsync("L’eau est revenue.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Prévisualiser" }).ClickAsync();
        await Assertions.Expect(desk.Locator(".article strong")).ToHaveTextAsync("creusé");
        await Assertions.Expect(desk.GetByText("Sera lu par les 2 membres du groupe")).ToBeVisibleAsync();

        await desk.GetByRole(AriaRole.Link, new() { Name = "Reprendre l’écriture" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Publier à cette heure" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Programmé pour").First).ToBeVisibleAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Ne plus le programmer" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Publier maintenant" }).ClickAsync();
        await Assertions.Expect(desk.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Notre puits, un an après");
        var address = new Uri(desk.Url).AbsolutePath;

        await using var other = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(remi.Id), script);
        var reader = await other.NewPageAsync();
        await reader.GotoAsync($"/groupes/{group.Slug}/articles");
        await reader.GetByRole(AriaRole.Link, new() { Name = "Notre puits, un an après" }).ClickAsync();
        await reader.GetByLabel("Votre commentaire").FillAsync("Bravo à toutes et à tous.");
        await reader.GetByRole(AriaRole.Button, new() { Name = "Publier le commentaire" }).ClickAsync();
        await Assertions.Expect(reader.GetByText("Bravo à toutes et à tous.")).ToBeVisibleAsync();
        Assert.Equal(address, new Uri(reader.Url).AbsolutePath);

        await reader.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(reader.Locator(".article-pied")).ToContainTextAsync("/c/");
        await Assertions.Expect(reader.Locator(".article-chapeau")).ToBeVisibleAsync();
        foreach (var pressed in (string[])[".nav-principale", ".cote", ".commentaires", ".actions >> nth=0"]) await Assertions.Expect(reader.Locator(pressed)).ToBeHiddenAsync();
    }
}
