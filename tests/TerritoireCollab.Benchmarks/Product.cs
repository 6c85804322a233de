using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Testing;
using TerritoireCollab.Veille;
using TerritoireCollab.Veille.Issues;
using TerritoireCollab.Veille.Settings;

namespace TerritoireCollab.Benchmarks;

/// <summary>A page to measure.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Paths">Addresses, one taken at random each time.</param>
/// <param name="BareLike">Selector of its repeated part, when a bare twin is measured beside it.</param>
/// <param name="BareLists">Addresses of bare lists from the database, when they are measured beside it.</param>
internal sealed record MeasuredPage(string Name, IReadOnlyList<string> Paths, string? BareLike = null, IReadOnlyList<string>? BareLists = null);

/// <summary>The product in a process of its own, in production settings, on the demo territory at the scale asked for.</summary>
internal sealed class Product : IAsyncDisposable
{
    private const int MostItems = 200;

    private readonly Process _process;
    private readonly ServiceProvider _services;
    private readonly Guid _member;

    private Product(Process process, Uri address, ServiceProvider services, Guid member, IReadOnlyList<string> sessions, TimeSpan readyIn) =>
        (_process, Address, _services, _member, Sessions, ReadyIn) = (process, address, services, member, sessions, readyIn);

    public Uri Address { get; }
    public IReadOnlyList<string> Sessions { get; }
    public TimeSpan ReadyIn { get; }
    public required string DatabaseFile { get; init; }
    public int ProcessId => _process.Id;

