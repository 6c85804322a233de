using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using TerritoireCollab.Syndication.Text;

namespace TerritoireCollab.Syndication.Writing;

/// <summary>JSON Feed 1.1.</summary>
internal static class JsonFeedWriter
{
    // French stays readable; markup stays escaped, so that the text is harmless even inside a page.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Indented = true,
        NewLine = "\n",
    };

    public static void Write(Feed feed, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, Options);
        json.WriteStartObject();
        WriteMetadata(json, feed);
        json.WriteStartArray("items");
        foreach (var entry in feed.Entries)
            WriteItem(json, entry);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, Feed feed)
    {
        json.WriteString("version", "https://jsonfeed.org/version/1.1");
        json.WriteString("title", feed.Title);
        WriteAddress(json, "home_page_url", feed.Link);
        WriteAddress(json, "feed_url", feed.Self);
        json.WriteString("description", feed.Description);
        WriteAddress(json, "icon", feed.Image);
        WriteAddress(json, "favicon", feed.Icon);
        WriteAuthors(json, [feed.Author]);
        json.WriteString("language", feed.Language);
        WriteHubs(json, feed.Hubs);
    }

    private static void WriteHubs(Utf8JsonWriter json, IReadOnlyList<Uri> hubs)
    {
        if (hubs.Count == 0)
            return;

        json.WriteStartArray("hubs");
        foreach (var hub in hubs)
        {
            json.WriteStartObject();
            json.WriteString("type", "WebSub");
            WriteAddress(json, "url", hub);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteItem(Utf8JsonWriter json, FeedEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("id", entry.Id);
        WriteAddress(json, "url", entry.Link);
        json.WriteString("title", entry.Title);
        WriteBody(json, entry);
        json.WriteString("date_published", FeedDate.Rfc3339(entry.Published));
        json.WriteString("date_modified", FeedDate.Rfc3339(entry.LastChange));
        WriteAuthors(json, entry.Authors);
        WriteTags(json, entry.Categories);
        WriteAttachments(json, entry.Enclosures);
        WriteSource(json, entry.Source);
        json.WriteEndObject();
    }

    // Every item must have content_html or content_text.
    private static void WriteBody(Utf8JsonWriter json, FeedEntry entry)
    {
        if (entry.ContentHtml is null)
            json.WriteString("content_text", entry.SummaryOrTitle);
        else
            json.WriteString("content_html", entry.ContentHtml);
        if (entry.Summary is not null)
            json.WriteString("summary", entry.Summary);
    }

    private static void WriteAuthors(Utf8JsonWriter json, IReadOnlyList<string> authors)
    {
        if (authors.Count == 0)
            return;

        json.WriteStartArray("authors");
        foreach (var author in authors)
        {
            json.WriteStartObject();
            json.WriteString("name", author);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTags(Utf8JsonWriter json, IReadOnlyList<string> categories)
    {
        if (categories.Count == 0)
            return;

        json.WriteStartArray("tags");
        foreach (var category in categories)
            json.WriteStringValue(category);
        json.WriteEndArray();
    }

    private static void WriteAttachments(Utf8JsonWriter json, IReadOnlyList<FeedEnclosure> enclosures)
    {
        if (enclosures.Count == 0)
            return;

        json.WriteStartArray("attachments");
        foreach (var enclosure in enclosures)
            WriteAttachment(json, enclosure);
        json.WriteEndArray();
    }

    private static void WriteAttachment(Utf8JsonWriter json, FeedEnclosure enclosure)
    {
        json.WriteStartObject();
        WriteAddress(json, "url", enclosure.Url);
        json.WriteString("mime_type", enclosure.Type);
        if (enclosure.Length > 0)
            json.WriteNumber("size_in_bytes", enclosure.Length);
        json.WriteEndObject();
    }

    // The format has no word for the origin of an item: a custom object, whose name must start with an underscore.
    private static void WriteSource(Utf8JsonWriter json, FeedSource? source)
    {
        if (source is null)
            return;

        json.WriteStartObject("_source");
        json.WriteString("title", source.Title);
        WriteAddress(json, "url", source.Address);
        json.WriteEndObject();
    }

    private static void WriteAddress(Utf8JsonWriter json, string name, Uri? address)
    {
        if (address is not null)
            json.WriteString(name, WebAddress.Text(address));
    }
}
