using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>Whether the mail of an invitation may leave: not once it was withdrawn, accepted, sent again or past its time.</summary>
internal sealed class InvitationMailCheck(TimeProvider clock) : IMailCheck
{
    private const string Prefix = "invitation/";

    /// <summary>What makes the mail of an invitation unique. Sent again, it is another mail: the moment makes the difference.</summary>
    public static string KeyOf(Invitation invitation) => $"{Prefix}{invitation.Id:N}/{Moment(MomentOf(invitation))}";

    /// <summary>When its last mail was written: as it was sent, sent again, or reminded of.</summary>
    public static DateTime MomentOf(Invitation invitation) => invitation.RemindedAt > invitation.SentAt ? invitation.RemindedAt.Value : invitation.SentAt;

    /// <inheritdoc />
    public bool Decides(MailRow mail) => mail.UniqueKey.StartsWith(Prefix, StringComparison.Ordinal);

    /// <inheritdoc />
    public async Task<bool> MayLeaveAsync(AppDbContext db, MailRow mail, CancellationToken cancellation)
    {
        if (mail.UniqueKey.Split('/') is not [_, var id, var moment] || !Guid.TryParseExact(id, "N", out var key)) return false;
        if (mail.MemberId is { } member && !await db.Members.AnyAsync(m => m.Id == member && m.State == MemberState.Active, cancellation)) return false;

        if (await StopInvitations.RefusesAsync(db, mail.ToAddress, cancellation)) return false;

        var now = clock.GetUtcNow().UtcDateTime;
        var invitation = await db.Invitations.AsNoTracking().FirstOrDefaultAsync(i => i.Id == key && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now, cancellation);
        return invitation is not null && $"{Moment(MomentOf(invitation))}" == moment;
    }

    // The database keeps microseconds.
    private static long Moment(DateTime sentAt) => sentAt.Ticks / TimeSpan.TicksPerMicrosecond;
}
