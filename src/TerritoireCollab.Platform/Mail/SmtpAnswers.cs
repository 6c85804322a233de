using TerritoireCollab.Mime.Smtp;

namespace TerritoireCollab.Platform.Mail;

/// <summary>What a server's answer means for the mail and for the address, by the phase at which it came.</summary>
internal static class SmtpAnswers
{
    // RFC 5321, 4.2.3: exceeded storage allocation.
    private const int StorageExceeded = 552;

    /// <summary>The answer in the words of the outbox.</summary>
    public static MailAnswer Of(SmtpOutcome outcome) => outcome switch
    {
        SmtpOutcome.Accepted => MailAnswer.Accepted,
        SmtpOutcome.Withdrawn => new(MailOutcome.Withdrawn),
        SmtpOutcome.Uncertain lost => new(MailOutcome.Uncertain, lost.Text),
        SmtpOutcome.Refused refused => new(IsForGood(refused) ? MailOutcome.Refused : MailOutcome.TryLater, refused.Text)
        {
            Bounce = BounceOf(refused),
            Status = refused.Reply?.EnhancedStatus,
        },
        _ => new(MailOutcome.TryLater),
    };

    // A refused sender is our own trouble (an account that is asked for, a name that must be set right): the mail waits for that. Its size is the mail's.
    private static bool IsForGood(SmtpOutcome.Refused refused) =>
        refused.IsPermanent && (refused is not { Phase: SmtpPhase.Sender or SmtpPhase.Reset, Reply: { } reply } || reply.Code == StorageExceeded);

    private static BounceKind? BounceOf(SmtpOutcome.Refused refused)
    {
        if (refused is not { IsPermanent: true, Reply: { } reply, Phase: SmtpPhase.Recipient or SmtpPhase.Data or SmtpPhase.MessageEnd }) return null;

        // RFC 3463: the second number is the subject, 1 addresses, 2 mailboxes; the third one of 2.2 is a full mailbox, 2.1 a closed one.
        return reply.EnhancedStatus?.Split('.') switch
        {
            [_, "1", _] or [_, "2", "1"] => BounceKind.Hard,
            [_, "2", _] => BounceKind.Soft,
            // A policy, a route, a content: the address may well be good.
            [_, _, _] => refused.Phase == SmtpPhase.Recipient ? BounceKind.Soft : null,
            _ when reply.Code == StorageExceeded => BounceKind.Soft,
            _ => refused.Phase == SmtpPhase.Recipient ? BounceKind.Hard : null,
        };
    }
}
