using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>An invitation made out to a member, by address or by name, that can still be used.</summary>
/// <param name="Id">Key.</param>
/// <param name="Role">The role it gives.</param>
internal sealed record PendingInvitation(Guid Id, GroupRole Role)
{
    /// <summary>The invitation into that group that waits for the viewer of <paramref name="db"/>, or null. Whoever was removed needs one sent since then.</summary>
    public static async Task<PendingInvitation?> OfViewerAsync(AppDbContext db, Guid groupId, DateTime now, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var mine = await db.Members.Where(m => m.Id == me).Select(m => new { m.Handle, m.Email }).FirstOrDefaultAsync(cancellation);
        if (mine is null) return null;

        var (handle, email) = ("@" + mine.Handle, mine.Email?.ToLowerInvariant() ?? "");
        return await LettingBack(db, me)
            .Where(i => i.GroupId == groupId && (i.Email == handle || i.Email == email) && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now)
            .OrderByDescending(i => i.Role).Select(i => new PendingInvitation(i.Id, i.Role)).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Whether that invitation lets the viewer of <paramref name="db"/> in as far as the past goes: a removed member comes back by none that is older, and by no link.</summary>
    public static Task<bool> LetsInAsync(AppDbContext db, Guid id, CancellationToken cancellation) => LettingBack(db, db.Viewer.MemberId).AnyAsync(i => i.Id == id, cancellation);

    private static IQueryable<Invitation> LettingBack(AppDbContext db, Guid memberId) => db.Invitations.Where(i => !db.Memberships.Any(m =>
        m.GroupId == i.GroupId && m.MemberId == memberId && (m.State == MembershipState.Removed || m.State == MembershipState.RequestedAgain) && (i.Email == null || i.SentAt <= m.Since)));

    /// <summary>Uses an invitation up. Of parallel tries one gets true; a link can be used again.</summary>
    public static async Task<bool> UseAsync(AppDbContext db, Guid id, DateTime now, CancellationToken cancellation)
    {
        var usable = db.Invitations.Where(i => i.Id == id && i.WithdrawnAt == null && i.ExpiresAt > now);
        return await usable.Where(i => i.Email != null && i.AcceptedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.UseCount, i => i.UseCount + 1), cancellation) == 1
            || await usable.Where(i => i.Email == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.UseCount, i => i.UseCount + 1), cancellation) == 1;
    }
}
