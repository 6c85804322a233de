using System.Text;

namespace TerritoireCollab.Syndication.Reading.Texts;

/// <summary>
/// <c>&lt;!</c> in a fragment of HTML: a comment that is never closed would swallow all that follows, and what is neither comment nor
/// document type is a sign that somebody typed.
/// </summary>
internal static class StrayDeclarations
{
    private const string SectionStart = "<![CDATA[";
    private const string SectionEnd = "]]>";

    /// <summary>What a CDATA section holds that was escaped together with its content; null when the fragment is none.</summary>
    public static string? Unwrapped(string html) =>
        html.StartsWith(SectionStart, StringComparison.Ordinal) && html.EndsWith(SectionEnd, StringComparison.Ordinal) ? html[SectionStart.Length..^SectionEnd.Length] : null;

    /// <summary>The fragment, with what would swallow text made harmless.</summary>
    public static string Mended(string html)
    {
        var at = html.IndexOf("<!", StringComparison.Ordinal);
        if (at < 0) return html;

        var mended = new StringBuilder(html.Length + 16);
        // What is looked for must be ahead, or every sign would search to the end.
        var ends = new Ends(html.LastIndexOf("-->", StringComparison.Ordinal), html.LastIndexOf('>'));
        var from = 0;
        for (; at >= 0; at = html.IndexOf("<!", from, StringComparison.Ordinal))
        {
            mended.Append(html, from, at - from);
            var end = End(html, at, ends);
            if (end < 0) mended.Append("&lt;!");
            from = end < 0 ? at + 2 : end;
        }

        return mended.Append(html, from, html.Length - from).ToString();
    }

    // Where it ends; negative when it is no declaration.
    private static int End(string html, int at, Ends ends)
    {
        var rest = html.AsSpan(at + 2);
        var isComment = rest.StartsWith("--");
        if (isComment && ends.Comment >= at + 2) return html.IndexOf("-->", at + 2, StringComparison.Ordinal) + 3;
        if (!isComment && !rest.StartsWith("doctype", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("[if", StringComparison.OrdinalIgnoreCase) && !rest.StartsWith("[endif", StringComparison.OrdinalIgnoreCase)) return -1;
        if (ends.Tag > at) return html.IndexOf('>', at) + 1;

        return isComment ? at + 4 : -1;
    }

    private readonly record struct Ends(int Comment, int Tag);
}
