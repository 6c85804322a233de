using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TerritoireCollab.Testing;

/// <summary>A site on a port of its own, which answers by path what it was given and remembers what it was asked.</summary>
public sealed class WebSite : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (byte[] Body, string ContentType)> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _asked = new();

    private WebSite()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(async http =>
        {
            var path = http.Request.Path.Value!;
            _asked.Enqueue(path);
            var result = _answers.TryGetValue(path, out var answer) ? Results.Bytes(answer.Body, answer.ContentType) : Results.NotFound();
            await result.ExecuteAsync(http);
        });
    }

    /// <summary>Where it is.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Puts it up.</summary>
    public static async Task<WebSite> StartAsync()
    {
        var site = new WebSite();
        await site._app.StartAsync();
        return site;
    }

    /// <summary>Answers that at a path, and returns its address.</summary>
    public Uri Put(string path, byte[] body, string contentType)
    {
        _answers[path] = (body, contentType);
        return new(Address, path);
    }

    /// <summary>How often a path was asked.</summary>
    public int Asked(string path) => _asked.Count(p => p == path);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
