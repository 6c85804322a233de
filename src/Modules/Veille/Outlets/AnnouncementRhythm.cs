namespace TerritoireCollab.Veille.Outlets;

/// <summary>What becomes of an announcement after a try, and when the next one is.</summary>
internal static class AnnouncementRhythm
{
    // Between one try and the next; some two days in all.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
        TimeSpan.FromHours(3), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan LongestWish = TimeSpan.FromDays(1);

    /// <summary>Tries before it is given up.</summary>
    public static int Most => Waits.Length + 1;

    /// <summary>Whether trying now could publish a second time: a try of before may have succeeded, and the instance knows its key no more.</summary>
    public static bool IsTooLate(Announcement row, DateTime at) => row.Outlet!.Kind == OutletKind.Mastodon && row.SentAt is { } perhaps && at > perhaps + MastodonPost.KeyKept;

    /// <summary>Writes the answer into the row.</summary>
    /// <param name="row">The row, with its outlet.</param>
    /// <param name="perhapsSentAt">When an earlier try may have succeeded, or null.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="now">The moment.</param>
    public static void Apply(Announcement row, DateTime? perhapsSentAt, OutletAnswer answer, DateTime now)
    {
        (row.LeaseUntil, row.Status, row.Problem) = (null, answer.Status, answer.Fault == OutletFault.None ? null : new OutletProblem(answer.Fault, answer.Remark).ToString());
        switch (answer.Verdict)
        {
            case OutletVerdict.Done:
                (row.State, row.SentAt, row.RemoteAddress) = (AnnouncementState.Sent, now, answer.RemoteAddress);
                return;
            case OutletVerdict.Refused:
                (row.State, row.SentAt) = (AnnouncementState.Failed, perhapsSentAt);
                return;
            case OutletVerdict.Later:
                row.SentAt = perhapsSentAt;
                break;
            case OutletVerdict.Uncertain:
                row.SentAt = perhapsSentAt ?? row.SentAt;
                break;
        }

        if (row.Attempts >= Most)
        {
            row.State = AnnouncementState.Failed;
            return;
        }

        var wish = answer.RetryAfter - now > LongestWish ? now + LongestWish : answer.RetryAfter;
        row.NextTryAt = now + Waits[row.Attempts - 1] is var own && wish > own ? wish.Value : own;
        if (IsTooLate(row, row.NextTryAt)) (row.State, row.Problem) = (AnnouncementState.Failed, new OutletProblem(OutletFault.MaybeSent, null).ToString());
    }
}

/// <summary>What is wrong, as a row keeps it: the fault, and what the other side says.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Remark">What the other side says, or null.</param>
internal sealed record OutletProblem(OutletFault Fault, string? Remark)
{
    /// <summary>Reads it back.</summary>
    public static OutletProblem Of(string? stored)
    {
        var parts = (stored ?? "").Split(':', 2);
        return new(Enum.TryParse<OutletFault>(parts[0], out var fault) ? fault : OutletFault.None, parts.Length > 1 ? parts[1] : null);
    }

    /// <inheritdoc />
    public override string ToString() => Remark is null ? Fault.ToString() : $"{Fault}:{Remark}";
}
