using System.IO.Compression;
using System.Text;
using Microsoft.Playwright;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Files as a group lives them: brought, found in a folder, replaced, put back, taken away as an archive, shared with somebody without an account.</summary>
public sealed class FilesStoryTests(Chromium chromium)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task File_FromItsFolderToALinkThatEnds_EachStepShown(bool script)
    {
        await using var instance = await Instance.StartAsync();
        var scene = new Scene(instance);
        var maud = await scene.MemberAsync("Maud Fontclaire");
        var group = await scene.GroupAsync("Collectivités d’essai", maud);
        await using var window = await chromium.WindowAsync(instance.Address, await instance.SessionAsync(maud.Id), script);
        var page = await window.NewPageAsync();

        await page.GotoAsync($"/groupes/{group.Slug}/fichiers");
        await page.GetByRole(AriaRole.Link, new() { Name = "Nouveau dossier" }).ClickAsync();
        await page.GetByLabel("Nom du dossier").FillAsync("Modèles");
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer le dossier" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Modèles");

        await page.GetByRole(AriaRole.Link, new() { Name = "Déposer des fichiers" }).First.ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync([Text("ordre du jour.txt", "Un point"), Text("notes.txt", "Des notes")]);
        if (script) await Assertions.Expect(page.Locator("input[name=depot]")).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Déposer", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("2 fichiers sont déposés")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "ordre du jour.txt" }).ClickAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Déposer une nouvelle version" }).ClickAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(Text("ordre du jour.txt", "Deux points"));
        if (script) await Assertions.Expect(page.Locator("input[name=depot]")).ToHaveCountAsync(1);
        await page.GetByLabel("Ce qui a changé").FillAsync("Un point de plus");
        await page.GetByRole(AriaRole.Button, new() { Name = "Remplacer" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Complementary).GetByText("Un point de plus")).ToBeVisibleAsync();
        Assert.Equal("Deux points", await DownloadedAsync(page, page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Télécharger") })));
        await page.GetByRole(AriaRole.Button, new() { Name = "Rétablir la version 1" }).ClickAsync();
        await Assertions.Expect(page.GetByText("L’ancienne version est de nouveau en place.")).ToBeVisibleAsync();
        Assert.Equal("Un point", await DownloadedAsync(page, page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Télécharger") })));
        var file = new Uri(page.Url).AbsolutePath;

        await page.GetByRole(AriaRole.Link, new() { Name = "Modèles" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("input[name=fichier]")).ToHaveCountAsync(2);
        foreach (var box in await page.Locator("input[name=fichier]").AllAsync()) await box.CheckAsync();
        var archive = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Télécharger en ZIP" }).ClickAsync());
        await using (var zip = await ZipFile.OpenReadAsync(await archive.PathAsync()))
            Assert.Equal(["notes.txt", "ordre du jour.txt"], zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        // Another program than ours judges it: names, lengths and checksums.
        using (var judge = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("python3", ["-m", "zipfile", "-t", await archive.PathAsync()]) { RedirectStandardOutput = true })!)
        {
            Assert.Contains("Done testing", await judge.StandardOutput.ReadToEndAsync(), StringComparison.Ordinal);
            await judge.WaitForExitAsync();
            Assert.Equal(0, judge.ExitCode);
        }


        await scene.AllowSharingAsync(group, maud);
        await page.GotoAsync(file);
        await page.GetByRole(AriaRole.Link, new() { Name = "Partager par un lien" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Créer le lien" }).ClickAsync();
        var link = new Uri(await page.Locator("code").InnerTextAsync()).AbsolutePath;
        await using var outside = await chromium.WindowAsync(instance.Address, session: null, script);
        var theirs = await outside.NewPageAsync();
        await theirs.GotoAsync(link);
        Assert.Equal("Un point", await DownloadedAsync(theirs, theirs.GetByRole(AriaRole.Button, new() { NameRegex = new("^Télécharger") })));
    }

    private static FilePayload Text(string name, string content) => new() { Name = name, MimeType = "text/plain", Buffer = Encoding.UTF8.GetBytes(content) };

    private static async Task<string> DownloadedAsync(IPage page, ILocator by)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => by.ClickAsync());
        return await File.ReadAllTextAsync(await download.PathAsync());
    }
}
