using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sources that accept and stay silent, beside others that answer. Time-outs ring by a clock of the test's.</summary>
public sealed class HangingSourceTests : FetchTest
{
    private const int Half = 100;
    private readonly ManualTimers _timers = new();
    private int _hanging;

    protected override Task<Instance> StartAsync() => Instance.StartAsync(manualClock: true, adjust: services => services
        .Replace(ServiceDescriptor.Singleton(p => new OutgoingClient(p.GetRequiredService<FetchOptions>(), p.GetRequiredService<IFetchNetwork>(), _timers)))
        .Replace(ServiceDescriptor.Singleton(p => new FetchPool(p.GetRequiredService<HostTurns>(), new(), _timers))), settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);

    [Fact(Timeout = 60_000)]
    public async Task Sources_HalfOfThemHanging_TheOthersReadMeanwhileAndThePagesServed()
    {
        var (group, animator) = await SetAsync();
        Answer = e =>
        {
            if (!e.Path.StartsWith("/pend", StringComparison.Ordinal)) return e.WriteAsync("200 OK", Encoding.UTF8.GetBytes(Rss(e.Path)));

            Interlocked.Increment(ref _hanging);
            return e.StayAsync();
        };
        // The worst order: all that hang are due before the others.
        await FollowAsync(group, animator, [.. Enumerable.Range(0, Half).Select(i => $"/pend/{i}")]);
        Instance.Clock.Advance(TimeSpan.FromMinutes(1));
        await FollowAsync(group, animator, [.. Enumerable.Range(0, Half).Select(i => $"/bon/{i}")]);

        var round = FetchAsync();
        for (var second = 1; second <= 4; second++)
        {
            while (Volatile.Read(ref _hanging) < Math.Min(32 * second, Half)) await GoOnAsync();
            while (second < 4 && _timers.DueWithin(TimeSpan.FromSeconds(1.1)) < 32) await GoOnAsync();
            if (second < 4) _timers.Advance(TimeSpan.FromSeconds(1.1));
        }

        while (await StoredAsync() < Half) await GoOnAsync();
        var pool = await animator.OpenAsync($"/groupes/{group.Slug}/veille");
        Assert.False(round.IsCompleted);
        Assert.Equal(HttpStatusCode.OK, pool.Status);
        Assert.Contains("Nouvelle de /bon/", pool.Text, StringComparison.Ordinal);

        _timers.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(2 * Half, await round);
        var failing = await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources?filtre=panne");
        Assert.Equal(Half, failing.Document.QuerySelectorAll("main li h3").Length);
        Assert.All(failing.Document.QuerySelectorAll("main li > p.meta"), p => Assert.StartsWith("Le site met trop de temps à répondre", p.TextContent.Trim(), StringComparison.Ordinal));
        Assert.Equal(Half, await StoredAsync());
    }

    private static string Rss(string path) => $"<rss version=\"2.0\"><channel><title>{path}</title><item><title>Nouvelle de {path}</title><link>https://ville.invalid{path}</link></item></channel></rss>";

    private static async Task GoOnAsync()
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await Task.Yield();
    }

    private async Task<int> StoredAsync()
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<PoolEntry>().CountAsync();
    }
}
