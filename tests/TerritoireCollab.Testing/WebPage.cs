using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TerritoireCollab.Testing;

/// <summary>A site of one page on a port of its own, which counts how often it is asked.</summary>
public sealed class WebPage : IAsyncDisposable
{
    private readonly WebApplication _app;
    private int _asked;

    private WebPage(string html, string contentType)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapFallback(() =>
        {
            Interlocked.Increment(ref _asked);
            return Results.Text(html, contentType);
        });
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>Puts it up.</summary>
    public static async Task<WebPage> StartAsync(string html, string contentType = "text/html; charset=utf-8")
    {
        var page = new WebPage(html, contentType);
        await page._app.StartAsync();
        return page;
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
