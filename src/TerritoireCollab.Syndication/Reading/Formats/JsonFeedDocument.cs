using System.Globalization;
using System.Text.Json;
using TerritoireCollab.Syndication.Reading.Texts;

namespace TerritoireCollab.Syndication.Reading.Formats;

/// <summary>JSON Feed 1.0 and 1.1, by what is there rather than by what the version promises.</summary>
internal static class JsonFeedDocument
{
    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = XmlTree.MaximumDepth };

    /// <summary>Reads a feed.</summary>
    /// <returns>Null, and why, when it is none.</returns>
    public static FeedReading? Read(string text, FeedContext context, out FeedRefusal refusal)
    {
        if (Parse(text, context, out refusal) is { } read) return read;
        if (refusal != FeedRefusal.Unreadable || CutJson.Closed(text) is not { } closed) return null;

        context.Repairs.Add(new(FeedRepairKind.Markup));
        return Parse(closed, context, out refusal);
    }

    private static FeedReading? Parse(string text, FeedContext context, out FeedRefusal refusal)
    {
        refusal = FeedRefusal.Unreadable;
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            refusal = FeedRefusal.OtherDocument;
            return IsFeed(document.RootElement) ? Read(document.RootElement, context) : null;
        }
        catch (JsonException)
        {
            // Not JSON after all.
            return null;
        }
    }

    private static bool IsFeed(JsonElement root) => root.ValueKind == JsonValueKind.Object
        && (Text(root, "version")?.Contains("jsonfeed.org", StringComparison.OrdinalIgnoreCase) == true
            || (root.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array && (Text(root, "title") is not null || Text(root, "feed_url") is not null || Text(root, "home_page_url") is not null)));

    private static FeedReading Read(JsonElement root, FeedContext context)
    {
        var feed = new FeedDraft { Self = XmlBase.Resolve(Text(root, "feed_url"), context.Base) };
        var around = context.Base ?? feed.Self;
        feed.Title(Plain(Text(root, "title")));
        feed.Link(Text(root, "home_page_url"), around);
        feed.Description(Plain(Text(root, "description")));
        feed.Language(Text(root, "language"));
        feed.Picture(Text(root, "icon"), around);
        feed.Icon(Text(root, "favicon"), around);
        Authors(root, feed.Authors, around);
        foreach (var hub in Children(root, "hubs")) feed.Hub(Text(hub, "url"), around);

        var all = Children(root, "items").Where(item => item.ValueKind == JsonValueKind.Object).ToList();
        var kept = all.Take(FeedReader.MostItems).Select(item => Item(item, around, context)).ToList();
        var (items, repeated) = EntryIdentity.Assign(kept);
        if (repeated > 0) context.Repairs.Add(new(FeedRepairKind.RepeatedIds, repeated.ToString(CultureInfo.InvariantCulture)));
        var reading = feed.Build(FeedDialect.Json, context);
        context.Conclude(all.Count - kept.Count);
        if (reading.Author is { } author) items = [.. items.Select(item => item.Authors.Count > 0 ? item : item with { Authors = [author] })];
        return reading with { Items = items, OmittedItems = all.Count - kept.Count, Repairs = context.Repairs };
    }

    private static FeedItem Item(JsonElement element, Uri? around, FeedContext context)
    {
        var item = new ItemDraft(around);
        item.Id(Text(element, "id"));
        item.Title(Plain(Text(element, "title")));
        item.Link(Text(element, "url"), around);
        item.Link(Text(element, "external_url"), around, 2);
        item.Published(context.Date(Text(element, "date_published")));
        item.Updated(context.Date(Text(element, "date_modified")));
        Authors(element, item.Authors, around);
        foreach (var tag in Children(element, "tags")) item.Category(tag.ValueKind == JsonValueKind.String ? String(tag) : null);
        item.Summary(Plain(Text(element, "summary")));
        item.Content(new FeedText(Text(element, "content_html") ?? "", false, around));
        item.Content(Plain(Text(element, "content_text")), 3);
        item.Picture(Text(element, "image"), around);
        item.Picture(Text(element, "banner_image"), around, 2);
        foreach (var file in Children(element, "attachments")) item.File(Text(file, "url"), around, Text(file, "mime_type"), Text(file, "size_in_bytes"));
        return item.Build(context);
    }

    // Version 1.1 has several, 1.0 had one.
    private static void Authors(JsonElement element, People people, Uri? around)
    {
        foreach (var author in Children(element, "authors")) Author(author, people, around);
        if (element.ValueKind == JsonValueKind.Object && element.TryGetProperty("author", out var single)) Author(single, people, around);
    }

    private static void Author(JsonElement author, People people, Uri? around) => people.Add(
        author.ValueKind == JsonValueKind.String ? People.OfText(String(author)) : People.Of(FeedContext.Line(Text(author, "name")), null, XmlBase.Resolve(Text(author, "url"), around)), People.Named);

    private static FeedText Plain(string? text) => new(text ?? "", true, null);

    private static IEnumerable<JsonElement> Children(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];

    private static string? Text(JsonElement element, string name) => element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => String(value),
        // Identifiers and sizes are numbers as often as not.
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };

    private static string? String(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair cannot be decoded.
            return null;
        }
    }
}
