using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>Tells what a received mail is, so that no machine's mail is ever published as a person's.</summary>
public static class MailClassifier
{
    /// <summary>Classifies a mail. Never throws.</summary>
    /// <param name="mail">The mail as read.</param>
    public static MailVerdict Classify(IncomingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return new MailVerdict(MailKind.New, "not classified yet");
    }
}
