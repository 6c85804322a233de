using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Files chosen or dropped on a page: sent while one writes, again after a cut, and taken by the form.</summary>
public sealed class FileDropTests(Chromium chromium) : IAsyncLifetime
{
    private Instance _instance = null!;
    private Member _member = null!;
    private Group _group = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        var scene = new Scene(_instance);
        _member = await scene.MemberAsync("Maud Fontclaire");
        _group = await scene.GroupAsync("Groupe d’essai", _member);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Files_Chosen_GoBeforeTheFormAndWithIt()
    {
        await using var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id));
        var page = await OpenAsync(window);
        var box = page.Locator("[data-depot]").First;
        await box.Locator("input[type=file]").SetInputFilesAsync([File("plan.txt", "Plan."u8.ToArray()), File("annexe.txt", "Annexe."u8.ToArray())]);
        await Assertions.Expect(box.Locator("input[name=depot]")).ToHaveCountAsync(2);
        await Assertions.Expect(box.Locator("[role=status]")).ToContainTextAsync("envoyé");
        await box.GetByRole(AriaRole.Button, new() { Name = "Retirer annexe.txt" }).ClickAsync();
        await Assertions.Expect(box.Locator("input[name=depot]")).ToHaveCountAsync(1);

        await SendAsync(page);

        Assert.Equal(["plan.txt"], (await page.Locator(".pieces a").AllInnerTextsAsync()).Select(t => t.Trim()));
    }

    [Fact]
    public async Task Form_SentAtOnce_WaitsForItsFiles()
    {
        await using var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id));
        var page = await OpenAsync(window);
        await page.Locator("[data-depot] input[type=file]").First.SetInputFilesAsync([File("plan.txt", "Plan."u8.ToArray())]);

        await SendAsync(page);

        Assert.Equal(["plan.txt"], (await page.Locator(".pieces a").AllInnerTextsAsync()).Select(t => t.Trim()));
    }

    [Fact]
    public async Task Connection_CutBetweenPieces_ResumedByItself()
    {
        var bytes = RandomNumberGenerator.GetBytes(20 * 1024 * 1024);
        await using var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id));
        var (cuts, offsets) = (0, new List<string?>());
        await window.RouteAsync("**/depots/**", async route =>
        {
            if (route.Request.Method == "PATCH") offsets.Add(await route.Request.HeaderValueAsync("upload-offset"));
            if (route.Request.Method == "PATCH" && offsets.Count is 2 or 3 && cuts++ < 2) await route.AbortAsync("connectionreset");
            else await route.ContinueAsync();
        });
        var page = await OpenAsync(window);
        await page.Locator("[data-depot] input[type=file]").First.SetInputFilesAsync([File("film.bin", bytes)]);
        await Assertions.Expect(page.Locator("[data-depot] input[name=depot]")).ToHaveCountAsync(1, new() { Timeout = 30_000 });

        await SendAsync(page);

        await using var db = _instance.Open(Viewer.System);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), await db.Attachments.Select(a => a.File!.Sha256).SingleAsync());
        Assert.Equal("0", offsets[0]);
        Assert.All(offsets.Skip(1), o => Assert.Equal($"{16 * 1024 * 1024}", o));
    }

    [Fact]
    public async Task File_Dropped_IsTakenAsChosen()
    {
        await using var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id));
        var page = await OpenAsync(window);
        var data = await page.EvaluateHandleAsync("() => { const data = new DataTransfer(); data.items.add(new File(['Plan.'], 'plan.txt')); return data; }");
        await page.DispatchEventAsync("[data-depot]", "drop", new { dataTransfer = data });

        await SendAsync(page);

        Assert.Equal(["plan.txt"], (await page.Locator(".pieces a").AllInnerTextsAsync()).Select(t => t.Trim()));
    }

    private async Task<IPage> OpenAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/groupes/{_group.Slug}/forum/nouveau");
        await page.Locator("[data-depot-aide]:visible").First.WaitForAsync();
        await page.Locator("[name='Input.Title']").FillAsync("Avec un fichier");
        await page.Locator("[name='Input.Body']").FillAsync("Le voici.");
        return page;
    }

    private static async Task SendAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "Publier", Exact = true }).ClickAsync();
        await page.Locator(".pieces a").First.WaitForAsync();
    }

    private static FilePayload File(string name, byte[] bytes) => new() { Name = name, MimeType = "application/octet-stream", Buffer = bytes };
}
