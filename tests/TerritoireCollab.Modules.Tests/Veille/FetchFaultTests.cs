using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using TerritoireCollab.Modules.Tests.Inbox;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;
using TerritoireCollab.Testing.Fetching;
using TerritoireCollab.Veille.Pool;
using TerritoireCollab.Veille.Sources;

namespace TerritoireCollab.Modules.Tests.Veille;

/// <summary>Sites that misbehave in every way that sites do, in a little internet where each has its name: what the animators read of it, and what is kept.</summary>
public sealed class FetchFaultTests : FetchTest
{
    private const int Megabyte = 1024 * 1024;
    private readonly LittleInternet _net = new();
    private readonly RawServer _secured = new(e => e.WriteAsync("200 OK", []), Certificates.Authority("essai"));

    protected override Task<Instance> StartAsync() => Instance.StartAsync(manualClock: true, adjust: services =>
    {
        services.Replace(ServiceDescriptor.Singleton<IFetchNetwork>(_net));
        // A quarter of a second between two questions to one site is real time.
        services.Replace(ServiceDescriptor.Singleton(p => new HostTurns(p.GetRequiredService<FetchOptions>(), new ManualTimers())));
    });

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _net.DisposeAsync();
        await _secured.DisposeAsync();
    }

    [Fact]
    public async Task Round_OfSitesThatMisbehave_EachNamedNothingLostAndTheSoundOneRead()
    {
        var faults = new Dictionary<string, (Func<RawExchange, Task> Answer, string Sentence)>
        {
            ["sans-fin.test"] = (EndlessAsync, "Ce flux est trop lourd pour être lu"),
            ["lourd.test"] = (e => e.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: {50 * Megabyte}\r\n\r\n"), "Ce flux est trop lourd pour être lu"),
            ["bombe.test"] = (e => e.WriteAsync("200 OK\nContent-Encoding: gzip", Bomb()), "Ce flux est trop lourd pour être lu"),
            ["boucle.test"] = (Redirect("http://boucle.test/flux.xml"), "Le site renvoie d’adresse en adresse sans fin"),
            ["chaine.test"] = (e => e.WriteAsync($"302 Found\nLocation: {e.Path}x", []), "Le site renvoie d’adresse en adresse sans fin"),
            ["prive.test"] = (Redirect("http://10.0.0.8/flux.xml"), "Aucun site public n’est connu sous ce nom"),
            ["nuage.test"] = (Redirect("http://169.254.169.254/latest/meta-data/"), "Aucun site public n’est connu sous ce nom"),
            ["certificat.test"] = (Redirect("https://public.test/flux.xml"), "Le certificat de sécurité du site n’est pas valable"),
            ["page.test"] = (Saying("200 OK\nContent-Type: text/html", "<!DOCTYPE html><title>Site en travaux</title><p>Revenez demain"), "Cette adresse ne donne plus un flux"),
            ["vide.test"] = (Saying("200 OK\nContent-Type: application/rss+xml"), "Cette adresse ne donne plus un flux"),
            ["binaire.test"] = (e => e.WriteAsync("200 OK\nContent-Type: application/rss+xml", [0x50, 0x4B, 3, 4, 0, 0, 255, 254]), "Cette adresse ne donne plus un flux"),
            ["coupe.test"] = (e => e.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n<rss version=\"2.0\"><channel>"), "La réponse du site n’est pas compréhensible"),
            ["autre.test"] = (e => e.WriteAsync("SSH-2.0-OpenSSH_9.2\r\n"), "La réponse du site n’est pas compréhensible"),
            ["interdit.test"] = (Saying("403 Forbidden"), "Le site refuse de donner ce flux (erreur 403)"),
            ["perdu.test"] = (Saying("404 Not Found"), "Le site répond que ce flux est introuvable (erreur 404)"),
            ["ferme.test"] = (Saying("410 Gone"), "Le site dit que ce flux est fermé pour de bon (410)"),
            ["presse.test"] = (Saying("429 Too Many Requests\nRetry-After: 3600"), "Le site demande de revenir plus tard (erreur 429)"),
            ["panne.test"] = (Saying("500 Oups"), "Le site est en panne (erreur 500)"),
        };
        _net.Name("public.test", _secured);
        foreach (var host in faults.Keys.Append("sain.test")) _net.Name(host, Server);
        var (group, animator) = await SetAsync();
        Answer = e => SoundAsync(e, "Avant");
        await FollowAsync(group, animator, [.. faults.Keys.Append("sain.test").Append("inconnu.test").Select(h => $"http://{h}/flux.xml")]);
        await FetchAsync();

        Answer = e => faults.TryGetValue(e.Header("Host")!, out var fault) ? fault.Answer(e) : SoundAsync(e, "Après");
        await LiveAsync(2);

        var rows = await RowsAsync(group.Slug, animator);
        Assert.Equal(
            faults.Select(f => $"{f.Key}: {f.Value.Sentence} depuis le").Append("inconnu.test: Aucun site public n’est connu sous ce nom depuis le").Order(StringComparer.Ordinal),
            rows.Where(r => r.Key != "sain.test").Select(r => $"{r.Key}: {(r.Key == "ferme.test" ? r.Value.Split(" ; ")[0] + " depuis le" : r.Value[..(r.Value.IndexOf(" depuis le", StringComparison.Ordinal) + 10)])}").Order(StringComparer.Ordinal));
        Assert.StartsWith("À jour", rows["sain.test"], StringComparison.Ordinal);
        Assert.Equal([.. faults.Keys.Append("sain.test").Select(h => $"Avant sur {h}").Append("Après sur sain.test").Order(StringComparer.Ordinal)], await TitlesAsync());
        Assert.Equal(0, _net.ForbiddenSockets);
    }

    [Fact]
    public async Task Feed_OfAllMannersDayByDay_NothingLostAndNothingDoubled()
    {
        _net.Name("public.test", Server);
        var (group, animator) = await SetAsync();
        var latin = Encoding.Latin1;
        var utf8 = Encoding.UTF8;
        (string Head, Func<List<int>, string> Text, Encoding Encoding)[] manners =
        [
            ("application/rss+xml", s => Rss(s), utf8),
            ("text/html; charset=utf-8", s => Rss(s), utf8),
            ("application/rss+xml; charset=utf-8", s => Rss(s), latin),
            ("application/rss+xml", s => Rss(s, declared: "ISO-8859-1"), latin),
            ("application/rss+xml; charset=klingon", s => Rss(s), utf8),
            ("application/rss+xml\nETag: \"toujours le même\"", s => Rss(s), utf8),
            ("application/rss+xml\nETag: \"toujours le même\"", s => Rss(s), utf8),
            ("application/rss+xml", s => Rss([.. s.AsEnumerable().Reverse()]), utf8),
            ("application/rss+xml", s => Rss(s, guid: () => Guid.NewGuid().ToString()), utf8),
            ("application/rss+xml", s => Rss(s, date: () => "Mon, 23 Nov 2099 07:00:00 +0100"), utf8),
            ("application/rss+xml", s => Rss(s, date: () => "demain"), utf8),
            ("application/rss+xml", s => Rss(s, suffix: "?utm_source=flux"), utf8),
            ("application/rss+xml", s => Rss(s).Replace("</channel></rss>", "", StringComparison.Ordinal), utf8),
            ("application/rss+xml", s => "<!-- " + new string('é', 2000) + " -->\n" + Rss(s), utf8),
        ];
        var seen = new List<int>();
        var manner = manners[0];
        Answer = e => e.WriteAsync($"200 OK\nContent-Type: {manner.Head}", manner.Encoding.GetBytes(manner.Text(seen)));
        await FollowAsync(group, animator, "http://public.test/flux.xml");

        for (var day = 0; day < manners.Length; day++)
        {
            manner = manners[day];
            seen.Insert(0, day);
            Instance.Clock.Advance(TimeSpan.FromDays(1.1));
            await FetchAsync();

            Assert.Equal((day, SourceFault.None, Now), (day, (await SourceAsync()).Fault, (await SourceAsync()).LastSuccessAt));
            Assert.Equal([.. seen.Select(Title).Order(StringComparer.Ordinal)], await TitlesAsync());
        }

        await using var db = Instance.Open(Viewer.System);
        Assert.Equal(0, await db.Set<News>().CountAsync(n => n.PublishedAt > Now));
    }

    [Fact]
    public async Task Sites_InTroubleForThirtyDays_AskedLessAndLess()
    {
        foreach (var host in (string[])["panne.test", "presse.test", "ferme.test"]) _net.Name(host, Server);
        var (group, animator) = await SetAsync();
        var asked = new ConcurrentDictionary<string, List<DateTime>>();
        Answer = e =>
        {
            var host = e.Header("Host")!;
            asked.GetOrAdd(host, _ => []).Add(Now);
            return e.WriteAsync(host switch { "presse.test" => $"429 Slow down\nRetry-After: {48 * 3600}", "ferme.test" => "410 Gone", _ => "500 Oups" }, []);
        };
        await FollowAsync(group, animator, [.. ((string[])["panne", "presse", "ferme", "inconnu"]).Select(h => $"http://{h}.test/flux.xml")]);

        for (var hour = 0; hour < 30 * 24; hour++)
        {
            await FetchAsync();
            Instance.Clock.Advance(TimeSpan.FromHours(1));
        }

        // 68 minutes at first and three days at last; a week's work of a source that is asked each hour would be 168.
        Assert.InRange(asked["panne.test"].Count, 17, 22);
        Assert.InRange(asked["presse.test"].Count, 8, 15);
        Assert.All(asked["presse.test"].Zip(asked["presse.test"].Skip(1)), pair => Assert.True(pair.Second - pair.First >= TimeSpan.FromHours(48)));
        Assert.Single(asked["ferme.test"]);
        await using var db = Instance.Open(Viewer.System);
        Assert.InRange(await db.Set<Source>().Where(s => s.Fault == SourceFault.NameNotFound).Select(s => s.Failures).SingleAsync(), 17, 22);
    }

    private static Func<RawExchange, Task> Saying(string head, string body = "") => e => e.WriteAsync(head, Encoding.UTF8.GetBytes(body));

    private static Func<RawExchange, Task> Redirect(string address) => Saying($"301 Moved Permanently\nLocation: {address}");

    private static Task SoundAsync(RawExchange e, string when)
    {
        var host = e.Header("Host");
        return Saying("200 OK\nContent-Type: application/rss+xml", $"<rss version=\"2.0\"><channel><title>{host}</title><item><title>{when} sur {host}</title><link>http://{host}/{when}</link><guid>{when}</guid></item></channel></rss>")(e);
    }

    private static async Task EndlessAsync(RawExchange e)
    {
        await e.WriteAsync("HTTP/1.1 200 OK\r\n\r\n<rss>");
        while (true) await e.WriteAsync(new byte[64 * 1024]);
    }

    private static byte[] Bomb()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(new byte[50 * Megabyte]);
        return packed.ToArray();
    }

    private static string Title(int number) => $"Été n° {number} : « là-bas »";

    private static string Rss(List<int> numbers, string declared = "UTF-8", Func<string>? guid = null, Func<string>? date = null, string suffix = "") =>
        $"<?xml version=\"1.0\" encoding=\"{declared}\"?><rss version=\"2.0\"><channel><title>Été</title>{string.Concat(numbers.Select(n => string.Create(CultureInfo.InvariantCulture,
            $"<item><title>{Title(n)}</title><link>http://public.test/{n}{suffix}</link><guid isPermaLink=\"false\">{guid?.Invoke() ?? $"{n}"}</guid><pubDate>{date?.Invoke() ?? "Mon, 23 Nov 2026 07:00:00 +0100"}</pubDate></item>")))}</channel></rss>";

    private static async Task<Dictionary<string, string>> RowsAsync(string slug, Visitor animator)
    {
        var page = await animator.OpenAsync($"/groupes/{slug}/veille/sources");
        return page.Document.QuerySelectorAll("main li:has(h3)").ToDictionary(
            li => new Uri(li.QuerySelector("h3 a")!.GetAttribute("href")!).Host, li => InboxStage.Plain(li.QuerySelector("p.meta")!.TextContent.Trim()));
    }

    private async Task<List<string>> TitlesAsync()
    {
        await using var db = Instance.Open(Viewer.System);
        return [.. (await db.Set<PoolEntry>().Select(e => e.News!.Title).ToListAsync()).Order(StringComparer.Ordinal)];
    }
}
