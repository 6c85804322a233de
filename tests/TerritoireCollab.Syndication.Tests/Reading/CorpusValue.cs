using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace TerritoireCollab.Syndication.Tests.Reading;

/// <summary>Compares what was read with what a suite says under its own keys.</summary>
internal static partial class CorpusValue
{
    private static readonly HtmlParser Parser = new();

    /// <summary>Whether the value is as expected; null for keys that a reading does not answer.</summary>
    public static bool? IsAsExpected(FeedReading? feed, string key, JsonElement expected)
    {
        var value = expected.ValueKind == JsonValueKind.Null ? "" : expected.ToString();
        if (key == "entries.count") return (feed?.Items.Count ?? 0).ToString(CultureInfo.InvariantCulture) == value;
        if (Entry().Match(key) is not { Success: true } entry) return OfFeed(feed, key, value);

        var index = int.Parse(entry.Groups[1].Value, CultureInfo.InvariantCulture);
        return feed is null || index >= feed.Items.Count ? false : OfItem(feed.Items[index], entry.Groups[2].Value, value);
    }

    /// <summary>The text of HTML, blanks folded.</summary>
    public static string Text(string? html)
    {
        using var document = Parser.ParseDocument("<body>" + html);
        foreach (var hidden in document.QuerySelectorAll("script,style")) hidden.Remove();
        return Fold(document.Body!.TextContent);
    }

    private static bool? OfFeed(FeedReading? feed, string key, string expected) => key switch
    {
        "feed.title" => Same(feed?.Title, expected),
        "feed.subtitle" => Same(feed?.Description, expected),
        "feed.link" => SameAddress(feed?.Link, expected),
        "feed.language" => Same(feed?.Language, expected),
        "feed.id" => Same(feed?.Id, expected),
        "feed.rights" => Same(feed?.Rights, expected),
        "feed.author" => Same(feed?.Author?.Text, expected),
        "feed.updated@utc" => SameMoment(feed?.Updated, expected),
        _ => null,
    };

    private static bool? OfItem(FeedItem item, string key, string expected) => key switch
    {
        "title" => Same(item.Title, expected),
        "id" => Same(item.Id, expected),
        "link" => SameAddress(item.Link, expected),
        "summary" => Same(item.Summary ?? item.Content, expected),
        "content[0].value" => Same(item.Content ?? item.Summary, expected),
        "author" => Same(string.Join(", ", item.Authors.Select(a => a.Text)), expected),
        "authors[0].name" => item.Authors is [var author, ..] && author.Name == expected,
        "authors[0].email" => item.Authors is [var author, ..] && author.Email == expected,
        "comments" => SameAddress(item.Comments, expected),
        "published@utc" => SameMoment(item.Published, expected),
        "updated@utc" => SameMoment(item.Updated, expected),
        "date@utc" => SameMoment(item.Published ?? item.Updated, expected),
        "enclosures.count" => item.Enclosures.Count.ToString(CultureInfo.InvariantCulture) == expected,
        "enclosures[0].href" => item.Enclosures is [var file, ..] && SameAddress(file.Url, expected),
        "enclosures[0].type" => item.Enclosures is [var file, ..] && file.Type == expected,
        "enclosures[0].length" => item.Enclosures is [var file, ..] && (file.Length ?? 0).ToString(CultureInfo.InvariantCulture) == expected,
        _ when key.StartsWith("tags[", StringComparison.Ordinal) && key.EndsWith(".term", StringComparison.Ordinal) => item.Categories.Any(category => Same(category, expected)),
        _ => null,
    };

    // As letters or as HTML: suites keep the markup of titles, which we fold.
    private static bool Same(string? value, string expected) =>
        Fold(value) == Fold(expected) || Text(value) == Text(expected) || Fold(value) == Text(expected);

    private static bool SameAddress(Uri? value, string expected) => (value?.OriginalString ?? "").TrimEnd('/') == expected.TrimEnd('/');

    private static bool SameMoment(DateTimeOffset? value, string expected) =>
        value is { } moment && Math.Abs((moment - DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture)).TotalSeconds) < 1;

    private static string Fold(string? text) => string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    [GeneratedRegex(@"^entries\[(\d+)\]\.(.+)$")]
    private static partial Regex Entry();
}
