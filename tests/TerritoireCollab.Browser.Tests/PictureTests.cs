using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>The pictures of the README. They are written into docs/images when TERRITOIRE_PICTURES=1.</summary>
public sealed class PictureTests(Chromium chromium, Demo demo)
{
    [Theory]
    [InlineData("revue.png", "/veille", 1280, 900, ColorScheme.Light)]
    [InlineData("groupe.png", "/groupes/collectivites-numeriques", 1280, 900, ColorScheme.Light)]
    [InlineData("agenda.png", "/agenda?mois=ce-mois", 1280, 900, ColorScheme.Dark)]
    [InlineData("fil-telephone.png", "FIL", 390, 844, ColorScheme.Dark)]
    public async Task Picture_OfTheReadme_ShowsTheDemoTerritory(string name, string address, int width, int height, ColorScheme scheme)
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("animatrice@demo.local"), width: width, height: height, scheme: scheme);
        var page = await window.NewPageAsync();
        await page.GotoAsync(address == "FIL" ? await ThreadAsync() : address);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();

        var picture = await page.ScreenshotAsync();

        Assert.True(picture.Length > 20_000, "An almost empty picture.");
        if (Environment.GetEnvironmentVariable("TERRITOIRE_PICTURES") == "1")
            await File.WriteAllBytesAsync(Path.Combine(Repository.Root, "docs", "images", name), picture);
    }

    private async Task<string> ThreadAsync()
    {
        await using var db = demo.Instance.Open(Viewer.System);
        return "/c/" + await db.Items.Where(i => i.Group!.Slug == "veille-numerique").OrderByDescending(i => i.CommentCount).Select(i => i.ShortId).FirstAsync();
    }
}
