using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Everything by the keyboard alone; wherever the focus goes, it is seen.</summary>
public sealed class KeyboardTests(Chromium chromium) : IAsyncLifetime
{
    private const string Password = "une phrase de plusieurs mots";

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _member = null!;
    private Member _owner = null!;
    private Group _group = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        (_owner, _member) = (await _scene.MemberAsync("Maud Fontclaire"), await _scene.MemberAsync("Rémi Valserine"));
        _group = await _scene.GroupAsync("Groupe d’essai", _owner, joining: GroupJoining.Free);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Theory]
    [InlineData(1280, 800)]
    [InlineData(390, 700)]
    public async Task Member_WithoutAMouse_SignsInJoinsAsksAndAnswers(int width, int height)
    {
        await using (var db = _instance.Open(Viewer.System))
        {
            var hash = _instance.Services.GetRequiredService<IPasswordHasher<Member>>().HashPassword(_member, Password);
            await db.Members.Where(m => m.Id == _member.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.PasswordHash, hash));
        }

        await using var window = await chromium.WindowAsync(_instance.Address, width: width, height: height);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/connexion");
        await TabToAsync(page, "Adresse électronique");
        await page.Keyboard.TypeAsync(_member.Email!);
        await TabToAsync(page, "Mot de passe");
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Bonjour Rémi");

        await PressAsync(page, "g", "g");
        await HeadingAsync(page, "Groupes");
        await TabToAsync(page, "Rejoindre le groupe");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Groupe d’essai");

        await PressAsync(page, "n");
        await HeadingAsync(page, "Poser une question");
        await TabToAsync(page, "Titre");
        await page.Keyboard.TypeAsync("Qui a déjà posé des bornes ?");
        await TabToAsync(page, "Votre message");
        await page.Keyboard.TypeAsync("Nous en voulons trois.");
        await TabToAsync(page, "Pièces jointes");
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plan.txt", MimeType = "text/plain", Buffer = "Trois bornes."u8.ToArray() });
        await TabToAsync(page, "Publier");
        await page.Keyboard.PressAsync("Enter");
        await HeadingAsync(page, "Qui a déjà posé des bornes");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "plan.txt" })).ToBeVisibleAsync();

        await PressAsync(page, "r");
        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("Je précise : près de la mairie.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#r1")).ToContainTextAsync("près de la mairie");
    }

    [Fact]
    public async Task Thread_WithoutAMouse_ThankedAndWalkedThrough()
    {
        await _scene.JoinAsync(_group, _member);
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        for (var i = 1; i <= 8; i++) await _scene.AnswerAsync(topic, _owner, $"Réponse numéro {i}.");
        var page = await OpenAsync($"/c/{topic}");

        await PressAsync(page, "j", "j", "j", "k");
        Assert.Equal("r1", await page.EvaluateAsync<string>("document.activeElement.closest('.message').id"));
        await TabToAsync(page, "Merci");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#r1 button.merci").First).ToHaveAttributeAsync("aria-pressed", "true");
    }

    [Fact]
    public async Task Answer_Begun_IsNotSentByASingleKey()
    {
        await _scene.JoinAsync(_group, _member);
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        var page = await OpenAsync($"/c/{topic}");
        await page.GetByLabel("Votre réponse").FillAsync("Pas encore prêt");
        await page.Locator("h1").ClickAsync();

        await PressAsync(page, "r");

        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToHaveValueAsync("Pas encore prêt");
        await Assertions.Expect(page.Locator("#r1")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Menu_ByKeys_OpensAndGivesTheFocusBack()
    {
        var page = await OpenAsync("/groupes");
        await TabToAsync(page, "Rémi Valserine");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "Mon profil");

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("details.menu")).Not.ToHaveAttributeAsync("open", "");
        await Assertions.Expect(page.Locator("details.menu > summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_ListedAndSwitchedOff_ActNoMore()
    {
        var page = await OpenAsync("/groupes");
        await PressAsync(page, "/");
        await Assertions.Expect(page.Locator("#recherche")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("g?n");
        await Assertions.Expect(page.Locator("#recherche")).ToHaveValueAsync("g?n");

        await page.Locator("h1").ClickAsync();
        await PressAsync(page, "?");
        await page.WaitForURLAsync("**/aide#touches", new() { WaitUntil = WaitUntilState.Commit });
        await PressAsync(page, "?");
        await Assertions.Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await TabToAsync(page, "Fermer");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToBeHiddenAsync();

        await page.GetByLabel("Utiliser ces touches dans ce navigateur").UncheckAsync();
        await page.GotoAsync("/groupes");
        await PressAsync(page, "/");
        await Assertions.Expect(page.Locator("#recherche")).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task SkipLinks_FirstOnThePage_LeadToContentAndSearch()
    {
        var page = await OpenAsync("/groupes");
        await page.Keyboard.PressAsync("Tab");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Aller au contenu" })).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("main")).ToBeFocusedAsync();

        await page.ReloadAsync();
        await TabToAsync(page, "Aller à la recherche");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#recherche")).ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(1280, 500)]
    [InlineData(390, 600)]
    public async Task Focus_ThroughTheWholePage_NeverHidden(int width, int height)
    {
        await _scene.JoinAsync(_group, _member);
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        for (var i = 1; i <= 12; i++) await _scene.AnswerAsync(topic, _owner, $"Réponse numéro {i}.");
        var page = await OpenAsync($"/c/{topic}", width, height);

        var walked = 0;
        for (; walked < 300; walked++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement === document.body || document.activeElement === null")) break;
            Assert.Equal("", await SeenAsync(page));
        }

        Assert.InRange(walked, 60, 299);
    }

    private async Task<IPage> OpenAsync(string address, int width = 1280, int height = 800)
    {
        var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id), width: width, height: height);
        var page = await window.NewPageAsync();
        await page.GotoAsync(address);
        return page;
    }

    private static Task HeadingAsync(IPage page, string start) => Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(start);

    private static async Task PressAsync(IPage page, params string[] keys)
    {
        // The script of the page is a module: it runs once the page is there.
        await page.WaitForLoadStateAsync(LoadState.Load);
        foreach (var key in keys) await page.Keyboard.PressAsync(key);
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var i = 0; i < 150; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var at = await page.EvaluateAsync<string>("(() => { const e = document.activeElement; return (e?.labels?.[0]?.textContent ?? e?.getAttribute('aria-label') ?? e?.textContent ?? '').trim(); })()");
            Assert.Equal("", await SeenAsync(page));
            if (at.StartsWith(name, StringComparison.Ordinal) || at.EndsWith(name, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"The key Tab never comes to {name}.");
    }

    // Empty when the focused element shows an outline and nothing lies over it; otherwise what is wrong. The middle of its first line box is
    // looked at: a long link has several.
    private static Task<string> SeenAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) return '';
          const what = e.outerHTML.slice(0, 150);
          const box = e.getClientRects()[0];
          if (!box || box.width < 2) return 'no box: ' + what;
          const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height / 2, 20)];
          if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return `outside the window at ${x}, ${y}: ${what}`;
          const top = document.elementFromPoint(x, y);
          if (!top || !(e.contains(top) || top.contains(e) && !top.matches('nav, header, footer') || top.tagName === 'LABEL')) return `under ${top?.outerHTML.slice(0, 80)}: ${what}`;
          const style = getComputedStyle(e);
          return e.matches('main') || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 ? '' : 'no outline: ' + what;
        }
        """);
}
