using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;

namespace TerritoireCollab.Testing;

/// <summary>Follows every link of this site that a person could, and keeps all that came back: bodies, headers, addresses.</summary>
public sealed class Crawler(HttpClient browser)
{
    private const int MostPages = 4000;
    private static readonly string[] Attributes = ["href", "src", "action", "data-suggere", "data-mentions"];

    private readonly StringBuilder _harvest = new();
    private readonly HashSet<string> _seen = [];
    private readonly Queue<string> _waiting = [];

    /// <summary>Everything that came back so far.</summary>
    public string Harvest => _harvest.ToString();

    /// <summary>Addresses asked for, with the status that came back.</summary>
    public Dictionary<string, int> Statuses { get; } = [];

    /// <summary>Asks for those addresses and for all that they lead to.</summary>
    public async Task RunAsync(IEnumerable<string> starts)
    {
        foreach (var start in starts) Enqueue(start);
        while (_waiting.TryDequeue(out var address))
        {
            if (Statuses.Count >= MostPages) throw new InvalidOperationException($"More than {MostPages} pages: the crawl does not end by itself. Most of them: {string.Join(", ", Statuses.Keys.GroupBy(a => Regex.Replace(a.Split('?')[0], "[0-9a-z]{8}(-[^/]*)?(?=/|$)", "…") + (a.Contains('?', StringComparison.Ordinal) ? "?" : "")).OrderByDescending(g => g.Count()).Take(12).Select(g => $"{g.Count()} {g.Key}"))}");
            await VisitAsync(address);
        }
    }

    private async Task VisitAsync(string address)
    {
        using var response = await browser.GetAsync(address);
        var body = await response.Content.ReadAsStringAsync();
        Statuses[address] = (int)response.StatusCode;
        _harvest.Append(response.Headers).Append(response.Content.Headers).Append('\n').Append(body).Append('\n');
        if (response.Headers.Location is { } location) Enqueue(location.ToString());
        if (response.Content.Headers.ContentType?.MediaType == "text/html") await LinksAsync(address, body);
    }

    private async Task LinksAsync(string address, string html)
    {
        using var context = BrowsingContext.New();
        using var document = await context.OpenAsync(r => r.Content(html));
        foreach (var element in document.All)
        {
            foreach (var name in Attributes)
            {
                if (element.GetAttribute(name) is not { Length: > 0 } link) continue;
                if (name == "action" && element.GetAttribute("method") == "post") continue;
                Enqueue(link.StartsWith('?') ? address.Split('?')[0] + link : link);
            }
        }
    }

    private void Enqueue(string link)
    {
        var root = browser.BaseAddress!;
        if (!Uri.TryCreate(root, link, out var uri) || uri.Scheme is not ("http" or "https")) return;
        // The public address of the instance is the configured one; a crawl stays on the port it was given.
        if (uri.Host != root.Host || (uri.Port != root.Port && !uri.IsDefaultPort)) return;

        var path = uri.PathAndQuery;
        if (path.StartsWith("/_", StringComparison.Ordinal) || path.Contains("/dist/", StringComparison.Ordinal)) return;
        if (_seen.Add(path)) _waiting.Enqueue(path);
    }
}
