using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Jobs;
using TerritoireCollab.Platform.Mail;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>
/// Each morning, reminds once whoever has not answered an invitation for a week. Only while who invited may still do so, and never whoever is or
/// was in the group. The reminder has a new token, since only a hash of the first is kept; it makes the invitation no younger than it is.
/// </summary>
internal sealed class RemindInvited(AppDb database, InvitationMail mails, MailOutbox outbox, MailWake wake, TimeProvider clock) : IRecurringJob
{
    /// <summary>How long an invitation waits before.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(7);

    private static readonly TimeSpan LeastLeft = TimeSpan.FromDays(1);

    public string Key => "invitations";

    /// <summary>Every morning at 8:00: its mails leave at once.</summary>
    public string Hours => "0 0 8 * * ?";

    public async Task RunAsync(CancellationToken cancellation)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("fr-FR");
        List<Guid> due;
        await using (var db = database.Open(Viewer.System)) due = await Due(db).OrderBy(i => i.SentAt).Select(i => i.Id).ToListAsync(cancellation);
        foreach (var id in due) await database.TransactAsync(Viewer.System, (db, token) => RemindAsync(db, id, token), cancellation);
        wake.Wake();
    }

    // A removed member comes back by an invitation sent since: one sent before must not pass for it, so nobody who has a place in the group is reminded.
    private IQueryable<Invitation> Due(AppDbContext db)
    {
        var (now, since) = (clock.GetUtcNow().UtcDateTime, clock.GetUtcNow().UtcDateTime - After);
        return db.Invitations.Where(i => i.Email != null && i.AcceptedAt == null && i.WithdrawnAt == null && i.RemindedAt == null && i.SentAt <= since && i.ExpiresAt > now + LeastLeft
            && i.Group!.ArchivedAt == null
            && db.Memberships.Any(m => m.GroupId == i.GroupId && m.MemberId == i.InvitedById && m.State == MembershipState.Active && m.Role >= GroupRole.Animator && m.Member!.State == MemberState.Active)
            && !db.Memberships.Any(m => m.GroupId == i.GroupId && (i.Email == "@" + m.Member!.Handle || i.Email == m.Member.Email) && m.State != MembershipState.Left && m.State != MembershipState.Refused));
    }

    private async Task<bool> RemindAsync(AppDbContext db, Guid id, CancellationToken cancellation)
    {
        var (now, token) = (clock.GetUtcNow().UtcDateTime, SecretTokens.New());
        var hash = SecretTokens.Hash(token);
        if (!await Due(db).AnyAsync(i => i.Id == id, cancellation)) return false;

        var address = await db.Invitations.Where(i => i.Id == id).Select(i => i.Email!).FirstAsync(cancellation);
        if (await Invitee.FindAsync(db, address, cancellation) is not { } to) return false;

        // Before the token changes: the link of the first mail still opens for whoever wants no other.
        if (await StopInvitations.RefusesAsync(db, to.Address, cancellation)) return false;

        // Of two runs at once one writes the row, and the other finds it written.
        var waiting = db.Invitations.Where(i => i.Id == id && i.AcceptedAt == null && i.WithdrawnAt == null && i.RemindedAt == null);
        if (await waiting.ExecuteUpdateAsync(set => set.SetProperty(i => i.RemindedAt, now).SetProperty(i => i.TokenHash, hash), cancellation) == 0) return false;

        var invitation = await db.Invitations.AsNoTracking().Include(i => i.Group).Include(i => i.InvitedBy).FirstAsync(i => i.Id == id, cancellation);
        var (group, inviter) = (invitation.Group!, invitation.InvitedBy!);
        await outbox.AddAsync(db, [await mails.WriteAsync(invitation, new(group.Slug, group.Name, group.Summary), inviter.Name, to, token, cancellation)], cancellation);
        return true;
    }
}
