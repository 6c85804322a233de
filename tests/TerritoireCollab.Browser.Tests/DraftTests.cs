using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Nothing typed is ever lost.</summary>
public sealed class DraftTests(Chromium chromium) : IAsyncLifetime
{
    private Instance _instance = null!;
    private Member _member = null!;
    private Group _group = null!;
    private string _topic = "";
    private Scene _scene = null!;
    private IBrowserContext _window = null!;
    private IPage _page = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        _member = await _scene.MemberAsync("Rémi Valserine");
        _group = await _scene.GroupAsync("Groupe d’essai", _member);
        _topic = await _scene.TopicAsync(_group, _member, "Un fil");
        _window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id));
        _page = await _window.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync();
        await _instance.DisposeAsync();
    }

    [Fact]
    public async Task Text_SavedThenThePageReloaded_IsStillThere()
    {
        await TypeAsync("Une réponse commencée");
        await Assertions.Expect(_page.GetByText("Enregistré à")).ToBeVisibleAsync();

        await _page.ReloadAsync();

        await Assertions.Expect(Box).ToHaveValueAsync("Une réponse commencée");
    }

    [Fact]
    public async Task Text_TypedBeforeTheScriptIsThere_SavedOnceItIs()
    {
        var gate = new TaskCompletionSource();
        await _page.RouteAsync("**/redaction*", async route =>
        {
            await gate.Task;
            await route.ContinueAsync();
        });
        await _page.GotoAsync($"/c/{_topic}", new() { WaitUntil = WaitUntilState.DOMContentLoaded });
        await Box.FillAsync("Plus vite que le script");
        gate.SetResult();

        await Assertions.Expect(_page.GetByText("Enregistré à")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Text_OnlyLookedAt_NotSavedWhateverItsLineEnds()
    {
        var article = await _scene.ArticleAsync(_group, _member, "Deux lignes", body: "Une ligne\r\n\r\nUne autre");
        await _page.Clock.InstallAsync();
        await _page.GotoAsync($"/c/{article}", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await _page.GotoAsync($"/groupes/{_group.Slug}/articles/{article}/modifier", new() { WaitUntil = WaitUntilState.NetworkIdle });
        await Assertions.Expect(_page.Locator("textarea[name='Input.Body']")).ToHaveValueAsync("Une ligne\n\nUne autre");

        await _page.Clock.RunForAsync(10_000);
        await _page.GotoAsync("/groupes", new() { WaitUntil = WaitUntilState.NetworkIdle });

        await using var db = _instance.Open(Viewer.System);
        Assert.False(await db.Drafts.AnyAsync());
    }

    [Fact]
    public async Task Text_LeftAtOnce_IsThereOnComingBack()
    {
        await TypeAsync("Parti trop vite");

        await _page.GotoAsync("/groupes");
        await _page.GotoAsync($"/c/{_topic}");

        await Assertions.Expect(Box).ToHaveValueAsync("Parti trop vite");
    }

    [Fact]
    public async Task Text_OfASecondTab_IsThatOfTheFirst()
    {
        await TypeAsync("Commencé dans le premier onglet");
        await Assertions.Expect(_page.GetByText("Enregistré à")).ToBeVisibleAsync();

        var second = await _window.NewPageAsync();
        await second.GotoAsync($"/c/{_topic}");
        await Assertions.Expect(second.GetByLabel("Votre réponse")).ToHaveValueAsync("Commencé dans le premier onglet");
        await second.GetByLabel("Votre réponse").FillAsync("Continué dans le second");
        await Assertions.Expect(second.GetByText("Enregistré à")).ToBeVisibleAsync();

        await Assertions.Expect(Box).ToHaveValueAsync("Commencé dans le premier onglet");
        await _page.ReloadAsync();
        await Assertions.Expect(Box).ToHaveValueAsync("Continué dans le second");
    }

    [Fact]
    public async Task Text_SentAfterTheSignInWasClosed_ShownAndKept()
    {
        await TypeAsync("Écrit pendant la fermeture");
        await CloseSessionsAsync();

        await _page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }).ClickAsync();
        await Assertions.Expect(_page.GetByLabel("Le texte que vous aviez écrit")).ToHaveValueAsync("Écrit pendant la fermeture");

        await SignInAsync(_member);
        await _page.GoBackAsync();
        await Assertions.Expect(Box).ToHaveValueAsync("Écrit pendant la fermeture");
    }

    [Fact]
    public async Task Text_TypedAfterTheSignInWasClosed_ComesBackAfterTheNext()
    {
        await TypeAsync("Avant");
        await CloseSessionsAsync();
        await TypeMoreAsync(" et après");
        await Assertions.Expect(_page.GetByText("votre texte est gardé dans ce navigateur")).ToBeVisibleAsync();

        await SignInAsync(_member);
        await _page.GotoAsync($"/c/{_topic}");

        await Assertions.Expect(Box).ToHaveValueAsync("Avant et après");
    }

    [Fact]
    public async Task Text_KeptInTheBrowser_NotShownToWhoeverSignsInNext()
    {
        var other = await _scene.MemberAsync("Odon Suivant");
        await _scene.JoinAsync(_group, other);
        await TypeAsync("Ceci est à Rémi");
        await CloseSessionsAsync();
        await TypeMoreAsync(" seul");
        await Assertions.Expect(_page.GetByText("votre texte est gardé dans ce navigateur")).ToBeVisibleAsync();

        await SignInAsync(other);
        await _page.GotoAsync($"/c/{_topic}");
        await _page.Locator(".composeur-barre").WaitForAsync();

        await Assertions.Expect(Box).ToHaveValueAsync("");
        Assert.DoesNotContain("Ceci est à Rémi", await _page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_SentIntoACutLine_ComesBack()
    {
        await using var wire = new Wire(_instance.Address);
        await using var window = await chromium.WindowAsync(wire.Address, await _instance.SessionAsync(_member.Id));
        var page = await window.NewPageAsync();
        await page.GotoAsync($"/c/{_topic}");
        await page.Locator(".composeur-barre").WaitForAsync();
        wire.Cut();
        await page.GetByLabel("Votre réponse").FillAsync("Envoyé dans le vide");

        await page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains(_topic, StringComparison.Ordinal) || url.StartsWith("chrome-error", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });
        wire.Mend(_instance.Address);
        await page.GotoAsync($"/c/{_topic}");

        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToHaveValueAsync("Envoyé dans le vide");
    }

    [Fact]
    public async Task Question_LeftAtOnce_IsThereWithItsTitleUntilPublished()
    {
        await _page.GotoAsync($"/groupes/{_group.Slug}/forum/nouveau");
        await _page.Locator(".composeur-barre").WaitForAsync();
        await _page.GetByLabel("Titre", new() { Exact = true }).FillAsync("Qui a des bornes ?");
        await _page.GetByLabel("Votre message").FillAsync("Nous en cherchons trois.");
        await _page.GotoAsync("/groupes");

        await _page.GotoAsync($"/groupes/{_group.Slug}/forum/nouveau");
        await Assertions.Expect(_page.GetByLabel("Titre", new() { Exact = true })).ToHaveValueAsync("Qui a des bornes ?");
        await Assertions.Expect(_page.GetByLabel("Votre message")).ToHaveValueAsync("Nous en cherchons trois.");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();
        await Assertions.Expect(_page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Qui a des bornes ?");

        await _page.GotoAsync($"/groupes/{_group.Slug}/forum/nouveau");
        await Assertions.Expect(_page.GetByLabel("Titre", new() { Exact = true })).ToHaveValueAsync("");
        await Assertions.Expect(_page.GetByLabel("Votre message")).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Form_Refused_KeepsAllThatWasTyped()
    {
        await _page.GotoAsync($"/groupes/{_group.Slug}/forum/nouveau");
        await _page.GetByLabel("Titre", new() { Exact = true }).FillAsync("   ");
        await _page.GetByLabel("Votre message").FillAsync("Le texte d’une longue question.");
        await _page.GetByLabel("Étiquettes").FillAsync("bornes, énergie");
        await _page.GetByLabel("Tous les membres de la plateforme").CheckAsync();

        await _page.GetByRole(AriaRole.Button, new() { Name = "Publier" }).ClickAsync();

        await Assertions.Expect(_page.GetByRole(AriaRole.Alert)).ToBeFocusedAsync();
        await Assertions.Expect(_page.GetByLabel("Votre message")).ToHaveValueAsync("Le texte d’une longue question.");
        await Assertions.Expect(_page.GetByLabel("Étiquettes")).ToHaveValueAsync("bornes, énergie");
        await Assertions.Expect(_page.GetByLabel("Tous les membres de la plateforme")).ToBeCheckedAsync();
        await Assertions.Expect(_page.GetByLabel("Titre", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
    }

    [Fact]
    public async Task Text_Sent_LeavesNoDraft()
    {
        await TypeAsync("Ceci part");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }).ClickAsync();
        await Assertions.Expect(_page.Locator("#r1")).ToContainTextAsync("Ceci part");

        await _page.GotoAsync($"/c/{_topic}");

        await Assertions.Expect(Box).ToHaveValueAsync("");
        await Assertions.Expect(_page.Locator("[data-retrouve]")).ToHaveCountAsync(0);
    }

    private ILocator Box => _page.GetByLabel("Votre réponse");

    private async Task TypeAsync(string text)
    {
        await _page.GotoAsync($"/c/{_topic}");
        await _page.Locator(".composeur-barre").WaitForAsync();
        // What is live looks once when it starts, and leads away whoever is signed out by then.
        await _page.Locator("#gestes ~ div[aria-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await TypeMoreAsync(text);
    }

    private async Task TypeMoreAsync(string text)
    {
        await Box.FocusAsync();
        await _page.Keyboard.PressAsync("Control+End");
        await _page.Keyboard.TypeAsync(text);
    }

    private async Task SignInAsync(Member member) => await _window.AddCookiesAsync([new() { Name = "session", Value = await _instance.SessionAsync(member.Id), Url = _instance.Address.ToString() }]);

    private async Task CloseSessionsAsync()
    {
        await using var db = _instance.Open(Viewer.System);
        await db.Sessions.ExecuteUpdateAsync(set => set.SetProperty(s => s.ClosedAt, DateTime.UtcNow));
    }
}