    public static async Task<Product> StartAsync(Options options)
    {
        var published = Path.Combine(options.Data, "published");
        await RunAsync("dotnet", "publish", Path.Combine(Repository.Root, "src/TerritoireCollab.Web"), "-c", "Release", "-o", published, "-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true", "-v", "quiet", "--nologo");
        var program = Path.Combine(published, "TerritoireCollab.Web.dll");
        Environment.SetEnvironmentVariable("Territoire__DataDirectory", options.Data);
        Environment.SetEnvironmentVariable("ASPNETCORE_ENVIRONMENT", "Production");
        if (!File.Exists(Path.Combine(options.Data, "territoire.db")))
        {
            await RunAsync("dotnet", program, "migrate");
            await RunAsync("dotnet", program, "demo", "--scale", options.Scale.ToString(CultureInfo.InvariantCulture));
        }

        var services = new ServiceCollection().AddSingleton(new ModuleCatalog(Rooms.All())).AddData(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = $"Data Source={Path.Combine(options.Data, "territoire.db")}" }).BuildServiceProvider();
        var (member, sessions) = await OpenSessionsAsync(services);

        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var started = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo("dotnet", [program, "--urls", address.ToString(), "--Logging:LogLevel:Default=Warning"]) { WorkingDirectory = published })!;
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                if ((await http.GetAsync(new Uri(address, "health/ready"))).IsSuccessStatusCode) break;
            }
            catch (HttpRequestException) when (!process.HasExited)
            {
                await Task.Delay(20);
            }
        }

        return new Product(process, address, services, member, sessions, Stopwatch.GetElapsedTime(started)) { DatabaseFile = Path.Combine(options.Data, "territoire.db") };
    }

    public async Task<IReadOnlyList<MeasuredPage>> PagesAsync()
    {
        await using var db = _services.GetRequiredService<AppDb>().Open(Viewer.System);
        var groups = await db.Memberships.Where(m => m.MemberId == _member && m.State == MembershipState.Active).Select(m => new { m.Group!.Slug, m.GroupId }).ToListAsync();
        var slugs = groups.ConvertAll(g => g.Slug);
        var threads = await db.Items.Where(i => slugs.Contains(i.Group!.Slug) && i.CommentCount >= 20).OrderBy(i => i.ShortId).Select(i => new { i.ShortId, i.Title, i.Group!.Slug }).Take(200).ToListAsync();
        var watched = await db.Set<GroupTool>().Where(t => t.ToolKey == VeilleModule.ToolKey && t.Enabled).Select(t => t.GroupId).ToListAsync();
        var issues = await (from i in db.Set<PublishedIssue>() join p in db.Set<VeilleProfile>() on i.Item.GroupId equals p.GroupId where p.ServesTerritory select i.Number).ToListAsync();
        var veilles = groups.Where(g => watched.Contains(g.GroupId)).Select(g => $"/groupes/{g.Slug}/veille").ToList();
        return
        [
            new("thread, 20 answers, signed in", [.. threads.Select(t => $"/groupes/{t.Slug}/forum/{t.ShortId}-{Platform.Text.Slug.Of(t.Title)}")], "article.message"),
            new("list of threads, 25 rows", [.. slugs.Select(s => $"/groupes/{s}/forum")], "ul.liste > li", [.. groups.Select(g => $"/listes/{g.GroupId}")]),
            new("groups", ["/groupes"]),
            new("home", ["/"]),
            new("veille: pool", veilles),
            new("veille: pool, searched", [.. veilles.SelectMany(v => new[] { "commune", "fibre", "appel à projets" }.Select(w => $"{v}?q={Uri.EscapeDataString(w)}"))]),
            new("veille: board", [.. veilles.Select(v => v + "/tableau")]),
            new("veille: board, best scores", [.. veilles.Select(v => v + "/tableau?voir=score")]),
            new("veille: public revue", [.. issues.Select(n => FormattableString.Invariant($"/veille/revues/{n}"))]),
            new("search, common words", [.. new[] { "commune", "fibre", "document", "réunion", "site" }.Select(w => $"/recherche?q={Uri.EscapeDataString(w)}")]),
            new("tool: home of a group", [.. slugs.Select(s => $"/groupes/{s}")]),
            .. await ToolPagesAsync(db, [.. groups.Select(g => g.GroupId)]),
        ];
    }

    // The list of every tool, and contents of it, in the groups that use it, where their permanent links lead.
    private async Task<IReadOnlyList<MeasuredPage>> ToolPagesAsync(AppDbContext db, IReadOnlyList<Guid> groups)
    {
        var pages = new List<MeasuredPage>();
        using var http = Reader();
        foreach (var kind in Rooms.All().Where(r => r.Tool is { HasFeed: true }).SelectMany(r => r.Kinds.Where(k => k.Tool == r.Tool!.Key)))
        {
            var items = await db.Items.Where(i => i.Kind == kind.Key && groups.Contains(i.GroupId)).OrderBy(i => i.ShortId).Select(i => new { i.ShortId, i.Group!.Slug }).Take(MostItems).ToListAsync();
            if (items.Count == 0) continue;

            var addresses = new List<string>();
            foreach (var item in items)
            {
                using var answer = await http.GetAsync(new Uri(Address, "/c/" + item.ShortId));
                addresses.Add(answer.EnsureSuccessStatusCode().RequestMessage!.RequestUri!.PathAndQuery);
            }

            pages.Add(new($"tool: {kind.Tool}, list", [.. items.Select(i => i.Slug).Distinct().Select(s => $"/groupes/{s}/{kind.Tool}")]));
            pages.Add(new($"tool: {kind.Key}", addresses));
        }

        return pages;
    }

    /// <summary>A client with the session of the product's member, or with another one.</summary>
    public HttpClient Reader(string? session = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false });
        http.DefaultRequestHeaders.Add("Cookie", "session=" + (session ?? Sessions[0]));
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        return http;
    }

    /// <summary>A thread of the largest group, with sign-ins of its members, one after the other as often as it takes.</summary>
    public async Task<(string Topic, string Path, IReadOnlyList<string> Sessions)> CrowdAsync(int readers)
    {
        await using var db = _services.GetRequiredService<AppDb>().Open(Viewer.System);
        var group = await db.Groups.OrderByDescending(g => g.MemberCount).FirstAsync();
        var members = await db.Memberships.Where(m => m.GroupId == group.Id && m.State == MembershipState.Active && m.Role >= GroupRole.Member && m.Member!.State == MemberState.Active).Select(m => m.MemberId).ToListAsync();
        var topic = await db.Items.Where(i => i.GroupId == group.Id && i.LockedAt == null).OrderByDescending(i => i.CommentCount).Select(i => new { i.ShortId, i.Title }).FirstAsync();
        var sessions = await OpenAsync(db, [.. Enumerable.Range(0, readers).Select(n => members[n % members.Count])]);
        return (topic.ShortId, $"/groupes/{group.Slug}/forum/{topic.ShortId}-{Platform.Text.Slug.Of(topic.Title)}", sessions);
    }

    /// <summary>Answers a thread as the owner of that client's session.</summary>
    public async Task AnswerAsync(HttpClient author, string topic, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, $"api/v1/discussions/{topic}/comments")) { Content = JsonContent.Create(new { body }) };
        request.Headers.Add("X-Requested-With", "fetch");
        using var answer = await author.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    public double PssMiB() => PssMiB(_process.Id);

    /// <summary>What a process holds of the memory, its part of what it shares included. Linux.</summary>
    public static double PssMiB(int process) => File.ReadLines($"/proc/{process}/smaps_rollup").Where(l => l.StartsWith("Pss:", StringComparison.Ordinal))
        .Select(l => double.Parse(l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024).First();

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _services.DisposeAsync();
    }

    // One member who is in several groups, signed in sixteen times: every page asked for is one that he may read.
    private static async Task<(Guid Member, IReadOnlyList<string> Sessions)> OpenSessionsAsync(ServiceProvider services)
    {
        await using var db = services.GetRequiredService<AppDb>().Open(Viewer.System);
        var member = await db.Memberships.Where(m => m.State == MembershipState.Active && m.Member!.State == MemberState.Active)
            .GroupBy(m => m.MemberId).OrderByDescending(g => g.Count()).Select(g => g.Key).FirstAsync();
        return (member, await OpenAsync(db, [.. Enumerable.Repeat(member, 16)]));
    }

    private static async Task<IReadOnlyList<string>> OpenAsync(AppDbContext db, IReadOnlyList<Guid> members)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var opened = members.Select(m => (Member: m, Token: SecretTokens.New())).ToList();
        db.Sessions.AddRange(opened.Select(o => new Session { TokenHash = SecretTokens.Hash(o.Token), MemberId = o.Member, CreatedAt = now, LastSeenAt = now, ExpiresAt = now.AddDays(1), Device = "mesure" }));
        await db.SaveChangesAsync();
        return [.. opened.Select(o => o.Token)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
