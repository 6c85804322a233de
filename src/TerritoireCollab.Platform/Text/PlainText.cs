using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Text;

/// <summary>Readable plain text, for the text part of mails and for the index: the layout of <see cref="HtmlText"/>.</summary>
public static class PlainText
{
    /// <summary>Plain text of a Markdown source. Refused shapes come as typed.</summary>
    /// <param name="markdown">Source text.</param>
    /// <param name="context">Resolved mentions and references; its <see cref="RichTextContext.Site"/> completes relative addresses.</param>
    public static string FromMarkdown(string markdown, RichTextContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        var resolved = context ?? RichTextContext.Empty;
        return HtmlText.OfClean(RichText.Render(markdown, resolved), resolved.Site);
    }

    /// <summary>Plain text of any HTML, trusted or not.</summary>
    /// <param name="html">A fragment or a whole document.</param>
    /// <param name="baseUri">Address the relative links are resolved against; without it they show their text only.</param>
    public static string FromHtml(string html, Uri? baseUri = null) => HtmlText.Of(html, baseUri);
}
