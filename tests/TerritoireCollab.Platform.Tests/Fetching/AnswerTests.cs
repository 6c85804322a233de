using System.Net;
using System.Net.Sockets;
using System.Text;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>What an answer says is passed on; what is asked says who asks, and nothing more.</summary>
public sealed class AnswerTests
{
    private static readonly DateTime Now = new(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Answer_WithEverything_PassedOnWordForWord()
    {
        await using var scene = new FetchScene(e => e.WriteAsync("""
            200 OK
            Content-Type: text/plain; charset=nimporte
            Content-Location: /flux/atom.xml
            ETag: W/"é-1
            Last-Modified: hier matin
            Link: <https://hub.test/>; rel="hub", <http://public.test/flux>; rel=self; type="a,b"
            Link: </relatif>; title="rel=hub"; rel="prev HUB"
            """, [0xE9, 0x00, 0xFF]));

        var result = await scene.FetchAsync();

        Assert.Equal(FetchOutcome.Ok, result.Outcome);
        Assert.Equal(200, result.Status);
        Assert.Equal([0xE9, 0x00, 0xFF], result.Body.ToArray());
        Assert.Equal("text/plain; charset=nimporte", result.ContentType);
        Assert.Equal(new Uri("http://public.test/flux/atom.xml"), result.ContentLocation);
        Assert.Equal(("W/\"é-1", "hier matin"), (result.ETag, result.LastModified));
        Assert.Equal([new Uri("https://hub.test/"), new Uri("http://public.test/relatif")], result.Hubs);
        Assert.Equal(new Uri("http://public.test/flux"), result.Self);
    }

    [Fact]
    public async Task Validators_SentBackWordForWord_AndBelieved()
    {
        await using var scene = new FetchScene("304 Not Modified\nETag: W/\"é-1");

        var result = await scene.FetchAsync(Request() with { ETag = "W/\"é-1", LastModified = "hier matin" });

        Assert.Equal((FetchOutcome.NotModified, 0), (result.Outcome, result.Body.Length));
        var asked = Assert.Single(scene.Server.Exchanges);
        Assert.Equal("W/\"é-1", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(asked.Header("If-None-Match")!)));
        Assert.Equal("hier matin", asked.Header("If-Modified-Since"));
    }

    [Fact]
    public async Task NotModified_ThatWasNotAskedFor_BadAnswer()
    {
        await using var scene = new FetchScene("304 Not Modified");

        Assert.Equal(FetchOutcome.BadAnswer, (await scene.FetchAsync()).Outcome);
    }

