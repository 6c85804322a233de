using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>A window in which any foreign script that runs is noticed. Without the Content-Security-Policy, only what the host wrote stands against it.</summary>
internal sealed class Trap : IAsyncDisposable
{
    // Every element is hovered, focused and clicked, as far as an event can; links lead nowhere unless they run.
    private const string Provoke =
        """
        () => {
          document.addEventListener('click', e => { const a = e.target.closest?.('a'); if (!a || /^https?:|^mailto:|^blob:/.test(a.href) || !a.href) e.preventDefault(); }, true);
          document.addEventListener('submit', e => e.preventDefault(), true);
          let count = 0;
          for (const element of document.querySelectorAll('main *, title')) {
            count++;
            for (const kind of ['mouseover', 'mouseenter', 'pointerover', 'focus', 'focusin', 'animationstart', 'transitionend', 'toggle', 'load', 'error', 'beforeinput', 'wheel', 'click'])
              if (kind !== 'click' || !element.closest('summary, form, [data-recharge]')) element.dispatchEvent(new MouseEvent(kind, { bubbles: !/focus$|load|error|toggle/.test(kind), cancelable: true }));
          }
          return count;
        }
        """;

    private const string Watch =
        """
        for (const name of ['alert', 'confirm', 'prompt', 'print']) globalThis[name] = text => { globalThis.__xss = name + ' ' + text; };
        document.addEventListener('securitypolicyviolation', e => { globalThis.__stopped = e.violatedDirective + ' ' + e.blockedURI; });
        """;

    private readonly IBrowserContext _window;
    private readonly ConcurrentQueue<string> _caught = new();
    private string _at = "";

    private Trap(IBrowserContext window, IPage page) => (_window, Page) = (window, page);

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>What ran, or would have run but for the policy, with where.</summary>
    public IReadOnlyCollection<string> Caught => _caught;

    /// <param name="window">A window of its own.</param>
    /// <param name="host">The instance.</param>
    /// <param name="withPolicy">Whether the policy stays.</param>
    public static async Task<Trap> SetAsync(IBrowserContext window, Uri host, bool withPolicy)
    {
        await window.AddInitScriptAsync(Watch);
        await window.RouteAsync("**/*", async route =>
        {
            // Nothing leaves this machine, and asking to is a catch as well.
            if (!route.Request.Url.StartsWith(host.ToString(), StringComparison.Ordinal)) await route.AbortAsync();
            else if (withPolicy || route.Request.ResourceType != "document") await route.ContinueAsync();
            else
            {
                var answer = await route.FetchAsync(new() { MaxRedirects = 0 });
                await route.FulfillAsync(new() { Response = answer, Headers = answer.Headers.Where(h => h.Key != "content-security-policy").ToDictionary() });
            }
        });
        var trap = new Trap(window, await window.NewPageAsync());
        trap.Page.Dialog += (_, dialog) =>
        {
            trap._caught.Enqueue($"{trap._at}: a dialog says {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        trap.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.ToString(), StringComparison.Ordinal) && !request.Url.StartsWith("data:image", StringComparison.Ordinal)) trap._caught.Enqueue($"{trap._at}: asks {request.Url}");
        };
        return trap;
    }

    /// <summary>Opens a page, provokes all of it, and notes what ran.</summary>
    public async Task<IPage> OpenAsync(string address)
    {
        _at = address;
        await Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.Load });
        await ProvokeAsync(address);
        return Page;
    }

    /// <summary>Provokes all of the page that is open, and notes what ran.</summary>
    public async Task ProvokeAsync(string address)
    {
        Assert.True(await Page.EvaluateAsync<int>(Provoke) > 3, $"Nothing is shown at {address}.");
        var ran = await Page.EvaluateAsync<string?>("globalThis.__xss === undefined ? (globalThis.__stopped ?? null) : String(globalThis.__xss)");
        if (ran is not null) _caught.Enqueue($"{address}: {ran}");
    }

    public ValueTask DisposeAsync() => _window.DisposeAsync();
}
