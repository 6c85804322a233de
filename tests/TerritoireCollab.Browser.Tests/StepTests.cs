using Microsoft.Playwright;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>
/// How many steps a task takes: page changes on the way, clicks and fields, a click into a text box being part of the field. Where the last
/// gesture leads is its answer and no step, but where one looks for something it is.
/// </summary>
public sealed class StepTests(Chromium chromium) : IAsyncLifetime
{
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
        _group = await _scene.GroupAsync("Groupe d’essai", _owner, members: _member);
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Join_AnOpenGroupFromHome_ThreeSteps(bool script)
    {
        var open = await _scene.GroupAsync("Groupe ouvert", _owner, joining: GroupJoining.Free);
        await using var steps = await StepsAsync("/", script);

        await steps.FollowAsync(steps.Page.GetByRole(AriaRole.Navigation, new() { Name = "Navigation principale" }).GetByRole(AriaRole.Link, new() { Name = "Groupes" }));
        await steps.ClickAsync(steps.Page.Locator($"button[formaction='groupes/{open.Slug}/adhesion']"));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Groupe ouvert");
        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("membre");
        Assert.InRange(steps.Count, 1, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Announce_AnEventFromTheAgenda_EightSteps(bool script)
    {
        await using var steps = await StepsAsync($"/groupes/{_group.Slug}/agenda", script);

        await steps.FollowAsync(steps.Page.GetByRole(AriaRole.Link, new() { Name = "Ajouter un événement" }).First);
        await steps.FillAsync("Titre", "Réunion des communes");
        await steps.FillAsync("Jour", "2031-05-13");
        await steps.FillAsync(steps.Page.Locator("[name='Input.From']"), "18:30");
        await steps.FillAsync(steps.Page.Locator("[name='Input.Place']"), "Salle des fêtes, Crest");
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Publier" }));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Réunion des communes");
        await Assertions.Expect(steps.Page.Locator("dl.definitions")).ToContainTextAsync("mardi 13 mai 2031");
        Assert.InRange(steps.Count, 1, 8);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Poll_FromTheListAndThenAVote_FiveStepsAndTwo(bool script)
    {
        await using var steps = await StepsAsync($"/groupes/{_group.Slug}/sondages", script);

        await steps.FollowAsync(steps.Page.GetByRole(AriaRole.Link, new() { Name = "Créer un sondage" }).First);
        await steps.FillAsync("Question", "Où nous réunir ?");
        await steps.FillAsync(steps.Page.Locator("[name='Input.Options']"), "Crest\nDie");
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Ouvrir le vote" }));
        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Où nous réunir ?");
        var asked = steps.Count;
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Radio, new() { Name = "Die" }));
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Voter", Exact = true }));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Votre vote est enregistré.");
        Assert.InRange(asked, 1, 5);
        Assert.Equal(2, steps.Count - asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Write_APageFromTheGroup_TwoSteps(bool script)
    {
        await using var steps = await StepsAsync($"/groupes/{_group.Slug}", script);

        // The last of the menu, which stands below the banner that the menu is opened from.
        await steps.ClickAsync(steps.Page.GetByText("Publier autre chose"));
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Link, new() { Name = "Écrire une page" }));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nouvelle page");
        Assert.InRange(steps.Count, 1, 2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Ask_AQuestionWithAFileFromTheGroup_SixSteps(bool script)
    {
        await using var steps = await StepsAsync($"/groupes/{_group.Slug}", script);

        await steps.FollowAsync(steps.Page.GetByRole(AriaRole.Link, new() { Name = "Poser une question" }));
        await steps.FillAsync("Titre", "Quel marché pour les bornes ?");
        await steps.FillAsync("Votre message", "Nous cherchons un cahier des charges.");
        await steps.ChooseAsync("input[type=file]", "cahier.txt");
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Publier" }));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Quel marché pour les bornes ?");
        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Link, new() { Name = "cahier.txt" })).ToBeVisibleAsync();
        Assert.InRange(steps.Count, 1, 6);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answer_FromTheThread_TwoSteps(bool script)
    {
        var topic = await _scene.TopicAsync(_group, _owner, "Un fil");
        await using var steps = await StepsAsync($"/c/{topic}", script);

        await steps.FillAsync("Votre réponse", "Nous avons la même question.");
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Répondre", Exact = true }));

        await Assertions.Expect(steps.Page.Locator("#r1")).ToContainTextAsync("Nous avons la même question.");
        Assert.Equal(2, steps.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Find_APersonByWhatTheyKnow_ThreeSteps(bool script)
    {
        var expert = await _scene.MemberAsync("Colombe Vertaure");
        var hands = new Visitor(await _instance.SignedInAsync(expert.Id));
        await hands.SendAsync(await hands.OpenAsync("/moi"), "textarea[name=Presentation]", ("Presentation", "Je connais bien le classement des archives."));
        await _instance.SettleAsync();
        await using var steps = await StepsAsync("/", script);

        await steps.FillAsync(steps.Page.GetByRole(AriaRole.Searchbox), "archives");
        await steps.SearchAsync();

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Link, new() { Name = "Colombe Vertaure" })).ToBeVisibleAsync();
        Assert.InRange(steps.Count, 1, 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Mails_OfOneGroupFromItsPage_OffInThreeSteps(bool script)
    {
        await using var steps = await StepsAsync($"/groupes/{_group.Slug}", script);

        await steps.SelectAsync("Je reçois", "Rien");
        await steps.ClickAsync(steps.Page.GetByRole(AriaRole.Button, new() { Name = "Enregistrer mon choix" }));

        await Assertions.Expect(steps.Page.GetByRole(AriaRole.Status)).ToBeVisibleAsync();
        Assert.StartsWith("Rien", await steps.Page.GetByLabel("Je reçois").EvaluateAsync<string>("select => select.selectedOptions[0].text"), StringComparison.Ordinal);
        Assert.InRange(steps.Count, 1, 3);
    }

    private async Task<Steps> StepsAsync(string address, bool script)
    {
        var window = await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(_member.Id), script);
        var page = await window.NewPageAsync();
        await page.GotoAsync(address);
        return new Steps(window, page);
    }

    private sealed class Steps(IBrowserContext window, IPage page) : IAsyncDisposable
    {
        // Whatever is looked for next waits for itself; the end of loading may be over before one listens for it.
        private static readonly PageWaitForURLOptions Arrived = new() { WaitUntil = WaitUntilState.Commit };

        public IPage Page => page;

        public int Count { get; private set; }

        /// <summary>A click that leads to another page.</summary>
        public async Task FollowAsync(ILocator link)
        {
            Count += 2;
            var before = page.Url;
            await link.ClickAsync();
            await page.WaitForURLAsync(url => url != before, Arrived);
        }

        public async Task ClickAsync(ILocator button)
        {
            Count++;
            await button.ClickAsync();
        }

        public Task FillAsync(string label, string text) => FillAsync(page.GetByLabel(label, new() { Exact = true }), text);

        public async Task FillAsync(ILocator field, string text)
        {
            Count++;
            await field.FillAsync(text);
        }

        public async Task SelectAsync(string label, string start)
        {
            Count++;
            var field = page.GetByLabel(label);
            var option = await field.Locator("option", new() { HasText = start }).GetAttributeAsync("value");
            await field.SelectOptionAsync(option!);
        }

        public async Task ChooseAsync(string field, string name)
        {
            Count++;
            await page.Locator(field).SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/plain", Buffer = "Article 1."u8.ToArray() });
        }

        /// <summary>Enter, and the page that shows what was found.</summary>
        public async Task SearchAsync()
        {
            Count += 2;
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(url => url.Contains("/recherche", StringComparison.Ordinal), Arrived);
        }

        public ValueTask DisposeAsync() => window.DisposeAsync();
    }
}
