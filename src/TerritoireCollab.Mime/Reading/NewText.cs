using TerritoireCollab.Mime.Trimming;

namespace TerritoireCollab.Mime.Reading;

/// <summary>What a person wrote in a mail, without what is quoted and signed: the one way from a mail to the text to publish.</summary>
public static class NewText
{
    /// <summary>Gives the new text and what was cut: of the text part, or of the HTML where there is no text to read.</summary>
    /// <param name="mail">The mail as read.</param>
    public static TrimmedReply Of(IncomingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (!string.IsNullOrWhiteSpace(mail.Text)) return ReplyTrimmer.Trim(mail.Text);

        return string.IsNullOrWhiteSpace(mail.Html) ? new("", "") : ReplyTrimmer.TrimHtml(mail.Html);
    }
}
