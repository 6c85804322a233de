using System.IO.Compression;
using Deque.AxeCore.Playwright;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using TerritoireCollab.Platform.Access;

namespace TerritoireCollab.Browser.Tests;

/// <summary>Every screen, as a member or animator of the demo territory sees it: accessible, within the window, light.</summary>
public sealed class ScreenTests(Chromium chromium, Demo demo)
{
    private static readonly string[] Screens =
    [
        "/", "/groupes", "/groupes/veille-numerique", "/groupes/veille-numerique/forum", "/groupes/veille-numerique/forum/nouveau", "/groupes/veille-numerique/membres",
        "/groupes/veille-numerique/reglages", "/groupes/veille-numerique/invitations", "/groupes/nouveau", "/annuaire", "/organisations", "/recherche?q=fibre", "/moi", "/moi/compte",
        "/moi/notifications", "/moi/nouveautes", "/aide", "/accessibilite", "/mentions-legales", "/donnees-personnelles", "FIL",
    ];

    /// <summary>Screens with what a window of that kind shows.</summary>
    public static TheoryData<string, int, ColorScheme> Windows
    {
        get
        {
            var data = new TheoryData<string, int, ColorScheme>();
            foreach (var screen in Screens)
            {
                data.Add(screen, 1280, ColorScheme.Light);
                data.Add(screen, 320, ColorScheme.Dark);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Windows))]
    public async Task Screen_AnyWindow_AccessibleAndWithinIt(string screen, int width, ColorScheme scheme)
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("animatrice@demo.local"), width: width, scheme: scheme);
        var page = await window.NewPageAsync();
        var errors = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error") errors.Add(message.Text);
        };

        await page.GotoAsync(await AddressAsync(screen));
        var axe = await page.RunAxe();

        Assert.Empty(axe.Violations.Select(v => $"{v.Id}: {v.Help} ({string.Join(" ; ", v.Nodes.Select(n => n.Html).Take(3))})"));
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page is wider than its window.");
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.Equal(1, await page.Locator("main").CountAsync());
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("/", 450)]
    [InlineData("/groupes", 350)]
    [InlineData("/groupes/veille-numerique", 340)]
    [InlineData("/groupes/veille-numerique/forum", 400)]
    [InlineData("FIL", 550)]
    [InlineData("/recherche?q=fibre", 260)]
    [InlineData("/annuaire", 450)]
    [InlineData("/moi/notifications", 300)]
    public async Task Screen_FirstVisit_WithinItsBudget(string screen, int nodes)
    {
        await using var window = await chromium.WindowAsync(demo.Instance.Address, await demo.SessionAsync("agent@demo.local"));
        var page = await window.NewPageAsync();
        var answers = new List<IResponse>();
        page.Response += (_, response) => answers.Add(response);

        await page.GotoAsync(await AddressAsync(screen), new() { WaitUntil = WaitUntilState.NetworkIdle });
        var weighed = answers.Where(r => r.Status == 200 && !r.Url.Contains("/_blazor", StringComparison.Ordinal)).ToList();
        var sent = 0L;
        foreach (var response in weighed) sent += Gzipped(await response.BodyAsync());

        Assert.InRange(await page.EvaluateAsync<int>("document.querySelectorAll('*').length"), 20, nodes);
        Assert.InRange(weighed.Count, 1, 8);
        Assert.InRange(sent, 1_000, 120 * 1024);
    }

    // Counted as the peers were: text as gzip sends it, which a development build does not.
    private static long Gzipped(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(body);
        return packed.Length;
    }

    private async Task<string> AddressAsync(string screen)
    {
        if (screen != "FIL") return screen;

        await using var db = demo.Instance.Open(Viewer.System);
        var thread = await db.Items.Where(i => i.Group!.Slug == "veille-numerique").OrderByDescending(i => i.CommentCount).Select(i => i.ShortId).FirstAsync();
        return $"/c/{thread}";
    }
}
