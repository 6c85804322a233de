using System.Collections.Frozen;
using System.Text.RegularExpressions;
using TerritoireCollab.Markup;

namespace TerritoireCollab.Ui.Mail;

/// <summary>Colours and styles of mails. Mail programs read no style sheet of ours, so each element carries its own; hex colours only, since old ones read nothing else.</summary>
internal static partial class MailStyles
{
    public const string Sans = "font-family:'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    public const string Serif = "font-family:Georgia,'Times New Roman',serif";
    public const string Paragraph = $"margin:0 0 16px;{Sans};font-size:16px;line-height:1.5;color:#1f2421";
    public const string Small = $"margin:0 0 8px;{Sans};font-size:14px;line-height:1.5;color:#4a524d";
    public const string Link = "color:#0b5a6f;text-decoration:underline";

    /// <summary>What programs that know the dark scheme take instead. The inline colours are for all others.</summary>
    public const string Dark =
        "@media (prefers-color-scheme:dark){.m-fond{background:#14181a!important}.m-carte{background:#1c2124!important}"
        + ".m-carte p,.m-carte li,.m-carte h1,.m-carte h2,.m-carte h3,.m-carte h4,.m-carte h5,.m-carte h6,.m-carte td,.m-carte th,.m-carte div,.m-carte dt,.m-carte dd{color:#eceeec!important}"
        + ".m-carte .m-discret,.m-pied p,.m-pied li{color:#b8c0bb!important}.m-carte a,.m-pied a{color:#7ccbe0!important}"
        + ".m-carte code,.m-carte pre,.m-carte kbd,.m-carte mark{background:#262c30!important;color:#eceeec!important}"
        + ".m-carte blockquote,.m-carte td,.m-carte th,.m-carte hr{border-color:#5a656b!important}"
        + ".m-bouton{background:#7ccbe0!important}.m-carte .m-bouton a{color:#0e1416!important}}"
        + "@media (max-width:480px){.m-bord{padding-left:20px!important;padding-right:20px!important}.m-marge{padding:0!important}}";

    private static readonly FrozenDictionary<string, string> Styles = new Dictionary<string, string>
    {
        ["p"] = Paragraph,
        ["a"] = Link,
        ["h3"] = $"margin:24px 0 8px;{Serif};font-size:20px;line-height:1.3;color:#1f2421",
        ["h4"] = $"margin:24px 0 8px;{Serif};font-size:18px;line-height:1.3;color:#1f2421",
        ["h5"] = $"margin:16px 0 8px;{Sans};font-size:16px;line-height:1.3;color:#1f2421",
        ["h6"] = $"margin:16px 0 8px;{Sans};font-size:16px;line-height:1.3;color:#1f2421",
        ["ul"] = "margin:0 0 16px;padding:0 0 0 24px",
        ["ol"] = "margin:0 0 16px;padding:0 0 0 24px",
        ["li"] = $"margin:0 0 4px;{Sans};font-size:16px;line-height:1.5;color:#1f2421",
        ["blockquote"] = "margin:0 0 16px;padding:0 0 0 16px;border-left:3px solid #7a827c",
        ["pre"] = "margin:0 0 16px;padding:12px;background:#f1efe9;font-family:Consolas,Menlo,monospace;font-size:14px;line-height:1.4;white-space:pre-wrap;color:#1f2421",
        ["code"] = "background:#f1efe9;font-family:Consolas,Menlo,monospace;font-size:14px;color:#1f2421",
        ["table"] = "margin:0 0 16px;border-collapse:collapse",
        ["th"] = $"padding:6px 10px;border:1px solid #7a827c;text-align:left;{Sans};font-size:15px;color:#1f2421",
        ["td"] = $"padding:6px 10px;border:1px solid #7a827c;{Sans};font-size:15px;color:#1f2421",
        ["div"] = $"{Sans};font-size:16px;line-height:1.5;color:#1f2421",
        ["dt"] = $"{Sans};font-size:16px;font-weight:bold;color:#1f2421",
        ["dd"] = $"margin:0 0 8px 24px;{Sans};font-size:16px;color:#1f2421",
        ["hr"] = "margin:24px 0;border:0;border-top:1px solid #7a827c",
    }.ToFrozenDictionary();

    /// <summary>
    /// Sanitised HTML with a style on each element.
    /// </summary>
    public static string Inline(string cleanHtml) => OpeningTag().Replace(cleanHtml, tag =>
        Styles.TryGetValue(tag.Groups[1].Value, out var style) ? $"{tag.Value} style=\"{style}\"" : tag.Value);

    /// <summary>
    /// A link with the picture's words in place of each picture: ours are shown to members only, and others would tell who reads.
    /// Cleaned again, since the picture may have stood in a link.
    /// </summary>
    public static string WithoutPictures(string cleanHtml, string wordWithout) => !cleanHtml.Contains("<img ", StringComparison.Ordinal)
        ? cleanHtml
        : Sanitizer.Clean(Picture().Replace(cleanHtml, picture =>
        {
            var words = Alternative().Match(picture.Value) is { Success: true } alt && alt.Groups[1].Length > 0 ? alt.Groups[1].Value : wordWithout;
            return $"<a href=\"{picture.Groups[1].Value}\">{words}</a>";
        }));

    // In sanitised text « < » only starts a tag, and the address is a picture’s first attribute.
    [GeneratedRegex("<([a-z][a-z0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex OpeningTag();

    [GeneratedRegex("<img src=\"([^\"]*)\"[^<]*?>", RegexOptions.CultureInvariant)]
    private static partial Regex Picture();

    [GeneratedRegex(" alt=\"([^\"]*)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Alternative();
}
