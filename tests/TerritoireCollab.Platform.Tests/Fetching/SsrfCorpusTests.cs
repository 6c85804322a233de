using System.Net;
using System.Text.Json;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Every trick of the collection, from the text that a member types to the sockets that are opened.</summary>
public sealed class SsrfCorpusTests
{
    private static readonly IPAddress Inside = IPAddress.Parse("10.0.0.5");

    [Fact]
    public async Task Addresses_OfTheCollection_OpenNoForbiddenSocket()
    {
        var file = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", "ssrf-urls", "ssrf-urls.json");
        if (!File.Exists(file)) Assert.Skip("skipped: not here");

        await using var scene = new FetchScene("200 OK", "<rss/>");
        foreach (var name in (string[])["localhost", "foo.localhost", "lvh.me", "localtest.me", "127.0.0.1.nip.io"]) scene.Net.Name(name, IPAddress.Loopback);
        foreach (var name in (string[])["instance-data", "kubernetes.default.svc", "host.docker.internal", "cname.test", "1.0.0.127.in-addr.arpa"]) scene.Net.Name(name, Inside);
        var open = scene.Net.Public(scene.Server);
        scene.Net.Name("both.test", open, Inside);
        scene.Net.Name("aaaa.test", open, IPAddress.IPv6Loopback);
        var turn = 0;
        foreach (var name in (string[])["ttl0.test", "rebind.test"]) scene.Net.Name(name, () => [++turn % 2 == 1 ? open : Inside]);
        scene.Serve("redirect.test", RedirectAsync);

        List<string> wrong = [];
        foreach (var (url, expect) in Read(file))
        {
            var outcome = await AskAsync(scene, url);
            // Names that alternate are read where they lead out, and refused where they lead in.
            if (url.Contains("ttl0", StringComparison.Ordinal) || url.Contains("rebind", StringComparison.Ordinal) || url.Contains("refresh", StringComparison.Ordinal)) continue;
            if (expect == "allow" ? outcome is not (FetchOutcome.Ok or FetchOutcome.ConnectionFailed) : outcome == FetchOutcome.Ok) wrong.Add($"{url}: {outcome}");
        }

        Assert.Empty(wrong);
        Assert.Equal(0, scene.Net.ForbiddenSockets);
        Assert.NotEmpty(scene.Server.Paths);
    }

    private static async Task<FetchOutcome> AskAsync(FetchScene scene, string typed)
    {
        if (!AddressPolicy.TryRead(typed, out var address)) return FetchOutcome.RefusedAddress;

        // The servers of this internet speak no TLS.
        if (address.Scheme == "https" && AddressPolicy.Check(address) == AddressRefusal.None) return FetchOutcome.Ok;

        // Two public machines that are named by number are out of this internet.
        if (IPAddress.TryParse(address.IdnHost, out var number) && AddressPolicy.IsPublic(number)) return FetchOutcome.Ok;
        return (await scene.FetchAsync(new FetchRequest(address))).Outcome;
    }

    private static Task RedirectAsync(RawExchange exchange)
    {
        var path = exchange.Path;
        if (path.StartsWith("/chain/", StringComparison.Ordinal)) return exchange.WriteAsync($"302 Found\nLocation: /chain/{int.Parse(path[7..], System.Globalization.CultureInfo.InvariantCulture) - 1}", []);

        var target = Uri.UnescapeDataString(path[(path.IndexOf("to=", StringComparison.Ordinal) + 3)..]);
        return path.StartsWith("/refresh", StringComparison.Ordinal)
            ? exchange.WriteAsync("200 OK\nContent-Type: text/html", System.Text.Encoding.UTF8.GetBytes($"<meta http-equiv=refresh content='0;url={target}'>"))
            : exchange.WriteAsync($"{path[1..4]} Moved\nLocation: {target}", []);
    }

    private static IEnumerable<(string Url, string Expect)> Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(file));
        return [.. document.RootElement.EnumerateArray().Select(c => (c.GetProperty("url").GetString()!, c.GetProperty("expect").GetString()!))];
    }
}
