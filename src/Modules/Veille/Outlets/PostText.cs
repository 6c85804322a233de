using System.Globalization;
using System.Text.RegularExpressions;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Text;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>
/// The text of a post within what every instance of Mastodon takes. It is counted as Mastodon counts: by what a reader sees as one sign, any
/// address for 23 (docs.joinmastodon.org, « Posting »).
/// </summary>
internal static partial class PostText
{
    /// <summary>Most signs of a post.</summary>
    public const int Most = 500;

    private const int OfAddress = 23;
    private const int LongestTitle = 160;
    private const int LongestLine = 90;

    /// <summary>The title, as many articles as there is room for, the address, then the outlet's own words.</summary>
    /// <param name="text">What is announced.</param>
    /// <param name="message">The outlet's words: at most <see cref="Outlet.MessageLength"/> signs, so that the rest has room; null for none.</param>
    public static string Of(AnnouncedText text, string? message)
    {
        var head = Quiet(Excerpt.Cut(OutletTexts.PostHead.With(text.Publication, text.Title), LongestTitle));
        var foot = string.IsNullOrWhiteSpace(message) ? text.Address.AbsoluteUri : $"{text.Address.AbsoluteUri}\n\n{message.Trim()}";
        var whole = $"{head}\n\n{foot}";
        foreach (var middle in Middles(text).Select(m => $"{head}\n\n{m}\n\n{foot}").TakeWhile(w => Length(w) <= Most)) whole = middle;
        return whole;
    }

    /// <summary>How many signs Mastodon counts.</summary>
    public static int Length(string text) => new StringInfo(Address().Replace(text, new string('x', OfAddress))).LengthInTextElements;

    // Longer and longer.
    private static IEnumerable<string> Middles(AnnouncedText text)
    {
        if (text.Articles.Count == 0)
        {
            if (text.Summary.Length > 0) yield return Quiet(Excerpt.Cut(text.Summary, LongestTitle));
            yield break;
        }

        List<string> lines = [];
        foreach (var article in text.Articles)
        {
            lines.Add("• " + Quiet(Excerpt.Cut(article.Title, LongestLine)));
            var left = text.Articles.Count - lines.Count;
            yield return string.Join('\n', lines) + (left switch { 0 => "", 1 => "\n" + OutletTexts.PostOneMore, _ => "\n" + OutletTexts.PostMore.With(left) });
        }
    }

    // A title calls nobody: without a joiner, « @fibre » in it would be sent to whoever has that name.
    private static string Quiet(string text) => At().Replace(text, "@\u2060");

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    [GeneratedRegex(@"@(?=\w)")]
    private static partial Regex At();
}
