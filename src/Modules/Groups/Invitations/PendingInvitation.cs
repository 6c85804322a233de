using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Invitations;

/// <summary>An invitation made out to a member, by address or by name, that can still be used.</summary>
/// <param name="Id">Key.</param>
/// <param name="Role">The role it gives.</param>
internal sealed record PendingInvitation(Guid Id, GroupRole Role)
{
    /// <summary>The invitation into that group that waits for the viewer of <paramref name="db"/>, or null.</summary>
    public static async Task<PendingInvitation?> OfViewerAsync(AppDbContext db, Guid groupId, DateTime now, CancellationToken cancellation)
    {
        var me = db.Viewer.MemberId;
        var mine = await db.Members.Where(m => m.Id == me).Select(m => new { m.Handle, m.Email }).FirstOrDefaultAsync(cancellation);
        if (mine is null) return null;

        var (handle, email) = ("@" + mine.Handle, mine.Email?.ToLowerInvariant() ?? "");
        return await db.Invitations
            .Where(i => i.GroupId == groupId && (i.Email == handle || i.Email == email) && i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now)
            .OrderByDescending(i => i.Role).Select(i => new PendingInvitation(i.Id, i.Role)).FirstOrDefaultAsync(cancellation);
    }

    /// <summary>Uses an invitation up. Of parallel tries one gets true; a link can be used again.</summary>
    public static async Task<bool> UseAsync(AppDbContext db, Guid id, DateTime now, CancellationToken cancellation)
    {
        var usable = db.Invitations.Where(i => i.Id == id && i.WithdrawnAt == null && i.ExpiresAt > now);
        return await usable.Where(i => i.Email != null && i.AcceptedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(i => i.AcceptedAt, now).SetProperty(i => i.UseCount, i => i.UseCount + 1), cancellation) == 1
            || await usable.Where(i => i.Email == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.UseCount, i => i.UseCount + 1), cancellation) == 1;
    }
}
