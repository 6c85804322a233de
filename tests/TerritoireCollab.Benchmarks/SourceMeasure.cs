using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Benchmarks;

/// <summary>How long it takes to ask many sources of a server on this machine: the first time, when all is stored, and when all answer 304. <c>--sources N</c>.</summary>
internal static class SourceMeasure
{
    private const int Items = 50;
    private const int Rounds = 3;

    /// <summary>Measures and prints.</summary>
    public static async Task<int> RunAsync(int sources)
    {
        await using var sites = await SitesAsync();
        await using var instance = await Instance.StartAsync(settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);
        var scene = new Scene(instance);
        var animator = await scene.MemberAsync("Anne Essai");
        var group = await scene.VeilleAsync(animator);
        var visitor = await instance.VisitorAsync(animator);
        var worker = instance.Services.GetServices<IWorker>().Single(w => w.GetType().Name == "FetchSources");
        var list = new StringBuilder("<opml version=\"2.0\"><head/><body>");
        for (var i = 0; i < sources; i++) list.Append(CultureInfo.InvariantCulture, $"<outline text=\"Source {i}\" xmlUrl=\"{sites.Urls.First()}/{i}.xml\"/>");
        var page = await visitor.OpenAsync($"/groupes/{group.Slug}/veille/sources");
        await visitor.SendAsync(page, "#importer form", [("List", "flux.opml", Encoding.UTF8.GetBytes(list.Append("</body></opml>").ToString()))]);

        Console.WriteLine($"{sources} sources of {Items} items, {Environment.ProcessorCount} cores, SQLite");
        await TimeAsync("first time, all stored", worker);
        await using (var db = instance.Open(Viewer.System)) Console.WriteLine($"  {await db.Set<News>().CountAsync()} news, {await db.Set<PoolEntry>().CountAsync()} cards");
        for (var round = 0; round < Rounds; round++)
        {
            await using var db = instance.Open(Viewer.System);
            await db.Set<Source>().ExecuteUpdateAsync(set => set.SetProperty(s => s.NextFetchAt, DateTime.UnixEpoch));
            await TimeAsync("all answer 304", worker);
        }

        return 0;
    }

    private static async Task TimeAsync(string what, IWorker worker)
    {
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var asked = await worker.RunOnceAsync(default);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {asked} in {Stopwatch.GetElapsedTime(start).TotalSeconds:F2} s, {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:F2} s of CPU, the server's own included"));
    }

    // Feeds of different news, made when they are asked for, with a validator.
    private static async Task<WebApplication> SitesAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/{number:int}.xml", (int number, HttpContext http) =>
        {
            var tag = $"\"{number}\"";
            http.Response.Headers.ETag = tag;
            return http.Request.Headers.IfNoneMatch == tag ? Results.StatusCode(304) : Results.Text(Feed(number), "application/rss+xml");
        });
        await app.StartAsync();
        return app;
    }

    private static string Feed(int number)
    {
        var feed = new StringBuilder($"<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>Source {number}</title><link>https://source{number}.invalid/</link>");
        for (var i = 0; i < Items; i++)
            feed.Append(CultureInfo.InvariantCulture, $"<item><title>La nouvelle {i} de la source {number}, avec un titre de longueur ordinaire</title><link>https://source{number}.invalid/{i}</link><guid>{number}-{i}</guid><pubDate>{DateTime.UnixEpoch.AddDays(20000 + (i / 4.0)):R}</pubDate><description>&lt;p&gt;Quelques lignes comme en ont les flux : un paragraphe, &lt;a href=\"/suite\"&gt;un lien&lt;/a&gt; et une fin.&lt;/p&gt;</description></item>");
        return feed.Append("</channel></rss>").ToString();
    }
}
