using System.Text.Json;
using Microsoft.Playwright;

namespace TerritoireCollab.Browser.Tests;

/// <summary>What came over the wire.</summary>
/// <param name="Bytes">Bytes, headers included.</param>
/// <param name="Statuses">Status of each answer, as the host gave it.</param>
/// <param name="Addresses">What was asked for.</param>
internal sealed record Weight(long Bytes, IReadOnlyList<int> Statuses, IReadOnlyList<string> Addresses)
{
    public int Requests => Statuses.Count;
}

/// <summary>
/// What the browser itself counts: what comes out of its cache is not on the wire. A socket and what opens it are counted apart; the icon of
/// its tab and the manifest, which the browser fetches at its own time, are not counted.
/// </summary>
internal sealed class Meter
{
    private readonly Dictionary<string, string> _addresses = [];
    private readonly Dictionary<string, int> _statuses = [];
    private readonly Dictionary<string, long> _bytes = [];

    public static async Task<Meter> OnAsync(IPage page)
    {
        var meter = new Meter();
        var wire = await page.Context.NewCDPSessionAsync(page);
        wire.Event("Network.requestWillBeSent").OnEvent += (_, e) =>
        {
            if (e!.Value.TryGetProperty("type", out var type) && type.GetString() is not ("Manifest" or "Other")) meter._addresses[Id(e)] = e.Value.GetProperty("request").GetProperty("url").GetString()!;
        };
        wire.Event("Network.responseReceivedExtraInfo").OnEvent += (_, e) => meter._statuses[Id(e)] = e!.Value.GetProperty("statusCode").GetInt32();
        wire.Event("Network.loadingFinished").OnEvent += (_, e) => meter._bytes[Id(e)] = (long)e!.Value.GetProperty("encodedDataLength").GetDouble();
        await wire.SendAsync("Network.enable");
        return meter;
    }

    /// <summary>What came since the last look.</summary>
    public Weight Take()
    {
        var asked = _statuses.Where(s => s.Value != 101 && _addresses.TryGetValue(s.Key, out var address) && !address.Contains("/_blazor", StringComparison.Ordinal)).ToList();
        var weight = new Weight(asked.Sum(s => _bytes.GetValueOrDefault(s.Key)), [.. asked.Select(s => s.Value)], [.. asked.Select(s => _addresses[s.Key])]);
        _statuses.Clear();
        _bytes.Clear();
        return weight;
    }

    private static string Id(JsonElement? e) => e!.Value.GetProperty("requestId").GetString()!;
}
