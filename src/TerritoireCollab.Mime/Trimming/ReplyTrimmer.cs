using System.Text;
using TerritoireCollab.Mime.Trimming.Html;

namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// Cuts quotations and signatures off answers by mail. The rules follow what mail programs write. In doubt a line is
/// kept: a signature published is a blemish, a sentence lost is a fault. Every input is read in linear time.
/// </summary>
public static class ReplyTrimmer
{
    /// <summary>The line our mails carry above the text that is answered: what stands below it is that text.</summary>
    public const string Marker = "— Répondez au-dessus de cette ligne —";

    /// <summary>The same line in mails to members who read English.</summary>
    public const string EnglishMarker = "— Reply above this line —";

    // What is cut may uncover another signature; each pass takes lines away, and the second finds nothing as a rule.
    private const int MostPasses = 6;

    // A body whose kept part is longer is read once.
    private const int LongestAgain = 20_000;

    /// <summary>Trims a text body. Never throws; every line that is not blank is in one of the two parts.</summary>
    /// <param name="text">The decoded text, with any line ends.</param>
    public static TrimmedReply Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Trim(text, marked: false);
    }

    /// <summary>Trims an HTML body, by the marks of mail programs first, and gives plain text.</summary>
    /// <param name="html">The decoded HTML; nothing of it is kept but text and the addresses of links. Of a body longer than 200,000 characters, pictures aside, the beginning is read.</param>
    public static TrimmedReply TrimHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        var reply = Trim(HtmlReading.Of(html), marked: true);
        return new TrimmedReply(HtmlMark.Strip(reply.Text), HtmlMark.Strip(reply.Elided));
    }

    private static TrimmedReply Trim(string text, bool marked)
    {
        var reply = Pass(text, marked);
        if (reply.Text.Length > LongestAgain) return reply;

        for (var pass = 1; pass < MostPasses && reply.Elided.Length > 0 && reply.Text.Length > 0; pass++)
        {
            var next = Pass(reply.Text, marked);
            if (next.Elided.Length == 0) break;
            reply = new TrimmedReply(next.Text, next.Elided + "\n" + reply.Elided);
        }

        return reply;
    }

    private static TrimmedReply Pass(string text, bool marked)
    {
        var lines = new MailLines(text);
        var parting = ReplyParting.Of(lines, marked);
        return new TrimmedReply(Join(lines, parting, true), Join(lines, parting, false));
    }

    // Without the blank lines at both ends.
    private static string Join(MailLines lines, ReplyParting parting, bool wanted)
    {
        var joined = new StringBuilder();
        for (var index = 0; index < lines.Count; index++)
        {
            if (parting.IsKept(index) != wanted || (joined.Length == 0 && lines.IsBlank(index))) continue;
            if (joined.Length > 0) joined.Append('\n');
            joined.Append(lines.Raw(index));
        }

        if (lines.Rest.Length > 0 && parting.IsRestKept == wanted) joined.Append('\n').Append(lines.Rest).Replace("\r\n", "\n").Replace('\r', '\n');
        return joined.ToString().TrimEnd();
    }
}
