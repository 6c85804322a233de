using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Modules;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Testing;
using ReceivedMail = TerritoireCollab.Testing.ReceivedMail;

namespace TerritoireCollab.Web.Tests.Commands;

/// <summary>An installation backed up while a thread was being mailed; what waited then has left since.</summary>
public sealed class CampaignStage : IAsyncLifetime
{
    private readonly MailSink _sink = new();
    private Instance _instance = null!;

    /// <summary>Where tests may write.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("territoire-campagne-").FullName;

    /// <summary>The backup.</summary>
    public string Archive => Path.Combine(Folder, "sauvegarde.zip");

    /// <summary>Who gets every message.</summary>
    public IReadOnlyList<Member> Readers { get; private set; } = [];

    /// <summary>The thread whose first message had left.</summary>
    public string Topic { get; private set; } = "";

    /// <summary>The cookie of an administrator, from before the backup.</summary>
    public string AdminSession { get; private set; } = "";

    /// <summary>The mails that waited when the backup was made: to whom, and their identifier, which the mails about one message share.</summary>
    public IReadOnlyList<(string Recipient, string MessageId)> Waiting { get; private set; } = [];

    /// <summary>The mail about that thread that a reader had before the backup.</summary>
    public ReceivedMail OldMailTo(Member reader) => ReceivedMail.Parse(_sink.Mails.Where(m => m.Recipient == reader.Email).MinBy(m => m.Number)!.Source);

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync(settings: Outbox.To(_sink));
        var scene = new Scene(_instance);
        var owner = await scene.MemberAsync("Anne Essai", admin: true);
        Readers = [await scene.MemberAsync("Luc Essai"), await scene.MemberAsync("Zoé Essai"), await scene.MemberAsync("Marc Essai")];
        var group = await scene.GroupAsync("Énergie", owner);
        foreach (var reader in Readers) await scene.JoinAsync(group, reader, level: MailLevel.Everything);
        AdminSession = await _instance.SessionAsync(owner.Id);
        Topic = await scene.TopicAsync(group, owner, "Délibération type");
        await _instance.WorkAsync();
        Assert.Equal(Readers.Count, _sink.Mails.Count);

        await scene.TopicAsync(group, owner, "Réunion de samedi");
        await _instance.DecideAsync();
        var written = await ProductProcess.RunAsync(["backup", Archive], ("Territoire__DataDirectory", _instance.Folder));
        Assert.Equal((0, ""), (written.ExitCode, written.Errors));
        await _instance.SendAsync();
        Waiting = [.. _sink.Mails.OrderBy(m => m.Number).Skip(Readers.Count).Select(m => (m.Recipient, m.MessageId))];
        Assert.Equal(Readers.Count, Waiting.Count);
        await _instance.StopAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _instance.DisposeAsync();
        await _sink.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>A backup put into an empty folder by the command, and started as a process of its own.</summary>
internal sealed class RestoredSite : IAsyncDisposable
{
    private readonly System.Diagnostics.Process _process;
    private readonly ServiceProvider _services;

    private RestoredSite(System.Diagnostics.Process process, Uri address, MailSink sink, string folder)
    {
        (_process, Address, Sink) = (process, address, sink);
        _services = new ServiceCollection().AddSingleton(new ModuleCatalog(Rooms.All()))
            .AddData(new DatabaseOptions { Provider = DatabaseProvider.Sqlite, ConnectionString = $"Data Source={Path.Combine(folder, "territoire.db")}" }).BuildServiceProvider();
    }

    public Uri Address { get; }

    public MailSink Sink { get; }

    public static async Task<RestoredSite> StartAsync(CampaignStage stage)
    {
        var folder = Directory.CreateDirectory(Path.Combine(stage.Folder, Guid.CreateVersion7().ToString("N"))).FullName;
        var restored = await ProductProcess.RunAsync(["restore", stage.Archive], ("Territoire__DataDirectory", folder));
        Assert.Equal((0, ""), (restored.ExitCode, restored.Errors));
        var sink = new MailSink();
        var process = ProductProcess.Serve(
            [("Territoire__DataDirectory", folder), ("Territoire__BaseUrl", "http://127.0.0.1"), .. Outbox.To(sink).Select(s => (s.Key.Replace(":", "__", StringComparison.Ordinal), s.Value))]);
        return new(process, await ProductProcess.AddressAsync(process), sink, folder);
    }

    /// <summary>Somebody at a browser, signed in if he has a cookie.</summary>
    public Visitor Visitor(string? session = null) => new(Browser(session));

    /// <summary>The same, for what no form does.</summary>
    public HttpClient Browser(string? session = null)
    {
        var cookies = new CookieContainer();
        if (session is not null) cookies.Add(Address, new Cookie("session", session));
        return new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = Address };
    }

    /// <summary>Asks for a link to sign in, and waits until it has left: the worker has been there.</summary>
    public async Task AccountMailAsync(Member member)
    {
        var before = Sink.Mails.Count(m => m.Recipient == member.Email);
        await Visitor().AskLinkAsync(member.Email!);
        await UntilAsync($"a mail of the account to {member.Email}", () => Task.FromResult(Sink.Mails.Count(m => m.Recipient == member.Email) > before));
    }

