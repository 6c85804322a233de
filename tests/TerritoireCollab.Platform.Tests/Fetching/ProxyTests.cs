using System.Net;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing.Fetching;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>Where everything leaves by a proxy, the rules stay.</summary>
public sealed class ProxyTests
{
    [Fact]
    public async Task Proxy_OfTheConfiguration_AskedForWhatMayBeAskedAlone()
    {
        await using var net = new LittleInternet();
        await using var proxy = RawServer.Saying("200 OK", "par le mandataire");
        net.Name("mandataire.test", proxy);
        net.Name("public.test", IPAddress.Parse("93.184.216.1"));
        net.Name("dedans.test", IPAddress.Parse("10.0.0.5"));
        using var client = new OutgoingClient(new() { Proxy = new Uri("http://compte:secret@mandataire.test:3128") }, net, TimeProvider.System);

        var outcomes = new List<FetchOutcome>();
        foreach (var address in (string[])["http://public.test/flux", "http://dedans.test/", "http://127.0.0.1/", "http://inconnu.test/", "http://mandataire.test:3128/"])
            outcomes.Add((await client.FetchAsync(new(new Uri(address)), TestContext.Current.CancellationToken)).Outcome);

        Assert.Equal([FetchOutcome.Ok, FetchOutcome.RefusedAddress, FetchOutcome.RefusedAddress, FetchOutcome.NameNotFound, FetchOutcome.RefusedAddress], outcomes);
        Assert.Equal("http://public.test/flux", Assert.Single(proxy.Paths));
        Assert.All(net.Connections, c => Assert.Equal(3128, c.Port));
        Assert.Equal(0, net.ForbiddenSockets);
    }
}
