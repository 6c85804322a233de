using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Feeds;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Web.Hosting;

namespace TerritoireCollab.Testing;

/// <summary>A running instance of the product: the real host on a port of its own, with its own folder and database.</summary>
public sealed class Instance : IAsyncDisposable
{
    private readonly WebApplication _app;

    private readonly bool _ownsDatabase;

    private Instance(WebApplication app, string folder, ManualClock clock, bool hasClock, bool ownsDatabase)
    {
        (_app, Folder, Clock, _ownsDatabase) = (app, folder, clock, ownsDatabase);
        HasManualClock = hasClock;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its data folder.</summary>
    public string Folder { get; }

    /// <summary>Its clock, when it was started with one.</summary>
    public ManualClock Clock { get; }

    /// <summary>Whether the clock stands still until told to move.</summary>
    public bool HasManualClock { get; }

    /// <summary>Its services.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts an instance on an empty database.</summary>
    /// <param name="provider">Which database.</param>
    /// <param name="manualClock">Whether time stands still.</param>
    /// <param name="jobs">Whether what follows a commit runs by itself, as in production; otherwise <see cref="SettleAsync"/> runs it.</param>
    /// <param name="adjust">Changes services, to watch what they do.</param>
    /// <param name="settings">Further configuration, by key.</param>
    public static async Task<Instance> StartAsync(DatabaseProvider provider = DatabaseProvider.Sqlite, bool manualClock = false, bool jobs = false, Action<IServiceCollection>? adjust = null, params (string Key, string Value)[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("territoire-").FullName;
        try
        {
            return await StartAsync(await Databases.MigratedAsync(provider, folder), folder, new ManualClock(), manualClock, jobs, ownsDatabase: true, adjust, settings);
        }
        catch
        {
            // Skipped, for want of a server, or failed: nobody will dispose of it.
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>A second process, as far as the product can tell, on the database and the folder of this one. Stop it first.</summary>
    public Task<Instance> SecondAsync(params (string Key, string Value)[] settings) => SecondAsync(null, settings);

    /// <inheritdoc cref="SecondAsync(ValueTuple{string, string}[])"/>
    public Task<Instance> SecondAsync(Action<IServiceCollection>? adjust, params (string Key, string Value)[] settings) =>
        StartAsync(Services.GetRequiredService<DatabaseOptions>(), Folder, Clock, HasManualClock, jobs: false, ownsDatabase: false, adjust, settings);

    private static async Task<Instance> StartAsync(DatabaseOptions database, string folder, ManualClock clock, bool manualClock, bool jobs, bool ownsDatabase, Action<IServiceCollection>? adjust, (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] all =
        [
            ("Territoire:DataDirectory", folder),
            ("Territoire:Demo", "false"),
            ("Territoire:Jobs", jobs ? "true" : "false"),
            ("Territoire:Database:Provider", database.Provider.ToString()),
            ("ConnectionStrings:Territoire", database.ConnectionString),
            ("Territoire:Limits:AccountPostsPerMinute", "10000"),
            ("urls", "http://127.0.0.1:0"),
            ("Territoire:BaseUrl", "http://127.0.0.1"),
            // Mails leave at once, each for itself, but where a test is about their waiting.
            ("Territoire:Mail:GatherMinutes", "0"),
            ("Logging:LogLevel:Default", "Warning"),
            // Scripts and styles packed and kept by browsers, as once published.
            ("ReloadStaticAssetsAtRuntime", "false"),
            .. settings,
        ];
        var app = WebHost.Build([.. all.Select(s => $"--{s.Key}={s.Value}")], services =>
        {
            if (manualClock) services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            services.AddMailKinds("essai", "resume");
            adjust?.Invoke(services);
        });
        await app.PrepareDatabaseAsync();
        await app.StartAsync();
        return new Instance(app, folder, clock, manualClock, ownsDatabase);
    }

    /// <summary>A browser without script: it keeps cookies and follows no redirect.</summary>
    public HttpClient Browser(string? sessionToken = null)
    {
        var cookies = new CookieContainer();
        if (sessionToken is not null) cookies.Add(Address, new Cookie("session", sessionToken));
        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };
    }

    /// <summary>A browser in which <paramref name="memberId"/> is signed in.</summary>
    public async Task<HttpClient> SignedInAsync(Guid memberId) => Browser(await SessionAsync(memberId));

    /// <summary>Opens a session for a member and returns the token of its cookie.</summary>
    public async Task<string> SessionAsync(Guid memberId)
    {
        var token = SecretTokens.New();
        var now = Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await using var db = Open(Viewer.System);
        db.Sessions.Add(new Session { TokenHash = SecretTokens.Hash(token), MemberId = memberId, CreatedAt = now, LastSeenAt = now, ExpiresAt = now + Sessions.Longest, Device = "essai" });
        await db.SaveChangesAsync();
        return token;
    }

    /// <summary>A program that uses the API with a key of that member.</summary>
    public async Task<HttpClient> ProgramAsync(Guid memberId, AccessKeyScope scope = AccessKeyScope.ApiWrite)
    {
        var key = await Services.GetRequiredService<AccessKeys>().CreateAsync(memberId, scope, "essai", default);
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = new Uri(Address, "api/v1/") };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>The database for a viewer.</summary>
    public AppDbContext Open(Viewer viewer) => Services.GetRequiredService<AppDb>().Open(viewer);

    /// <summary>Runs what follows a commit, now: consumers, then mails.</summary>
    public async Task SettleAsync()
    {
        await Services.GetRequiredService<Dispatcher>().RunOnceAsync(default);
        await Services.GetRequiredService<MailWorker>().RunOnceAsync(default);
    }

    /// <summary>Runs what the rooms keep doing beside the pages, now: mails whose wait is over are written, summaries are made. None leaves yet.</summary>
    public async Task DecideAsync()
    {
        await Services.GetRequiredService<Dispatcher>().RunOnceAsync(default);
        foreach (var worker in Services.GetServices<IWorker>()) await worker.RunOnceAsync(default);
    }

    /// <summary>The same, and then mails leave.</summary>
    public async Task WorkAsync()
    {
        await DecideAsync();
        await Services.GetRequiredService<MailWorker>().RunOnceAsync(default);
    }

    /// <summary>Mails that left so far, oldest first, as files.</summary>
    public IReadOnlyList<string> Mails() => Directory.Exists(Path.Combine(Folder, "mail"))
        ? [.. Directory.GetFiles(Path.Combine(Folder, "mail"), "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllText)]
        : [];

    /// <summary>Stops it as a process that ends; the folder and the database stay until it is disposed of.</summary>
    public Task StopAsync() => _app.StopAsync();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        var database = Services.GetRequiredService<DatabaseOptions>();
        await _app.DisposeAsync();
        if (_ownsDatabase) await Databases.DropAsync(database);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
