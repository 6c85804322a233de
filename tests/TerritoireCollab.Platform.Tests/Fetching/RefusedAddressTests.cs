using System.Net;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Where a name leads is judged at every connection.</summary>
public sealed class RefusedAddressTests
{
    private static readonly IPAddress Inside = IPAddress.Parse("10.0.0.5");

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.5")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("fd00::1")]
    [InlineData("::ffff:192.168.1.1")]
    public async Task Name_ThatLeadsInside_RefusedWithoutASocket(string address)
    {
        await using var scene = new FetchScene("200 OK");
        scene.Net.Name("dedans.test", IPAddress.Parse(address));

        var result = await scene.FetchAsync("http://dedans.test/");

        Assert.Equal(FetchOutcome.RefusedAddress, result.Outcome);
        Assert.Empty(scene.Net.Connections);
        Assert.Null(result.Status);
    }

    [Fact]
    public async Task Name_OneOfItsAddressesInside_RefusedWhole()
    {
        await using var scene = new FetchScene("200 OK");
        scene.Net.Name("deux.test", scene.Net.Public(scene.Server), Inside);

        Assert.Equal(FetchOutcome.RefusedAddress, (await scene.FetchAsync("http://deux.test/")).Outcome);
        Assert.Empty(scene.Net.Connections);
    }

    [Fact]
    public async Task Name_ThatLeadsInsideAtTheNextLookUp_NeverFollowedThere()
    {
        await using var scene = new FetchScene("200 OK", "dehors");
        var (open, lookUps) = (scene.Net.Public(scene.Server), 0);
        scene.Net.Name("rebind.test", () => [++lookUps == 1 ? open : Inside]);

        var first = await scene.FetchAsync("http://rebind.test/");
        var second = await scene.FetchAsync("http://rebind.test/");

        Assert.Equal((FetchOutcome.Ok, FetchOutcome.RefusedAddress), (first.Outcome, second.Outcome));
        Assert.Equal(open, Assert.Single(scene.Net.Connections).Address);
        Assert.Equal(0, scene.Net.ForbiddenSockets);
    }

    [Theory]
    [InlineData(0, 301)]
    [InlineData(1, 302)]
    [InlineData(2, 303)]
    [InlineData(3, 307)]
    [InlineData(4, 308)]
    public async Task Redirect_InsideAfterSomeHops_RefusedWithoutASocket(int hops, int status)
    {
        await using var scene = new FetchScene(e => e.WriteAsync($"{status} Moved\nLocation: {(e.Path == $"/{hops}" ? "http://dedans.test/secret" : $"/{int.Parse(e.Path[1..], System.Globalization.CultureInfo.InvariantCulture) + 1}")}", []));
        scene.Net.Name("dedans.test", IPAddress.Loopback);

        var result = await scene.FetchAsync("http://public.test/0");

        Assert.Equal(FetchOutcome.RefusedAddress, result.Outcome);
        Assert.Equal(hops + 1, scene.Server.Accepted);
        Assert.Equal(new Uri($"http://public.test/{hops}"), result.FinalAddress);
        Assert.Equal(0, scene.Net.ForbiddenSockets);
    }

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://public.test/")]
    [InlineData("http://moi:secret@public.test/")]
    [InlineData("http://public.test:25/")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://[::ffff:a9fe:a9fe]/latest/meta-data/")]
    [InlineData("//2130706433/")]
    public async Task Redirect_ToWhatMayNotBeAsked_Refused(string target)
    {
        await using var scene = new FetchScene($"302 Found\nLocation: {target}");

        Assert.Equal(FetchOutcome.RefusedAddress, (await scene.FetchAsync()).Outcome);
        Assert.Equal(1, scene.Server.Accepted);
        Assert.Single(scene.Net.Connections);
    }

    [Fact]
    public async Task Inside_WhateverAnswersThere_TheSameIsTold()
    {
        await using var scene = new FetchScene("200 OK");
        scene.Net.Name("ouvert.test", IPAddress.Loopback);
        scene.Net.Name("ferme.test", Inside);

        var results = await Task.WhenAll(scene.FetchAsync("http://ouvert.test/"), scene.FetchAsync("http://ferme.test/"), scene.FetchAsync("http://127.0.0.1/"), scene.FetchAsync("http://10.0.0.6/"));

        Assert.All(results, r => Assert.Equal(new FetchResult(FetchOutcome.RefusedAddress) { FinalAddress = r.FinalAddress, Hubs = r.Hubs }, r));
    }

    [Fact]
    public async Task PrivateNetworks_Allowed_AskedAtAnyPort()
    {
        await using var server = RawServer.Saying("200 OK", "dedans");
        using var client = new OutgoingClient(new() { AllowPrivateNetworks = true }, new SystemNetwork(), TimeProvider.System);

        var result = await client.FetchAsync(new(new Uri($"http://localhost:{server.Port}/flux")), TestContext.Current.CancellationToken);

        Assert.Equal((FetchOutcome.Ok, "dedans"), (result.Outcome, System.Text.Encoding.UTF8.GetString(result.Body.Span)));
    }

    [Fact]
    public async Task PrivateNetworks_Allowed_PublicMachinesStillAskedAtPortsOfTheWebAlone()
    {
        await using var scene = new FetchScene(e => e.WriteAsync("200 OK", []), new() { AllowPrivateNetworks = true });

        Assert.Equal(FetchOutcome.RefusedAddress, (await scene.FetchAsync("http://public.test:25/")).Outcome);
        Assert.Empty(scene.Net.Connections);
    }

    [Fact]
    public async Task SystemNetwork_LoopbackByDefault_AcceptsNoSocket()
    {
        await using var server = RawServer.Saying("200 OK", "dedans");
        using var client = new OutgoingClient(new(), new SystemNetwork(), TimeProvider.System);

        var results = await Task.WhenAll(new[] { "localhost", "127.0.0.1", "[::1]" }.Select(h => client.FetchAsync(new(new Uri($"http://{h}:{server.Port}/")), TestContext.Current.CancellationToken)));

        Assert.All(results, r => Assert.Equal(FetchOutcome.RefusedAddress, r.Outcome));
        Assert.Equal(0, server.Accepted);
    }
}
