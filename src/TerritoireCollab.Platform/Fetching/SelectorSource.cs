using System.Diagnostics;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>Where on a page its news are: a site without a feed, read by CSS selectors.</summary>
/// <param name="Item">Each news.</param>
public sealed record PageSelectors(string Item)
{
    /// <summary>Title inside a news; the link's text when empty.</summary>
    public string? Title { get; init; }

    /// <summary>Link inside a news; the first one, or the news itself, when empty.</summary>
    public string? Link { get; init; }

    /// <summary>Date inside a news.</summary>
    public string? Date { get; init; }

    /// <summary>Summary inside a news.</summary>
    public string? Summary { get; init; }
}

/// <summary>One news of a page.</summary>
/// <param name="Title">Plain text.</param>
/// <param name="Link">Absolute address.</param>
/// <param name="DateText">The date as it is written there; null without one.</param>
/// <param name="Summary">Plain text; null without one.</param>
public sealed record PageEntry(string Title, Uri Link, string? DateText, string? Summary);

/// <summary>Why nothing was read.</summary>
public enum SelectorProblem
{
    /// <summary>All is well.</summary>
    None = 0,
    /// <summary>A selector is not CSS, or is too long or too involved.</summary>
    BadSelector = 1,
    /// <summary>No element is an item.</summary>
    NoItem = 2,
    /// <summary>Items were found, none with a title and a link.</summary>
    NoLink = 3,
    /// <summary>The page is larger or more nested than pages are.</summary>
    PageTooLarge = 4,
    /// <summary>The selectors take too long on this page.</summary>
    TooSlow = 5,
}

/// <summary>What was read of a page.</summary>
/// <param name="Entries">News in the order of the page.</param>
/// <param name="Problem">Why there are none.</param>
/// <param name="Field">Name of the property of <see cref="PageSelectors"/> that is at fault; null when none is.</param>
public sealed record PageReading(IReadOnlyList<PageEntry> Entries, SelectorProblem Problem = SelectorProblem.None, string? Field = null)
{
    /// <summary>Names of the selectors of title, link, date and summary that are given and find nothing in any of the news.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}

/// <summary>Reads news out of a page by selectors. Pages and selectors come from others: both are bounded before any work is done.</summary>
public static class SelectorSource
{
    /// <summary>Longest selector.</summary>
    public const int MaxSelector = 200;

    /// <summary>Most news of one page.</summary>
    public const int MaxEntries = 100;

    // Enough for a page of news. One comparison tries ancestors for each part of a selector: depth and parts bound it, time bounds their sum.
    private const int MaxHtml = 1_500_000;
    private const int MaxElements = 30_000;
    private const int MaxDepth = 100;
    private const int MaxParts = 5;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(1);

    // Parts that look through all that is below or beside an element make the work quadratic; no list of news needs them.
    private static readonly string[] Costly = [":has", ":nth-last", ":last-of", ":only-of", ":nth-of", ":nth-column", ":contains", "~"];

    /// <summary>The name of the first selector that cannot be used; null when all can.</summary>
    public static string? BadField(PageSelectors selectors)
    {
        ArgumentNullException.ThrowIfNull(selectors);
        if (!IsUsable(selectors.Item)) return nameof(PageSelectors.Item);
        foreach (var (name, selector) in new[] { (nameof(selectors.Title), selectors.Title), (nameof(selectors.Link), selectors.Link), (nameof(selectors.Date), selectors.Date), (nameof(selectors.Summary), selectors.Summary) })
            if (!string.IsNullOrWhiteSpace(selector) && !IsUsable(selector)) return name;
        return null;
    }

    /// <summary>The news of a page; never throws, whatever the page and the selectors are.</summary>
    public static PageReading Read(ReadOnlySpan<byte> bytes, string? contentType, Uri address, PageSelectors selectors)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (BadField(selectors) is { } field) return new([], SelectorProblem.BadSelector, field);

        if (Tree(PageText.Decode(bytes, contentType)) is not { } document) return new([], SelectorProblem.PageTooLarge);

        var start = document.QuerySelector("base[href]")?.GetAttribute("href") is { } written && Uri.TryCreate(address, written, out var based) && based.Scheme is "http" or "https" ? based : address;
        var search = new Search(selectors, start);
        var items = search.All(document).Take(MaxEntries).ToList();
        var entries = items.Select(search.Entry).OfType<PageEntry>().DistinctBy(e => e.Link).ToList();
        if (search.IsOverdue) return new([], SelectorProblem.TooSlow);
        if (items.Count == 0) return new([], SelectorProblem.NoItem, nameof(selectors.Item));
        return entries.Count > 0 ? new(entries) { Silent = search.Silent } : new([], SelectorProblem.NoLink, nameof(selectors.Link));
    }

