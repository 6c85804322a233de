using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>Leaves a group, or takes back a request to join it.</summary>
internal sealed class LeaveGroup(AppDb database, Rights rights, MembershipWriter writer)
{
    /// <summary>Leaves. Possible in an archived group too; leaving twice is leaving once.</summary>
    /// <returns>Whether the group can still be seen from outside.</returns>
    /// <exception cref="NotFoundException">Absent, hidden, or never a member.</exception>
    /// <exception cref="ForbiddenException">The owner hands the group over first.</exception>
    public Task<bool> ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, slug, token);
        if (standing.HasAsked) return await TakeBackAsync(db, standing.GroupId, token);
        if (standing.State == MembershipState.Left) return true;
        if (!viewer.IsMember || !standing.IsMember) throw new NotFoundException();

        // Nothing ended: the owner, perhaps since a moment ago; or the same click came twice, and nothing is left to do.
        if (!await writer.EndAsync(db, standing.GroupId, viewer.MemberId, viewer.MemberId, MembershipState.Left, token) && await IsOwnerAsync(db, standing.GroupId, token))
            throw new ForbiddenException(GroupsTexts.OwnerHandsOverFirst);
        return standing.Visibility == GroupVisibility.AllMembers;
    }, cancellation);

    private static Task<bool> IsOwnerAsync(AppDbContext db, Guid groupId, CancellationToken cancellation) =>
        db.Memberships.AnyAsync(m => m.GroupId == groupId && m.MemberId == db.Viewer.MemberId && m.State == MembershipState.Active && m.Role == GroupRole.Owner, cancellation);

    // Taking a request back does not wipe out that an animator removed the member before.
    private static async Task<bool> TakeBackAsync(AppDbContext db, Guid groupId, CancellationToken cancellation)
    {
        await db.Memberships
            .Where(m => m.GroupId == groupId && m.MemberId == db.Viewer.MemberId && (m.State == MembershipState.Requested || m.State == MembershipState.RequestedAgain))
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.State, m => m.State == MembershipState.RequestedAgain ? MembershipState.Removed : MembershipState.Left)
                .SetProperty(m => m.RequestText, (string?)null), cancellation);
        return true;
    }
}
