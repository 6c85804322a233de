using TerritoireCollab.Syndication;

namespace TerritoireCollab.Web.Commands;

/// <summary>What is printed of a feed. Where an item gives one text only, it stands for both its short and its whole form.</summary>
internal sealed record InspectedFeed(
    string Input, bool Ok, string? Error, string? Format, IReadOnlyList<string> Repairs, string? Title, string? Link, string? Description, string? Language, IReadOnlyList<InspectedEntry> Entries)
{
    public static InspectedFeed Refused(string input, string error) => new(input, false, error, null, [], null, null, null, null, []);

    public static InspectedFeed Of(string input, FeedReading feed) => new(
        input, true, null, FormatOf(feed.Dialect), [.. feed.Repairs.Select(Words)], feed.Title, feed.Link?.OriginalString, feed.Description, feed.Language, [.. feed.Items.Select(InspectedEntry.Of)]);

    private static string FormatOf(FeedDialect dialect) => dialect switch
    {
        FeedDialect.Rss1 => "rss1",
        FeedDialect.Rss09 => "rss09",
        FeedDialect.Atom => "atom",
        FeedDialect.Json => "json",
        _ => "rss2",
    };

    // Words for programs, the same in every language.
    private static string Words(FeedRepair repair)
    {
        var name = repair.Kind switch
        {
            FeedRepairKind.DoubleEncoding => "double-encoding",
            FeedRepairKind.RepeatedIds => "repeated-ids",
            var kind => kind.ToString().ToLowerInvariant(),
        };
        return repair.Detail is { } detail ? $"{name}: {detail}" : name;
    }
}

/// <summary>What is printed of an item.</summary>
internal sealed record InspectedEntry(
    string Id, string? Title, string? Link, DateTime? Published, DateTime? Updated, string? Author, IReadOnlyList<string> Categories, string? Summary, string? Content, IReadOnlyList<InspectedFile> Enclosures)
{
    public static InspectedEntry Of(FeedItem item) => new(
        item.Id, item.Title, item.Link?.OriginalString, item.Published?.UtcDateTime, item.Updated?.UtcDateTime, item.Authors.Count == 0 ? null : string.Join(", ", item.Authors.Select(a => a.Text)),
        item.Categories, item.Summary ?? item.Content, item.Content ?? item.Summary, [.. item.Enclosures.Select(f => new InspectedFile(f.Url.OriginalString, f.Type, f.Length))]);
}

/// <summary>What is printed of a file.</summary>
internal sealed record InspectedFile(string Url, string? Type, long? Length);