    /// <summary>The tree of a page; null when the page is larger or more nested than pages are.</summary>
    internal static IHtmlDocument? Tree(string html, int maxElements = MaxElements)
    {
        if (html.Length > MaxHtml || !PageShape.IsOrdinary(html, maxElements, MaxDepth)) return null;

        var document = new HtmlParser().ParseDocument(html);
        // Formatting that is left open is opened again in each paragraph, so the tree may be larger than what was written.
        return PageShape.IsOrdinary(document, maxElements * 2, MaxDepth + 50) ? document : null;
    }

    private static bool IsUsable(string selector) => Compiled(selector) is not null;

    private static ISelector? Compiled(string? selector)
    {
        if (string.IsNullOrWhiteSpace(selector) || selector.Length > MaxSelector) return null;

        // « [class~="x"] » is cheap: only the sign between two parts is not.
        var signs = selector.Replace("~=", "", StringComparison.Ordinal);
        if (Array.Exists(Costly, c => signs.Contains(c, StringComparison.OrdinalIgnoreCase))) return null;
        return selector.Split([' ', '>', '+', ',', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries).Length > MaxParts ? null : new CssSelectorParser().ParseSelector(selector);
    }

    // Looks elements through one by one, so that the time can be watched.
    private sealed class Search(PageSelectors selectors, Uri start)
    {
        private readonly long _began = Stopwatch.GetTimestamp();
        private readonly ISelector _item = Compiled(selectors.Item)!;
        private readonly ISelector? _title = Compiled(selectors.Title);
        private readonly ISelector? _link = Compiled(selectors.Link);
        private readonly ISelector? _date = Compiled(selectors.Date);
        private readonly ISelector? _summary = Compiled(selectors.Summary);
        private readonly HashSet<ISelector> _found = [];

        public bool IsOverdue { get; private set; }

        public IReadOnlyList<string> Silent =>
            [.. new (string Name, ISelector? Part)[] { (nameof(selectors.Title), _title), (nameof(selectors.Link), _link), (nameof(selectors.Date), _date), (nameof(selectors.Summary), _summary) }
                .Where(s => s.Part is not null && !_found.Contains(s.Part)).Select(s => s.Name)];

        public IEnumerable<IElement> All(IDocument document) => Matching(document.All, _item);

        public PageEntry? Entry(IElement item)
        {
            var link = Find(item, _link) ?? (item is IHtmlAnchorElement ? item : FirstLink(item));
            // The selector may name what stands around the link.
            if (link is not null and not IHtmlAnchorElement) link = FirstLink(link) ?? link.Closest("a[href]");
            if (link?.GetAttribute("href")?.Trim() is not { Length: > 0 and <= AddressPolicy.MaxLength } href) return null;
            if (!Uri.TryCreate(start, href, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo.Length > 0) return null;

            var named = Find(item, _title) ?? link;
            var title = PlainLine.Of(named.TextContent, 300) ?? PlainLine.Of(link.GetAttribute("title") ?? link.GetAttribute("aria-label"), 300);
            if (title is null) return null;

            var date = Find(item, _date);
            return new(title, address, PlainLine.Of(date?.GetAttribute("datetime") ?? date?.TextContent, 100), PlainLine.Of(Find(item, _summary)?.TextContent, 1000));
        }

        private IElement? Find(IElement item, ISelector? selector)
        {
            if (selector is null) return null;

            var element = Matching(item.Descendants().OfType<IElement>().Prepend(item), selector).FirstOrDefault();
            if (element is not null) _found.Add(selector);
            return element;
        }

        private static IElement? FirstLink(IElement element) => element.Descendants().OfType<IHtmlAnchorElement>().FirstOrDefault(a => a.HasAttribute("href"));

        private IEnumerable<IElement> Matching(IEnumerable<IElement> elements, ISelector selector)
        {
            foreach (var element in elements)
            {
                IsOverdue |= Stopwatch.GetElapsedTime(_began) > Budget;
                if (IsOverdue) yield break;
                if (selector.Match(element, null)) yield return element;
            }
        }
    }
}
