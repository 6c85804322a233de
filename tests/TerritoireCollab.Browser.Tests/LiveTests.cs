using Microsoft.Playwright;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Pages that live: what others write appears in them, and they say when they have lost the host.</summary>
public sealed class LiveTests(Chromium chromium) : IAsyncLifetime
{
    // A signal comes at once: shorter than the 20 s of the sweep and the 30 s of the revalidation, which would hide that it did not.
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };

    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _owner = null!;
    private Member _member = null!;
    private Group _group = null!;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(jobs: true);
        _scene = new Scene(_instance);
        (_owner, _member) = (await _scene.MemberAsync("Maud Fontclaire"), await _scene.MemberAsync("Rémi Valserine"));
        _group = await _scene.GroupAsync("Groupe d’essai", _owner, members: _member);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Answer_WhileTheReaderIsTyping_AppearsAndLeavesTextAndCaretAlone()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        var box = page.GetByLabel("Votre réponse");
        await box.ClickAsync();
        await page.Keyboard.TypeAsync("Bonjour à tous");
        for (var i = 0; i < 7; i++) await page.Keyboard.PressAsync("ArrowLeft");

        await AnswerAsync(_owner, topic, "Ceci arrive pendant ce temps.");

        await Assertions.Expect(page.GetByText("Ceci arrive pendant ce temps.")).ToBeVisibleAsync(Soon);
        await page.Keyboard.TypeAsync(", et merci");
        await Assertions.Expect(box).ToBeFocusedAsync();
        await Assertions.Expect(box).ToHaveValueAsync("Bonjour, et merci à tous");
    }

    [Fact]
    public async Task Answers_WhileThePageIsOpen_AreCountedInIt()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");

        await AnswerAsync(_owner, topic, "Une première.");
        await Assertions.Expect(page.GetByText("1 nouvelle réponse")).ToBeVisibleAsync(Soon);
        await AnswerAsync(_owner, topic, "Une seconde.");

        await Assertions.Expect(page.GetByText("2 nouvelles réponses")).ToBeVisibleAsync(Soon);
        await page.GetByRole(AriaRole.Link, new() { Name = "Les lire" }).ClickAsync();
        await Assertions.Expect(page.Locator("#r1")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Edit_OfAnAnswer_AppearsInTheOpenThread()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await _scene.AnswerAsync(topic, _owner, "Le marché est à neuf heures.");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        var hands = new Visitor(await _instance.SignedInAsync(_owner.Id));

        await hands.SendAsync(await hands.OpenAsync($"/groupes/{_group.Slug}/forum/{topic}/reponses/1/modifier"), "textarea[name=Body]", ("Body", "Le marché est à dix heures."));

        await Assertions.Expect(page.GetByText("Le marché est à dix heures.")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(page.GetByText("à neuf heures")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Member_RemovedWhileTheThreadIsOpen_IsLedAwayAtOnce()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil réservé");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        var hands = new Visitor(await _instance.SignedInAsync(_owner.Id));

        await hands.SendAsync(await hands.OpenAsync($"/groupes/{_group.Slug}/membres/{_member.Handle}"), "form[action$='/retrait']");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(_group.Name, new() { Timeout = 30_000 });
        await AnswerAsync(_owner, topic, "Ceci ne le regarde plus.");
        var seen = await page.ContentAsync();
        Assert.DoesNotContain("Un fil réservé", seen, StringComparison.Ordinal);
        Assert.DoesNotContain("Ceci ne le regarde plus.", seen, StringComparison.Ordinal);
        Assert.Equal($"/groupes/{_group.Slug}", new Uri(page.Url).AbsolutePath);
    }

    [Fact]
    public async Task Member_SuspendedWhileTheThreadIsOpen_IsSignedOutAtOnce()
    {
        var admin = await _scene.MemberAsync("Aline Gardanne", admin: true);
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil réservé");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        var hands = new Visitor(await _instance.SignedInAsync(admin.Id));

        await hands.SendAsync(await hands.OpenAsync($"/administration/membres/{_member.Id}"), "[name='Reason']");

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Connexion", new() { Timeout = 30_000 });
        Assert.DoesNotContain("Un fil réservé", await page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bell_WhenSomebodyAnswers_RingsOnAPageWithoutTheLargeScript()
    {
        var topic = await _scene.TopicAsync(_group, _member, "Mon fil");
        await using var window = await WindowAsync(_member);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/groupes");
        await Assertions.Expect(page.GetByText("Aucune nouveauté")).ToBeVisibleAsync();

        await AnswerAsync(_owner, topic, "Une réponse pour Rémi.");

        await Assertions.Expect(page.Locator(".cloche")).ToHaveTextAsync("1 nouveauté", new() { Timeout = 30_000 });
        Assert.False(await page.EvaluateAsync<bool>("'Blazor' in globalThis"));
    }

    [Fact]
    public async Task Connection_CutAndMended_SaidEachTimeAndTheTextStays()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var wire = new Wire(_instance.Address);
        await using var window = await WindowAsync(_member, wire.Address);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        await page.GetByLabel("Votre réponse").FillAsync("Commencé avant la coupure");

        wire.Cut();
        await Assertions.Expect(page.GetByText("Connexion perdue. Nouvelle tentative…")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        wire.Mend(_instance.Address);

        await Assertions.Expect(page.GetByText("Connexion rétablie.")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToHaveValueAsync("Commencé avant la coupure");
        await AnswerAsync(_owner, topic, "Écrit après la coupure.");
        await Assertions.Expect(page.GetByText("Écrit après la coupure.")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task Host_StartedAgainWhileNobodyWrites_SaidAndThePageIsLive()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var wire = new Wire(_instance.Address);
        await using var window = await WindowAsync(_member, wire.Address);
        var page = await OpenLiveAsync(window, $"/c/{topic}");

        await using var second = await StartAgainAsync(page, wire);

        await Assertions.Expect(page.GetByText("Connexion rétablie.")).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await page.Locator("#gestes ~ div[aria-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await new Scene(second).AnswerAsync(topic, _owner, "Écrit après l’arrêt.");
        await second.SettleAsync();
        await Assertions.Expect(page.GetByText("Écrit après l’arrêt.")).ToBeVisibleAsync(Soon);
    }

    [Fact]
    public async Task Host_StartedAgainWhileSomebodyWrites_SaidAndTheTextIsKept()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var wire = new Wire(_instance.Address);
        await using var window = await WindowAsync(_member, wire.Address);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        await page.GetByLabel("Votre réponse").FillAsync("Commencé avant l’arrêt");

        await using var second = await StartAgainAsync(page, wire);

        await Assertions.Expect(page.GetByText("La plateforme a redémarré. Votre texte est gardé.")).ToBeVisibleAsync(new() { Timeout = 40_000 });
        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToHaveValueAsync("Commencé avant l’arrêt");
        await page.GetByRole(AriaRole.Link, new() { Name = "Rechargez la page" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Connexion rétablie.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Votre réponse")).ToHaveValueAsync("Commencé avant l’arrêt");
        await page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }).Last.ClickAsync();
        await Assertions.Expect(page.Locator("#r1")).ToContainTextAsync("Commencé avant l’arrêt");
    }

    [Fact]
    public async Task Script_OfTheFramework_EnhancesLinksAndForms()
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var window = await WindowAsync(_member);
        var page = await OpenLiveAsync(window, $"/c/{topic}");
        await page.EvaluateAsync("globalThis.same = true; document.getElementById('gestes').setAttribute('data-enhance', '')");

        await page.Locator("button[value='merci:0']").ClickAsync();
        await Assertions.Expect(page.Locator("button[value='sans-merci:0']")).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.True(await page.EvaluateAsync<bool>("globalThis.same === true"), "The form loaded the page anew.");

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Navigation principale" }).GetByRole(AriaRole.Link, new() { Name = "Groupes" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Groupes");
        Assert.True(await page.EvaluateAsync<bool>("globalThis.same === true"), "The link loaded the page anew.");
    }

    private async Task<IBrowserContext> WindowAsync(Member member, Uri? address = null) => await chromium.WindowAsync(address ?? _instance.Address, await _instance.SessionAsync(member.Id));

    // The connection is lost, the process ends, another one takes its place.
    private async Task<Instance> StartAgainAsync(IPage page, Wire wire)
    {
        wire.Cut();
        await Assertions.Expect(page.GetByText("Connexion perdue. Nouvelle tentative…")).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await _instance.StopAsync();
        var second = await _instance.SecondAsync();
        wire.Mend(second.Address);
        return second;
    }

    // A page is live once its island is: before, what is written comes with the page itself.
    private static async Task<IPage> OpenLiveAsync(IBrowserContext window, string address)
    {
        var page = await window.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator("#gestes ~ div[aria-live]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        return page;
    }

    private async Task AnswerAsync(Member author, string topic, string text)
    {
        var hands = new Visitor(await _instance.SignedInAsync(author.Id));
        var after = await hands.SendAsync(await hands.OpenAsync($"/c/{topic}"), "textarea[name=Body]", ("Body", text));
        Assert.Contains(text, after.Text, StringComparison.Ordinal);
    }
}
