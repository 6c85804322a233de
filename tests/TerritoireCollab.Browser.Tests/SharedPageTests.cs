using Microsoft.Playwright;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Two people in two windows write one text; one of them loses the line, or the page.</summary>
public sealed class SharedPageTests(Chromium chromium) : IAsyncLifetime
{
    private readonly List<string> _complaints = [];
    private Instance _instance = null!;
    private Member _maud = null!;
    private Member _remi = null!;
    private string _path = "";

    public async ValueTask InitializeAsync()
    {
        var topics = new SharedTopics();
        _instance = await Instance.StartAsync(adjust: s => SharedPage.Add(s, topics));
        var scene = new Scene(_instance);
        (_maud, _remi) = (await scene.MemberAsync("Maud Fontclaire"), await scene.MemberAsync("Rémi Valserine"));
        var group = await scene.GroupAsync("Groupe d’essai", _maud, members: _remi);
        _path = $"/essai-editeur/{await scene.TopicAsync(group, _maud, "Compte rendu", SharedPage.Text)}";
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public async Task Text_TypedInTwoWindows_IsOneAndSaysWhoIsThere()
    {
        await using var one = await WindowAsync(_maud);
        await using var other = await WindowAsync(_remi);
        var (maud, remi) = (await OpenAsync(one), await OpenAsync(other));
        await Assertions.Expect(maud.GetByText("Sur cette page : Rémi Valserine")).ToBeVisibleAsync();

        await EndAsync(maud, "Control+Home");
        await EndAsync(remi, "Control+End");
        await Task.WhenAll(maud.Keyboard.TypeAsync("Réunion de mardi. ", new() { Delay = 15 }), remi.Keyboard.TypeAsync(" et questions diverses", new() { Delay = 15 }));

        const string whole = "Réunion de mardi. Ordre du jour et questions diverses";
        await Assertions.Expect(maud.Locator("textarea")).ToHaveValueAsync(whole);
        await Assertions.Expect(remi.Locator("textarea")).ToHaveValueAsync(whole);
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Enregistré");
        await Assertions.Expect(maud.Locator(".cm-personne > span")).ToHaveTextAsync("Rémi");
        Assert.Empty(_complaints);
    }

    [Fact]
    public async Task Text_TypedOffline_MergesOnReturn()
    {
        await using var one = await WindowAsync(_maud);
        await using var other = await WindowAsync(_remi);
        var lines = await WireAsync(one);
        var (maud, remi) = (await OpenAsync(one), await OpenAsync(other));

        await lines.CutAsync();
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Hors ligne");
        await Assertions.Expect(maud.GetByRole(AriaRole.Status)).ToHaveTextAsync("Hors ligne");
        await EndAsync(maud, "Control+End");
        await maud.Keyboard.TypeAsync(string.Concat(Enumerable.Repeat(" mot", 60)));
        await EndAsync(remi, "Control+Home");
        await remi.Keyboard.TypeAsync("Bonjour. ");
        lines.Mend();

        var whole = "Bonjour. Ordre du jour" + string.Concat(Enumerable.Repeat(" mot", 60));
        await Assertions.Expect(remi.Locator("textarea")).ToHaveValueAsync(whole);
        await Assertions.Expect(maud.Locator("textarea")).ToHaveValueAsync(whole);
        await Assertions.Expect(maud.GetByRole(AriaRole.Status)).ToHaveTextAsync("Enregistré");
    }

    [Fact]
    public async Task Text_TypedOfflineThenPageLost_IsTakenBack()
    {
        await using var one = await WindowAsync(_maud);
        var lines = await WireAsync(one);
        var maud = await OpenAsync(one);
        await lines.CutAsync();
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Hors ligne");
        await EndAsync(maud, "Control+End");
        await maud.Keyboard.TypeAsync(" et divers");
        await maud.CloseAsync();
        lines.Mend();

        maud = await OpenAsync(one);

        await Assertions.Expect(maud.Locator("textarea")).ToHaveValueAsync("Ordre du jour et divers");
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Enregistré");
        await using var other = await WindowAsync(_remi);
        await Assertions.Expect((await OpenAsync(other)).Locator("textarea")).ToHaveValueAsync("Ordre du jour et divers");
    }

    [Fact]
    public async Task Text_NoLineOpens_WrittenAloneWithinTenSecondsThenMerged()
    {
        await using var one = await WindowAsync(_maud);
        await using var other = await WindowAsync(_remi);
        var lines = await WireAsync(one);
        lines.IsMute = true;
        var maud = await AloneAsync(one);
        await EndAsync(maud, "Control+End");
        await maud.Keyboard.TypeAsync(" et divers");
        var remi = await OpenAsync(other);
        await EndAsync(remi, "Control+Home");
        await remi.Keyboard.TypeAsync("Bonjour. ");
        await Assertions.Expect(remi.Locator(".etat")).ToHaveTextAsync("Enregistré");

        lines.IsMute = false;
        await lines.CloseAsync();
        await maud.Clock.FastForwardAsync(2_000);

        await Assertions.Expect(maud.Locator("textarea")).ToHaveValueAsync("Bonjour. Ordre du jour et divers");
        await Assertions.Expect(remi.Locator("textarea")).ToHaveValueAsync("Bonjour. Ordre du jour et divers");
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Enregistré");
        await EndAsync(maud, "Control+End");
        await maud.Keyboard.TypeAsync(".");
        await Assertions.Expect(remi.Locator("textarea")).ToHaveValueAsync("Bonjour. Ordre du jour et divers.");
    }

    [Fact]
    public async Task Text_TypedAloneThenPageLost_IsTakenBack()
    {
        await using var one = await WindowAsync(_maud);
        var lines = await WireAsync(one);
        lines.IsMute = true;
        var maud = await AloneAsync(one);
        await EndAsync(maud, "Control+End");
        await maud.Keyboard.TypeAsync(" et divers");
        await maud.CloseAsync(new() { RunBeforeUnload = false });
        lines.IsMute = false;

        maud = await OpenAsync(one);

        await Assertions.Expect(maud.Locator("textarea")).ToHaveValueAsync("Ordre du jour et divers");
        await Assertions.Expect(maud.Locator(".etat")).ToHaveTextAsync("Enregistré");
        Assert.Equal(0, await maud.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('coedition:')).length"));
    }

    private async Task<IPage> AloneAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        await page.Clock.InstallAsync();
        await page.GotoAsync(_path);
        await Assertions.Expect(page.Locator(".etat")).ToHaveTextAsync("Ouverture…");
        await page.Clock.FastForwardAsync(10_000);
        await Assertions.Expect(page.Locator(".etat")).ToHaveTextAsync("Seul ici");
        return page;
    }

