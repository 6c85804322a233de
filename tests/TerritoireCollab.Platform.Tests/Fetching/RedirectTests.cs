using System.Globalization;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Addresses that lead to others.</summary>
public sealed class RedirectTests
{
    [Theory]
    [InlineData(5, FetchOutcome.Ok, 6)]
    [InlineData(6, FetchOutcome.TooManyRedirects, 6)]
    [InlineData(50, FetchOutcome.TooManyRedirects, 6)]
    public async Task Chain_OfSomeHops_FollowedForFive(int hops, FetchOutcome outcome, int asked)
    {
        await using var scene = new FetchScene(e => e.Path == $"/{hops}" ? e.WriteAsync("200 OK", "fin"u8.ToArray()) : e.WriteAsync($"302 Found\nLocation: /{Number(e.Path) + 1}", []));

        var result = await scene.FetchAsync("http://public.test/0");

        Assert.Equal((outcome, asked), (result.Outcome, scene.Server.Exchanges.Count));
        Assert.Equal(new Uri("http://public.test/5"), result.FinalAddress);
    }

    [Theory]
    [InlineData("/a", 1)]
    [InlineData("/b", 2)]
    [InlineData("/a#ancre", 1)]
    [InlineData("http://PUBLIC.test:80/a", 1)]
    public async Task Loop_OfRedirects_StoppedAtItsFirstRound(string target, int asked)
    {
        await using var scene = new FetchScene(e => e.WriteAsync($"301 Moved\nLocation: {(e.Path == "/b" ? "/a" : target)}", []));

        Assert.Equal(FetchOutcome.TooManyRedirects, (await scene.FetchAsync("http://public.test/a")).Outcome);
        Assert.Equal(asked, scene.Server.Exchanges.Count);
    }

    [Theory]
    [InlineData("301 308", "/2")]
    [InlineData("301", "/1")]
    [InlineData("308 302", "/1")]
    [InlineData("302 301", null)]
    [InlineData("307", null)]
    [InlineData("", null)]
    public async Task Move_ForGood_ToldAsFarAsItIsUnbroken(string statuses, string? permanent)
    {
        var steps = statuses.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        await using var scene = new FetchScene(e => Number(e.Path) < steps.Length ? e.WriteAsync($"{steps[Number(e.Path)]} Moved\nLocation: /{Number(e.Path) + 1}", []) : e.WriteAsync("200 OK", []));

        var result = await scene.FetchAsync("http://public.test/0");

        Assert.Equal(FetchOutcome.Ok, result.Outcome);
        Assert.Equal(permanent is null ? null : new Uri("http://public.test" + permanent), result.PermanentAddress);
    }

    [Fact]
    public async Task Move_ForGoodToAPageThatIsNotThere_NotTold()
    {
        await using var scene = new FetchScene(e => e.Path == "/0" ? e.WriteAsync("301 Moved\nLocation: /1", []) : e.WriteAsync("404 Not Found", []));

        var result = await scene.FetchAsync("http://public.test/0");

        Assert.Equal((FetchOutcome.HttpError, 404, null), (result.Outcome, result.Status, result.PermanentAddress));
    }

    [Theory]
    [InlineData("/flux?a=b", "http://public.test/flux?a=b")]
    [InlineData("suite.xml", "http://public.test/dossier/suite.xml")]
    [InlineData("?page=2", "http://public.test/dossier/feed?page=2")]
    [InlineData("//autre.test/x", "http://autre.test/x")]
    [InlineData("/caf\u00e9.xml", "http://public.test/caf%C3%A9.xml")]
    public async Task Location_RelativeOrNotAscii_Understood(string location, string reached)
    {
        await using var scene = new FetchScene(e => e.Path == "/dossier/feed" ? e.WriteAsync($"302 Found\nLocation: {location}", []) : e.WriteAsync("200 OK", []));
        scene.Serve("autre.test", e => e.WriteAsync("200 OK", []));

        var result = await scene.FetchAsync("http://public.test/dossier/feed");

        Assert.Equal((FetchOutcome.Ok, reached), (result.Outcome, result.FinalAddress.AbsoluteUri));
    }

    [Theory]
    [InlineData("302 Found\nLocation: http://", FetchOutcome.BadAnswer)]
    [InlineData("302 Found\nLocation:", FetchOutcome.BadAnswer)]
    [InlineData("302 Found", FetchOutcome.HttpError)]
    [InlineData("300 Choices\nLocation: /autre", FetchOutcome.HttpError)]
    public async Task Location_OfNoUse_Said(string head, FetchOutcome outcome)
    {
        await using var scene = new FetchScene(head);

        Assert.Equal(outcome, (await scene.FetchAsync()).Outcome);
    }

    [Fact]
    public async Task Headers_OfTheCaller_StayAtItsHost()
    {
        await using var scene = new FetchScene(e => e.WriteAsync(e.Path == "/0" ? "302 Found\nLocation: /1" : "302 Found\nLocation: http://autre.test/", []));
        var other = scene.Serve("autre.test", e => e.WriteAsync("302 Found\nLocation: http://public.test/retour", []));

        await scene.FetchAsync(new FetchRequest(new Uri("http://public.test/0")) { Headers = [("Authorization", "Bearer secret")] });

        Assert.Equal(["Bearer secret", "Bearer secret", null], scene.Server.Exchanges.Take(3).Select(e => e.Header("Authorization")));
        Assert.Null(Assert.Single(other.Exchanges).Header("Authorization"));
    }

    [Theory]
    [InlineData(307, 2)]
    [InlineData(308, 2)]
    [InlineData(301, 1)]
    [InlineData(302, 1)]
    [InlineData(303, 1)]
    public async Task Post_Redirected_RepeatedOnlyWhereTheSamePostIsMeant(int status, int asked)
    {
        await using var scene = new FetchScene(e => e.Path == "/0" ? e.WriteAsync($"{status} Moved\nLocation: /1", []) : e.WriteAsync("202 Accepted", []));

        var result = await scene.FetchAsync(new FetchRequest(new Uri("http://public.test/0")) { Method = HttpMethod.Post, Content = "a=b"u8.ToArray(), ContentType = "application/x-www-form-urlencoded" });

        Assert.Equal(asked == 2 ? (FetchOutcome.Ok, 202) : (FetchOutcome.HttpError, status), (result.Outcome, result.Status));
        Assert.Equal(asked, scene.Server.Exchanges.Count);
        Assert.All(scene.Server.Exchanges, e => Assert.Equal(("POST", "a=b", "application/x-www-form-urlencoded"), (e.Method, e.Body, e.Header("Content-Type"))));
    }

    private static int Number(string path) => int.Parse(path.AsSpan(1), CultureInfo.InvariantCulture);
}
