using TerritoireCollab.Platform;
using TerritoireCollab.Veille.Resources;

namespace TerritoireCollab.Veille.Outlets;

/// <summary>What became of an announcement, in the words of those who wait for it.</summary>
internal static class OutletWords
{
    /// <summary>« Publié sur Mastodon le 3 décembre 2026 à 8 h. »</summary>
    public static string Of(Announcement row, Outlet outlet, Dates dates)
    {
        if (row.State == AnnouncementState.Sent) return (outlet.Kind == OutletKind.Mastodon ? OutletTexts.SentMastodon : OutletTexts.SentWebhook).With(dates.Exact(row.SentAt!.Value));

        var problem = OutletProblem.Of(row.Problem);
        var why = Why(outlet.Kind, problem, row.Status);
        if (row.State == AnnouncementState.Failed) return row.Attempts >= AnnouncementRhythm.Most && problem.Fault != OutletFault.MaybeSent ? OutletTexts.GivenUp.With(row.Attempts, why) : why;
        if (outlet.IsPaused) return OutletTexts.Waiting;
        return problem.Fault == OutletFault.None ? OutletTexts.Leaving : OutletTexts.NextTry.With(why, dates.Exact(row.NextTryAt));
    }

    /// <summary>What came of a trial.</summary>
    public static string OfTrial(OutletKind kind, OutletProblem problem, int? status) => problem.Fault == OutletFault.None
        ? kind == OutletKind.Mastodon ? OutletTexts.TrialMastodon : OutletTexts.TrialWebhook
        : Why(kind, problem, status);

    private static string Why(OutletKind kind, OutletProblem problem, int? status) => problem.Fault switch
    {
        OutletFault.Token => OutletTexts.FaultToken,
        OutletFault.NotMastodon => OutletTexts.FaultNotMastodon,
        OutletFault.Rejected => problem.Remark is { } remark ? OutletTexts.FaultRejected.With(remark) : OutletTexts.FaultRejectedStatus.With(status),
        OutletFault.Busy => OutletTexts.FaultBusy,
        OutletFault.Status => OutletTexts.FaultStatus.With(status),
        OutletFault.Unreachable => OutletTexts.FaultUnreachable,
        OutletFault.NotAllowed => OutletTexts.FaultNotAllowed,
        OutletFault.Silent => OutletTexts.FaultSilent,
        OutletFault.MaybeSent => OutletTexts.FaultMaybeSent,
        OutletFault.Withdrawn => OutletTexts.FaultWithdrawn,
        OutletFault.Moved => OutletTexts.FaultMoved,
        OutletFault.Gone => OutletTexts.FaultGone,
        OutletFault.SecretLost => kind == OutletKind.Mastodon ? OutletTexts.FaultTokenLost : OutletTexts.FaultSecretLost,
        _ => OutletTexts.FaultSilent,
    };
}
