using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(TerritoireCollab.Browser.Tests.Chromium))]
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace TerritoireCollab.Browser.Tests;

/// <summary>The browser of all tests: Debian's Chromium, found by TERRITOIRE_CHROMIUM or at its usual places.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Usual = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        // What is waited for comes late where everything runs at once on two cores.
        Assertions.SetDefaultExpectTimeout(30_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("TERRITOIRE_CHROMIUM") ?? Usual.FirstOrDefault(File.Exists) ?? Usual[^1],
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A window of its own, French, with the session of a member when given.</summary>
    public async Task<IBrowserContext> WindowAsync(Uri address, string? session = null, bool script = true, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light)
    {
        var window = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            Locale = "fr-FR",
            TimezoneId = "Europe/Paris",
            JavaScriptEnabled = script,
            ColorScheme = scheme,
            ViewportSize = new() { Width = width, Height = height },
        });
        if (session is not null) await window.AddCookiesAsync([new() { Name = "session", Value = session, Url = address.ToString() }]);
        window.SetDefaultTimeout(30_000);
        return window;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