    [Fact]
    public async Task ETag_ThatLies_TheBodyIsThereToTell()
    {
        var turn = 0;
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK\nETag: \"1\"", Encoding.UTF8.GetBytes($"{++turn}")));

        var results = new[] { await scene.FetchAsync(), await scene.FetchAsync(Request() with { ETag = "\"1\"" }) };

        Assert.Equal(["1", "2"], results.Select(r => Encoding.UTF8.GetString(r.Body.Span)));
    }

    [Theory]
    [InlineData("404 Not Found", FetchOutcome.HttpError, 404)]
    [InlineData("410 Gone", FetchOutcome.Gone, 410)]
    [InlineData("429 Too Many Requests", FetchOutcome.HttpError, 429)]
    [InlineData("500 Oups", FetchOutcome.HttpError, 500)]
    [InlineData("401 Unauthorized\nWWW-Authenticate: Basic realm=x", FetchOutcome.HttpError, 401)]
    [InlineData("200 OK", FetchOutcome.Ok, 200)]
    [InlineData("204 No Content", FetchOutcome.Ok, 204)]
    public async Task Status_OfAnAnswer_Told(string head, FetchOutcome outcome, int status)
    {
        await using var scene = new FetchScene(head);

        var result = await scene.FetchAsync();

        Assert.Equal((outcome, status, 0), (result.Outcome, result.Status, result.Body.Length));
        Assert.Single(scene.Server.Exchanges);
    }

    [Theory]
    [InlineData("Retry-After: 120", 120.0)]
    [InlineData("Retry-After: 1.5", 1.5)]
    [InlineData("Retry-After: Mon, 23 Nov 2026 10:00:00 GMT", 3600.0)]
    [InlineData("Retry-After: 99999999999999999999", 31_536_000.0)]
    [InlineData("Retry-After: Mon, 23 Nov 2020 10:00:00 GMT", null)]
    [InlineData("Retry-After: -5", null)]
    [InlineData("Retry-After: demain", null)]
    [InlineData("X: y", null)]
    public async Task RetryAfter_HoweverItIsWritten_AMoment(string header, double? seconds)
    {
        await using var scene = new FetchScene($"429 Too Many Requests\n{header}");

        Assert.Equal(seconds is { } s ? Now.AddSeconds(s) : null, (await scene.FetchAsync()).RetryAfter);
    }

    [Theory]
    [InlineData("Cache-Control: max-age=600", 600)]
    [InlineData("Cache-Control: public, max-age=\"600\"\nAge: 100", 500)]
    [InlineData("Cache-Control: s-maxage=9000, max-age=60", 60)]
    [InlineData("Cache-Control: no-cache, max-age=600", null)]
    [InlineData("Cache-Control: max-age=0\nExpires: Mon, 23 Nov 2026 12:00:00 GMT", null)]
    [InlineData("Cache-Control: max-age=999999999999", 31_536_000)]
    [InlineData("Expires: Mon, 23 Nov 2026 09:10:00 GMT", 600)]
    [InlineData("Date: Sun, 01 Jan 2006 00:00:00 GMT\nExpires: Sun, 01 Jan 2006 00:05:00 GMT", 300)]
    [InlineData("Expires: 0", null)]
    [InlineData("Expires: Mon, 23 Nov 2020 09:10:00 GMT", null)]
    public async Task Freshness_HoweverItIsWritten_AMoment(string headers, int? seconds)
    {
        await using var scene = new FetchScene($"200 OK\n{headers}");

        Assert.Equal(seconds is { } s ? Now.AddSeconds(s) : null, (await scene.FetchAsync()).FreshUntil);
    }

    [Fact]
    public async Task Refusal_OfAPost_SaysWhyInItsBody()
    {
        await using var scene = new FetchScene("422 Unprocessable\nContent-Type: application/json", "{\"error\":\"trop long\"}");

        var result = await scene.FetchAsync(Request() with { Method = HttpMethod.Post, Content = "{}"u8.ToArray(), Headers = [("Idempotency-Key", "cle-1")] });

        Assert.Equal((FetchOutcome.HttpError, "{\"error\":\"trop long\"}"), (result.Outcome, Encoding.UTF8.GetString(result.Body.Span)));
        Assert.Equal("cle-1", Assert.Single(scene.Server.Exchanges).Header("Idempotency-Key"));
    }

    [Theory]
    [InlineData(FetchKind.Feed, "application/atom+xml, ")]
    [InlineData(FetchKind.Page, "text/html, ")]
    [InlineData(FetchKind.Json, "application/json, ")]
    [InlineData(FetchKind.Any, "*/*")]
    public async Task Question_SaysWhoAsksAndWhatFor_AndNothingElse(FetchKind kind, string accept)
    {
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK\nSet-Cookie: suivi=1; Path=/", []), new() { UserAgent = FetchOptions.NameOf(new Uri("https://espace.test/"), "contact@espace.test") });
        using var activity = new System.Diagnostics.Activity("parent").Start();

        await scene.FetchAsync(Request() with { Kind = kind });
        await scene.FetchAsync(Request() with { Kind = kind });

        Assert.All(scene.Server.Exchanges, e =>
        {
            Assert.Equal(["Accept", "Accept-Encoding", "Host", "User-Agent"], e.Head.Split("\r\n").Skip(1).Select(h => h.Split(':')[0]).Order());
            Assert.StartsWith(accept, e.Header("Accept"), StringComparison.Ordinal);
            Assert.Matches(@"^TerritoireCollab/\d+\.\d+\.\d+ \(\+https://espace\.test; contact contact@espace\.test\)$", e.Header("User-Agent"));
        });
        Assert.Equal(2, scene.Server.Exchanges.Count);
    }

    [Theory]
    [InlineData("espace@territoire.invalid")]
    [InlineData("a)b@espace.test")]
    [InlineData("été@espace.test")]
    public void Name_WithAMailboxOfNoUse_LeavesItOut(string contact) =>
        Assert.EndsWith("(+http://localhost:5080)", FetchOptions.NameOf(new Uri("http://localhost:5080/"), contact), StringComparison.Ordinal);

    [Fact]
    public async Task Name_OfNobody_NotFound()
    {
        await using var scene = new FetchScene("200 OK");

        Assert.Equal(FetchOutcome.NameNotFound, (await scene.FetchAsync("http://personne.test/")).Outcome);
    }

    [Fact]
    public async Task Machine_ThatRefusesTheConnection_TheNextAddressIsTried()
    {
        await using var scene = new FetchScene("200 OK");
        var closed = new RawServer(_ => Task.CompletedTask);
        var address = scene.Net.Public(closed);
        await closed.DisposeAsync();
        scene.Net.Name("ferme.test", address);
        scene.Net.Name("double.test", IPAddress.Parse("2606:2800::1"), address, scene.Net.Public(scene.Server));

        Assert.Equal(FetchOutcome.ConnectionFailed, (await scene.FetchAsync("http://ferme.test/")).Outcome);
        Assert.Equal(FetchOutcome.Ok, (await scene.FetchAsync("http://double.test/")).Outcome);
        Assert.All(scene.Net.Connections, c => Assert.Equal(AddressFamily.InterNetwork, c.AddressFamily));
    }

    private static FetchRequest Request() => new(new Uri("http://public.test/feed.xml"));
}
