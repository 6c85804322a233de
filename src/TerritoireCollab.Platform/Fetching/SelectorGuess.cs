using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using TerritoireCollab.Syndication;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>
/// Proposes selectors for a page of news, for somebody who knows no CSS: the element that repeats itself around links with words, best with a
/// heading, a date and a summary inside. What it proposes is looked at before it is followed.
/// </summary>
public static partial class SelectorGuess
{
    private const int Fewest = 3;
    private const int MostLinks = 400;
    private const int MostAncestors = 6;
    private const int ShortestTitle = 12;

    // What stands around the news of a page.
    private static readonly HashSet<string> Surroundings = new(StringComparer.OrdinalIgnoreCase) { "NAV", "HEADER", "FOOTER", "ASIDE", "FORM" };
    private static readonly string[] Titles = ["h2", "h3", "h4", "h1", "[class*=titre]", "[class*=title]"];
    private static readonly string[] Dates = ["time", "[class*=date]"];
    private static readonly string[] Summaries = ["[class*=chapo]", "[class*=resume]", "[class*=excerpt]", "[class*=desc]", "p:not([class*=date])"];

    /// <summary>The likeliest selectors; null when nothing repeats itself. Never throws, whatever the page is.</summary>
    public static PageSelectors? Of(ReadOnlySpan<byte> bytes, string? contentType, Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (SelectorSource.Tree(PageText.Decode(bytes, contentType)) is not { } document) return null;

        foreach (var block in Blocks(document).OrderByDescending(b => b.Score).Take(5))
        {
            var guess = new PageSelectors(block.Selector) { Title = block.Part(Titles), Date = block.Part(Dates, IsDate), Summary = block.Part(Summaries) };
            if (SelectorSource.Read(bytes, contentType, address, guess).Entries.Count >= Fewest) return guess;
        }

        return null;
    }

    private static List<Block> Blocks(IHtmlDocument document)
    {
        var items = new Dictionary<string, Dictionary<IElement, IElement>>(StringComparer.Ordinal);
        foreach (var link in document.QuerySelectorAll("a[href]").Where(IsOfNews).Take(MostLinks))
        {
            IElement? element = link;
            for (var level = 0; level < MostAncestors && element is not null and not IHtmlBodyElement && element.LocalName != "main"; level++, element = element.ParentElement)
                foreach (var selector in SelectorsOf(element))
                {
                    if (!items.TryGetValue(selector, out var found)) items[selector] = found = [];
                    found.TryAdd(element, link);
                }
        }

        return [.. items.Where(i => i.Value.Count >= Fewest).Select(i => new Block(i.Key, i.Value))];
    }

    private static bool IsOfNews(IElement link)
    {
        if (link.TextContent.AsSpan().Trim().Length < ShortestTitle && link.Closest("article, li, [class]") is null) return false;

        for (var element = link.ParentElement; element is not null; element = element.ParentElement)
            // A heading of an article is a header too.
            if (Surroundings.Contains(element.NodeName) && element.Closest("article") is null) return false;
        return true;
    }

    private static IEnumerable<string> SelectorsOf(IElement element)
    {
        var named = Named(element).ToList();
        foreach (var selector in named) yield return selector;
        if (element.LocalName == "article") yield return "article";
        if (named.Count > 0 || element.ParentElement is not { } parent) yield break;
        foreach (var around in Named(parent)) yield return $"{around} > {element.LocalName}";
    }

    // A class with a number in it names one element, not a kind of them.
    private static IEnumerable<string> Named(IElement element) => element.ClassList.Where(c => PlainName().IsMatch(c)).Take(6).Select(c => $"{element.LocalName}.{c}");

    private static bool IsDate(IElement element) => FeedDates.Parse(element.GetAttribute("datetime") ?? PlainLine.Of(element.TextContent, 100)) is not null;

    [GeneratedRegex("^[A-Za-z_][A-Za-z_-]{0,40}$")]
    private static partial Regex PlainName();

    private sealed class Block(string selector, Dictionary<IElement, IElement> items)
    {
        public string Selector => selector;

        // Many, with long titles, and all that news have; what holds several links is a list of them, not one.
        public double Score { get; } =
            Math.Min(items.Values.Select(l => l.GetAttribute("href")).Distinct().Count(), 30) *
            (Math.Min(items.Average(i => LongestText(i.Key, i.Value)), 80) + (HasOf(items, Titles) ? 30 : 0) + (HasOf(items, Dates) ? 40 : 0) + (HasOf(items, Summaries) ? 20 : 0)) /
            Math.Max(1, items.Keys.Average(i => i.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")).Distinct().Count()));

        /// <summary>The first of some selectors that most of the news have.</summary>
        public string? Part(string[] among, Func<IElement, bool>? isGood = null) =>
            among.FirstOrDefault(part => items.Keys.Count(i => i.QuerySelector(part) is { } found && (isGood is null || isGood(found))) * 5 >= items.Count * 3);

        private static bool HasOf(Dictionary<IElement, IElement> items, string[] among) => items.Keys.Count(i => among.Any(part => i.QuerySelector(part) is not null)) * 5 >= items.Count * 3;

        private static int LongestText(IElement item, IElement link) =>
            Math.Max(link.TextContent.AsSpan().Trim().Length, item.QuerySelector("h1, h2, h3, h4")?.TextContent.AsSpan().Trim().Length ?? 0);
    }
}
