using TerritoireCollab.Platform.Text;
using TerritoireCollab.Syndication;
using TerritoireCollab.Veille.Pool;

namespace TerritoireCollab.Veille.Fetching;

/// <summary>Reads what a source answered into what the pool takes.</summary>
internal static class ReadSource
{
    private const int LongestDescription = 500;

    /// <summary>What the feed says; null when it is no feed.</summary>
    public static SourceReading? Feed(ReadOnlySpan<byte> bytes, FeedOrigin origin)
    {
        if (FeedReader.Read(bytes, origin) is not { } feed) return null;

        return new SourceReading(
            feed.Title,
            feed.Link?.AbsoluteUri,
            feed.Description is { Length: > 0 } description ? Excerpt.Cut(PlainText.FromHtml(description), LongestDescription) : null,
            feed.Language,
            feed.Repairs.Count == 0 ? null : string.Join(' ', feed.Repairs.Select(r => r.Kind).Distinct()),
            [.. feed.Items.Select(Entry).OfType<SourceEntry>()])
        { RefreshInterval = feed.RefreshInterval };
    }

    // Without any address there is nothing to open; a podcast has its file.
    private static SourceEntry? Entry(FeedItem item)
    {
        if ((item.Link ?? item.Enclosures.Select(e => e.Url).FirstOrDefault()) is not { } address || address.AbsoluteUri.Length > News.AddressLength) return null;

        var text = PlainText.FromHtml(item.Summary ?? item.Content ?? "");
        var excerpt = Excerpt.Cut(OneLine(text), News.ExcerptLength);
        var title = item.Title is { Length: > 0 } own ? own : excerpt.Length > 0 ? EnterPool.Cut(excerpt, 80) : address.IdnHost;
        return new(item.Id, address, title, item.Authors.Select(a => a.Name ?? a.Text).FirstOrDefault(), excerpt, (item.Published ?? item.Updated)?.UtcDateTime);
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
