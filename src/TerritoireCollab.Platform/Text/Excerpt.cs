using System.Globalization;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Platform.Text;

/// <summary>First words of a text, on one line, for lists and notifications.</summary>
public static class Excerpt
{
    private const char Ellipsis = '…';

    /// <summary>
    /// Plain text of a Markdown source on one line, cut at a word with an ellipsis, never inside a grapheme.
    /// </summary>
    /// <param name="markdown">Source text of any length.</param>
    /// <param name="maxChars">Longest result in UTF-16 units, the ellipsis included; at least 1.</param>
    /// <param name="context">Resolved mentions and references; without it they stay as typed.</param>
    public static string Of(string markdown, int maxChars, RichTextContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(markdown);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);

        // A refused text is shown plainly: its beginning is enough.
        var source = markdown.Length > RichText.MaxLength ? markdown[..RichText.MaxLength] : markdown;
        return Cut(HtmlText.OneLine(RichText.Render(source, context ?? RichTextContext.Empty)), maxChars);
    }

    /// <summary>The same for HTML, trusted or not: a feed's summary, for example.</summary>
    public static string OfHtml(string html, int maxChars)
    {
        ArgumentNullException.ThrowIfNull(html);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);
        return Cut(HtmlText.OneLine(Sanitizer.Clean(html)), maxChars);
    }

    /// <summary>Cuts a plain text at a word with an ellipsis; a text that fits is given back unchanged.</summary>
    public static string Cut(string text, int maxChars)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxChars, 1);
        if (text.Length <= maxChars)
        {
            return text;
        }

        var end = GraphemeEnd(text, maxChars - 1);
        var word = WordEnd(text, end);
        var kept = text.AsSpan(0, word > maxChars / 2 ? word : end).TrimEnd();
        return string.Concat(kept.TrimEnd(",;:.–-«(\u00A0\u202F "), [Ellipsis]);
    }

    /// <summary>Greatest end of a grapheme that is not beyond <paramref name="limit"/>.</summary>
    internal static int GraphemeEnd(ReadOnlySpan<char> text, int limit)
    {
        var end = 0;
        while (end < text.Length)
        {
            var next = end + StringInfo.GetNextTextElementLength(text[end..]);
            if (next > limit)
            {
                return end;
            }

            end = next;
        }

        return end;
    }

    private static int WordEnd(string text, int end)
    {
        if (end < text.Length && char.IsWhiteSpace(text[end]))
        {
            return end;
        }

        for (var i = end - 1; i > 0; i--)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }

        return 0;
    }
}
