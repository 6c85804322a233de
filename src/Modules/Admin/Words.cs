using TerritoireCollab.Admin.Outbox;
using TerritoireCollab.Admin.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Admin;

/// <summary>States in words.</summary>
internal static class Words
{
    /// <summary>Accounts in that state, by their name in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, MemberState State)> Accounts =
        [("attente", MemberState.AwaitingApproval), ("actifs", MemberState.Active), ("non-confirmes", MemberState.Unconfirmed), ("suspendus", MemberState.Suspended), ("partis", MemberState.Gone)];

    /// <summary>Mails in that state, by their name in addresses.</summary>
    public static readonly IReadOnlyList<(string Name, MailState State)> Mails =
        [("a-envoyer", MailState.Pending), ("echecs", MailState.Failed), ("incertains", MailState.Uncertain), ("retenus", MailState.Held), ("envoyes", MailState.Sent), ("abandonnes", MailState.Dropped)];

    /// <summary>Several accounts.</summary>
    public static string Of(MemberState state) => state switch
    {
        MemberState.AwaitingApproval => AdminTexts.AccountsAwaiting,
        MemberState.Active => AdminTexts.AccountsActive,
        MemberState.Unconfirmed => AdminTexts.AccountsUnconfirmed,
        MemberState.Suspended => AdminTexts.AccountsSuspended,
        _ => AdminTexts.AccountsGone,
    };

    /// <summary>One account.</summary>
    public static string One(MemberState state) => state switch
    {
        MemberState.AwaitingApproval => AdminTexts.AccountAwaiting,
        MemberState.Active => AdminTexts.AccountActive,
        MemberState.Unconfirmed => AdminTexts.AccountUnconfirmed,
        MemberState.Suspended => AdminTexts.AccountSuspended,
        _ => AdminTexts.AccountGone,
    };

    /// <summary>Several mails.</summary>
    public static string Of(MailState state) => state switch
    {
        MailState.Pending or MailState.Sending => AdminTexts.MailsPending,
        MailState.Failed => AdminTexts.MailsFailed,
        MailState.Uncertain => AdminTexts.MailsUncertain,
        MailState.Held => AdminTexts.MailsHeld,
        MailState.Sent => AdminTexts.MailsSent,
        _ => AdminTexts.MailsDropped,
    };

    /// <summary>One mail.</summary>
    public static string One(MailState state) => state switch
    {
        MailState.Pending or MailState.Sending => AdminTexts.MailPending,
        MailState.Failed => AdminTexts.MailFailed,
        MailState.Uncertain => AdminTexts.MailUncertain,
        MailState.Held => AdminTexts.MailHeld,
        MailState.Sent => AdminTexts.MailSent,
        _ => AdminTexts.MailDropped,
    };

    /// <summary>What became of a mail, in one line.</summary>
    public static string Of(MailLine line, Dates dates) => string.Join(" · ", new[]
    {
        line.Kind,
        AdminTexts.DecidedAt.With(dates.Exact(line.CreatedAt)),
        line.SentAt is { } sent ? AdminTexts.SentAt.With(dates.Exact(sent)) : null,
        line.State == MailState.Pending ? AdminTexts.NextAttempt.With(dates.Exact(line.NextAttemptAt)) : null,
        line.Attempts switch { 0 => null, 1 => AdminTexts.OneAttempt, var n => AdminTexts.SomeAttempts.With(n) },
    }.OfType<string>());

    /// <summary>An alarm, in a sentence.</summary>
    public static string Of(MailAlarm alarm) => alarm switch
    {
        MailAlarm.QueueIsOld => AdminTexts.Alarm_QueueIsOld,
        MailAlarm.ServerRefuses => AdminTexts.Alarm_ServerRefuses,
        MailAlarm.WorkerIsSilent => AdminTexts.Alarm_WorkerIsSilent,
        MailAlarm.DigestIsLate => AdminTexts.Alarm_DigestIsLate,
        MailAlarm.InboxIsSilent => AdminTexts.Alarm_InboxIsSilent,
        _ => AdminTexts.Alarm_MailIsHeld,
    };

    /// <summary>How a step of a trial went; null when it was not reached.</summary>
    public static string Of(bool? isDone) => isDone switch { true => AdminTexts.StageGood, false => AdminTexts.StageBad, null => AdminTexts.StageNot };

    /// <summary>A step of a trial.</summary>
    public static string Of(ProbeStage stage) => stage switch
    {
        ProbeStage.Connection => AdminTexts.Stage_Connection,
        ProbeStage.Encryption => AdminTexts.Stage_Encryption,
        ProbeStage.Account => AdminTexts.Stage_Account,
        ProbeStage.Acceptance => AdminTexts.Stage_Acceptance,
        _ => AdminTexts.Stage_Folder,
    };
}
