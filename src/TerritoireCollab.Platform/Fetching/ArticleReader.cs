using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using SmartReader;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Fetching;

/// <summary>What became of reading the text of a page.</summary>
public enum ArticleOutcome
{
    /// <summary>Here it is.</summary>
    Read = 0,
    /// <summary>The site asks not to be copied.</summary>
    Reserved = 1,
    /// <summary>The page is for those who pay.</summary>
    Paywall = 2,
    /// <summary>No text stands out.</summary>
    NothingFound = 3,
}

/// <summary>The text of a page.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Html">The text, sanitised, without pictures; empty unless it was read.</param>
public sealed record ArticleReading(ArticleOutcome Outcome, string Html = "");

/// <summary>
/// Reads the text of an article out of its page, when the site lets it be kept. It does not when, for every program or for this one by name,
/// the page or its answer says <c>noarchive</c>, <c>nosnippet</c> or <c>max-snippet:0</c>, or reserves text and data mining
/// (<c>tdm-reservation</c>, TDMRep); nor when the page says of itself that it is not free to read (<c>isAccessibleForFree</c> of
/// schema.org, <c>article:content_tier</c>).
/// </summary>
public static class ArticleReader
{
    private const int ShortestText = 200;
    private const int MostBoxes = 300;

    // The search for the text grows with the square of them, and looks at its budget only between its passes.
    private const int MostElements = 10_000;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(4);
    private static readonly JsonDocumentOptions Tolerant = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 32 };

    // Directives that hold a colon themselves: what stands before it names no program.
    private static readonly string[] Valued = ["unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"];

    /// <summary>Reads it; never throws, whatever the page is.</summary>
    /// <param name="answer">The page as it was answered.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<ArticleReading> ReadAsync(FetchResult answer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Reservation?.Trim() == "1" || answer.Robots.Any(ForbidsCopies)) return new(ArticleOutcome.Reserved);
        if (SelectorSource.Tree(PageText.Decode(answer.Body.Span, answer.ContentType), MostElements) is not { } page) return new(ArticleOutcome.NothingFound);
        if (IsReserved(page)) return new(ArticleOutcome.Reserved);
        if (IsPaidFor(page)) return new(ArticleOutcome.Paywall);

        using var timer = new CancellationTokenSource(Budget);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        var content = await ContentAsync(page, answer.FinalAddress, both.Token);
        cancellation.ThrowIfCancellationRequested();
        if (content is null) return new(ArticleOutcome.NothingFound);

        var html = Sanitizer.Clean(Plain(content), answer.FinalAddress);
        return HtmlText.OneLine(html).Length < ShortestText ? new(ArticleOutcome.NothingFound) : new(ArticleOutcome.Read, html);
    }

    /// <summary>Whether a line of directives for robots asks that no copy be kept.</summary>
    internal static bool ForbidsCopies(string directives)
    {
        // A program may be named before directives, which are then for it and not for the others.
        var isOurs = true;
        foreach (var part in directives.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var directive = part;
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && !Valued.Contains(part[..colon].Trim(), StringComparer.OrdinalIgnoreCase))
                (isOurs, directive) = (part[..colon].Trim().Equals(FetchOptions.Product, StringComparison.OrdinalIgnoreCase), part[(colon + 1)..].Trim());
            if (isOurs && directive.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() is "noarchive" or "nocache" or "nosnippet" or "max-snippet:0") return true;
        }

        return false;
    }

    private static bool IsReserved(IHtmlDocument page) => page.QuerySelectorAll("meta[name][content]").Any(meta => meta.GetAttribute("name")!.Trim().ToLowerInvariant() switch
    {
        "robots" or "territoirecollab" => ForbidsCopies(meta.GetAttribute("content")!),
        "tdm-reservation" => meta.GetAttribute("content")!.Trim() == "1",
        _ => false,
    });

    private static bool IsPaidFor(IHtmlDocument page)
    {
        if (page.QuerySelectorAll("meta[content]").Any(IsTierOfSubscribers)) return true;
        if (page.QuerySelectorAll("[itemprop=isAccessibleForFree]").Any(e => IsNo(e.GetAttribute("content") ?? e.TextContent))) return true;
        return page.QuerySelectorAll("script[type='application/ld+json']").Take(20).Any(script => SaysNotFree(script.TextContent));
    }

    private static bool IsTierOfSubscribers(IElement meta) =>
        (meta.GetAttribute("property") ?? meta.GetAttribute("name")) is { } name && name.EndsWith("article:content_tier", StringComparison.OrdinalIgnoreCase) && meta.GetAttribute("content")!.Trim().ToLowerInvariant() is "locked" or "metered";

    private static bool SaysNotFree(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, Tolerant);
            return SaysNotFree(document.RootElement, 0);
        }
        catch (JsonException)
        {
            // Written by hand, as much of it is.
            return false;
        }
    }

    private static bool SaysNotFree(JsonElement element, int depth) => depth < 8 && element.ValueKind switch
    {
        JsonValueKind.Array => element.EnumerateArray().Take(100).Any(e => SaysNotFree(e, depth + 1)),
        JsonValueKind.Object => element.EnumerateObject().Any(p => p.Name == "isAccessibleForFree" ? IsNo(p.Value.ToString()) : SaysNotFree(p.Value, depth + 1)),
        _ => false,
    };

    private static bool IsNo(string text) => text.Trim().Split('/')[^1].Equals("false", StringComparison.OrdinalIgnoreCase);

    private static async Task<string?> ContentAsync(IHtmlDocument page, Uri address, CancellationToken cancellation)
    {
        using var reader = new Reader(address.AbsoluteUri, page);
        try
        {
            return (await reader.GetArticleAsync(cancellation)) is { IsReadable: true } article ? article.Content : null;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    // Without pictures: the reader's browser asks nothing of the site, and a caption says nothing without its picture. Without the boxes around
    // boxes of blocks that pages are made of: what is left are paragraphs, headings and lists, one after the other.
    private static string Plain(string html)
    {
        var body = new HtmlParser().ParseDocument(html).Body!;
        foreach (var shown in body.QuerySelectorAll("figure:has(img, picture, video, iframe), img, picture, video, audio, iframe, object, embed, svg, form, button")) shown.Remove();
        var boxes = body.QuerySelectorAll("div, section, article, main, header, footer").Where(b => b.Children.Any(IsBlock)).Take(MostBoxes + 1).ToList();
        // Taking one away costs its neighbours: among thousands that no writer made, they stay.
        if (boxes.Count <= MostBoxes) foreach (var box in boxes) box.Replace([.. box.ChildNodes]);
        return body.InnerHtml;
    }

    private static bool IsBlock(IElement element) => element.LocalName is "p" or "div" or "section" or "article" or "header" or "footer" or "ul" or "ol" or "dl" or "table" or "blockquote" or "pre" or "figure" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6";
}
