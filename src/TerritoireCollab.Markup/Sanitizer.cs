using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace TerritoireCollab.Markup;

/// <summary>
/// Makes any HTML harmless: a small allow-list of elements, attributes and addresses. Nothing of the input is
/// copied: tokens are read, and what is allowed is written anew, well nested, with every text encoded. Elements
/// whose content browsers read by other rules (svg, math, style, script, noscript, template, textarea…) are never
/// written, so a second reading finds the same tree: <c>Clean(Clean(x)) == Clean(x)</c>.
/// </summary>
public static class Sanitizer
{
    /// <summary>What is read of a foreign document, in UTF-16 units; the rest is cut.</summary>
    public const int MaxLength = 1_000_000;

    /// <summary>Cleans foreign HTML, a feed's for example. Never throws on any text.</summary>
    /// <param name="html">A fragment or a whole document.</param>
    /// <param name="baseUri">
    /// Absolute address the relative links are resolved against; without it only paths from this site's root stay.
    /// </param>
    public static string Clean(string html, Uri? baseUri = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Clean(html, baseUri is null ? SanitizerOptions.Default : new SanitizerOptions { BaseUri = baseUri });
    }

    /// <summary>
    /// Puts the site's address before the site-relative links and pictures of a sanitised text, for mails and feeds.
    /// </summary>
    /// <param name="cleanHtml">A result of <see cref="Clean(string, Uri?)"/> .</param>
    /// <param name="site">Absolute public address of the site.</param>
    public static string WithAbsoluteLinks(string cleanHtml, Uri site)
    {
        ArgumentNullException.ThrowIfNull(cleanHtml);
        ArgumentNullException.ThrowIfNull(site);

        // Exact, not approximate: in sanitised text « < » only starts a tag, and the address is the first attribute.
        var root = site.GetLeftPart(UriPartial.Authority) + "/";
        return cleanHtml
            .Replace("<a href=\"/", "<a href=\"" + root, StringComparison.Ordinal)
            .Replace("<img src=\"/", "<img src=\"" + root, StringComparison.Ordinal);
    }

    /// <summary>Cleans HTML for what <paramref name="options"/> says of it. Never throws on any text.</summary>
    public static string Clean(string html, SanitizerOptions options)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentNullException.ThrowIfNull(options);
        if (html.Length == 0)
        {
            return string.Empty;
        }

        var writer = new HtmlWriter(options, Math.Min(html.Length, MaxLength));
        foreach (var token in Read(html, options.KeepPictures))
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    writer.Text(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    writer.StartTag((HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    writer.EndTag(token.Name);
                    break;
            }
        }

        return writer.Finish();
    }

    /// <summary>Tokens of a fragment, raw-text elements read as a browser without script reads them.</summary>
    /// <param name="html">The fragment.</param>
    /// <param name="readsFrames">Whether what a frame holds for those who cannot show it is read as markup.</param>
    internal static IEnumerable<HtmlToken> Read(string html, bool readsFrames = false)
    {
        using var source = new TextSource(html.Length > MaxLength ? html[..MaxLength] : html);
        var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { SkipComments = true };
        while (true)
        {
            var token = tokenizer.Get();
            if (token.Type == HtmlTokenType.EndOfFile)
            {
                yield break;
            }

            if (token.Type == HtmlTokenType.StartTag && HtmlElements.Rules.TryGetValue(token.Name, out var rule))
            {
                tokenizer.State = readsFrames && rule.Kind == ElementKind.Embed ? HtmlParseMode.PCData : rule.RawText;
            }

            yield return token;
        }
    }
}
