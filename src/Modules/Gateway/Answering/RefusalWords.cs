using TerritoireCollab.Gateway.Resources;
using TerritoireCollab.Gateway.Treating;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Answering;

/// <summary>What the sender of a refused mail is told: a title and a text for each cause. What may not be told is told like what is not there.</summary>
internal static class RefusalWords
{
    /// <summary>Title and text of a cause.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="detail">The rule that was broken, or the files that were not taken.</param>
    public static (string Title, string Text) Of(MailRefusal cause, string? detail) => cause switch
    {
        MailRefusal.Empty => (GatewayTexts.EmptyTitle, GatewayTexts.EmptyText),
        MailRefusal.UnknownKey or MailRefusal.LostAccess => (GatewayTexts.UnknownKeyTitle, GatewayTexts.UnknownKeyText),
        MailRefusal.OldKey => (GatewayTexts.OldKeyTitle, GatewayTexts.OldKeyText.With(PublishAnswer.KeyLife.Days)),
        MailRefusal.NotYours => (GatewayTexts.NotYoursTitle, GatewayTexts.NotYoursText),
        MailRefusal.UnknownSender => (GatewayTexts.UnknownSenderTitle, GatewayTexts.UnknownSenderText),
        MailRefusal.NotAMember => (GatewayTexts.NotAMemberTitle, GatewayTexts.NotAMemberText),
        MailRefusal.Locked => (GatewayTexts.LockedTitle, GatewayTexts.LockedText),
        MailRefusal.Archived => (GatewayTexts.ArchivedTitle, GatewayTexts.ArchivedText),
        MailRefusal.Gone => (GatewayTexts.GoneTitle, GatewayTexts.GoneText),
        MailRefusal.Digest => (GatewayTexts.DigestTitle, GatewayTexts.DigestText),
        MailRefusal.TakesNone => (GatewayTexts.TakesNoneTitle, GatewayTexts.TakesNoneText),
        MailRefusal.TooLong => (GatewayTexts.TooLongTitle, GatewayTexts.TooLongText),
        MailRefusal.TooManyRecipients => (GatewayTexts.TooManyRecipientsTitle, GatewayTexts.TooManyRecipientsText.With(Taking.OurAddresses.Most)),
        MailRefusal.FilesRefused => (GatewayTexts.FilesRefusedTitle, GatewayTexts.FilesRefusedText.With(detail)),
        MailRefusal.NoTool => (GatewayTexts.NoToolTitle, GatewayTexts.NoToolText),
        MailRefusal.MayNotStart => (GatewayTexts.MayNotStartTitle, GatewayTexts.MayNotStartText),
        MailRefusal.Suspended => (GatewayTexts.SuspendedTitle, GatewayTexts.SuspendedText),
        MailRefusal.Unreadable => (GatewayTexts.UnreadableTitle, GatewayTexts.UnreadableText),
        MailRefusal.TooMany => (GatewayTexts.TooManyTitle, GatewayTexts.TooManyText.With(SenderPace.MostPerHour)),
        MailRefusal.UnknownAddress => (GatewayTexts.UnknownAddressTitle, GatewayTexts.UnknownAddressText),
        MailRefusal.ReaderOnly => (GatewayTexts.ReaderOnlyTitle, GatewayTexts.ReaderOnlyText),
        MailRefusal.Rule => (GatewayTexts.RuleTitle, GatewayTexts.RuleText.With(detail)),
        MailRefusal.Failed => (GatewayTexts.FailedTitle, GatewayTexts.FailedText),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, "No text is written for this cause."),
    };

    /// <summary>The cause in a few words, for administrators.</summary>
    public static string Brief(MailRefusal cause) => cause == MailRefusal.LostAccess ? GatewayTexts.LostAccessBrief : Of(cause, "").Title;
}
