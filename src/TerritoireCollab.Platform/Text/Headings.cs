using System.Text.RegularExpressions;

namespace TerritoireCollab.Platform.Text;

/// <summary>Headings of a text on the page that it is the body of.</summary>
public static partial class Headings
{
    /// <summary>The HTML with its widest headings right under the title of the page: there the text is the page, not a part of it.</summary>
    /// <param name="html">Sanitised HTML.</param>
    public static string UnderTheTitle(string html)
    {
        var headings = Tags().Matches(html);
        if (headings.Count == 0) return html;

        var widest = headings.Min(h => h.Groups[2].ValueSpan[0] - '0');
        return Tags().Replace(html, h => $"<{h.Groups[1].Value}h{h.Groups[2].ValueSpan[0] - '0' - widest + 2}");
    }

    [GeneratedRegex("<(/?)h([1-6])(?=[ >])")]
    private static partial Regex Tags();
}
