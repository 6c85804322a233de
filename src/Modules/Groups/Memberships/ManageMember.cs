using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Groups.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Groups.Memberships;

/// <summary>A member as those who manage the group see it.</summary>
/// <param name="Standing">The group.</param>
/// <param name="Member">The member.</param>
/// <param name="MayChange">Whether the viewer may change the role or remove the member.</param>
/// <param name="MayHandOver">Whether the viewer may make the member the owner.</param>
public sealed record ManageMemberView(Standing Standing, MemberRow Member, bool MayChange, bool MayHandOver);

/// <summary>Removes a member, changes a role, adds somebody, hands the group over.</summary>
internal sealed class ManageMember(AppDb database, Rights rights, MembershipWriter writer, SecurityLog log)
{
    /// <summary>The page about one member.</summary>
    /// <exception cref="NotFoundException">Group or member absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator.</exception>
    public async Task<ManageMemberView> ReadAsync(Viewer viewer, string slug, string handle, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        var standing = await rights.StandingAsync(db, slug, cancellation);
        if (!standing.IsMember) throw new NotFoundException();
        if (!standing.IsAnimator) rights.Require(GroupPermissions.ManageMembers, standing);

        var row = await MemberRows.Of(db, standing).FirstOrDefaultAsync(m => m.Handle == handle, cancellation) ?? throw new NotFoundException();
        return new(standing, row,
            row.Role < GroupRole.Owner && row.Id != viewer.MemberId && rights.Allows(GroupPermissions.ManageMembers, standing),
            row.Role < GroupRole.Owner && rights.Allows(GroupPermissions.Own, standing));
    }

    /// <summary>Removes a member from the group.</summary>
    /// <exception cref="NotFoundException">Group absent or hidden, or not a member of it.</exception>
    /// <exception cref="ForbiddenException">Not an animator, archived, or the owner.</exception>
    public Task<bool> RemoveAsync(Viewer viewer, string slug, Guid memberId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        await RequireBelowOwnerAsync(db, standing, memberId, token);
        return await writer.EndAsync(db, standing.GroupId, memberId, viewer.MemberId, MembershipState.Removed, token);
    }, cancellation);

    /// <summary>Gives a role below the owner's.</summary>
    /// <exception cref="NotFoundException">Group absent or hidden, or not a member of it.</exception>
    /// <exception cref="ForbiddenException">Not an animator, archived, or the owner's role is concerned.</exception>
    public Task<bool> ChangeRoleAsync(Viewer viewer, string slug, Guid memberId, GroupRole role, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        if (role is not (GroupRole.Reader or GroupRole.Member or GroupRole.Animator)) throw new ForbiddenException(GroupsTexts.OwnerByHandOver);
        await RequireBelowOwnerAsync(db, standing, memberId, token);

        var changed = await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == memberId && m.State == MembershipState.Active && m.Role != GroupRole.Owner && m.Role != role)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, role), token);
        if (changed > 0) log.Add(db, "groupe.role", viewer.MemberId, memberId, standing.GroupId, role.ToString());
        await db.SaveChangesAsync(token);
        return changed > 0;
    }, cancellation);

    /// <summary>Makes a member the owner; the owner of until then stays an animator.</summary>
    /// <exception cref="NotFoundException">Group absent or hidden, or not a member of it.</exception>
    /// <exception cref="ForbiddenException">Not the owner.</exception>
    public Task<bool> HandOverAsync(Viewer viewer, string slug, Guid memberId, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.Own, slug, token);
        var members = db.Memberships.Where(m => m.GroupId == standing.GroupId && m.State == MembershipState.Active);
        if (memberId == viewer.MemberId) return false;

        // The owner's own row first: of two transfers at once the second finds no owner any more.
        if (await members.Where(m => m.MemberId == viewer.MemberId && m.Role == GroupRole.Owner).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, GroupRole.Animator), token) == 0)
            throw new ForbiddenException(GroupsTexts.OwnerByHandOver);
        if (await members.Where(m => m.MemberId == memberId && m.Member!.State == MemberState.Active).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, GroupRole.Owner), token) == 0)
            throw new NotFoundException();
        log.Add(db, "groupe.cession", viewer.MemberId, memberId, standing.GroupId);
        await db.SaveChangesAsync(token);
        return true;
    }, cancellation);

    /// <summary>Adds a member of the platform without asking; the person is told, and can leave in one click.</summary>
    /// <returns>Whether the person was not a member before.</returns>
    /// <exception cref="NotFoundException">Group or person absent or hidden.</exception>
    /// <exception cref="ForbiddenException">Not an animator, or archived.</exception>
    public Task<bool> AddAsync(Viewer viewer, string slug, string handle, GroupRole role, CancellationToken cancellation) => database.TransactAsync(viewer, async (db, token) =>
    {
        var standing = await rights.RequireAsync(db, GroupPermissions.ManageMembers, slug, token);
        if (role is not (GroupRole.Reader or GroupRole.Member or GroupRole.Animator)) throw new ForbiddenException(GroupsTexts.OwnerByHandOver);

        var member = await db.Members.Where(m => m.Handle == handle && m.State == MemberState.Active).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(token) ?? throw new NotFoundException();
        return await writer.EnterAsync(db, new MembershipEntry
        {
            GroupId = standing.GroupId,
            MemberId = member,
            ActorId = viewer.MemberId,
            Origin = MembershipOrigin.Added,
            Role = role,
            MailLevel = await db.Groups.Where(g => g.Id == standing.GroupId).Select(g => g.DefaultMailLevel).FirstAsync(token),
        }, token);
    }, cancellation);

    private static async Task RequireBelowOwnerAsync(AppDbContext db, Standing standing, Guid memberId, CancellationToken cancellation)
    {
        var role = await db.Memberships.Where(m => m.GroupId == standing.GroupId && m.MemberId == memberId && m.State == MembershipState.Active)
            .Select(m => (GroupRole?)m.Role).FirstOrDefaultAsync(cancellation) ?? throw new NotFoundException();
        if (role == GroupRole.Owner) throw new ForbiddenException(GroupsTexts.OwnerHandsOverFirst);
    }
}