    /// <summary>Waits until something holds; fails after half a minute.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(30), $"Not within half a minute: {what}.");
            await Task.Delay(20);
        }
    }

    public AppDbContext Open() => _services.GetRequiredService<AppDb>().Open(Viewer.System);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _services.DisposeAsync();
        await Sink.DisposeAsync();
    }
}

/// <summary>Mails after a restore by the commands of the product, the server started on what they wrote.</summary>
public sealed class RestoredMailTests(CampaignStage stage) : IClassFixture<CampaignStage>
{
    private const string Page = "/administration/courriels";

    [Theory]
    [InlineData("true", 1)]
    [InlineData("false", 0)]
    public async Task F09_BackupRestoredAndStarted_OnlyAccountMailsLeaveUntilAnAdministratorAnswers(string answer, int copies)
    {
        await using var site = await RestoredSite.StartAsync(stage);
        var admin = site.Visitor(stage.AdminSession);
        var (luc, zoe, marc) = (stage.Readers[0], stage.Readers[1], stage.Readers[2]);

        // What is written since the restore waits too.
        var answered = await admin.SendAsync(await admin.OpenAsync($"/c/{stage.Topic}"), "#repondre", ("Body", "Une réponse d’après."));
        Assert.Contains("Une réponse d’après.", answered.Text, StringComparison.Ordinal);
        await RestoredSite.UntilAsync("all that waits and all that comes held", async () => await HeldAsync(site) == stage.Waiting.Count + stage.Readers.Count);
        await site.AccountMailAsync(luc);
        await site.AccountMailAsync(zoe);
        Assert.Equal([luc.Email, zoe.Email], site.Sink.Mails.Select(m => m.Recipient));

        var page = await admin.OpenAsync(Page);
        Assert.Contains("Une sauvegarde a été restaurée", page.Text, StringComparison.Ordinal);
        var done = await admin.SendAsync(page, $"form[action$=reprendre] button[value={answer}]");
        Assert.Equal(HttpStatusCode.OK, done.Status);
        Assert.DoesNotContain("Une sauvegarde a été restaurée", done.Text, StringComparison.Ordinal);
        await RestoredSite.UntilAsync("nothing held or under way after the answer", async () => await UnsettledAsync(site) == 0);
        await site.AccountMailAsync(marc);

        Assert.Equal(3 + (copies * (stage.Waiting.Count + stage.Readers.Count)), site.Sink.Mails.Count);
        Assert.All(stage.Waiting, w => Assert.Equal(copies, site.Sink.Mails.Count(m => (m.Recipient, m.MessageId) == w)));
        Assert.All(stage.Readers, r => Assert.Equal(1 + (2 * copies), site.Sink.Mails.Where(m => m.Recipient == r.Email).Select(m => m.MessageId).Distinct().Count()));
    }

    [Fact]
    public async Task F09_LinksOfMailsFromBeforeTheBackup_ServeAfterTheRestore()
    {
        await using var site = await RestoredSite.StartAsync(stage);
        var (luc, zoe) = (stage.Readers[0], stage.Readers[1]);

        using var program = site.Browser();
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        var left = await program.PostAsync(Unsubscribe(stage.OldMailTo(luc)), oneClick);
        var anyone = site.Visitor();
        var useful = await anyone.SendAsync(await anyone.OpenAsync(Act(stage.OldMailTo(zoe), "C’est utile")), "button[value='faire']");

        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Contains("C’est fait.", useful.Text, StringComparison.Ordinal);
        await using var db = site.Open();
        Assert.Equal(1, await db.Items.Where(i => i.ShortId == stage.Topic).Select(i => i.UsefulCount).SingleAsync());
        Assert.Equal(MailLevel.Nothing, await LevelAsync(db, luc));
        Assert.Equal(MailLevel.Everything, await LevelAsync(db, zoe));
    }

    private static async Task<int> HeldAsync(RestoredSite site)
    {
        await using var db = site.Open();
        return await db.Mails.CountAsync(m => m.State == MailState.Held);
    }

    private static async Task<int> UnsettledAsync(RestoredSite site)
    {
        await using var db = site.Open();
        return await db.Mails.CountAsync(m => m.State == MailState.Held || m.State == MailState.Pending || m.State == MailState.Sending);
    }

    private static Task<MailLevel> LevelAsync(AppDbContext db, Member member) => db.Memberships.Where(m => m.MemberId == member.Id).Select(m => m.MailLevel).SingleAsync();

    private static string Unsubscribe(ReceivedMail mail) => new Uri(mail.Field("List-Unsubscribe").Split('<', '>').First(p => p.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    private static string Act(ReceivedMail mail, string label) => new Uri(mail.Document.QuerySelectorAll("a").Single(a => a.TextContent == label).GetAttribute("href")!).PathAndQuery;
}
