using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Gateway.Answering;
using TerritoireCollab.Gateway.Listing;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>Writes down what became of a mail, with what is written back, in one transaction: both or none.</summary>
internal sealed class SettleMail(AppDb database, WriteBack back, MailOutbox outbox, TimeProvider clock)
{
    /// <summary>How often the same address is written back to.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    /// <summary>Answers to what somebody asked for, such as finds or a link to confirm, within <see cref="Pause"/>.</summary>
    public const int MostAnswers = 10;

    private const int LongestDetail = 1000;

    /// <summary>Writes it down.</summary>
    public async Task ExecuteAsync(ReceivedMail mail, Settlement end, CancellationToken cancellation)
    {
        // Drawn before, so that the transaction waits for nothing.
        var answer = end.IsSilent ? null : end.Back ?? (end.Cause is { } cause ? back.Refusal(mail, cause, end) : null);
        var row = answer is null ? null : await back.RowAsync(mail, answer, end, cancellation);
        await database.TransactAsync(Viewer.System, async (db, token) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var isAnswered = row is not null && (answer!.IsToMember || await MayWriteAsync(db, mail, answer, now, token));
            var detail = end.Detail?.Length > LongestDetail ? end.Detail[..LongestDetail] : end.Detail;
            var settled = await db.ReceivedMails.Where(m => m.Id == mail.Id && m.Outcome == ReceivedOutcome.Waiting).ExecuteUpdateAsync(set => set
                .SetProperty(m => m.Outcome, end.Outcome)
                .SetProperty(m => m.Cause, (int?)end.Cause)
                .SetProperty(m => m.Detail, detail)
                .SetProperty(m => m.MemberId, end.MemberId)
                .SetProperty(m => m.GroupId, end.GroupId)
                .SetProperty(m => m.ItemId, end.ItemId)
                .SetProperty(m => m.CommentId, end.CommentId)
                .SetProperty(m => m.AnsweredAt, m => isAnswered ? now : m.AnsweredAt)
                .SetProperty(m => m.LeaseUntil, (DateTime?)null), token);
            // Another process that took the mail over has settled it, and answered.
            if (settled == 0) return false;

            if (isAnswered) await outbox.AddAsync(db, [row!], token);
            if (end is { Outcome: ReceivedOutcome.ForPerson, GroupId: { } group }) await TellAnimatorsAsync(db, group, now, token);
            return true;
        }, cancellation);
    }

    // Two machines that answer each other: one mail each. What a person asked for is answered more often.
    private static async Task<bool> MayWriteAsync(AppDbContext db, ReceivedMail mail, MailBack answer, DateTime now, CancellationToken cancellation)
    {
        var since = now - Pause;
        var answered = await db.ReceivedMails.CountAsync(m => m.FromAddress == mail.FromAddress && m.AnsweredAt > since && m.Id != mail.Id, cancellation);
        return answered < (answer.IsRefusal ? 1 : MostAnswers);
    }

    private static async Task TellAnimatorsAsync(AppDbContext db, Guid group, DateTime now, CancellationToken cancellation)
    {
        var owner = await db.Memberships.Where(m => m.GroupId == group && m.Role == GroupRole.Owner && m.State == MembershipState.Active).Select(m => (Guid?)m.MemberId).FirstOrDefaultAsync(cancellation);
        if (owner is null) return;

        db.Activities.Add(new Activity { Kind = TaskNotice.ActivityKind, GroupId = group, ActorId = owner.Value, Particulars = JsonSerializer.Serialize(new ActivityParticulars()), At = now });
        await db.SaveChangesAsync(cancellation);
    }
}
