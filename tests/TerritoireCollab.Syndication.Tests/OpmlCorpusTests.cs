using System.Text.Json;

namespace TerritoireCollab.Syndication.Tests;

/// <summary>Lists of feeds written by many programs, with what a standard XML parser counted in them.</summary>
public sealed class OpmlCorpusTests
{
    private static readonly string Folder = Path.Combine(Environment.GetEnvironmentVariable("TERRITOIRE_CORPORA") ?? "", "opml");

    [Fact]
    public void Corpus_WellFormedFiles_AllCountsAndEndsRight()
    {
        Assert.SkipUnless(File.Exists(Path.Combine(Folder, "expectations.json")), "skipped: not here");
        using var expectations = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "expectations.json")));
        var files = expectations.RootElement.EnumerateArray().ToList();
        var wrong = new List<string>();

        foreach (var file in files)
        {
            var name = file.GetProperty("file").GetString()!;
            // What is not well-formed is counted by a parser that recovers otherwise: it must only be read.
            var read = OpmlReader.Read(File.ReadAllBytes(Path.Combine(Folder, name)));
            if (!file.GetProperty("wellFormed").GetBoolean() || !file.TryGetProperty("feedCount", out var feeds)) continue;

            var expected = (feeds.GetInt32(), file.GetProperty("folderCount").GetInt32(), End(file, "firstFeed"), End(file, "lastFeed"));
            var found = (read?.Feeds.Count ?? 0, read?.FolderCount ?? 0, End(read?.Feeds is [var first, ..] ? first : null), End(read?.Feeds is [.., var last] ? last : null));
            if (expected != found) wrong.Add($"{name}: {expected} / {found}");
        }

        Assert.NotEmpty(files);
        Assert.Empty(wrong);
    }

    private static string End(JsonElement file, string property) => file.TryGetProperty(property, out var feed) && feed.ValueKind == JsonValueKind.Object
        ? $"{Text(feed, "title")} {Text(feed, "xmlUrl")} {Text(feed, "htmlUrl")} {string.Join('/', feed.GetProperty("folder").EnumerateArray().Select(f => f.GetString()))}"
        : "";

    private static string End(OpmlFeed? feed) => feed is null ? "" : $"{feed.Title} {feed.FeedAddress} {feed.SiteAddress} {string.Join('/', feed.Folder)}";

    private static string? Text(JsonElement feed, string property) => feed.GetProperty(property).GetString();
}
