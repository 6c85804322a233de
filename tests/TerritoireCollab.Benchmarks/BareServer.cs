using System.Diagnostics;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Benchmarks.Bare;

namespace TerritoireCollab.Benchmarks;

/// <summary>The other side of the comparison: a page of the product, cut up once, then written again by bare static components from memory.</summary>
internal sealed class BareServer(Process process, Uri address) : IAsyncDisposable
{
    public Uri Address { get; } = address;
    public int ProcessId => process.Id;

    public static async Task<BareServer> StartAsync(Product product, string path, string selector)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Cookie", "session=" + product.Sessions[0]);
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        var html = await http.GetStringAsync(new Uri(product.Address, path));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(await CutAsync(html, selector)));

        var address = new Uri($"http://127.0.0.1:{product.Address.Port + 1}");
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["bare", address.ToString(), file]))!;
        while (true)
        {
            try
            {
                if ((await http.GetAsync(address)).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(20);
            }
        }

        return new BareServer(process, address);
    }

    public static async Task<int> RunAsync(string address, string file)
    {
        var page = JsonSerializer.Deserialize<BarePage>(await File.ReadAllTextAsync(file))!;
        var builder = WebApplication.CreateBuilder(["--urls", address]);
        builder.Logging.ClearProviders();
        builder.Services.AddRazorComponents();
        var app = builder.Build();
        app.MapGet("/", () => new RazorComponentResult<BareThread>(new { Page = page }));
        await app.RunAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<BarePage> CutAsync(string html, string selector)
    {
        using var context = BrowsingContext.New();
        using var document = await context.OpenAsync(r => r.Content(html));
        var parts = document.QuerySelectorAll(selector).ToList();
        if (parts.Count == 0) throw new InvalidOperationException($"The page has no {selector}.");

        var first = html.IndexOf('<' + parts[0].LocalName + (parts[0].GetAttribute("class") is { } c ? $" class=\"{c}\"" : ""), StringComparison.Ordinal);
        var last = html.LastIndexOf($"</{parts[0].LocalName}>", StringComparison.Ordinal);
        var body = html.IndexOf("<body", StringComparison.Ordinal);
        return new(document.Title ?? "", html[(html.IndexOf('>', body) + 1)..Math.Max(first, body + 6)],
            [.. parts.Select((p, i) => new BarePart(p.Id ?? $"p{i}", Inner(p, 0), p.QuerySelector(".prose")?.InnerHtml ?? p.TextContent, Inner(p, 1)))], html[last..]);
    }

    // What stands before and after the text of a part.
    private static string Inner(IElement part, int side)
    {
        var prose = part.QuerySelector(".prose")?.OuterHtml;
        var cut = prose is null ? -1 : part.InnerHtml.IndexOf(prose, StringComparison.Ordinal);
        return cut < 0 ? side == 0 ? part.InnerHtml : "" : side == 0 ? part.InnerHtml[..cut] : part.InnerHtml[(cut + prose!.Length)..];
    }
}
