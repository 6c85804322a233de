using System.Globalization;
using System.Net;
using System.Text;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Ui.Components;

namespace TerritoireCollab.Wiki.Writing;

/// <summary>A heading of a page.</summary>
/// <param name="Anchor">Its anchor in the page.</param>
/// <param name="Text">Its words.</param>
/// <param name="Level">2 to 6.</param>
public sealed record PageHeading(string Anchor, string Text, int Level);

/// <summary>Where a link of a page leads today, for one reader.</summary>
/// <param name="Title">Title of the page.</param>
/// <param name="Address">Its address from the root.</param>
public sealed record LinkedPage(string Title, string Address);

/// <summary>A text as one reader sees it.</summary>
/// <param name="Html">Sanitised HTML.</param>
/// <param name="Headings">Its headings, in order.</param>
public sealed record ReadableText(string Html, IReadOnlyList<PageHeading> Headings);

/// <summary>
/// Makes what was rendered once for all into what one reader sees: links have the titles of today, pages to be written are offered to those who
/// may, and headings have anchors. Exact, not approximate: in sanitised text « &lt; » only starts a tag, and attributes stand in one order.
/// </summary>
internal static class PageHtml
{
    private const string LinkClass = "\" class=\"lien-page\">";
    private const string WantedSpan = "<span class=\"lien-a-ecrire\">";
    private const string Close = "</span>";

    /// <summary>The text for one reader.</summary>
    /// <param name="html">Sanitised HTML of the body.</param>
    /// <param name="body">The body, for what links that lead nowhere yet are called.</param>
    /// <param name="links">Where links lead, by <see cref="PageLinks.KeyOf"/>, as far as the reader may see it.</param>
    /// <param name="write">Address of the form of a new page of that title; null for whoever writes none.</param>
    public static ReadableText For(string html, string body, IReadOnlyDictionary<string, LinkedPage> links, Func<string, string>? write)
    {
        if (html.Contains("class=\"lien-", StringComparison.Ordinal)) html = Wanted(Linked(html, links), body, links, write);
        return WithAnchors(html);
    }

    private static string Linked(string html, IReadOnlyDictionary<string, LinkedPage> links)
    {
        var text = new StringBuilder(html.Length + 128);
        var at = 0;
        for (var found = html.IndexOf(LinkClass, StringComparison.Ordinal); found >= 0; found = html.IndexOf(LinkClass, found + 1, StringComparison.Ordinal))
        {
            var start = html.LastIndexOf("<a href=\"/c/", found, StringComparison.Ordinal);
            var end = html.IndexOf("</a>", found, StringComparison.Ordinal);
            if (start < at || end < 0 || !links.TryGetValue("#" + html[(start + 12)..found], out var page)) continue;

            text.Append(html, at, start - at).Append(CultureInfo.InvariantCulture, $"<a href=\"{Html.Encoder.Encode(page.Address)}\" class=\"lien-page\">{Html.Encoder.Encode(page.Title)}");
            at = end;
        }

        return text.Append(html, at, html.Length - at).ToString();
    }

    private static string Wanted(string html, string body, IReadOnlyDictionary<string, LinkedPage> links, Func<string, string>? write)
    {
        if (!html.Contains(WantedSpan, StringComparison.Ordinal)) return html;

        var named = new Queue<PageLink>(RichText.FindPageLinks(body).Where(l => l.ShortId is null));
        var text = new StringBuilder(html.Length + 128);
        var at = 0;
        for (var found = html.IndexOf(WantedSpan, StringComparison.Ordinal); found >= 0 && named.TryDequeue(out var link); found = html.IndexOf(WantedSpan, found + 1, StringComparison.Ordinal))
        {
            var end = html.IndexOf(Close, found, StringComparison.Ordinal);
            var label = html[(found + WantedSpan.Length)..end];
            var instead = links.TryGetValue(PageLinks.KeyOf(link), out var page)
                ? $"<a href=\"{Html.Encoder.Encode(page.Address)}\" class=\"lien-page\">{(link.Text is null ? Html.Encoder.Encode(page.Title) : label)}</a>"
                : write is null ? label : $"<a href=\"{Html.Encoder.Encode(write(link.Title))}\" class=\"lien-a-ecrire\">{label}</a>";
            text.Append(html, at, found - at).Append(instead);
            at = end + Close.Length;
        }

        return text.Append(html, at, html.Length - at).ToString();
    }

    // A text begins at h3, under the parts of a page that shows several; a page of its own begins at h2.
    private static ReadableText WithAnchors(string html)
    {
        var headings = new List<PageHeading>();
        var used = new HashSet<string>(StringComparer.Ordinal);
        var text = new StringBuilder(html.Length + 256);
        var at = 0;
        for (var found = html.IndexOf("<h", StringComparison.Ordinal); found >= 0; found = html.IndexOf("<h", found + 2, StringComparison.Ordinal))
        {
            if (found + 4 > html.Length || html[found + 2] is not (>= '3' and <= '6') || html[found + 3] != '>') continue;

            var end = html.IndexOf($"</h{html[found + 2]}>", found, StringComparison.Ordinal);
            if (end < 0) break;

            var (level, inner) = (html[found + 2] - '0' - 1, html[(found + 4)..end]);
            var words = WebUtility.HtmlDecode(WithoutTags(inner)).Trim();
            var anchor = Free("t-" + Slug.Of(words), used);
            headings.Add(new(anchor, words, level));
            text.Append(html, at, found - at).Append(CultureInfo.InvariantCulture, $"<h{level} id=\"{anchor}\">{inner}</h{level}>");
            at = end + 5;
        }

        return new(text.Append(html, at, html.Length - at).ToString(), headings);
    }

    private static string Free(string anchor, HashSet<string> used)
    {
        var free = anchor;
        for (var n = 2; !used.Add(free); n++) free = $"{anchor}-{n}";
        return free;
    }

    private static string WithoutTags(string html)
    {
        var text = new StringBuilder(html.Length);
        var inTag = false;
        foreach (var letter in html)
        {
            if (letter == '<') inTag = true;
            else if (letter == '>') inTag = false;
            else if (!inTag) text.Append(letter);
        }

        return text.ToString();
    }
}
