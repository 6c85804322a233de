using System.Text.RegularExpressions;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Articles.Reading;

/// <summary>A text with an anchor at each heading, and the list of them.</summary>
/// <param name="Html">The text.</param>
/// <param name="Headings">Anchor, words, and whether it stands under the one before.</param>
public sealed partial record Contents(string Html, IReadOnlyList<(string Anchor, string Text, bool IsSub)> Headings)
{
    private const int FewestHeadings = 3;
    private const int FewestWords = 400;
    private const int LongestHeading = 120;

    /// <summary>Whether the list helps: several headings in a text that is long.</summary>
    public static bool Helps(int headings, int words) => headings >= FewestHeadings && words >= FewestWords;

    /// <summary>The text of <paramref name="html"/>, which the sanitiser of the platform made; left as it is where a list would not help.</summary>
    public static Contents Of(string html, int words)
    {
        var headings = new List<(string, string, bool)>();
        var marked = Heading().Replace(html, heading =>
        {
            var anchor = $"partie-{headings.Count + 1}";
            headings.Add((anchor, Excerpt.OfHtml(heading.Groups["words"].Value, LongestHeading), heading.Groups["level"].Value == "3"));
            return $"<h{heading.Groups["level"].Value} id=\"{anchor}\">{heading.Groups["words"].Value}</h{heading.Groups["level"].Value}>";
        });
        return Helps(headings.Count, words) ? new(marked, headings) : new(html, []);
    }

    // A title of the text is the second level of the page: see Headings.UnderTheTitle.
    [GeneratedRegex("<h(?<level>[23])>(?<words>.*?)</h\\k<level>>", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Heading();
}
