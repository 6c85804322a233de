using System.Text.Json;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>A feed of the public suites, with what each suite says of it.</summary>
/// <param name="Name">Its path in the corpus.</param>
/// <param name="Kind">What it is for.</param>
/// <param name="Expected">Key and value of what is asserted and not disputed.</param>
/// <param name="Origin">What HTTP would have told.</param>
internal sealed record CorpusFeed(string Name, string Kind, IReadOnlyList<(string Key, JsonElement Value)> Expected, FeedOrigin Origin)
{
    public byte[] Bytes() => File.ReadAllBytes(Path.Combine(FeedCorpus.Folder, Name));
}

/// <summary>Feeds of public suites, where they are present.</summary>
internal static class FeedCorpus
{
    /// <summary>Folder of the corpora; empty where there is none.</summary>
    public static readonly string Root = Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "";

    public static readonly string Folder = Path.Combine(Root, "feeds");

    /// <summary>All feeds; skips the test where there are none.</summary>
    public static IReadOnlyList<CorpusFeed> Feeds() => [.. Table("expectations.json").Select(Feed)];

    /// <summary>The rows of a table of the corpus; skips the test where there is none.</summary>
    public static IReadOnlyList<JsonElement> Table(string path)
    {
        var file = Path.Combine(Folder, path);
        Assert.SkipUnless(File.Exists(file), "skipped: not here");
        return [.. JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.EnumerateArray()];
    }

    private static CorpusFeed Feed(JsonElement row)
    {
        var disputed = row.TryGetProperty("disputed", out var keys) ? keys.EnumerateArray().Select(k => k.GetString()).ToHashSet() : [];
        var expected = row.TryGetProperty("expect", out var map) ? map.EnumerateObject().Where(p => !disputed.Contains(p.Name)).Select(p => (p.Name, p.Value)) : [];
        var address = row.TryGetProperty("baseUrl", out var given) ? given.GetString() : null;
        return new(row.GetProperty("file").GetString()!, row.GetProperty("kind").GetString()!, [.. expected], new()
        {
            ContentType = Header(row, "content-type"),
            ContentLocation = Header(row, "content-location"),
            // Where the suite that used it ran its server.
            Address = new(address ?? "http://127.0.0.1:8097/" + row.GetProperty("file").GetString()),
        });
    }

    private static string? Header(JsonElement row, string name) =>
        row.TryGetProperty("httpHeaders", out var headers) ? headers.EnumerateObject().FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { Value.ValueKind: JsonValueKind.String } header ? header.Value.GetString() : null : null;
}
