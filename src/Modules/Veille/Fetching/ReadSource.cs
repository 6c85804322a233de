using TerritoireCollab.Platform.Fetching;
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
        { RefreshInterval = feed.RefreshInterval, Hubs = feed.Hubs, Self = feed.Self };
    }

    /// <summary>What a page without a feed says by selectors, and what reading it came to; the first is null when nothing was found.</summary>
    public static (SourceReading? Reading, SelectorProblem Problem) Page(FetchResult answer, PageSelectors selectors)
    {
        var read = SelectorSource.Read(answer.Body.Span, answer.ContentType, answer.FinalAddress, selectors);
        if (read.Problem != SelectorProblem.None) return (null, read.Problem);

        var facts = PageReader.Read(answer.Body.Span, answer.ContentType, answer.FinalAddress);
        return (new SourceReading(facts.SiteName ?? facts.Title, answer.FinalAddress.AbsoluteUri, facts.Description is { } said ? Excerpt.Cut(said, LongestDescription) : null, facts.Language, null, [.. read.Entries.Select(Entry).OfType<SourceEntry>()]), read.Problem);
    }

    /// <summary>The date of an article of a page, in UTC; null where it has none that can be read.</summary>
    public static DateTime? DateOf(PageEntry entry) => FeedDates.Parse(entry.DateText)?.UtcDateTime;

    // On a page an article is known by where it leads, whatever it is called by then.
    private static SourceEntry? Entry(PageEntry entry) => entry.Link.AbsoluteUri.Length > News.AddressLength
        ? null
        : new(CanonicalAddress.Of(entry.Link), entry.Link, entry.Title, null, Excerpt.Cut(entry.Summary ?? "", News.ExcerptLength), DateOf(entry));

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
