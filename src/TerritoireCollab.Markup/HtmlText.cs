using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>
/// Readable plain text of HTML: paragraphs separated by a blank line, links as <c>texte (adresse)</c>, items after an en dash, quotes
/// after <c>&gt;</c>; or its words on one line, as they are read out.
/// </summary>
public static class HtmlText
{
    /// <summary>Plain text of any HTML, trusted or not.</summary>
    /// <param name="html">A fragment or a whole document.</param>
    /// <param name="baseUri">Address the relative links are resolved against; without it they show their text only.</param>
    public static string Of(string html, Uri? baseUri = null)
    {
        ArgumentNullException.ThrowIfNull(html);
        return Write(Sanitizer.Clean(html, baseUri), new PlainTextWriter(null));
    }

    /// <summary>Plain text of what the sanitiser made.</summary>
    /// <param name="cleanHtml">A result of <see cref="Sanitizer"/>.</param>
    /// <param name="site">Address that completes the paths from the site's root; without it they show their text only.</param>
    public static string OfClean(string cleanHtml, Uri? site = null)
    {
        ArgumentNullException.ThrowIfNull(cleanHtml);
        return Write(cleanHtml, new PlainTextWriter(site));
    }

    /// <summary>
    /// Words of a sanitised text on one line, without addresses nor marks: headings left out, unless there is nothing else, and items, cells and
    /// paragraphs told apart as in a sentence.
    /// </summary>
    /// <param name="cleanHtml">A result of <see cref="Sanitizer"/>.</param>
    public static string OneLine(string cleanHtml)
    {
        ArgumentNullException.ThrowIfNull(cleanHtml);
        return Write(cleanHtml, new SentenceWriter(withHeadings: false)) is { Length: > 0 } words ? words : Write(cleanHtml, new SentenceWriter(withHeadings: true));
    }

    /// <summary>
    /// What a line of foreign HTML says, a title for instance: its markup goes, its references become letters. Names that are no element's
    /// stay as they are typed, so that « la balise &lt;titre&gt; » does not lose its word. Plain text: it must be encoded where it is shown.
    /// </summary>
    /// <param name="html">HTML, trusted or not.</param>
    public static string Line(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return html.AsSpan().IndexOfAny('<', '&') < 0 ? html : LineWriter.Write(html);
    }

    private static string Write(string cleanHtml, ITextWriter writer)
    {
        foreach (var token in Sanitizer.Read(cleanHtml))
        {
            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    writer.Text(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    writer.Start((HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    writer.End(token.Name);
                    break;
            }
        }

        return writer.Finish();
    }
}
