using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Fetching;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Platform.Tests.Fetching;

/// <summary>The outgoing client of a running host, as its configuration makes it.</summary>
public sealed class FetchingHostTests
{
    [Fact]
    public async Task Host_AsItComes_AsksNoMachineOfItsOwn()
    {
        await using var instance = await Instance.StartAsync();

        var result = await FetchAsync(instance, "health/live");

        Assert.Equal(FetchOutcome.RefusedAddress, result.Outcome);
    }

    [Fact]
    public async Task Host_ForMeasurements_AsksItselfAndSaysWhoItIs()
    {
        await using var instance = await Instance.StartAsync(settings: [("Territoire:Fetch:AllowPrivateNetworks", "true"), ("Territoire:Mail:From", "espace@territoire.test")]);

        var result = await FetchAsync(instance, "health/live");

        Assert.Equal((FetchOutcome.Ok, 200), (result.Outcome, result.Status));
        Assert.Matches(@"^TerritoireCollab/\d+\.\d+\.\d+ \(\+http://127\.0\.0\.1; contact espace@territoire\.test\)$", instance.Services.GetRequiredService<FetchOptions>().UserAgent);
        Assert.NotNull(instance.Services.GetRequiredService<FetchPool>());
    }

    private static Task<FetchResult> FetchAsync(Instance instance, string path) =>
        instance.Services.GetRequiredService<OutgoingClient>().FetchAsync(new(new Uri(instance.Address, path)), TestContext.Current.CancellationToken);
}
