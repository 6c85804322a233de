using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>Leaves a group, or takes back a request to join it.</summary>
internal sealed class LeaveGroup(AppDb database, Rights rights, MembershipWriter writer)
{
    /// <summary>Leaves. Possible in an archived group too.</summary>
    /// <returns>Whether the group can still be seen from outside.</returns>
    /// <exception cref="NotFoundException">Absent, hidden, or not a member.</exception>
    /// <exception cref="ForbiddenException">The owner hands the group over first.</exception>
    public Task<bool> ExecuteAsync(Viewer viewer, string slug, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.StandingAsync(db, slug, token);
        if (standing.State == MembershipState.Requested)
        {
            await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == viewer.MemberId && m.State == MembershipState.Requested)
                .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MembershipState.Left).SetProperty(m => m.RequestText, (string?)null), token);
            return true;
        }

        if (!viewer.IsMember || !standing.IsMember) throw new NotFoundException();
        if (standing.Role == GroupRole.Owner || !await writer.EndAsync(db, standing.GroupId, viewer.MemberId, viewer.MemberId, MembershipState.Left, token))
            throw new ForbiddenException(GroupsTexts.OwnerHandsOverFirst);
        return standing.Visibility == GroupVisibility.AllMembers;
    }, cancellation);
}
