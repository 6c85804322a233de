using System.Text.RegularExpressions;
using TerritoireCollab.Mime.Reading;

namespace TerritoireCollab.Mime.Classifying;

/// <summary>
/// Tells what a received mail is, so that no machine's mail is ever published as a person's. Reports for programs (RFC 3464,
/// RFC 5965) are asked first, then what servers write to people, then the marks of automatic mail (RFC 3834), then words.
/// </summary>
public static partial class MailClassifier
{
    /// <summary>Classifies a mail. Never throws.</summary>
    /// <param name="mail">The mail as read.</param>
    public static MailVerdict Classify(IncomingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (Complaints.Of(mail) is { } complaint) return complaint;
        if (Bounces.Of(mail) is { } bounce) return bounce;
        // Sent by the mail program when its reader presses the button: automatic in form, a person's wish.
        if (UnsubscribeWords.IsByButton(mail)) return new(MailKind.Unsubscribe, "the button of a mail program") { Unsubscribe = UnsubscribeWording.BareWord };
        if (AutomaticMail.Cause(mail) is { } cause) return new(MailKind.AutoReply, cause);
        if (mail.From is null) return new(MailKind.Other, "no sender");
        if (UnsubscribeWords.Of(mail) is { } wording) return new(MailKind.Unsubscribe, wording == UnsubscribeWording.BareWord ? "a bare word" : "a sentence") { Unsubscribe = wording };
        if (string.IsNullOrWhiteSpace(mail.Text) && string.IsNullOrWhiteSpace(mail.Html) && mail.Attachments.Count == 0) return new(MailKind.Other, "nothing to read");

        return AnswerOf(mail) is { } answer ? new(MailKind.Reply, answer) : new(MailKind.New, "a person writes anew");
    }

    private static string? AnswerOf(IncomingMail mail)
    {
        if (mail.InReplyTo is not null || mail.References.Count > 0) return "it names the mail it answers";
        if (AnswerSubject().IsMatch(FoldedText.Fold(mail.Subject))) return "subject of an answer";
        return mail.DeliveredTo.Concat(mail.To).Concat(mail.Cc).Any(address => address.Tag is not null && AnswerAddress().IsMatch(address.LocalPart)) ? "address for answers" : null;
    }

    [GeneratedRegex(@"^(re|rep|aw|antw|sv|ref|r)( ?\[\d+\]| ?\(\d+\))? ?: ?", RegexOptions.NonBacktracking)]
    private static partial Regex AnswerSubject();

    [GeneratedRegex(@"^(reponse|reply|repondre)$", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex AnswerAddress();
}
