using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Fetching;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Tests that ask sources for real, of a server on this machine that answers what the test says, on a clock that stands still.</summary>
public abstract class FetchTest : IAsyncLifetime
{
    /// <summary>A sound feed of two entries.</summary>
    protected const string Feed = """
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0"><channel><title>Ville d’Exemple</title><link>https://ville.invalid/</link>
          <item><title>Le marché revient sur la place</title><link>https://ville.invalid/marche</link><guid>1</guid><pubDate>Mon, 23 Nov 2026 07:00:00 +0100</pubDate></item>
          <item><title>La fibre arrive aux Granges</title><link>https://ville.invalid/fibre</link><guid>2</guid><pubDate>Sun, 22 Nov 2026 07:00:00 +0100</pubDate></item>
        </channel></rss>
        """;

    protected FetchTest() => Server = new RawServer(e => Answer(e));

    protected RawServer Server { get; }

    /// <summary>What the server answers; the sound feed at first.</summary>
    protected Func<RawExchange, Task> Answer { get; set; } = e => e.WriteAsync("200 OK\nETag: \"un\"\nContent-Type: application/rss+xml", Encoding.UTF8.GetBytes(Feed));

    protected Instance Instance { get; private set; } = null!;

    protected Scene Scene { get; private set; } = null!;

    protected string Root => $"http://127.0.0.1:{Server.Port}";

    protected DateTime Now => Instance.Clock.GetUtcNow().UtcDateTime;

    protected virtual Task<Instance> StartAsync() => Instance.StartAsync(manualClock: true, settings: [("Territoire:Fetch:AllowPrivateNetworks", "true")]);

    public async ValueTask InitializeAsync()
    {
        Instance = await StartAsync();
        Scene = new Scene(Instance);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Instance.DisposeAsync();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same answer for everything.</summary>
    protected void Say(string head, string body = "") => Answer = e => e.WriteAsync(head, Encoding.UTF8.GetBytes(body));

    protected Task<int> FetchAsync() => Instance.Services.GetRequiredService<FetchSources>().RunOnceAsync(TestContext.Current.CancellationToken);

    /// <summary>Lets days pass one by one, with a round of fetches in each.</summary>
    protected async Task LiveAsync(int days)
    {
        for (var day = 0; day < days; day++)
        {
            Instance.Clock.Advance(TimeSpan.FromDays(1));
            await FetchAsync();
        }
    }

    /// <summary>A group with its veille, and its animator at a browser.</summary>
    protected async Task<(Group Group, Visitor Animator)> SetAsync()
    {
        var owner = await Scene.MemberAsync("Anne Essai");
        return (await Scene.VeilleAsync(owner), await Instance.VisitorAsync(owner));
    }

    /// <summary>Follows addresses of the server, or whole ones, as an animator who imports a list.</summary>
    protected async Task FollowAsync(Group group, Visitor animator, params string[] addresses)
    {
        var outlines = string.Concat((addresses.Length == 0 ? ["/flux.xml"] : addresses).Select(a => $"<outline text=\"{a.Trim('/')}\" xmlUrl=\"{(a.StartsWith('/') ? Root + a : a)}\"/>"));
        var list = $"<opml version=\"2.0\"><head/><body>{outlines}</body></opml>";
        var page = await animator.SendAsync(await animator.OpenAsync($"/groupes/{group.Slug}/veille/sources"), "#importer form", [("List", "flux.opml", Encoding.UTF8.GetBytes(list))]);
        Assert.Equal(HttpStatusCode.OK, page.Status);
    }

    protected async Task<Source> SourceAsync(string path = "/flux.xml")
    {
        await using var db = Instance.Open(Viewer.System);
        return await db.Set<Source>().SingleAsync(s => s.Address.EndsWith(path));
    }
}
