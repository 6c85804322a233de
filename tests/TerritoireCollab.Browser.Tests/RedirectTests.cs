using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Addresses that ask to be led somewhere afterwards: never to another site, as a browser reads them.</summary>
public sealed class RedirectTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Own =
    [
        "https://ailleurs.invalid/", "//ailleurs.invalid/", "///ailleurs.invalid", "/\\ailleurs.invalid", "\\\\ailleurs.invalid", "/\t/ailleurs.invalid", "/\n/ailleurs.invalid", "/%09/ailleurs.invalid",
        "/%2f/ailleurs.invalid", "http:ailleurs.invalid", "javascript:alert(1)", "data:text/html,ici", "/.ailleurs.invalid", "@ailleurs.invalid", " //ailleurs.invalid", "/groupes/..//ailleurs.invalid", "/\u00a0/ailleurs.invalid", "/\u3000ailleurs.invalid", "/\u2028/ailleurs.invalid",
    ];

    private Instance _instance = null!;
    private Scene _scene = null!;
    private HttpClient _browser = null!;
    private string _session = "";
    private string _topic = "";

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        var member = await _scene.MemberAsync("Rémi Valserine");
        var group = await _scene.GroupAsync("Groupe d’essai", member, joining: GroupJoining.Free, slug: "essai");
        _topic = await _scene.TopicAsync(group, member, "Un fil");
        _session = await _instance.SessionAsync(member.Id);
        _browser = _instance.Browser(_session);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _instance.DisposeAsync();
    }

    [Fact]
    public async Task OwnAddresses_OnEveryGesture_StayHere() => await StayAsync(Own);

    [Fact]
    public async Task Corpus_OnEveryGesture_StaysHere()
    {
        var values = HostileTexts.Corpus("open-redirect", "value");
        await StayAsync(values);
    }

    [Theory]
    [InlineData("/groupes/essai?voir-comme=membre", "/groupes/essai?voir-comme=membre")]
    [InlineData("/recherche?q=été à Die", "/recherche?q=%C3%A9t%C3%A9%20%C3%A0%20Die")]
    public async Task LocalAddress_AskedFor_IsFollowed(string value, string expected)
    {
        using var answer = await _browser.GetAsync("/connexion?retour=" + Uri.EscapeDataString(value));

        Assert.Equal(expected, new Uri(_instance.Address, answer.Headers.Location!).PathAndQuery);
    }

    [Fact]
    public async Task OwnAddresses_AfterARealSignIn_LeadHome()
    {
        await using var window = await chromium.WindowAsync(_instance.Address, _session);
        var page = await window.NewPageAsync();
        foreach (var value in Own)
        {
            await page.GotoAsync("/connexion?retour=" + Uri.EscapeDataString(value));
            Assert.StartsWith(_instance.Address.ToString(), page.Url, StringComparison.Ordinal);
            Assert.True(await page.Locator("h1").IsVisibleAsync(), $"{value} leads to an empty page.");
        }
    }

    private async Task StayAsync(IReadOnlyList<string> values)
    {
        var hands = new Visitor(_browser);
        var thread = await hands.OpenAsync($"/c/{_topic}");
        var token = thread.ValueOf("__RequestVerificationToken")!;
        var led = new List<string[]>();
        foreach (var value in values)
        {
            led.Add([$"connexion {value}", Location(await _browser.GetAsync("/connexion?retour=" + Uri.EscapeDataString(value)), value)]);
            foreach (var (address, fields) in Gestures())
            {
                using var form = new FormUrlEncodedContent([.. fields, new("retour", value), new("__RequestVerificationToken", token)]);
                led.Add([$"{address} {value}", Location(await _browser.PostAsync(address, form), value)]);
            }
        }

        await using var window = await chromium.WindowAsync(_instance.Address);
        var page = await window.NewPageAsync();
        await page.GotoAsync("/aide");
        var gone = await page.EvaluateAsync<string[]>("led => led.filter(([, to]) => new URL(to, document.baseURI).origin !== location.origin).map(([from, to]) => `${from} leads to ${to}`)", led);

        Assert.Empty(gone);
    }

    private IEnumerable<(string Address, KeyValuePair<string, string>[] Fields)> Gestures() =>
    [
        ("/moi/nouveautes/tout-lu", []),
        ("/groupes/essai/adhesion", []),
        ($"/contenus/{_topic}/suivi", [new("suivi", "Followed")]),
        ($"/groupes/essai/forum/{_topic}/gestes", [new("geste", "suivre")]),
        ("/moi/compte/sessions/autres/fermer", []),
    ];

    private static string Location(HttpResponseMessage answer, string value)
    {
        using (answer)
        {
            Assert.True(answer.Headers.NonValidated.Contains("Location"), $"{answer.RequestMessage!.RequestUri} answered {answer.StatusCode} to {value}.");
            return answer.Headers.NonValidated["Location"].ToString();
        }
    }
}
