using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Benchmarks.Bare;

namespace TerritoireCollab.Benchmarks;

/// <summary>The other side of the comparison: a page of the product, cut up once, then written again by bare static components from memory.</summary>
internal sealed class BareServer(Process process, Uri address) : IAsyncDisposable
{
    public Uri Address { get; } = address;
    public int ProcessId => process.Id;

    public static async Task<BareServer> StartAsync(Product product, string path, string part)
    {
        using var http = product.Reader();
        var html = await http.GetStringAsync(new Uri(product.Address, path));
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(await BareNode.CutAsync(html, part)));

        var address = new Uri($"http://127.0.0.1:{product.Address.Port + 1}");
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["bare", address.ToString(), file, product.DatabaseFile]))!;
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

    public static async Task<int> RunAsync(string address, string file, string database)
    {
        var page = JsonSerializer.Deserialize<BareNode[]>(await File.ReadAllTextAsync(file))!;
        var builder = WebApplication.CreateBuilder(["--urls", address]);
        builder.Logging.ClearProviders();
        builder.Services.AddDbContextPool<BareDb>(o => o.UseSqlite($"Data Source={database}").UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking));
        builder.Services.AddRazorComponents();
        builder.Services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        var app = builder.Build();
        app.MapGet("/", () => new RazorComponentResult<BareDocument>(new { Nodes = page }));
        app.MapGet("/listes/{group:guid}", async (Guid group, BareDb db) => new RazorComponentResult<BareList>(new { Rows = await db.ListAsync(group) }));
        await app.RunAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
