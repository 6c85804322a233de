using System.Collections.Frozen;
using System.Text;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace TerritoireCollab.Markup;

/// <summary>Writes the text of foreign HTML without its markup.</summary>
internal static class LineWriter
{
    // What the sanitiser unwraps because it does not write it, and is markup all the same.
    private static readonly FrozenSet<string> Unwrapped = (
        "html head body base meta link font blink marquee big nobr input button label isindex keygen embed param area frame frameset bdo bdi data time ruby rt rp rb rtc source track picture "
        + "option optgroup output progress meter slot noscript basefont bgsound spacer multicol layer ilayer nolayer col colgroup").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    public static string Write(string html)
    {
        var text = new StringBuilder(html.Length);
        string? dropped = null;
        foreach (var token in Sanitizer.Read(html, readsFrames: true))
        {
            if (dropped is not null)
            {
                if (token.Type == HtmlTokenType.EndTag && token.Name == dropped) dropped = null;
                continue;
            }

            switch (token.Type)
            {
                case HtmlTokenType.Character:
                    text.Append(token.Data);
                    break;
                case HtmlTokenType.StartTag:
                    dropped = Start(text, (HtmlTagToken)token);
                    break;
                case HtmlTokenType.EndTag:
                    End(text, token.Name);
                    break;
            }
        }

        // A sign that begins a tag and ends none: it was typed.
        return text.Length == 0 && !html.Contains('>', StringComparison.Ordinal) ? html : text.ToString();
    }

    private static string? Start(StringBuilder text, HtmlTagToken tag)
    {
        if (HtmlElements.Rules.TryGetValue(tag.Name, out var rule))
        {
            Part(text, rule);
            return rule.Kind == ElementKind.Dropped && tag.Name != "object" && !tag.IsSelfClosing ? tag.Name : null;
        }

        if (IsMarkup(tag.Name) || tag.Attributes.Count > 0) return null;

        text.Append('<').Append(tag.Name).Append(tag.IsSelfClosing ? "/>" : ">");
        return null;
    }

    private static void End(StringBuilder text, string name)
    {
        if (HtmlElements.Rules.TryGetValue(name, out var rule)) Part(text, rule);
        else if (!IsMarkup(name)) text.Append("</").Append(name).Append('>');
    }

    private static bool IsMarkup(string name) => Unwrapped.Contains(name) || name.Contains(':', StringComparison.Ordinal) || name.Length > 30;

    // Blocks part words, what sits in a line does not.
    private static void Part(StringBuilder text, ElementRule rule)
    {
        if (!rule.IsInline && rule.Kind is not (ElementKind.Dropped or ElementKind.Image or ElementKind.Embed)) text.Append(' ');
    }
}