    private async Task<IBrowserContext> WindowAsync(Member member) => await chromium.WindowAsync(_instance.Address, await _instance.SessionAsync(member.Id));

    private async Task<IPage> OpenAsync(IBrowserContext window)
    {
        var page = await window.NewPageAsync();
        page.Console += (_, said) => { if (said.Type == "error" && !said.Text.Contains("404", StringComparison.Ordinal)) _complaints.Add(said.Text); };
        page.PageError += (_, error) => _complaints.Add(error);
        await page.GotoAsync(_path);
        await Assertions.Expect(page.Locator(".etat")).ToHaveTextAsync("Enregistré");
        return page;
    }

    private static async Task EndAsync(IPage page, string key)
    {
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Texte" }).ClickAsync();
        await page.Keyboard.PressAsync(key);
    }

    private static async Task<Lines> WireAsync(IBrowserContext window)
    {
        var lines = new Lines();
        await window.RouteWebSocketAsync("**/coedition", lines.Take);
        return lines;
    }

    /// <summary>The lines of a window, which can be cut and mended.</summary>
    private sealed class Lines
    {
        private readonly List<IWebSocketRoute> _open = [];
        private bool _isCut;

        /// <summary>Whether lines open and say nothing, as behind a proxy that knows no sockets.</summary>
        public bool IsMute { get; set; }

        public void Take(IWebSocketRoute line)
        {
            if (IsMute)
            {
                _open.Add(line);
                return;
            }

            if (_isCut)
            {
                _ = line.CloseAsync();
                return;
            }

            line.ConnectToServer();
            _open.Add(line);
        }

        public Task CutAsync()
        {
            _isCut = true;
            return CloseAsync();
        }

        public async Task CloseAsync()
        {
            foreach (var line in _open) await line.CloseAsync();
            _open.Clear();
        }

        public void Mend() => _isCut = false;
    }
}
